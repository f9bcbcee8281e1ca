// Proves the counters: the places that each date says to be taken, beside those that its bookings hold.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export type Difference = { date: string; day: string; title: string; places: number; counter: number; held: number };

/** The dates whose counter is not what their bookings hold, or that hold more than they have. */
export async function recount(tx: Tx): Promise<{ dates: number; differences: Difference[] }> {
  const { rows } = await sql<Difference & { of: number }>`
    SELECT d.id AS date, d.on_day AS day, o.title, d.places, d.taken AS counter, h.held, count(*) OVER ()::int AS of
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
      CROSS JOIN LATERAL (SELECT coalesce(sum(b.seats), 0)::int AS held FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('confirmed', 'offered')) h
     WHERE d.house_id = ${tx.scope.house} ORDER BY d.on_day, d.id`.execute(tx.on());
  return {
    dates: rows[0]?.of ?? 0,
    differences: rows
      .filter((row) => row.counter !== row.held || row.held > row.places)
      .map(({ of: _, ...row }) => row),
  };
}

/** Sets the counters of these dates to what their bookings hold: after many were written at once. */
export const setCounters = (tx: Tx, dates: readonly string[]): Promise<unknown> =>
  sql`UPDATE culture.dates d SET taken = (SELECT coalesce(sum(b.seats), 0) FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('confirmed', 'offered'))
     WHERE d.house_id = ${tx.scope.house} AND d.id = ANY(${[...new Set(dates)]}::uuid[])`.execute(tx.on());

/** The same for counters that were found wrong, with the journal's line. */
export async function repairCounters(tx: Tx, dates: readonly string[]): Promise<void> {
  await setCounters(tx, dates);
  tx.journal({ act: "places.repaired", details: { dates: dates.length } });
}
