// The ground of the box office: 254 venues and 823 social structures, a catalogue of dates of forty places, wanted dates of a thousand, and
// a door of six hundred. Made by PostgreSQL itself and seeded by arithmetic, as the people are.
import type pg from "pg";
import type { Role } from "../src/core/rights.ts";
import { dateId, rowId, type Size, structureId } from "./ground.ts";

export const venues = 254;
export const bookers = 823;
/** How many connections open at once when a wanted outing is published. */
export const crowd = 64;
/** Places of a wanted date: one measure fills it. */
export const wantedPlaces = 1000;
/** Wanted dates: program, floor, driver and pgbench take one each a round, with one to warm. */
export const wantedDates = 24;
/** Bookings at the door that is measured. */
export const doorBookings = 600;

export type BoxOfficeGround = {
  /** Tokens of sessions of social structures, and of the venue of the door. */
  structures: readonly string[];
  venue: string;
  /** Dates that everybody wants, and the one of the door. */
  wanted: readonly string[];
  door: string;
};

/** Wanted dates and the door come after the catalogue. */
const wantedFrom = (size: Size): number => size.dates + 1;
const doorAt = (size: Size): number => size.dates + wantedDates + 1;

export async function layBoxOffice(
  client: pg.Client,
  house: string,
  size: Size,
  signIn: (client: pg.Client, house: string, role: Role, structure: string) => Promise<{ token: string }>,
): Promise<BoxOfficeGround> {
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  await run(
    `INSERT INTO partners.structures (house_id, id, name, email, commune_name, created_at, changed_at)
     SELECT $1, ${rowId("x", "i")}, CASE WHEN i <= $2 THEN 'Salle ' ELSE 'Structure ' END || i, 's' || i || '@bench.test', (ARRAY['Lyon','Bron','Vaulx-en-Velin','Villeurbanne','Saint-Priest','Oullins'])[1 + i % 6], now(), now()
       FROM generate_series(1, $2::int + $3::int) i`,
    [house, venues, bookers],
  );
  // Three dates an offer, over the next four months; the wanted ones and the door stand alone.
  await run(
    `INSERT INTO culture.offers (house_id, id, structure_id, title, genre, place, from_age, access, minutes, meeting, created_at)
     SELECT $1, ${rowId("o", "i")}, x.ids[1 + i % $3], (ARRAY['Concert de chambre','Le Malade imaginaire','Match de handball','Visite du musee','Cirque sous chapiteau','Bal des familles'])[1 + i % 6] || ' ' || i,
            (ARRAY['concert','theatre','sport','musee','cirque','danse'])[1 + i % 6], 'Grande salle', CASE i % 4 WHEN 0 THEN 6 END, CASE i % 5 WHEN 0 THEN ARRAY['step-free'] ELSE '{}' END, 90, 'Accueil au guichet', now()
       FROM generate_series(1, $2::int) i, (SELECT array_agg(${rowId("x", "n")} ORDER BY n) ids FROM generate_series(1, $3::int) n) x`,
    [house, Math.ceil(size.dates / 3) + wantedDates + 1, venues],
  );
  await run(
    `INSERT INTO culture.dates (house_id, id, offer_id, on_day, at, places, taken)
     SELECT $1, ${rowId("d", "i")}, CASE WHEN i <= $2 THEN o.ids[1 + (i - 1) / 3] ELSE o.ids[cardinality(o.ids) - (i - $2 - 1)] END, CASE WHEN i = $4 THEN current_date ELSE current_date + 1 + (i * 7 % 120)::int END, '20:00',
            CASE WHEN i = $4 THEN $5 WHEN i > $2 THEN $3 ELSE 40 END, CASE WHEN i <= $2 THEN 1 + i % 36 WHEN i = $4 THEN $5 ELSE 0 END
       FROM generate_series(1, $4::int) i, (SELECT array_agg(${rowId("o", "n")} ORDER BY n) ids FROM generate_series(1, $6::int) n) o`,
    [house, size.dates, wantedPlaces, doorAt(size), doorBookings * 2, Math.ceil(size.dates / 3) + wantedDates + 1],
  );
  const booking = `house_id, id, date_id, structure_id, first_name, people, state, code, asked_at, confirmed_at`;
  await run(
    `INSERT INTO culture.bookings (${booking})
     SELECT $1, md5('b' || i)::uuid, ${rowId("d", "i")}, x.ids[1 + i % $3], 'Ada', 1 + i % 36, 'confirmed', 'K' || i, now(), now()
       FROM generate_series(1, $2::int) i, (SELECT array_agg(${rowId("x", "n")} ORDER BY n) ids FROM generate_series($4::int + 1, $4::int + $3::int) n) x`,
    [house, size.dates, bookers, venues],
  );
  await run(
    `INSERT INTO culture.bookings (${booking})
     SELECT $1, md5('door' || i)::uuid, $3, x.ids[1 + i % $4], 'Invite ' || i, 2, 'confirmed', 'D' || i, now(), now()
       FROM generate_series(1, $2::int) i, (SELECT array_agg(${rowId("x", "n")} ORDER BY n) ids FROM generate_series($5::int + 1, $5::int + $4::int) n) x`,
    [house, doorBookings, dateId(doorAt(size)), bookers, venues],
  );
  // The door's offer is the venue's that signs in.
  await run(
    "UPDATE culture.offers o SET structure_id = $2 FROM culture.dates d WHERE d.id = $3 AND o.house_id = d.house_id AND o.id = d.offer_id AND o.house_id = $1",
    [house, structureId(1), dateId(doorAt(size))],
  );
  await run("ANALYZE culture.offers, culture.dates, culture.bookings, partners.structures");
  const structures: string[] = [];
  for (let at = 0; at < crowd; at++)
    structures.push((await signIn(client, house, "social-partner", structureId(venues + 1 + at * 12))).token);
  return {
    structures,
    venue: (await signIn(client, house, "cultural-partner", structureId(1))).token,
    wanted: Array.from({ length: wantedDates }, (_, at) => dateId(wantedFrom(size) + at)),
    door: dateId(doorAt(size)),
  };
}
