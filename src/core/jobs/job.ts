// Work that runs by itself, at its hours or when asked, for one house at a time.
import type { Tx } from "../db/transaction.ts";
import type { Services } from "../http/route.ts";
import type { Scope } from "../rights.ts";

type Hours = {
  name: string;
  /** Cron expression in the house's zone, e.g. "30 2 * * *". */
  cron: string;
  /** What it does, in French, for the administrator. */
  sentence: string;
};

/** Work on the house's records: one transaction a turn, with its journal line. */
export type Job = Hours & { run: (tx: Tx) => Promise<Record<string, number>> };

/**
 * Work that leaves the program (letters): it opens its own transactions, because what has left cannot be rolled back. It keeps by itself
 * from doing a thing twice, and writes its own journal lines.
 */
export type Errand = Hours & {
  leave: (services: Services, scope: Scope, today: string) => Promise<Record<string, number>>;
};
