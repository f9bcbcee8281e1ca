// Signatures of a session: read, given, erased. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

/** The box that strokes are drawn in, in their own units. */
export const box = { width: 600, height: 200 } as const;
/** "M12 30L14 33…": moves and lines, every point within three figures. */
export const strokesPattern = /^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})+)+$/;
export const longestStrokes = 20_000;

export type Signature = { personId: string; strokes: string | null; initials: string | null; signedAt: Date };

export const signaturesOf = async (tx: Tx, session: string): Promise<ReadonlyMap<string, Signature>> => {
  const { rows } = await sql<Signature>`SELECT person_id AS "personId", strokes, initials, signed_at AS "signedAt"
    FROM agenda.signatures WHERE house_id = ${tx.scope.house} AND session_id = ${session}`.execute(tx.on());
  return new Map(rows.map((row) => [row.personId, row]));
};

/** False: this person has signed already, and what they signed stays. */
export async function sign(
  tx: Tx,
  session: string,
  person: string,
  given: { strokes: string | null; initials: string | null },
): Promise<boolean> {
  const { rows } =
    await sql`INSERT INTO agenda.signatures (house_id, session_id, person_id, strokes, initials, signed_at, account_id)
    VALUES (${tx.scope.house}, ${session}, ${person}, ${given.strokes}, ${given.initials}, ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT DO NOTHING RETURNING person_id`.execute(tx.on());
  return rows.length > 0;
}

/** Given in the wrong line: erased for good. False: it was not there. */
export async function eraseSignature(tx: Tx, session: string, person: string): Promise<boolean> {
  const { rows } = await sql`DELETE FROM agenda.signatures
    WHERE house_id = ${tx.scope.house} AND session_id = ${session} AND person_id = ${person} RETURNING person_id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Before people are made anonymous: a signature tells who somebody was. That they came stays. */
export async function forgetSignatures(tx: Tx, persons: readonly string[]): Promise<void> {
  await sql`DELETE FROM agenda.signatures WHERE house_id = ${tx.scope.house} AND person_id = ANY(${[...persons]}::uuid[])`.execute(
    tx.on(),
  );
}
