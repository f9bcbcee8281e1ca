// The waiting list: places that come back are offered at once to the first whose whole group fits, and held for them until they answer.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Job } from "../../../../core/jobs/job.ts";
import { noticeOfOffer } from "../notices.ts";
import { bookerOf, hold, lockDate } from "./facts.ts";
import { answerBy, freeFor, obstacle } from "./rules.ts";

type Waiting = { id: string; structure: string; people: number; companions: number };

/**
 * Offers the free places of a date, in the order in which they were asked for. A group that does not fit is passed over, and keeps its
 * turn. Gives how many groups were offered places.
 */
export async function passOn(tx: Tx, dateId: string): Promise<number> {
  const date = await lockDate(tx, dateId);
  if (!date || date.cancelled || date.taken >= date.places || tx.clock.now() >= date.closesAt) return 0;
  const { rows } = await sql<Waiting>`
    SELECT id, structure_id AS structure, people, companions FROM culture.bookings
     WHERE house_id = ${tx.scope.house} AND date_id = ${dateId} AND state = 'waiting' ORDER BY asked_at, id`.execute(
    tx.often(),
  );
  const now = tx.clock.now();
  let { taken } = date;
  let offered = 0;
  for (const one of rows) {
    if (taken >= date.places) break;
    const booker = await bookerOf(tx, one.structure, date.day);
    const seats = one.people + one.companions;
    if (!booker || obstacle(date, booker, one, now) || seats > freeFor({ ...date, taken }, booker, now)) continue;
    const until = answerBy(now, date.closesAt, tx.scope.zone);
    await hold(tx, dateId, seats);
    await sql`UPDATE culture.bookings SET state = 'offered', offered_until = ${until}, version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${one.id}`.execute(
      tx.often(),
    );
    await noticeOfOffer(tx, one.id, until);
    taken += seats;
    offered++;
  }
  return offered;
}

/** Offers that nobody answered in time give their places to the next. */
export async function expireOffers(tx: Tx): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string; date: string }>`
    SELECT id, date_id AS date FROM culture.bookings WHERE house_id = ${tx.scope.house} AND state = 'offered' AND offered_until <= ${tx.clock.now()} ORDER BY date_id, id LIMIT 500`.execute(
    tx.on(),
  );
  let [expired, offered] = [0, 0];
  for (const [date, late] of Map.groupBy(rows, (row) => row.date)) {
    await lockDate(tx, date);
    const { rows: gone } = await sql<{ seats: number }>`
      UPDATE culture.bookings SET state = 'expired', ended_at = ${tx.clock.now()}, ended_by = 'time', version = version + 1
       WHERE house_id = ${tx.scope.house} AND id = ANY(${late.map((row) => row.id)}::uuid[]) AND state = 'offered' AND offered_until <= ${tx.clock.now()} RETURNING seats`.execute(
      tx.on(),
    );
    const seats = gone.reduce((sum, row) => sum + row.seats, 0);
    await hold(tx, date, -seats);
    expired += gone.length;
    offered += await passOn(tx, date);
  }
  return { expired, offered };
}

export const offerOn: Job = {
  name: "culture-waiting",
  cron: "*/5 * * * *",
  sentence: "Repropose les places de sorties restées sans réponse.",
  run: expireOffers,
};
