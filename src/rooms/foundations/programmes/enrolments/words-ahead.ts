// Words for outcomes that a file brings and that its programme does not have yet: they join it, counted as nothing until a manager says
// what they are.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { KeyedReader } from "../../../../core/importing/keyed.ts";
import { plain } from "../definition/lines.ts";

type Fresh = { id: string; programme: string; label: string; line: number };

export const wordTarget = "programmes.outcome_words";

/** The words of all programmes of the house, and those that the file adds as it is read. */
export async function wordsAhead(tx: Tx): Promise<{
  find(programme: string, text: string, line: number): string;
  also: NonNullable<KeyedReader["also"]>;
}> {
  const { rows } = await sql<{ id: string; programme_id: string; label: string }>`
    SELECT id, programme_id, label FROM programmes.outcome_words WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  const known = new Map(rows.map((row) => [`${row.programme_id} ${plain(row.label)}`, row.id]));
  const { rows: titles } = await sql<{ id: string; code: string }>`
    SELECT id, code FROM programmes.programmes WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  const codes = new Map(titles.map((row) => [row.id, row.code]));
  let fresh: Fresh[] = [];
  return {
    find(programme, text, line) {
      const key = `${programme} ${plain(text)}`;
      const found = known.get(key);
      if (found) return found;
      const made = { id: tx.ids.uuid(), programme, label: text.slice(0, 80), line };
      known.set(key, made.id);
      fresh.push(made);
      return made.id;
    },
    also(apply) {
      const made = fresh;
      fresh = [];
      return {
        notes: made.map(
          (word) =>
            `Un mot nouveau pour «\u00a0${codes.get(word.programme) ?? ""}\u00a0»\u00a0: «\u00a0${word.label}\u00a0». Dites sur la page du dispositif ce qu’il compte.`,
        ),
        changes: made.map((word) => ({
          line: word.line,
          target: wordTarget,
          recordId: word.id,
          before: null,
          afterVersion: 1,
        })),
        ...(apply && made.length > 0 ? { written: createWords(tx, made) } : {}),
      };
    },
  };
}

async function createWords(tx: Tx, words: readonly Fresh[]): Promise<void> {
  await sql`INSERT INTO programmes.outcome_words (house_id, id, programme_id, label, kind, positive, from_day)
    SELECT ${tx.scope.house}, id, programme, label, 'other', false, '2000-01-01'
      FROM ${rowset(words, { id: "uuid", programme: "uuid", label: "text" })} ON CONFLICT DO NOTHING`.execute(tx.on());
}

/** Takes away the words that an import added, unless something else uses them by now. */
export async function removeWords(tx: Tx, importId: string): Promise<void> {
  await sql`DELETE FROM programmes.outcome_words w WHERE w.house_id = ${tx.scope.house} AND w.id IN (
      SELECT record_id FROM core.import_changes WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND target = ${wordTarget} AND before IS NULL)
    AND NOT EXISTS (SELECT 1 FROM programmes.outcomes o WHERE o.house_id = w.house_id AND o.word_id = w.id)
    AND NOT EXISTS (SELECT 1 FROM programmes.enrolments e WHERE e.house_id = w.house_id AND e.exit_word_id = w.id)`.execute(
    tx.on(),
  );
}
