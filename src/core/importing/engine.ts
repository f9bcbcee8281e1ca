// Runs an import kind over a file's rows: counts, keeps the sentences, records what was written. The dry run and the import are the
// same passage; only the second writes.
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { rowset } from "../db/rowset.ts";
import type { Tx } from "../db/transaction.ts";
import {
  type BatchOutcome,
  type ImportChange,
  type ImportKind,
  type ImportRow,
  type VerdictWord,
  verdicts,
} from "./kind.ts";
import { NotYet } from "./refusal.ts";

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
  /** Called after each batch with the rows read so far. What it throws ends the passage: nothing is written. */
  progress?: (rows: number) => void | Promise<void>;
  /** Called with every row that is refused or doubtful: for the lists that their reader downloads. */
  told?: (row: ImportRow, verdict: VerdictWord, sentence: string) => void;
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

/**
 * One import at a time in a house, and no undoing meanwhile: whatever copy of the program runs it, until its transaction ends.
 * @throws NotYet when another is under way.
 */
export async function takeTurn(tx: Tx): Promise<void> {
  const { rows } = await sql<{ taken: boolean }>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`traboule import ${tx.scope.house}`}, 0)) AS taken`.execute(
    tx.on(),
  );
  if (!rows[0]?.taken)
    throw new NotYet("Un autre import est en cours dans cette maison : attendez qu’il finisse, puis recommencez.");
}

/** Imports a file inside the transaction given: rows, what they changed, the import's own record and its journal line. */
export async function runImport(
  tx: Tx,
  kind: ImportKind,
  rows: AsyncIterable<readonly ImportRow[]>,
  facts: ImportFacts,
  listening: Listening = {},
): Promise<Tally> {
  await takeTurn(tx);
  await sql`INSERT INTO core.imports (house_id, id, kind, file_name, sha256, account_id, at, counts)
    VALUES (${tx.scope.house}, ${facts.id}, ${kind.kind}, ${facts.fileName}, ${facts.sha256}, ${tx.scope.account}, ${tx.clock.now()}, '{}')`.execute(
    tx.on(),
  );
  // While many rows are written, the desk searches: it must not walk a long list of entries that the index has not taken in yet.
  await sql`SELECT set_config('gin_pending_list_limit', '1MB', true)`.execute(tx.on());
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
  const sum = new Sum(listening);
  /** The last batch's statements, which the server may still be doing while the next batch is read. */
  let written: Promise<unknown> = Promise.resolve();
  let batches = 0;
  let due = 1;
  const judge = async (batch: readonly ImportRow[], take: (apply: boolean) => Promise<BatchOutcome>): Promise<void> => {
    const outcome = await take(importId !== null);
    await written;
    if (importId !== null) {
      written = Promise.all([outcome.written, recordChanges(tx, importId, outcome.changes)]);
      written.catch(() => {});
    }
    sum.add(batch, outcome);
    // Tables just filled are told to the server as they grow: after 1, 4, 16, 64 batches.
    if (importId !== null && ++batches === due) {
      due *= 4;
      await written;
      await refreshStatistics(tx, kind, sum.counts.rows);
    }
    await listening.progress?.(sum.counts.rows);
    await nextTurn();
  };
  try {
    // One batch is looked at while the one before it is judged and written.
    let ahead: (() => Promise<void>) | null = null;
    for await (const batch of batchesOf(rows)) {
      const take = await run.look(batch);
      await ahead?.();
      ahead = () => judge(batch, take);
    }
    await ahead?.();
  } finally {
    // What went wrong there is why the rest went wrong.
    await written;
  }
  if (importId !== null) {
    await refreshStatistics(tx, kind, sum.counts.rows);
    await run.finish?.(importId);
  }
  return sum.tally();
}

async function* batchesOf(rows: AsyncIterable<readonly ImportRow[]>): AsyncGenerator<readonly ImportRow[]> {
  for await (const read of rows)
    for (let from = 0; from < read.length; from += batchRows) yield read.slice(from, from + batchRows);
}

/** What the batches come to. */
class Sum {
  readonly counts = noCounts();
  readonly #refusals: Sentence[] = [];
  readonly #doubts: Sentence[] = [];
  readonly #notes = new Set<string>();
  readonly #listening: Listening;
  constructor(listening: Listening) {
    this.#listening = listening;
  }

  add(batch: readonly ImportRow[], { verdicts, notes }: BatchOutcome): void {
    for (const note of notes ?? []) if (this.#notes.size < 100) this.#notes.add(note);
    const { told } = this.#listening;
    const rows = told && verdicts.some((one) => one.sentence) ? new Map(batch.map((row) => [row.line, row])) : null;
    for (const { line, verdict, sentence } of verdicts) {
      this.counts[verdict]++;
      if (!sentence) continue;
      const list = verdict === "refused" ? this.#refusals : this.#doubts;
      if (list.length < sentenceLimit) list.push({ line, verdict, sentence });
      const row = rows?.get(line);
      if (row) told?.(row, verdict, sentence);
    }
    this.counts.rows += batch.length;
  }

  tally(): Tally {
    const byLine = (one: Sentence, other: Sentence): number => one.line - other.line;
    return {
      counts: this.counts,
      sentences: [...this.#refusals.sort(byLine), ...this.#doubts.sort(byLine)].slice(0, sentenceLimit),
      notes: [...this.#notes],
    };
  }
}

/** Tells the server how large the tables of a kind have become, so that it does not plan for empty ones. */
async function refreshStatistics(tx: Tx, kind: ImportKind, rows: number): Promise<void> {
  await sql`SELECT core.refresh_statistics(${["core.import_changes", kind.target, ...kind.own]}::text[], ${rows})`.execute(
    tx.on(),
  );
}

async function recordChanges(tx: Tx, importId: string, changes: readonly ImportChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ line, target, recordId, before, afterVersion, externalId, written }) => ({
    line,
    target,
    record: recordId,
    before: before && JSON.stringify(before),
    version: afterVersion,
    key: externalId,
    written,
  }));
  await sql`INSERT INTO core.import_changes (house_id, import_id, line, target, record_id, before, after_version, external_id, written)
    SELECT ${tx.scope.house}, ${importId}, line, target, record, before, version, key, written
      FROM ${rowset(rows, { line: "int", target: "text", record: "uuid", before: "jsonb", version: "int", key: "text", written: "text" })}`.execute(
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
