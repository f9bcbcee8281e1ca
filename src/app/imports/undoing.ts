// Imports that were run, and the undo of one: their rows in core.imports.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../core/db/transaction.ts";
import { isUuid } from "../../core/ids.ts";
import type { Counts } from "../../core/importing/engine.ts";
import { silence } from "./drafts.ts";

export type Import = {
  id: string;
  kind: string;
  fileName: string;
  at: Date;
  by: string | null;
  counts: Counts;
  undoneAt: Date | null;
  undoneBy: string | null;
  /** An undo is under way. */
  undoing: boolean;
  /** Why the last undo came to nothing. */
  undoSentence: string | null;
};

const stoppedSentence = "Le programme s’est arrêté avant la fin de l’annulation ; rien n’a été changé.";

/** The imports of the house under a condition, as they stand now. */
function imports(tx: Tx, condition: RawBuilder<unknown>) {
  const dead = new Date(tx.clock.now().getTime() - silence);
  return sql<Import>`
    SELECT i.id, i.kind, i.file_name AS "fileName", i.at, a.name AS by, i.counts, i.undone_at AS "undoneAt", u.name AS "undoneBy",
           i.undo_attempt IS NOT NULL AND i.undo_beat_at >= ${dead} AS undoing,
           CASE WHEN i.undo_attempt IS NOT NULL AND i.undo_beat_at < ${dead} THEN ${stoppedSentence} ELSE i.undo_sentence END AS "undoSentence"
      FROM core.imports i LEFT JOIN house.accounts a ON a.house_id = i.house_id AND a.id = i.account_id
      LEFT JOIN house.accounts u ON u.house_id = i.house_id AND u.id = i.undone_by
     WHERE i.house_id = ${tx.scope.house} AND ${condition} ORDER BY i.id DESC`;
}

export async function importOf(tx: Tx, id: string): Promise<Import | null> {
  if (!isUuid(id)) return null;
  return (await imports(tx, sql`i.id = ${id}`).execute(tx.on())).rows[0] ?? null;
}

/** A page of imports, the latest first: those before `before`, and how many there are in all. */
export async function importPage(
  tx: Tx,
  before: string | null,
  most: number,
): Promise<{ rows: Import[]; count: number; more: boolean }> {
  const earlier = before ? sql`i.id < ${before}` : sql`true`;
  const { rows } = await sql<Import>`${imports(tx, earlier)} LIMIT ${most + 1}`.execute(tx.on());
  const { rows: counted } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM core.imports WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  return { rows: rows.slice(0, most), count: counted[0]?.count ?? 0, more: rows.length > most };
}

/** Every import of the house, for an export. */
export const everyImport = async (tx: Tx): Promise<Import[]> => (await imports(tx, sql`true`).execute(tx.on())).rows;

/** Gives the import to a piece of work that undoes it. Null: it is undone, or being undone. */
export async function takeUpUndo(tx: Tx, id: string): Promise<string | null> {
  const attempt = tx.ids.uuid();
  const now = tx.clock.now();
  const { rows } = await sql`
    UPDATE core.imports SET undo_attempt = ${attempt}, undo_beat_at = ${now}, undo_sentence = NULL
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND undone_at IS NULL
       AND (undo_attempt IS NULL OR undo_beat_at < ${new Date(now.getTime() - silence)}) RETURNING id`.execute(tx.on());
  return rows.length > 0 ? attempt : null;
}

export async function beatUndo(tx: Tx, id: string, attempt: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE core.imports SET undo_beat_at = ${tx.clock.now()} WHERE house_id = ${tx.scope.house} AND id = ${id} AND undo_attempt = ${attempt} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Ends it: undone when there is no sentence. False: another has taken it up meanwhile. */
export async function settleUndo(tx: Tx, id: string, attempt: string, sentence: string | null): Promise<boolean> {
  const { rows } = await sql`
    UPDATE core.imports SET undo_attempt = NULL, undo_sentence = ${sentence} WHERE house_id = ${tx.scope.house} AND id = ${id} AND undo_attempt = ${attempt} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}
