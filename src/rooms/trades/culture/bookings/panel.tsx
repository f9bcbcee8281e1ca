// A structure's season at the box office, on its sheet: booked, given back, came, and the times when nobody came without a word. They show;
// they bar nothing by themselves.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { StructurePanel } from "../../../../core/room.ts";
import { plural } from "../../../../ui/words.ts";
import { seasonDays, seasonOf, seasonWords } from "../../../foundations/partners/door.ts";
import { rights } from "../rights.ts";

export type Season = {
  name: string;
  /** Bookings that were confirmed, those given back since too. */
  bookings: number;
  givenBack: number;
  seats: number;
  /** Bookings of past dates of which somebody said that nobody came, and those of which nothing was said. */
  absent: number;
  unreported: number;
  /** Dates of the absences, the latest first. */
  absences: { id: string; title: string; day: string }[];
};

/** What a structure did in the season of today. */
export async function seasonOfStructure(tx: Tx, structure: string): Promise<Season> {
  const { from, to } = seasonDays(seasonOf(tx.today));
  const its = sql`b.house_id = ${tx.scope.house} AND b.structure_id = ${structure} AND d.on_day BETWEEN ${from}::date AND ${to}::date`;
  const joined = sql`culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id`;
  const { rows } = await sql<Omit<Season, "absences">>`
    SELECT (SELECT s.name FROM partners.structures s WHERE s.house_id = ${tx.scope.house} AND s.id = ${structure}) AS name, count(*)::int AS bookings, count(*) FILTER (WHERE b.state = 'cancelled' AND b.ended_by = 'structure')::int AS "givenBack",
           coalesce(sum(b.seats) FILTER (WHERE b.state = 'confirmed'), 0)::int AS seats,
           count(*) FILTER (WHERE b.state = 'confirmed' AND b.attended = 0 AND d.on_day < ${tx.today}::date)::int AS absent,
           count(*) FILTER (WHERE b.state = 'confirmed' AND b.attended IS NULL AND d.on_day < ${tx.today}::date)::int AS unreported
      FROM ${joined} WHERE ${its} AND b.state IN ('confirmed', 'cancelled')`.execute(tx.on());
  const { rows: absences } = await sql<Season["absences"][number]>`
    SELECT b.id, o.title, to_char(d.on_day, 'DD/MM/YYYY') AS day FROM ${joined}
     WHERE ${its} AND b.state = 'confirmed' AND b.attended = 0 AND d.on_day < ${tx.today}::date ORDER BY d.on_day DESC, b.id LIMIT 5`.execute(
    tx.on(),
  );
  return { ...(rows[0] ?? { name: "", bookings: 0, givenBack: 0, seats: 0, absent: 0, unreported: 0 }), absences };
}

export const bookingPanel: StructurePanel = {
  order: 55,
  right: rights["booking.see"],
  async panel(tx, structure) {
    const season = await seasonOfStructure(tx, structure);
    if (season.bookings === 0) return null;
    return (
      <section>
        <h2>Billetterie, saison {seasonWords(seasonOf(tx.today))}</h2>
        <p>
          <a href={`/culture/reservations?structure=${encodeURIComponent(season.name)}`}>
            {plural(season.bookings, "réservation", "réservations")}
          </a>
          , {plural(season.givenBack, "rendue à temps", "rendues à temps")},{" "}
          {plural(season.seats, "place tenue", "places tenues")}
          {season.unreported > 0 ? `, ${plural(season.unreported, "sans retour", "sans retour")}` : ""}.
        </p>
        {season.absent > 0 ? (
          <>
            <p>
              <strong>{plural(season.absent, "fois personne n’est venu", "fois personne n’est venu")}</strong>, sans
              annuler. Cela se voit ici et ne bloque rien.
            </p>
            <ul>
              {season.absences.map((one) => (
                <li key={one.id}>
                  <a href={`/culture/reservations/${one.id}`}>{one.title}</a>, {one.day}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
    );
  },
};
