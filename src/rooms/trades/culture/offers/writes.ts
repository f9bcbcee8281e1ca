// An offer published with its dates; dates added to it; places kept for some communes.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Access } from "../words.ts";
import type { Audience } from "./audience.tsx";

export type OfferWish = {
  id: string;
  structure: string;
  title: string;
  genre: string;
  place: string;
  mostEach: number;
  fromAge: number | null;
  toAge: number | null;
  language: string;
  access: readonly Access[];
  minutes: number | null;
  meeting: string;
  companions: boolean;
  /** What it is about, and how to get there. */
  about: string;
  wayThere: string;
  audience: Audience;
};
export type DatesWish = {
  days: readonly string[];
  at: string | null;
  places: number;
  /** Hours before its beginning when bookings close; null: at its beginning. */
  closesBefore: number | null;
};

/** Publishes an offer; the same identifier again publishes nothing more. Gives its first date, or null when it was there. */
export async function publishOffer(tx: Tx, wish: OfferWish, dates: DatesWish): Promise<string | null> {
  const { rows } = await sql`
    INSERT INTO culture.offers (house_id, id, structure_id, title, genre, place, most_each, from_age, to_age, language, access, minutes, meeting, companions, about, way_there, for_communes, for_types, for_structures, created_at, created_by)
    VALUES (${tx.scope.house}, ${wish.id}, ${wish.structure}, ${wish.title}, ${wish.genre}, ${wish.place}, ${wish.mostEach}, ${wish.fromAge}, ${wish.toAge}, ${wish.language}, ${[...wish.access]}::text[],
      ${wish.minutes}, ${wish.meeting}, ${wish.companions}, ${wish.about}, ${wish.wayThere}, ${[...wish.audience.communes]}::text[], ${[...wish.audience.types]}::uuid[],
      ${[...wish.audience.structures]}::uuid[], ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return null;
  const [first] = await addDates(tx, wish.id, dates);
  return first ?? null;
}

/** Adds dates to an offer. Gives their identifiers, in the order of the days. */
export async function addDates(tx: Tx, offer: string, wish: DatesWish): Promise<string[]> {
  const ids = wish.days.map(() => tx.ids.uuid());
  const starts = sql`(day + coalesce(${wish.at}::time, '23:59')) AT TIME ZONE ${tx.scope.zone}`;
  await sql`INSERT INTO culture.dates (house_id, id, offer_id, on_day, at, places, closes_at)
    SELECT ${tx.scope.house}, id, ${offer}, day, ${wish.at}::time, ${wish.places}, ${wish.closesBefore === null ? sql`NULL::timestamptz` : sql`${starts} - ${wish.closesBefore}::int * interval '1 hour'`}
      FROM unnest(${ids}::uuid[], ${[...wish.days]}::date[]) AS x(id, day)`.execute(tx.on());
  return ids;
}

/** Keeps places of a date for the structures of some communes, until a day at midnight. */
export const allot = (
  tx: Tx,
  wish: { id: string; date: string; places: number; communes: readonly string[]; until: string },
): Promise<unknown> =>
  sql`INSERT INTO culture.allotments (house_id, id, date_id, places, communes, until)
    VALUES (${tx.scope.house}, ${wish.id}, ${wish.date}, ${wish.places}, ${[...wish.communes]}::text[], (${wish.until}::date + 1)::timestamp AT TIME ZONE ${tx.scope.zone}) ON CONFLICT DO NOTHING`.execute(
    tx.on(),
  );
