// A job: work that runs by itself, once a night or when asked, for one house at a time.
import type { Tx } from "../db/transaction.ts";

export type Job = {
  name: string;
  /** Cron expression in the house's zone, e.g. "30 2 * * *". */
  cron: string;
  /** What it does, in French, for the administrator. */
  sentence: string;
  run: (tx: Tx) => Promise<Record<string, number>>;
};
