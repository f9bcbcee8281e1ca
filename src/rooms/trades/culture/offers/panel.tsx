// What a venue gives in the season, on its sheet: dates, places, how many were taken, and the dates of which nobody said who came.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { StructurePanel } from "../../../../core/room.ts";
import { number, plural } from "../../../../ui/words.ts";
import { seasonDays, seasonOf, seasonWords } from "../../../foundations/partners/door.ts";
import { rights } from "../rights.ts";

export type Given = {
  name: string;
  dates: number;
  cancelled: number;
  toCome: number;
  places: number;
  taken: number;
  /** Dates that are over and have a booking of which nothing was said. */
  unreported: number;
};

/** What a structure gave in the season of today. */
export async function givenBy(tx: Tx, venue: string): Promise<Given> {
  const { from, to } = seasonDays(seasonOf(tx.today));
  const { rows } = await sql<Given>`
    SELECT (SELECT s.name FROM partners.structures s WHERE s.house_id = ${tx.scope.house} AND s.id = ${venue}) AS name, count(*)::int AS dates,
           count(*) FILTER (WHERE d.cancelled_at IS NOT NULL)::int AS cancelled, count(*) FILTER (WHERE d.cancelled_at IS NULL AND d.on_day >= ${tx.today}::date)::int AS "toCome",
           coalesce(sum(d.places) FILTER (WHERE d.cancelled_at IS NULL), 0)::int AS places, coalesce(sum(d.taken) FILTER (WHERE d.cancelled_at IS NULL), 0)::int AS taken,
           count(*) FILTER (WHERE d.cancelled_at IS NULL AND d.on_day < ${tx.today}::date AND EXISTS (
             SELECT FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state = 'confirmed' AND b.attended IS NULL))::int AS unreported
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
     WHERE d.house_id = ${tx.scope.house} AND o.structure_id = ${venue} AND d.on_day BETWEEN ${from}::date AND ${to}::date`.execute(
    tx.on(),
  );
  return rows[0] ?? { name: "", dates: 0, cancelled: 0, toCome: 0, places: 0, taken: 0, unreported: 0 };
}

export const offerPanel: StructurePanel = {
  order: 54,
  right: rights["offer.see"],
  async panel(tx, structure) {
    const given = await givenBy(tx, structure);
    if (given.dates === 0) return null;
    return (
      <section>
        <h2>Sorties proposées, saison {seasonWords(seasonOf(tx.today))}</h2>
        <p>
          <a href={`/culture/sorties?lieu=${encodeURIComponent(given.name)}`}>{plural(given.dates, "date", "dates")}</a>
          , dont {number(given.toCome)} à venir
          {given.cancelled > 0 ? ` et ${plural(given.cancelled, "annulée", "annulées")}` : ""} :{" "}
          {plural(given.taken, "place réservée", "places réservées")} sur {number(given.places)}.
        </p>
        {given.unreported > 0 ? (
          <p>
            <strong>{plural(given.unreported, "date passée", "dates passées")}</strong> dont on ne sait pas qui est
            venu.
          </p>
        ) : null}
      </section>
    );
  },
};
