// What one venue gave, and who booked it: what its door needs of people, and no more.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { OffersTable } from "../tables.ts";

export type OwnDate = {
  id: string;
  offerId: string;
  title: string;
  day: string;
  at: string | null;
  places: number;
  taken: number;
  waiting: number;
  came: number | null;
  cancelledReason: string | null;
  version: number;
};

const datesWhere = (tx: Tx, venue: string, condition: RawBuilder<unknown>) => sql<OwnDate>`
  SELECT d.id, o.id AS "offerId", o.title, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, d.places, d.taken,
         (SELECT coalesce(sum(b.seats), 0)::int FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('waiting', 'requested')) AS waiting,
         (SELECT sum(b.attended)::int FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state = 'confirmed') AS came,
         d.cancelled_reason AS "cancelledReason", d.version
    FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
   WHERE d.house_id = ${tx.scope.house} AND o.structure_id = ${venue} AND ${condition}`;

/** The dates of a venue, to come or past. */
export async function ownDates(tx: Tx, venue: string, past: boolean): Promise<OwnDate[]> {
  const { rows } =
    await sql<OwnDate>`${datesWhere(tx, venue, past ? sql`d.on_day < ${tx.today}::date` : sql`d.on_day >= ${tx.today}::date`)}
    ORDER BY d.on_day ${past ? sql`DESC` : sql`ASC`}, d.at, d.id LIMIT 300`.execute(tx.on());
  return rows;
}

/** One date of the venue; null: another's, or none. */
export async function ownDate(tx: Tx, venue: string, id: string): Promise<OwnDate | null> {
  const { rows } = await datesWhere(tx, venue, sql`d.id = ${id}`).execute(tx.on());
  return rows[0] ?? null;
}

export type OwnOffer = Pick<OffersTable, "id" | "title" | "from_age" | "to_age" | "minutes" | "external_id"> & {
  genre: string;
  place: string;
  most_each: number;
  language: string;
  access: string[];
  meeting: string;
  companions: boolean;
  about: string;
  way_there: string;
  /** Of its date that is copied: the hour, the places, how many hours before it bookings close. */
  at: string | null;
  places: number | null;
  closes_before: number | null;
  for_communes: string[];
  for_types: string[];
  /** The names of the structures to which alone it was proposed. */
  named: string[];
};

/** One offer of the venue, with what that date of it was given; no date: its first. */
export async function ownOffer(
  tx: Tx,
  venue: string,
  id: string,
  date: string | null = null,
): Promise<OwnOffer | null> {
  const { rows } = await sql<OwnOffer>`
    SELECT o.id, o.title, o.from_age, o.to_age, o.minutes, o.external_id, o.genre, o.place, o.most_each, o.language, o.access, o.meeting, o.companions, o.about, o.way_there, o.for_communes, o.for_types,
           to_char(d.at, 'HH24:MI') AS at, d.places,
           round(extract(epoch FROM (d.on_day + coalesce(d.at, '23:59')) AT TIME ZONE ${tx.scope.zone} - d.closes_at) / 3600)::int AS closes_before,
           ARRAY(SELECT s.name FROM partners.structures s WHERE s.house_id = o.house_id AND s.id = ANY(o.for_structures) ORDER BY s.name) AS named
      FROM culture.offers o LEFT JOIN LATERAL (
           SELECT x.on_day, x.at, x.places, x.closes_at FROM culture.dates x
            WHERE x.house_id = o.house_id AND x.offer_id = o.id ORDER BY x.id = ${date}::uuid DESC, x.on_day, x.id LIMIT 1) d ON true
     WHERE o.house_id = ${tx.scope.house} AND o.structure_id = ${venue} AND o.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

export type Guest = {
  id: string;
  code: string;
  /** What the structure chose to say: a first name, or nothing. */
  firstName: string | null;
  structure: string;
  people: number;
  companions: number;
  attended: number | null;
};

/** Who is expected on a date: a code, a first name where one was given, the structure to call. Never a family name, never a file. */
export async function guestsOf(tx: Tx, date: string): Promise<Guest[]> {
  const { rows } = await sql<Guest>`
    SELECT b.id, b.code, b.first_name AS "firstName", s.name AS structure, b.people, b.companions, b.attended
      FROM culture.bookings b JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
     WHERE b.house_id = ${tx.scope.house} AND b.date_id = ${date} AND b.state = 'confirmed' ORDER BY b.first_name NULLS LAST, b.code`.execute(
    tx.on(),
  );
  return rows;
}

/** What calling a date off would take away: places held or asked for, of how many structures; `offered`: places that wait for an answer. */
export async function touchedBy(tx: Tx, date: string): Promise<{ seats: number; structures: number; offered: number }> {
  const { rows } = await sql<{ seats: number; structures: number; offered: number }>`
    SELECT coalesce(sum(seats), 0)::int AS seats, count(DISTINCT structure_id)::int AS structures, coalesce(sum(seats) FILTER (WHERE state = 'offered'), 0)::int AS offered
      FROM culture.bookings WHERE house_id = ${tx.scope.house} AND date_id = ${date} AND state IN ('confirmed', 'offered', 'waiting', 'requested')`.execute(
    tx.on(),
  );
  return rows[0] ?? { seats: 0, structures: 0, offered: 0 };
}
