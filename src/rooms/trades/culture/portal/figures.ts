// What a structure sees of its own figures: the same sums as the house's (`../figures.ts`), of its rows alone, by its identifier. They are
// not asked of the registry because a name would tell the structure there, and two may bear the same.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export type OwnFigures = {
  /** Places given (a venue), those of dates called off too. */
  places: number;
  /** Places booked, those that were cancelled since too; and those that stand. */
  booked: number;
  standing: number;
  /** Known to have come; `unreported`: places of past dates of which nobody said anything. */
  came: number;
  unreported: number;
};

/** A structure's figures between two days, as a venue or as one that books. */
export async function ownFigures(
  tx: Tx,
  structure: string,
  as: "venue" | "booker",
  period: { from: string; to: string },
): Promise<OwnFigures> {
  const { house } = tx.scope;
  const inside = sql`d.on_day BETWEEN ${period.from}::date AND ${period.to}::date`;
  const own = as === "venue" ? sql`o.structure_id = ${structure}` : sql`b.structure_id = ${structure}`;
  const { rows } = await sql<Omit<OwnFigures, "places">>`
    SELECT coalesce(sum(b.seats), 0)::int AS booked, coalesce(sum(b.seats) FILTER (WHERE b.state = 'confirmed'), 0)::int AS standing,
           coalesce(sum(b.attended) FILTER (WHERE b.state = 'confirmed'), 0)::int AS came,
           coalesce(sum(b.seats) FILTER (WHERE b.state = 'confirmed' AND b.attended IS NULL AND d.on_day < ${tx.today}::date), 0)::int AS unreported
      FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
     WHERE b.house_id = ${house} AND ${own} AND ${inside} AND b.state IN ('confirmed', 'cancelled')`.execute(tx.on());
  const { rows: given } = await sql<{ places: number }>`
    SELECT coalesce(sum(d.places), 0)::int AS places FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
     WHERE d.house_id = ${house} AND o.structure_id = ${structure} AND ${inside}`.execute(tx.on());
  const sums = rows[0] ?? { booked: 0, standing: 0, came: 0, unreported: 0 };
  return { ...sums, places: given[0]?.places ?? 0 };
}
