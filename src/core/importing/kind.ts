// What a room declares of a file that it can read. The engine reads, compares, counts, applies and undoes; the room knows its rows.
import type { Tx } from "../db/transaction.ts";

export type ImportColumn = { key: string; label: string; aliases: readonly string[]; required: boolean };

/** A row of the file, by column key; `line` is the file's line (the headers are line 1). Empty cells are absent. */
export type ImportRow = { line: number; cells: Readonly<Record<string, string>> };

/** What would become of one row. `sentence` says why a row is doubtful or refused, in words that its reader understands. */
export type Verdict = {
  line: number;
  verdict: "created" | "changed" | "unchanged" | "doubtful" | "refused";
  sentence?: string;
};

/** A row that an import wrote: `before` is the record as it was (null: it did not exist), so that undoing can put it back. */
export type ImportChange = { line: number; target: string; recordId: string; before: Record<string, unknown> | null; afterVersion: number | null };

export type BatchOutcome = { verdicts: Verdict[]; changes: ImportChange[] };

/** One run over one file: holds what the room looks up once (sites, terms) for all its batches. */
export type ImportRun = {
  /** Judges the rows and, when `apply` is true, writes them, set-based: one statement for many rows. */
  take(rows: readonly ImportRow[], apply: boolean): Promise<BatchOutcome>;
  /** Called once after the last batch of an applied run. */
  finish?(): Promise<void>;
};

export type ImportKind = {
  /** "personnes": also the file name by which a folder's file is recognised. */
  kind: string;
  label: string;
  columns: readonly ImportColumn[];
  /** Kinds whose files must be read before this one. */
  after: readonly string[];
  begin(tx: Tx): Promise<ImportRun>;
  /**
   * Puts back what an import changed. Gives sentences for what could not be put back (a record changed since, or used since);
   * when there is one, nothing is undone.
   */
  undo(tx: Tx, changes: readonly ImportChange[]): Promise<string[]>;
};
