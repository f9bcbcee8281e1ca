// What a room declares of a file that it can read. The engine reads, counts, records and undoes; the room knows its rows.
import type { Tx } from "../db/transaction.ts";

export type ImportColumn = { key: string; label: string; aliases: readonly string[]; required: boolean };

/**
 * A row of the file, by column key; `line` is the file's line (the headers are line 1). Empty cells are absent. `raw`: all its cells as
 * they stand in the file, for the list of rows to look at.
 */
export type ImportRow = { line: number; cells: Readonly<Record<string, string>>; raw?: readonly string[] };

export const verdicts = ["created", "changed", "unchanged", "doubtful", "refused"] as const;
export type VerdictWord = (typeof verdicts)[number];

/** What would become of one row. `sentence` says why a row is doubtful or refused, in words that its reader understands. */
export type Verdict = { line: number; verdict: VerdictWord; sentence?: string };

/**
 * A row that an import wrote. `before`: what it held, so that undoing can put it back (null: it did not exist). `externalId`: its
 * identifier in the file; `written`: marks of the values written (`written.ts`), which a later file is compared with.
 */
export type ImportChange = {
  line: number;
  target: string;
  recordId: string;
  before: Readonly<Record<string, string>> | null;
  afterVersion: number | null;
  externalId?: string;
  written?: string;
};

/**
 * `notes`: what the file does beyond its rows ("une nouvelle raison de visite : …"), each said once. `written`: the batch's statements
 * have left; it settles when the server has done them, so that the next batch is read meanwhile.
 */
export type BatchOutcome = {
  verdicts: Verdict[];
  changes: ImportChange[];
  notes?: string[];
  written?: Promise<unknown>;
};

/** One run over one file: holds what the room looks up once (sites, terms) for all its batches. */
export type ImportRun = {
  /**
   * Reads rows and asks what judging them needs, while the batch before them is judged and written. What it gives judges them and, when
   * `apply` is true, writes them, set-based: one statement for many rows. Batches are judged in the order in which they were read.
   */
  look(rows: readonly ImportRow[]): Promise<(apply: boolean) => Promise<BatchOutcome>>;
  /** Called once after the last batch of an applied run, when all its changes are in `core.import_changes`. */
  finish?(importId: string): Promise<void>;
};

export type ImportKind = {
  /** "personnes": also the file name by which a folder's file is recognised. */
  kind: string;
  label: string;
  columns: readonly ImportColumn[];
  /** Kinds whose files must be read before this one. */
  after: readonly string[];
  /** The table whose rows this kind writes: "people.persons". */
  target: string;
  /** Tables whose rows go with a row of the target when it is taken away; anything else that refers to it keeps it. */
  own: readonly string[];
  begin(tx: Tx): Promise<ImportRun>;
  /** Sentences for what keeps an import from being undone, beyond versions and references; none: it can be. */
  objections(tx: Tx, importId: string): Promise<string[]>;
  /** Puts back what an import changed; the engine has checked before that nothing was changed or used since. */
  undo(tx: Tx, importId: string): Promise<void>;
};
