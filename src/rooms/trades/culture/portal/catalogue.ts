// What a structure may book: the dates that are open to it, with the filters that a worker has in mind, and the places that it may have.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { addDays } from "../../../../core/time.ts";
import { type Access, accessWords, type Way } from "../words.ts";

/** The structure for which one looks. */
export type Seeker = { id: string; commune_name: string | null; type_id: string | null };

export type Found = {
  id: string;
  title: string;
  genre: string;
  place: string;
  venue: string;
  commune: string | null;
  day: string;
  at: string | null;
  free: number;
  way: Way;
  fromAge: number | null;
  toAge: number | null;
  language: string;
  access: Access[];
  minutes: number | null;
  meeting: string;
  companions: boolean;
  about: string;
  wayThere: string;
  mostEach: number;
  closesAt: Date;
};

export const whenWords = {
  semaine: "cette semaine",
  suivante: "la semaine prochaine",
  mois: "dans les 30 jours",
} as const;
export const childWords = { "3": "tout-petits (3 ans)", "8": "enfants (8 ans)", "14": "adolescents (14 ans)" } as const;

export type Filters = {
  q: string;
  quand: keyof typeof whenWords | "";
  enfants: keyof typeof childWords | "";
  commune: string;
  genre: string;
  acces: Access | "";
  /** One day of the calendar. */
  jour: string;
};

/** Monday of a day's week. */
const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The days that a word of the filter stands for. */
export function daysOf(when: Filters["quand"], today: string): { from: string; to: string } | null {
  if (when === "semaine") return { from: today, to: addDays(mondayOf(today), 6) };
  if (when === "suivante") return { from: addDays(mondayOf(today), 7), to: addDays(mondayOf(today), 13) };
  return when === "mois" ? { from: today, to: addDays(today, 30) } : null;
}

const startsAt = (tx: Tx) => sql`((d.on_day + coalesce(d.at, '23:59')) AT TIME ZONE ${tx.scope.zone})`;

/**
 * Dates open to a structure: of its kind, not called off, and still to be booked. One whose places are drawn is there while it may be asked
 * for, and afterwards for its waiting list. The rule of a booking (`../bookings/rules.ts`) says the same; a test holds the two together.
 */
const openTo = (tx: Tx, seeker: Seeker): RawBuilder<unknown> => sql`
  culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id
  WHERE d.house_id = ${tx.scope.house} AND d.cancelled_at IS NULL AND d.on_day >= ${tx.today}::date AND least(d.closes_at, ${startsAt(tx)}) > ${tx.clock.now()}
    AND (o.for_communes = '{}' OR ${seeker.commune_name}::text = ANY(o.for_communes)) AND (o.for_types = '{}' OR ${seeker.type_id}::uuid = ANY(o.for_types))
    AND (o.for_structures = '{}' OR ${seeker.id}::uuid = ANY(o.for_structures))
    AND (d.way = 'first' OR EXISTS (SELECT 1 FROM culture.draws x WHERE x.house_id = d.house_id AND x.date_id = d.id AND x.opens_at <= ${tx.clock.now()}
          AND (x.drawn_at IS NOT NULL OR x.closes_at > ${tx.clock.now()})))`;

/** Places that the structure may have now: the free ones, less those still kept for others. */
const freeOf = (tx: Tx, seeker: Seeker): RawBuilder<unknown> => sql`
  greatest(0, d.places - d.taken - coalesce((
    SELECT sum(greatest(0, a.places - coalesce((SELECT sum(b.seats) FROM culture.bookings b JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
              WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('confirmed', 'offered') AND s.commune_name = ANY(a.communes)), 0)))
      FROM culture.allotments a WHERE a.house_id = d.house_id AND a.date_id = d.id AND a.until > ${tx.clock.now()} AND NOT coalesce(${seeker.commune_name}::text = ANY(a.communes), false)), 0))::int`;

const columns = (tx: Tx, seeker: Seeker): RawBuilder<unknown> => sql`
  d.id, o.title, o.genre, o.place, v.name AS venue, v.commune_name AS commune, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, ${freeOf(tx, seeker)} AS free, d.way,
  o.from_age AS "fromAge", o.to_age AS "toAge", o.language, o.access, o.minutes, o.meeting, o.companions, o.about, o.way_there AS "wayThere", o.most_each AS "mostEach",
  least(d.closes_at, ${startsAt(tx)}) AS "closesAt"`;

function conditions(tx: Tx, filters: Filters): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [];
  const days = daysOf(filters.quand, tx.today);
  if (filters.q)
    all.push(
      sql`core.normalise(o.title || ' ' || v.name || ' ' || o.place) LIKE '%' || core.normalise(${filters.q}) || '%'`,
    );
  if (days) all.push(sql`d.on_day BETWEEN ${days.from}::date AND ${days.to}::date`);
  if (filters.jour) all.push(sql`d.on_day = ${filters.jour}::date`);
  if (filters.enfants)
    all.push(
      sql`coalesce(o.from_age, 0) <= ${Number(filters.enfants)} AND coalesce(o.to_age, 150) >= ${Number(filters.enfants)}`,
    );
  if (filters.commune) all.push(sql`v.commune_name = ${filters.commune}`);
  if (filters.genre) all.push(sql`o.genre = ${filters.genre}`);
  if (filters.acces) all.push(sql`${filters.acces} = ANY(o.access)`);
  return all.length === 0 ? sql`` : sql`AND ${sql.join(all, sql` AND `)}`;
}

export const pageSize = 40;

/** A page of the dates open to a structure, the soonest first (or by commune), and how many there are in all. */
export async function findDates(
  tx: Tx,
  seeker: Seeker,
  filters: Filters,
  wish: { page: number; byCommune: boolean },
): Promise<{ rows: Found[]; count: number }> {
  const { rows } = await sql<Found & { of: number }>`
    SELECT ${columns(tx, seeker)}, count(*) OVER ()::int AS of FROM ${openTo(tx, seeker)} ${conditions(tx, filters)}
     ORDER BY ${wish.byCommune ? sql`v.commune_name NULLS LAST,` : sql``} d.on_day, d.at NULLS LAST, o.title, d.id LIMIT ${pageSize} OFFSET ${wish.page * pageSize}`.execute(
    tx.on(),
  );
  return { rows: rows.map(({ of: _, ...row }) => row), count: rows[0]?.of ?? 0 };
}

/** How many dates each day has, under the same filters: the calendar. */
export async function countByDay(tx: Tx, seeker: Seeker, filters: Filters): Promise<{ day: string; dates: number }[]> {
  const { rows } = await sql<{ day: string; dates: number }>`
    SELECT d.on_day AS day, count(*)::int AS dates FROM ${openTo(tx, seeker)} ${conditions(tx, { ...filters, jour: "" })} GROUP BY d.on_day ORDER BY d.on_day LIMIT 400`.execute(
    tx.on(),
  );
  return rows;
}

export type CommuneCount = { commune: string | null; dates: number; venues: number };

/** How many dates each commune has, and at how many venues, under the same filters: where one can go. */
export async function countByCommune(tx: Tx, seeker: Seeker, filters: Filters): Promise<CommuneCount[]> {
  const { rows } = await sql<CommuneCount>`
    SELECT v.commune_name AS commune, count(*)::int AS dates, count(DISTINCT v.id)::int AS venues FROM ${openTo(tx, seeker)} ${conditions(tx, { ...filters, commune: "" })}
     GROUP BY v.commune_name ORDER BY 2 DESC, 1 NULLS LAST LIMIT 400`.execute(tx.on());
  return rows;
}

/** One date, as long as it is open to the structure. */
export async function dateFor(tx: Tx, seeker: Seeker, id: string): Promise<Found | null> {
  const { rows } = await sql<Found>`SELECT ${columns(tx, seeker)} FROM ${openTo(tx, seeker)} AND d.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** Communes and genres that the filters offer: those of the dates open to the structure. */
export async function choicesFor(tx: Tx, seeker: Seeker): Promise<{ communes: string[]; genres: string[] }> {
  const { rows } = await sql<{ communes: string[] | null; genres: string[] | null }>`
    SELECT array_agg(DISTINCT v.commune_name) FILTER (WHERE v.commune_name IS NOT NULL) AS communes, array_agg(DISTINCT o.genre) FILTER (WHERE o.genre <> '') AS genres
      FROM ${openTo(tx, seeker)}`.execute(tx.on());
  return { communes: rows[0]?.communes ?? [], genres: rows[0]?.genres ?? [] };
}

const oneOf = <T extends string>(words: Readonly<Record<T, string>>, value: string | undefined): T | "" =>
  value !== undefined && Object.hasOwn(words, value) ? (value as T) : "";

/** The filters of an address; a word that is not understood asks for nothing. */
export const readFilters = (query: Readonly<Record<string, string>>): Filters => ({
  q: (query.q ?? "").trim().slice(0, 80),
  quand: oneOf(whenWords, query.quand),
  enfants: oneOf(childWords, query.enfants),
  commune: (query.commune ?? "").slice(0, 120),
  genre: (query.genre ?? "").slice(0, 120),
  acces: oneOf(accessWords, query.acces),
  jour: /^\d{4}-\d{2}-\d{2}$/.test(query.jour ?? "") ? (query.jour ?? "") : "",
});
