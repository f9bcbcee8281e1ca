// Dates that are over and of which something was not said.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export type AskedDate = {
  id: string;
  venueId: string;
  title: string;
  day: string;
  at: string | null;
  daysAgo: number;
  /** Bookings of which nothing was said, and all that stand. */
  missing: number;
  bookings: number;
};

/** Nothing was said of it, or not of everybody. */
const unsaid = sql`(b.attended IS NULL OR NOT b.attended_whole)`;

/** Dates of the last `days` days with a booking of which nothing was said, oldest first. */
export async function unreportedDates(tx: Tx, days: number): Promise<AskedDate[]> {
  const { rows } = await sql<AskedDate>`
    SELECT d.id, o.structure_id AS "venueId", o.title, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, ${tx.today}::date - d.on_day AS "daysAgo",
           count(*) FILTER (WHERE ${unsaid})::int AS missing, count(*)::int AS bookings
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
      JOIN culture.bookings b ON b.house_id = d.house_id AND b.date_id = d.id AND b.state = 'confirmed'
     WHERE d.house_id = ${tx.scope.house} AND d.cancelled_at IS NULL AND d.on_day < ${tx.today}::date AND d.on_day >= ${tx.today}::date - ${days}::int
     GROUP BY d.id, o.structure_id, o.title, d.on_day, d.at HAVING count(*) FILTER (WHERE ${unsaid}) > 0 ORDER BY d.on_day, d.id`.execute(
    tx.on(),
  );
  return rows;
}
