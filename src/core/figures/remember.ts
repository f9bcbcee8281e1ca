// Answers kept while nothing changes. A chapter, a dashboard and a document ask the same figures; several people who open one at the same
// moment ask the same question at once. Each question is asked of the database once for each state of its records, whatever the number
// of those who ask. What is kept is counts, never who was counted.
import type { RawBuilder } from "kysely";
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";

type Answer = { clock: string; rows: Promise<readonly unknown[]> };

/** How many answers are kept, and of how many rows at most. */
const most = { answers: 300, rows: 5_000 };
const answers = new Map<string, Answer>();

/**
 * The rows of a question, which must hang on nothing but what its text and its values say: on the house by its identifier among them, and
 * on no day but those that they name. Nobody may alter the rows.
 */
export async function remembered<Row>(tx: Tx, question: RawBuilder<Row>): Promise<readonly Row[]> {
  const { sql: text, parameters } = question.compile(tx.on());
  const key = JSON.stringify([text, parameters]);
  // A question over a million rows may be counted by two processes: it is rare, and somebody waits for it alone. The setting goes with the
  // transaction.
  const asking = sql<{ clock: string; settled: boolean }>`
    SELECT clock, settled, set_config('max_parallel_workers_per_gather', '2', true) FROM core.clock()`;
  const now = (await asking.execute(tx.on())).rows[0];
  if (!now) throw new Error("no clock");
  const kept = answers.get(key);
  // An answer that is still being counted serves too; when who counts it fails, everybody counts alone.
  if (kept?.clock === now.clock) {
    const rows = await kept.rows.catch(() => null);
    if (rows) {
      answers.delete(key);
      answers.set(key, kept);
      return rows as readonly Row[];
    }
  }
  const asked = question.execute(tx.on()).then(({ rows }) => rows);
  if (now.settled) keep(key, { clock: now.clock, rows: asked });
  return asked;
}

function keep(key: string, answer: Answer): void {
  const forget = (): void => {
    if (answers.get(key) === answer) answers.delete(key);
  };
  answers.delete(key);
  answers.set(key, answer);
  answer.rows.then((rows) => (rows.length > most.rows ? forget() : undefined), forget);
  for (const [oldest] of answers) {
    if (answers.size <= most.answers) break;
    answers.delete(oldest);
  }
}
