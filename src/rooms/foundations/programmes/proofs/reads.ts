// Proofs as they are read: those of steps, one, and its bytes piece by piece.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { DocumentKind } from "../../../../core/files/documents.ts";
import type { Paper } from "../plans/tables.ts";
import type { ProofOf, ProofTables } from "./tables.ts";

export type Proof = {
  id: string;
  /** Null: a signed paper. */
  step: string | null;
  paper: Paper | null;
  name: string;
  kind: DocumentKind;
  bytes: number;
  sha256: string;
  addedAt: Date;
  addedBy: string | null;
};

const proofs = (tx: Tx) =>
  tx
    .on<ProofTables & { "house.accounts": { house_id: string; id: string; name: string } }>()
    .selectFrom("programmes.proofs as p")
    .leftJoin("house.accounts as a", (join) =>
      join.onRef("a.house_id", "=", "p.house_id").onRef("a.id", "=", "p.added_by"),
    )
    .select([
      "p.id",
      "p.step_id as step",
      "p.paper",
      "p.name",
      "p.kind",
      "p.bytes",
      "p.sha256",
      "p.added_at as addedAt",
      "a.name as addedBy",
    ])
    .where("p.house_id", "=", tx.scope.house);

/** Those of these steps, earliest first. */
export const proofsOf = async (tx: Tx, steps: readonly string[]): Promise<(Proof & { step: string })[]> => {
  if (steps.length === 0) return [];
  const found = proofs(tx).where("p.step_id", "in", [...steps]);
  const rows = await found.orderBy("p.added_at").orderBy("p.id").execute();
  return rows.flatMap(({ step, ...proof }) => (step === null ? [] : [{ ...proof, step }]));
};

/** The signed papers of an enrolment, earliest first; of one paper or of both. */
export const signedOf = (tx: Tx, enrolment: string, paper?: Paper): Promise<Proof[]> => {
  const all = proofs(tx).where("p.enrolment_id", "=", enrolment).orderBy("p.added_at").orderBy("p.id");
  return (paper ? all.where("p.paper", "=", paper) : all).execute();
};

export const proofById = async (tx: Tx, of: ProofOf, id: string): Promise<Proof | null> =>
  (await ofHome(proofs(tx), of).where("p.id", "=", id).executeTakeFirst()) ?? null;

const ofHome = (all: ReturnType<typeof proofs>, of: ProofOf) =>
  "step" in of
    ? all.where("p.step_id", "=", of.step)
    : all.where("p.enrolment_id", "=", of.enrolment).where("p.paper", "=", of.paper);

/** The bytes of a proof, a piece at a time, as long as the transaction is open. */
export function bytesOf(tx: Tx, proof: string): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const row = await tx
        .on<ProofTables>()
        .selectFrom("programmes.proof_pieces")
        .select("piece")
        .where("house_id", "=", tx.scope.house)
        .where("proof_id", "=", proof)
        .where("position", "=", position)
        .executeTakeFirst();
      position += 1;
      if (row) controller.enqueue(new Uint8Array(row.piece));
      else controller.close();
    },
  });
}
