// Publishing an offer in the name of a venue: the offer and its dates, all or none.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export type NewOffer = {
  id: string;
  venue: string;
  title: string;
  genre: string;
  place: string;
  mostEach: number;
  fromAge: number | null;
  toAge: number | null;
  language: string;
  access: readonly string[];
  minutes: number | null;
  meeting: string;
  companions: boolean;
  days: readonly string[];
  at: string | null;
  places: number;
};

/** Publishes it; false: it is there already, the same form came twice. */
export async function publishOffer(tx: Tx, wish: NewOffer): Promise<boolean> {
  const { house, account } = tx.scope;
  const { rows } = await sql`
    INSERT INTO culture.offers (house_id, id, structure_id, title, genre, place, most_each, from_age, to_age, language, access, minutes, meeting, companions, created_at, created_by)
    VALUES (${house}, ${wish.id}, ${wish.venue}, ${wish.title}, ${wish.genre}, ${wish.place}, ${wish.mostEach}, ${wish.fromAge}, ${wish.toAge}, ${wish.language},
      ${[...wish.access]}::text[], ${wish.minutes}, ${wish.meeting}, ${wish.companions}, ${tx.clock.now()}, ${account})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  if (rows.length === 0) return false;
  const ids = wish.days.map(() => tx.ids.uuid());
  await sql`INSERT INTO culture.dates (house_id, id, offer_id, on_day, at, places)
    SELECT ${house}, x.id, ${wish.id}, x.day, ${wish.at}::time, ${wish.places} FROM unnest(${ids}::uuid[], ${[...wish.days]}::date[]) AS x(id, day)`.execute(
    tx.on(),
  );
  return true;
}
