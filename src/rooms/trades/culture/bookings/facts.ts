// What a decision about places rests on. The date's row is locked first: whoever books, changes or gives back waits for its turn.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { seasonDays, seasonOf } from "../../../foundations/partners/door.ts";
import type { EndedBy } from "../words.ts";
import type { Booker, DateFacts } from "./rules.ts";

export type Locked = DateFacts & { day: string; version: number };
type Row = Omit<Locked, "allotments"> & { allotted: boolean };

/** Locks a date and tells what it is; null when the house has none of that identifier. */
export const lockDate = (tx: Tx, id: string): Promise<Locked | null> => readDate(tx, id, sql`FOR NO KEY UPDATE OF d`);

/** The same without the lock: what was true a moment ago. */
export const seeDate = (tx: Tx, id: string): Promise<Locked | null> => readDate(tx, id, sql``);

async function readDate(tx: Tx, id: string, lock: RawBuilder<unknown>): Promise<Locked | null> {
  const { house, zone } = tx.scope;
  const { rows } = await sql<Row>`
    SELECT d.id, d.version, d.on_day AS day, d.places, d.taken, d.way, d.cancelled_at IS NOT NULL AS cancelled,
           (d.on_day + coalesce(d.at, '23:59')) AT TIME ZONE ${zone} AS "startsAt", coalesce(d.closes_at, (d.on_day + coalesce(d.at, '23:59')) AT TIME ZONE ${zone}) AS "closesAt",
           o.most_each AS "mostEach", o.companions, o.for_communes AS "forCommunes", o.for_types AS "forTypes", o.for_structures AS "forStructures",
           EXISTS (SELECT 1 FROM culture.allotments a WHERE a.house_id = d.house_id AND a.date_id = d.id AND a.until > ${tx.clock.now()}) AS allotted
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
     WHERE d.house_id = ${house} AND d.id = ${id} ${lock}`.execute(tx.often());
  const [row] = rows;
  if (!row) return null;
  const { allotted, ...date } = row;
  return { ...date, allotments: allotted ? await allotmentsOf(tx, id) : [] };
}

/** Moves the counter of a date that is locked; fewer than none: places come back. */
export const hold = (tx: Tx, date: string, seats: number): Promise<unknown> =>
  sql`UPDATE culture.dates SET taken = taken + ${seats} WHERE house_id = ${tx.scope.house} AND id = ${date}`.execute(
    tx.often(),
  );

/** Ends bookings of a date that is locked. What was never confirmed has not been booked: it ends without counting as a cancelled booking. */
export const endBookings = (
  tx: Tx,
  ids: readonly string[],
  end: { by: EndedBy; reason: string | null },
): Promise<unknown> =>
  sql`UPDATE culture.bookings SET state = CASE state WHEN 'confirmed' THEN 'cancelled' ELSE 'expired' END, ended_at = ${tx.clock.now()}, ended_by = ${end.by}, ended_reason = ${end.reason}, version = version + 1
    WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.often());

/** The allotments of a date that still stand, with what their structures hold. */
async function allotmentsOf(tx: Tx, date: string): Promise<DateFacts["allotments"]> {
  const { rows } = await sql<{ places: number; communes: string[]; until: Date; held: number }>`
    SELECT a.places, a.communes, a.until,
           (SELECT coalesce(sum(b.seats), 0)::int FROM culture.bookings b JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
             WHERE b.house_id = a.house_id AND b.date_id = a.date_id AND b.state IN ('confirmed', 'offered') AND s.commune_name = ANY(a.communes)) AS held
      FROM culture.allotments a WHERE a.house_id = ${tx.scope.house} AND a.date_id = ${date} AND a.until > ${tx.clock.now()}`.execute(
    tx.often(),
  );
  return rows;
}

/** The structure that books, with what it holds in the season of a day; null when the house has no such structure, or it is closed. */
export async function bookerOf(tx: Tx, structure: string, day: string): Promise<Booker | null> {
  const season = seasonOf(day);
  const { from, to } = seasonDays(season);
  const { rows } = await sql<Booker>`
    SELECT s.id, s.commune_name AS commune, s.type_id AS type, l.seats AS "seasonLimit",
           CASE WHEN l.seats IS NULL THEN 0 ELSE (SELECT coalesce(sum(b.seats), 0)::int FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id
             WHERE b.house_id = s.house_id AND b.structure_id = s.id AND b.state IN ('confirmed', 'offered') AND d.on_day BETWEEN ${from}::date AND ${to}::date) END AS "seasonSeats"
      FROM partners.structures s
      LEFT JOIN LATERAL (SELECT x.seats FROM culture.limits x WHERE x.house_id = s.house_id AND x.season = ${season} AND (x.structure_id = s.id OR x.structure_id IS NULL)
         ORDER BY x.structure_id NULLS LAST LIMIT 1) l ON true
     WHERE s.house_id = ${tx.scope.house} AND s.id = ${structure} AND s.merged_into IS NULL
       AND NOT EXISTS (SELECT 1 FROM partners.closures c WHERE c.house_id = s.house_id AND c.structure_id = s.id AND c.reopened_at IS NULL AND c.closed_on <= ${tx.today}::date)`.execute(
    tx.often(),
  );
  return rows[0] ?? null;
}
