// Many questions answered as of one moment, though records go on changing. The clock of kept answers tells whether anything changed between
// the first and the last of them; where something always does, whoever writes waits once for them.
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";

/** How often the questions are asked before writers are made to wait, and the milliseconds that are left to who is writing. */
const turns = 3;
const patience = 50;

/** What `work` gives, all of it of one moment. It only reads, and may run several times. */
export async function atOneMoment<R>(tx: Tx, work: () => Promise<R>): Promise<R> {
  const clock = async (): Promise<{ clock: string; settled: boolean } | undefined> =>
    (await sql<{ clock: string; settled: boolean }>`SELECT clock, settled FROM core.clock()`.execute(tx.on())).rows[0];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = await clock();
    if (!before?.settled) {
      // What somebody writes is not there yet, and may be in a moment.
      await new Promise((later) => setTimeout(later, patience));
      continue;
    }
    const answer = await work();
    if ((await clock())?.clock === before.clock) return answer;
  }
  // The lock that every change shares (`core.note_change`), for itself alone: who has begun to write ends, who begins waits for this
  // transaction.
  await sql`SELECT pg_advisory_xact_lock(20201231, 1)`.execute(tx.on());
  return work();
}
