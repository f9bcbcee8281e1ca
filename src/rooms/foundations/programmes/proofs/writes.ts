// One function an act on a proof: added, erased, and erased with the person. The journal line is the route's.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { DocumentKind } from "../../../../core/files/documents.ts";
import type { ProofOf, ProofTables } from "./tables.ts";

/** What a step or a paper may have at most: a scan made by mistake of a whole binder does not go in. */
export const mostProofs = 10;
const pieceBytes = 256 * 1024;

export type SentDocument = { id: string; name: string; kind: DocumentKind; bytes: Buffer; sha256: string };

/** Adds a document to a step or to a paper: "twice" when it is there already, "full" when there are all there may be. */
export async function addProof(tx: Tx, of: ProofOf, sent: SentDocument): Promise<"added" | "twice" | "full"> {
  const house = tx.scope.house;
  const [table, id] = "step" in of ? ["programmes.steps", of.step] : ["programmes.enrolments", of.enrolment];
  // Two at once count one another.
  await sql`SELECT 1 FROM ${sql.table(table)} WHERE house_id = ${house} AND id = ${id} FOR UPDATE`.execute(tx.on());
  const home =
    "step" in of
      ? { step_id: of.step, enrolment_id: null, paper: null }
      : { step_id: null, enrolment_id: of.enrolment, paper: of.paper };
  const there = await tx
    .on<ProofTables>()
    .selectFrom("programmes.proofs")
    .select("sha256")
    .where("house_id", "=", house)
    .where("step_id", "is not distinct from", home.step_id)
    .where("enrolment_id", "is not distinct from", home.enrolment_id)
    .where("paper", "is not distinct from", home.paper)
    .execute();
  if (there.some((one) => one.sha256 === sent.sha256)) return "twice";
  if (there.length >= mostProofs) return "full";
  await tx
    .on<ProofTables>()
    .insertInto("programmes.proofs")
    .values({
      house_id: house,
      id: sent.id,
      ...home,
      name: sent.name,
      kind: sent.kind,
      bytes: sent.bytes.length,
      sha256: sent.sha256,
      added_at: tx.clock.now(),
      added_by: tx.scope.account,
    })
    .execute();
  for (let position = 0; position * pieceBytes < sent.bytes.length; position += 1)
    await tx
      .on<ProofTables>()
      .insertInto("programmes.proof_pieces")
      .values({
        house_id: house,
        proof_id: sent.id,
        position,
        piece: sent.bytes.subarray(position * pieceBytes, (position + 1) * pieceBytes),
      })
      .execute();
  return "added";
}

/** Erases a proof for good. False: it was erased already. */
export async function eraseProof(tx: Tx, proof: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .on<ProofTables>()
    .deleteFrom("programmes.proofs")
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", proof)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Before people are made anonymous: what proves who they were goes. `steps` is a question whose rows are steps' identifiers. */
export const eraseProofsOf = (tx: Tx, steps: RawBuilder<unknown>): Promise<unknown> =>
  sql`DELETE FROM programmes.proofs WHERE house_id = ${tx.scope.house} AND step_id IN (${steps})`.execute(tx.on());

/** The same of signed papers. `enrolments`: a question whose rows are enrolments' identifiers. */
export const eraseSignedOf = (tx: Tx, enrolments: RawBuilder<unknown>): Promise<unknown> =>
  sql`DELETE FROM programmes.proofs WHERE house_id = ${tx.scope.house} AND enrolment_id IN (${enrolments})`.execute(
    tx.on(),
  );
