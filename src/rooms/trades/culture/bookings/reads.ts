// Bookings as lists and pages show them.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { BookingState, EndedBy, ReportSource } from "../words.ts";

export type BookingLine = {
  id: string;
  date: string;
  day: string;
  at: string | null;
  title: string;
  venue: string;
  structureId: string;
  structure: string;
  personId: string | null;
  person: string | null;
  firstName: string | null;
  people: number;
  companions: number;
  seats: number;
  state: BookingState;
  code: string;
  askedAt: Date;
  offeredUntil: Date | null;
  endedAt: Date | null;
  endedBy: EndedBy | null;
  endedReason: string | null;
  attended: number | null;
  attendedSource: ReportSource | null;
  /** Why the team booked it against the rule of the season; null: it did not. */
  exception: string | null;
  version: number;
};

export const bookingColumns = sql`b.id, b.date_id AS date, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, o.title, v.name AS venue, b.structure_id AS "structureId", s.name AS structure,
  b.person_id AS "personId", trim(p.given_name || ' ' || p.family_name) AS person, b.first_name AS "firstName", b.people, b.companions, b.seats, b.state, b.code, b.asked_at AS "askedAt",
  b.offered_until AS "offeredUntil", b.ended_at AS "endedAt", b.ended_by AS "endedBy", b.ended_reason AS "endedReason", b.attended, b.attended_source AS "attendedSource",
  (SELECT x.reason FROM culture.booking_exceptions x WHERE x.house_id = b.house_id AND x.booking_id = b.id) AS exception, b.version`;
export const bookingTables = sql`culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
  JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
  LEFT JOIN people.persons p ON p.house_id = b.house_id AND p.id = b.person_id`;

export async function bookingById(tx: Tx, id: string): Promise<BookingLine | null> {
  const { rows } = await sql<BookingLine>`
    SELECT ${bookingColumns} FROM ${bookingTables} WHERE b.house_id = ${tx.scope.house} AND b.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** The bookings of a date, those that hold places first, in the order in which they were asked for. */
export async function bookingsOn(tx: Tx, date: string): Promise<BookingLine[]> {
  const { rows } = await sql<BookingLine>`
    SELECT ${bookingColumns} FROM ${bookingTables} WHERE b.house_id = ${tx.scope.house} AND b.date_id = ${date}
     ORDER BY array_position(ARRAY['confirmed', 'offered', 'requested', 'waiting', 'lost', 'expired', 'cancelled'], b.state), b.asked_at, b.id LIMIT 1000`.execute(
    tx.on(),
  );
  return rows;
}
