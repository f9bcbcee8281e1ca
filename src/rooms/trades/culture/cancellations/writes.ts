// Dates called off, one or many, in one act: all of them or none, each structure told once.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { endBookings } from "../bookings/facts.ts";
import { noticeOfLoss, type Outing, outingColumns, outingTables } from "../notices.ts";

export type CancelWish = {
  id: string;
  /** One date; else all those of a venue, or of everywhere, between two days. */
  date: string | null;
  structure: string | null;
  from: string;
  to: string;
  reason: string;
};
export type Cancelled = { dates: number; bookings: number; told: number; untold: string[]; made: boolean };

const chosen = (tx: Tx, wish: Pick<CancelWish, "date" | "structure" | "from" | "to">) =>
  sql`d.house_id = ${tx.scope.house} AND d.cancelled_at IS NULL AND ${
    wish.date ? sql`d.id = ${wish.date}` : sql`d.on_day BETWEEN ${wish.from}::date AND ${wish.to}::date`
  } ${wish.structure ? sql`AND o.structure_id = ${wish.structure}` : sql``}`;

export type Preview = {
  dates: { id: string; title: string; venue: string; day: string; at: string | null; held: number }[];
  structures: { id: string; name: string; held: number }[];
};

/** The dates that such an act would call off, and the structures that would be told, with the places that each holds. */
export async function wouldCancel(
  tx: Tx,
  wish: Pick<CancelWish, "date" | "structure" | "from" | "to">,
): Promise<Preview> {
  const { rows: dates } = await sql<Preview["dates"][number]>`
    SELECT d.id, o.title, v.name AS venue, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, d.taken AS held
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id
     WHERE ${chosen(tx, wish)} ORDER BY d.on_day, d.at, d.id`.execute(tx.on());
  const { rows: structures } = await sql<Preview["structures"][number]>`
    SELECT s.id, s.name, (coalesce(sum(b.seats) FILTER (WHERE b.state IN ('confirmed', 'offered')), 0))::int AS held
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
      JOIN culture.bookings b ON b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('requested', 'waiting', 'offered', 'confirmed')
      JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
     WHERE ${chosen(tx, wish)} GROUP BY s.id, s.name ORDER BY held DESC, s.name, s.id`.execute(tx.on());
  return { dates, structures };
}

/** Calls the dates off. The same identifier again does nothing more. */
export async function cancelDates(tx: Tx, wish: CancelWish): Promise<Cancelled> {
  const { house } = tx.scope;
  const now = tx.clock.now();
  const made = await sql`
    INSERT INTO culture.cancellations (house_id, id, structure_id, from_day, to_day, reason, at, account_id)
    VALUES (${house}, ${wish.id}, ${wish.structure}, ${wish.from}, ${wish.to}, ${wish.reason}, ${now}, ${tx.scope.account}) ON CONFLICT DO NOTHING RETURNING id`.execute(
    tx.on(),
  );
  if (made.rows.length === 0) return { dates: 0, bookings: 0, told: 0, untold: [], made: false };
  // Locked in one order, so that two such acts at once do not wait for each other.
  const { rows: dates } = await sql<{ id: string }>`
    SELECT d.id FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id WHERE ${chosen(tx, wish)} ORDER BY d.id FOR NO KEY UPDATE OF d`.execute(
    tx.on(),
  );
  const ids = dates.map((row) => row.id);
  await sql`UPDATE culture.dates SET cancelled_at = ${now}, cancelled_reason = ${wish.reason}, cancellation_id = ${wish.id}, taken = 0, version = version + 1
    WHERE house_id = ${house} AND id = ANY(${ids}::uuid[])`.execute(tx.on());
  const { rows: lost } = await sql<Outing & { held: boolean }>`
    SELECT ${outingColumns}, b.state IN ('confirmed', 'offered') AS held FROM ${outingTables}
     WHERE b.house_id = ${house} AND b.date_id = ANY(${ids}::uuid[]) AND b.state IN ('requested', 'waiting', 'offered', 'confirmed')`.execute(
    tx.on(),
  );
  await endBookings(
    tx,
    lost.map((one) => one.booking),
    { by: "venue", reason: wish.reason },
  );
  const { told, untold } = await noticeOfLoss(tx, wish.id, lost, { reason: wish.reason, goesOn: false });
  const bookings = lost.filter((one) => one.held).length;
  await sql`UPDATE culture.cancellations SET dates = ${ids.length}, bookings = ${bookings} WHERE house_id = ${house} AND id = ${wish.id}`.execute(
    tx.on(),
  );
  return { dates: ids.length, bookings, told, untold, made: true };
}
