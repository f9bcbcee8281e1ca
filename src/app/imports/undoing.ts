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

/** The imports `i` as they stand now. */
export function importColumns(tx: Tx): RawBuilder<unknown> {
  const dead = new Date(tx.clock.now().getTime() - silence);
  return sql`i.id, i.kind, i.file_name AS "fileName", i.at, a.name AS by, i.counts, i.undone_at AS "undoneAt", u.name AS "undoneBy",
    i.undo_attempt IS NOT NULL AND i.undo_beat_at >= ${dead} AS undoing,
    CASE WHEN i.undo_attempt IS NOT NULL AND i.undo_beat_at < ${dead} THEN ${stoppedSentence} ELSE i.undo_sentence END AS "undoSentence"`;
}
export const importTables = sql`core.imports i LEFT JOIN house.accounts a ON a.house_id = i.house_id AND a.id = i.account_id
  LEFT JOIN house.accounts u ON u.house_id = i.house_id AND u.id = i.undone_by`;

export async function importOf(tx: Tx, id: string): Promise<Import | null> {
  if (!isUuid(id)) return null;
  const { rows } = await sql<Import>`
    SELECT ${importColumns(tx)} FROM ${importTables} WHERE i.house_id = ${tx.scope.house} AND i.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

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
