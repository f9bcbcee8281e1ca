// Undoing an import: all of it or nothing. Refused, with sentences, when a record was changed since or when something now refers to
// a record that the import created; what refers to it is asked of the database's own foreign keys, so that no room can be forgotten.
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import { takeTurn } from "./engine.ts";
import type { ImportKind } from "./kind.ts";

export type UndoOutcome = { undone: true } | { undone: false; sentences: string[] };

/** French words for the tables that may refer to a record: "agenda.visits" -> "visites". */
export type TableWords = Readonly<Record<string, string>>;

/** What undoing an import would do, said before: records taken away, records put back, and why it cannot be (empty: it can). */
export type UndoForecast = { removed: number; restored: number; sentences: string[] };

/** Looks, and writes nothing. Null: the import is not one of the house's, or is undone already. */
export async function forecastUndo(
  tx: Tx,
  kinds: readonly ImportKind[],
  importId: string,
  words: TableWords = {},
): Promise<UndoForecast | null> {
  const found = await findImport(tx, kinds, importId);
  if (!found || found.undoneAt) return null;
  const { rows } = await sql<{ removed: number; restored: number }>`
    SELECT count(*) FILTER (WHERE before IS NULL) AS removed, count(*) FILTER (WHERE before IS NOT NULL) AS restored
      FROM core.import_changes WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND target = ${found.kind.target}`.execute(
    tx.on(),
  );
  return {
    removed: rows[0]?.removed ?? 0,
    restored: rows[0]?.restored ?? 0,
    sentences: await objectionsTo(tx, found.kind, importId, words),
  };
}

/**
 * Undoes an import in the transaction given. `kinds`: those that the house can read; `words`: names of tables for the sentences.
 * @throws NotYet when another import is under way.
 */
export async function undoImport(
  tx: Tx,
  kinds: readonly ImportKind[],
  importId: string,
  words: TableWords = {},
): Promise<UndoOutcome> {
  await takeTurn(tx);
  const house = tx.scope.house;
  const found = await findImport(tx, kinds, importId);
  if (!found) return { undone: false, sentences: ["Cet import n’existe pas."] };
  const { kind } = found;
  if (found.undoneAt) return { undone: false, sentences: ["Cet import est déjà annulé."] };
  const sentences = await objectionsTo(tx, kind, importId, words);
  if (sentences.length > 0) return { undone: false, sentences };
  await kind.undo(tx, importId);
  // What an earlier import wrote is what stands again, under a new version: that import can be undone in its turn.
  await sql`UPDATE core.import_changes e SET after_version = c.after_version + 1
      FROM core.import_changes c
     WHERE c.house_id = ${house} AND c.import_id = ${importId} AND c.before IS NOT NULL AND c.target = ${kind.target}
       AND e.house_id = c.house_id AND e.target = c.target AND e.record_id = c.record_id AND e.import_id <> c.import_id
       AND e.after_version = c.after_version - 1`.execute(tx.on());
  await sql`DELETE FROM core.import_changes WHERE house_id = ${house} AND import_id = ${importId}`.execute(tx.on());
  await sql`UPDATE core.imports SET undone_at = ${tx.clock.now()}, undone_by = ${tx.scope.account} WHERE house_id = ${house} AND id = ${importId}`.execute(
    tx.on(),
  );
  tx.journal({ act: "import.undone", subject: { kind: "import", id: importId }, details: { kind: kind.kind } });
  return { undone: true };
}

async function findImport(
  tx: Tx,
  kinds: readonly ImportKind[],
  importId: string,
): Promise<{ kind: ImportKind; undoneAt: Date | null } | null> {
  const { rows } = await sql<{ kind: string; undone_at: Date | null }>`
    SELECT kind, undone_at FROM core.imports WHERE house_id = ${tx.scope.house} AND id = ${importId}`.execute(tx.on());
  const [found] = rows;
  const kind = kinds.find((one) => one.kind === found?.kind);
  return found && kind ? { kind, undoneAt: found.undone_at } : null;
}

const objectionsTo = async (tx: Tx, kind: ImportKind, importId: string, words: TableWords): Promise<string[]> => [
  ...(await changedSince(tx, kind, importId)),
  ...(await usedSince(tx, kind, importId, words)),
  ...(await kind.objections(tx, importId)),
];

async function changedSince(tx: Tx, kind: ImportKind, importId: string): Promise<string[]> {
  const { rows } = await sql<{ count: number; lines: number[] }>`
    SELECT count(*) AS count, (array_agg(c.line ORDER BY c.line))[1:5] AS lines
      FROM core.import_changes c
      LEFT JOIN ${sql.table(kind.target)} r ON r.house_id = c.house_id AND r.id = c.record_id
     WHERE c.house_id = ${tx.scope.house} AND c.import_id = ${importId} AND c.target = ${kind.target}
       AND (r.version IS NULL OR r.version <> c.after_version)`.execute(tx.on());
  const found = rows[0];
  if (!found || found.count === 0) return [];
  return [
    `${found.count === 1 ? "Un enregistrement a été modifié" : `${found.count} enregistrements ont été modifiés`} depuis cet import (${tellLines(found.lines, found.count)}) : annuler effacerait ce travail.`,
  ];
}

type Reference = { table: string; columns: string[]; targets: string[] };

async function usedSince(tx: Tx, kind: ImportKind, importId: string, words: TableWords): Promise<string[]> {
  const { rows: references } = await sql<Reference>`
    SELECT n.nspname || '.' || t.relname AS table,
           array(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(number, at) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number ORDER BY k.at) AS columns,
           array(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(number, at) JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number ORDER BY k.at) AS targets
      FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE c.contype = 'f' AND c.confrelid = ${kind.target}::regclass
     ORDER BY 1`.execute(tx.on());
  const sentences: string[] = [];
  for (const { table, columns, targets } of references) {
    if (kind.own.includes(table)) continue;
    const column = columns[targets.indexOf("id")];
    if (!column) continue;
    const { rows } = await sql<{ count: number; lines: number[] }>`
      SELECT count(DISTINCT c.record_id) AS count, (array_agg(DISTINCT c.line))[1:5] AS lines
        FROM core.import_changes c JOIN ${sql.table(table)} r ON r.house_id = c.house_id AND r.${sql.ref(column)} = c.record_id
       WHERE c.house_id = ${tx.scope.house} AND c.import_id = ${importId} AND c.target = ${kind.target} AND c.before IS NULL`.execute(
      tx.on(),
    );
    const found = rows[0];
    if (found && found.count > 0)
      sentences.push(
        `Depuis cet import, ${found.count === 1 ? "un enregistrement qu’il a créé a" : `${found.count} enregistrements qu’il a créés ont`} reçu autre chose (${words[table] ?? table} ; ${tellLines(found.lines, found.count)}) : annulez ou déplacez cela d’abord.`,
      );
  }
  return sentences;
}

const tellLines = (lines: readonly number[], count: number): string =>
  `${count === 1 ? "ligne" : "lignes"} ${lines.join(", ")}${count > lines.length ? "…" : ""} du fichier`;

/**
 * Erases what imports remember of records that are made anonymous: values before, marks, and the link between the file's identifier and
 * the record. The identifier alone stays, so that the old file cannot bring the person back.
 */
export async function forgetImported(tx: Tx, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await sql`UPDATE core.import_changes SET record_id = gen_random_uuid(), before = CASE WHEN before IS NULL THEN NULL ELSE '{}'::jsonb END, written = ''
     WHERE house_id = ${tx.scope.house} AND record_id = ANY(${recordIds}::uuid[])`.execute(tx.on());
}
