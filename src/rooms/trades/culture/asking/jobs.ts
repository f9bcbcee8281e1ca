// The morning after: who came is asked of the venue by a letter with a link, and asked again, further and further apart, with the count of
// what is missing. Silence stays silence.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Job } from "../../../../core/jobs/job.ts";
import { addressesOf } from "../notices.ts";
import { askLetter } from "./letter.ts";
import { type AskedDate, unreportedDates } from "./reads.ts";

/** The kind of link that asks: `/venues/<token>`. */
export const askLink = "venues";

/** Days after the outing on which it is asked; the last letter says that it is the last. */
export const askDays = [1, 4, 10, 21] as const;
/** Days after which a date is asked of no more: no old year is asked for at once. */
const tooLate = Math.max(...askDays) + 7;
/** How long the link of a letter answers. */
const linkDays = 60;

/** Which letter a date is due, from how long ago it was: 0 the first; null: none yet, or none any more. */
export const turnOf = (daysAgo: number): number | null => {
  const turn = askDays.findLastIndex((day) => daysAgo >= day);
  return turn < 0 || daysAgo > tooLate ? null : turn;
};

export async function askVenues(tx: Tx): Promise<Record<string, number>> {
  const dates = await unreportedDates(tx, tooLate);
  const addresses = await addressesOf(
    tx,
    dates.map((date) => date.venueId),
  );
  let [asked, untold] = [0, 0];
  for (const date of dates) {
    const turn = turnOf(date.daysAgo);
    const to = addresses.get(date.venueId);
    if (turn === null) continue;
    if (!to) {
      untold += 1;
      continue;
    }
    if (await ask(tx, date, turn, to)) asked += 1;
  }
  return { asked, untold };
}

async function ask(tx: Tx, date: AskedDate, turn: number, to: string): Promise<boolean> {
  const { rows } = await sql<{ sent: boolean }>`
    SELECT true AS sent FROM culture.asked WHERE house_id = ${tx.scope.house} AND date_id = ${date.id} AND turn >= ${turn} LIMIT 1`.execute(
    tx.on(),
  );
  if (rows.length > 0) return false;
  await sql`INSERT INTO culture.asked (house_id, date_id, turn, at, missing) VALUES (${tx.scope.house}, ${date.id}, ${turn}, ${tx.clock.now()}, ${date.missing})`.execute(
    tx.on(),
  );
  await askLetter(tx, date, { turn, last: turn === askDays.length - 1, to, kind: askLink, days: linkDays });
  return true;
}

export const askWhoCame: Job = {
  name: "culture-ask",
  cron: "30 8 * * *",
  sentence: "Demande aux partenaires culturels qui est venu, le lendemain, puis de plus en plus rarement.",
  run: askVenues,
};
