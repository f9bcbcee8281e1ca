// Requests that truly meet: a row is held until all of them wait for it, then let go.
import type { TestHouse } from "./house.ts";

/**
 * Starts the works while the rows of `lock` (a SELECT … FOR UPDATE) are held, lets go once each of them waits, and gives what they gave.
 * The house needs as many connections as there are works.
 */
export async function together<R>(
  house: Pick<TestHouse, "owner">,
  lock: { text: string; values: unknown[] },
  works: readonly (() => Promise<R>)[],
): Promise<R[]> {
  await house.owner.query("BEGIN");
  const held = await house.owner.query(lock.text, lock.values);
  if (held.rowCount === 0) throw new Error("nothing to hold");
  const all = Promise.all(works.map((work) => work()));
  try {
    for (let waiting = 0, turn = 0; waiting < works.length; turn += 1) {
      if (turn > 1000) throw new Error(`${waiting} of ${works.length} came to wait`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      // Within a transaction the server shows one picture of its activity, unless it is asked for another.
      await house.owner.query("SELECT pg_stat_clear_snapshot()");
      const { rows } = await house.owner.query<{ count: number }>(
        "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      waiting = rows[0]?.count ?? 0;
    }
  } finally {
    await house.owner.query("COMMIT");
  }
  return all;
}
