// The bookings of one structure, and nobody else's.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { BookingState, EndedBy } from "../words.ts";

export type OwnBooking = {
  id: string;
  dateId: string;
  title: string;
  venue: string;
  place: string;
  commune: string | null;
  meeting: string;
  day: string;
  at: string | null;
  people: number;
  companions: number;
  firstName: string | null;
  /** The code of the person's file, where it was given. */
  personCode: string | null;
  state: BookingState;
  code: string;
  offeredUntil: Date | null;
  /** Its place on the waiting list, the first is 1; null: it does not wait. */
  rank: number | null;
  calledOff: boolean;
  endedBy: EndedBy | null;
  endedReason: string | null;
  attended: number | null;
  /** The outing is over, or called off. */
  past: boolean;
  version: number;
};

const select = (tx: Tx, condition: RawBuilder<unknown>) => sql<OwnBooking>`
  SELECT b.id, d.id AS "dateId", o.title, v.name AS venue, o.place, v.commune_name AS commune, o.meeting, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, b.people, b.companions,
         b.first_name AS "firstName", p.code AS "personCode", b.state, b.code, b.offered_until AS "offeredUntil", b.ended_by AS "endedBy", b.ended_reason AS "endedReason", b.attended,
         d.on_day < ${tx.today}::date OR d.cancelled_at IS NOT NULL AS past, b.version, d.cancelled_at IS NOT NULL AS "calledOff",
         CASE WHEN b.state = 'waiting' THEN (SELECT count(*)::int FROM culture.bookings w
           WHERE w.house_id = b.house_id AND w.date_id = b.date_id AND w.state = 'waiting' AND (w.asked_at, w.id) <= (b.asked_at, b.id)) END AS rank
    FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
    JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id LEFT JOIN people.persons p ON p.house_id = b.house_id AND p.id = b.person_id
   WHERE b.house_id = ${tx.scope.house} AND ${condition}`;

/** Those to come, soonest first; or those that are over, latest first. */
export async function ownBookings(tx: Tx, structure: string, past: boolean): Promise<OwnBooking[]> {
  const over = sql`(d.on_day < ${tx.today}::date OR d.cancelled_at IS NOT NULL OR b.state IN ('cancelled', 'expired', 'lost'))`;
  const { rows } =
    await sql<OwnBooking>`${select(tx, sql`b.structure_id = ${structure} AND ${past ? over : sql`NOT ${over}`}`)}
    ORDER BY d.on_day ${past ? sql`DESC` : sql`ASC`}, d.at, b.asked_at, b.id LIMIT 300`.execute(tx.on());
  return rows;
}

/** One booking of the structure; null: it is another's, or there is none. */
export async function ownBooking(tx: Tx, structure: string, id: string): Promise<OwnBooking | null> {
  const { rows } = await select(tx, sql`b.structure_id = ${structure} AND b.id = ${id}`).execute(tx.on());
  return rows[0] ?? null;
}
