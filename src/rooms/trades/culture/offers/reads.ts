// Dates with their offer, as lists and pages show them.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Access, Way } from "../words.ts";

export type DateLine = {
  id: string;
  offer: string;
  venue: string;
  venueId: string;
  commune: string | null;
  title: string;
  genre: string;
  place: string;
  day: string;
  at: string | null;
  places: number;
  taken: number;
  waiting: number;
  cancelled: string | null;
  way: Way;
  mostEach: number;
  fromAge: number | null;
  toAge: number | null;
  language: string;
  access: Access[];
  minutes: number | null;
  meeting: string;
  companions: boolean;
  about: string;
  wayThere: string;
  communes: string[];
  closesAt: Date | null;
  version: number;
  /** Of the offer, which all its dates share. */
  offerVersion: number;
};

export const dateColumns = sql`d.id, o.id AS offer, v.name AS venue, v.id AS "venueId", v.commune_name AS commune, o.title, o.genre, o.place, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, d.places, d.taken,
  (SELECT coalesce(sum(b.seats), 0)::int FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('waiting', 'requested')) AS waiting,
  d.cancelled_reason AS cancelled, d.way, o.most_each AS "mostEach", o.from_age AS "fromAge", o.to_age AS "toAge", o.language, o.access, o.minutes, o.meeting, o.companions, o.about, o.way_there AS "wayThere", o.for_communes AS communes,
  d.closes_at AS "closesAt", d.version, o.version AS "offerVersion"`;
export const dateTables = sql`culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id`;

export async function dateById(tx: Tx, id: string): Promise<DateLine | null> {
  const { rows } = await sql<DateLine>`
    SELECT ${dateColumns} FROM ${dateTables} WHERE d.house_id = ${tx.scope.house} AND d.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

/** Other dates of the same offer. */
export async function otherDates(tx: Tx, date: DateLine): Promise<{ id: string; day: string; at: string | null }[]> {
  const { rows } = await sql<{ id: string; day: string; at: string | null }>`
    SELECT id, on_day AS day, to_char(at, 'HH24:MI') AS at FROM culture.dates WHERE house_id = ${tx.scope.house} AND offer_id = ${date.offer} AND id <> ${date.id} ORDER BY on_day, at, id LIMIT 60`.execute(
    tx.on(),
  );
  return rows;
}

export type Allotment = { id: string; places: number; communes: string[]; until: Date };
export async function allotmentsOn(tx: Tx, date: string): Promise<Allotment[]> {
  const { rows } = await sql<Allotment>`
    SELECT id, places, communes, until FROM culture.allotments WHERE house_id = ${tx.scope.house} AND date_id = ${date} ORDER BY until, id`.execute(
    tx.on(),
  );
  return rows;
}

/** To whom alone an offer is proposed, beyond communes: kinds of structures, structures by name. */
export async function audienceOf(tx: Tx, date: string): Promise<{ types: string[]; named: string[] }> {
  const { rows } = await sql<{ types: string[]; named: string[] }>`
    SELECT ARRAY(SELECT t.label FROM partners.terms t WHERE t.house_id = o.house_id AND t.id = ANY(o.for_types) ORDER BY t.label) AS types,
           ARRAY(SELECT s.name FROM partners.structures s WHERE s.house_id = o.house_id AND s.id = ANY(o.for_structures) ORDER BY s.name) AS named
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id WHERE d.house_id = ${tx.scope.house} AND d.id = ${date}`.execute(
    tx.on(),
  );
  return rows[0] ?? { types: [], named: [] };
}
