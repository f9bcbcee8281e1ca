// Runs an import kind over a file's rows: counts, keeps the sentences, records what was written. The dry run and the import are the
// same passage; only the second writes.
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import { type ImportChange, type ImportKind, type ImportRow, type VerdictWord, verdicts } from "./kind.ts";

export type Counts = Record<VerdictWord, number> & { rows: number };

export type Sentence = { line: number; verdict: VerdictWord; sentence: string };

export type Tally = {
  counts: Counts;
  /** The first `sentenceLimit` sentences, refusals before doubts, in the order of the lines. */
  sentences: Sentence[];
  notes: string[];
};

export const sentenceLimit = 1000;

/** How many rows go together: small enough that reading them never holds a request for long. */
export const batchRows = 500;

export type Listening = {
  /** Called after each batch with the rows read so far. */
  progress?: (rows: number) => void | Promise<void>;
  /** Called with every refused row: for the list that its reader downloads. */
  refused?: (row: ImportRow, sentence: string) => void;
};

export const noCounts = (): Counts => ({ created: 0, changed: 0, unchanged: 0, doubtful: 0, refused: 0, rows: 0 });

/** Judges every row of a file and writes nothing. */
export function dryRun(
  tx: Tx,
  kind: ImportKind,
  rows: AsyncIterable<readonly ImportRow[]>,
  listening: Listening = {},
): Promise<Tally> {
  return pass(tx, kind, rows, null, listening);
}

export type ImportFacts = { id: string; fileName: string; sha256: string };

/** Imports a file inside the transaction given: rows, what they changed, the import's own record and its journal line. */
export async function runImport(
  tx: Tx,
  kind: ImportKind,
  rows: AsyncIterable<readonly ImportRow[]>,
  facts: ImportFacts,
  listening: Listening = {},
): Promise<Tally> {
  await sql`INSERT INTO core.imports (house_id, id, kind, file_name, sha256, account_id, at, counts)
    VALUES (${tx.scope.house}, ${facts.id}, ${kind.kind}, ${facts.fileName}, ${facts.sha256}, ${tx.scope.account}, ${tx.clock.now()}, '{}')`.execute(
    tx.on(),
  );
  // While many rows are written, the desk searches: it must not walk a long list of entries that the index has not taken in yet.
  await sql`SELECT set_config('gin_pending_list_limit', '256kB', true)`.execute(tx.on());
  const tally = await pass(tx, kind, rows, facts.id, listening);
  await sql`UPDATE core.imports SET counts = ${JSON.stringify(tally.counts)}::jsonb WHERE house_id = ${tx.scope.house} AND id = ${facts.id}`.execute(
    tx.on(),
  );
  tx.journal({
    act: "import.applied",
    subject: { kind: "import", id: facts.id },
    details: { kind: kind.kind, ...tally.counts },
  });
  return tally;
}

async function pass(
  tx: Tx,
  kind: ImportKind,
  rows: AsyncIterable<readonly ImportRow[]>,
  importId: string | null,
  listening: Listening,
): Promise<Tally> {
  const run = await kind.begin(tx);
  const counts = noCounts();
  const refusals: Sentence[] = [];
  const doubts: Sentence[] = [];
  const notes = new Set<string>();
  let batches = 0;
  let due = 1;
  for await (const read of rows)
    for (let from = 0; from < read.length; from += batchRows) {
      const batch = read.slice(from, from + batchRows);
      const outcome = await run.take(batch, importId !== null);
      if (importId !== null) await recordChanges(tx, importId, outcome.changes);
      for (const note of outcome.notes ?? []) if (notes.size < 100) notes.add(note);
      const byLine =
        listening.refused && outcome.verdicts.some((verdict) => verdict.verdict === "refused")
          ? new Map(batch.map((row) => [row.line, row]))
          : null;
      for (const { line, verdict, sentence } of outcome.verdicts) {
        counts[verdict]++;
        if (!sentence) continue;
        const list = verdict === "refused" ? refusals : doubts;
        if (list.length < sentenceLimit) list.push({ line, verdict, sentence });
        const row = verdict === "refused" ? byLine?.get(line) : undefined;
        if (row) listening.refused?.(row, sentence);
      }
      counts.rows += batch.length;
      // Just filled, the tables are told to the server as they grow: after 1, 4, 16, 64 batches.
      if (importId !== null && ++batches === due) {
        due *= 4;
        await refreshStatistics(tx, kind);
      }
      await listening.progress?.(counts.rows);
      await nextTurn();
    }
  if (importId !== null) await run.finish?.(importId);
  const byLine = (one: Sentence, other: Sentence): number => one.line - other.line;
  return {
    counts,
    sentences: [...refusals.sort(byLine), ...doubts.sort(byLine)].slice(0, sentenceLimit),
    notes: [...notes],
  };
}

/** Tells the server how large the tables of a kind have become, so that it does not plan for empty ones. */
async function refreshStatistics(tx: Tx, kind: ImportKind): Promise<void> {
  await sql`SELECT core.refresh_statistics(${["core.import_changes", kind.target, ...kind.own]}::text[])`.execute(
    tx.on(),
  );
}

async function recordChanges(tx: Tx, importId: string, changes: readonly ImportChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ line, target, recordId, before, afterVersion, externalId, written }) => ({
    l: line,
    t: target,
    r: recordId,
    b: before ?? undefined,
    v: afterVersion,
    e: externalId,
    w: written,
  }));
  await sql`INSERT INTO core.import_changes (house_id, import_id, line, target, record_id, before, after_version, external_id, written)
    SELECT ${tx.scope.house}, ${importId}, l, t, r, b, v, e, w
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(l int, t text, r uuid, b jsonb, v int, e text, w text)`.execute(
    tx.on(),
  );
}

/** One line a verdict, for a command line or a page: "9 598 créées, 0 changée". */
export function tellCounts(counts: Counts): string {
  const words: Record<VerdictWord, [string, string]> = {
    created: ["créée", "créées"],
    changed: ["changée", "changées"],
    unchanged: ["inchangée", "inchangées"],
    doubtful: ["douteuse", "douteuses"],
    refused: ["refusée", "refusées"],
  };
  const told = verdicts.map((verdict) => `${groups(counts[verdict])} ${words[verdict][counts[verdict] > 1 ? 1 : 0]}`);
  return `${groups(counts.rows)} ${counts.rows > 1 ? "lignes" : "ligne"} : ${told.join(", ")}`;
}

const groups = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, "\u202F");
