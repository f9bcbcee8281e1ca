// A draw announced, then held: once, in one transaction, under the lock of its date.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Job } from "../../../../core/jobs/job.ts";
import { seasonDays, seasonOf } from "../../../foundations/partners/door.ts";
import { hold, lockDate } from "../bookings/facts.ts";
import { noticeOfDraw } from "../notices.ts";
import { draw, printOf, type Request } from "./rule.ts";

export type DrawState = {
  date: string;
  opensAt: Date;
  closesAt: Date;
  /** Shown once drawn. */
  seed: string | null;
  seedPrint: string;
  rule: number;
  drawnAt: Date | null;
  places: number | null;
};

export async function drawOf(tx: Tx, date: string): Promise<DrawState | null> {
  const { rows } = await sql<DrawState>`
    SELECT date_id AS date, opens_at AS "opensAt", closes_at AS "closesAt", CASE WHEN drawn_at IS NOT NULL THEN seed END AS seed, seed_print AS "seedPrint", rule, drawn_at AS "drawnAt", places
      FROM culture.draws WHERE house_id = ${tx.scope.house} AND date_id = ${date}`.execute(tx.on());
  return rows[0] ?? null;
}

/** Fixes the seed and the window of requests. False: the date has a draw, bookings, or does not exist. */
export async function announceDraw(tx: Tx, wish: { date: string; opensAt: Date; closesAt: Date }): Promise<boolean> {
  const date = await lockDate(tx, wish.date);
  if (!date || date.cancelled || date.taken > 0 || wish.closesAt <= wish.opensAt || wish.closesAt >= date.closesAt)
    return false;
  const seed = tx.ids.token();
  const { rows } = await sql`
    INSERT INTO culture.draws (house_id, date_id, opens_at, closes_at, seed, seed_print)
    VALUES (${tx.scope.house}, ${wish.date}, ${wish.opensAt}, ${wish.closesAt}, ${seed}, ${printOf(seed)}) ON CONFLICT DO NOTHING RETURNING date_id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return false;
  await sql`UPDATE culture.dates SET way = 'draw', version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${wish.date}`.execute(
    tx.on(),
  );
  return true;
}

/** Draws a date whose requests are closed. Null: not the time, done already, or called off. */
export async function holdDraw(tx: Tx, dateId: string): Promise<{ requests: number; given: number } | null> {
  const date = await lockDate(tx, dateId);
  const { rows: found } = await sql<{ seed: string }>`
    SELECT seed FROM culture.draws WHERE house_id = ${tx.scope.house} AND date_id = ${dateId} AND drawn_at IS NULL AND closes_at <= ${tx.clock.now()} FOR UPDATE`.execute(
    tx.on(),
  );
  const [known] = found;
  if (!date || date.cancelled || !known) return null;
  const { from, to } = seasonDays(seasonOf(date.day));
  const { rows: requests } = await sql<Request>`
    SELECT b.id, b.seats, (SELECT coalesce(sum(x.seats), 0)::int FROM culture.bookings x JOIN culture.dates d ON d.house_id = x.house_id AND d.id = x.date_id
        WHERE x.house_id = b.house_id AND x.structure_id = b.structure_id AND x.state IN ('confirmed', 'offered') AND d.on_day BETWEEN ${from}::date AND ${to}::date) AS served
      FROM culture.bookings b WHERE b.house_id = ${tx.scope.house} AND b.date_id = ${dateId} AND b.state = 'requested' ORDER BY b.id`.execute(
    tx.on(),
  );
  const free = date.places - date.taken;
  const lines = draw(known.seed, requests, free);
  const now = tx.clock.now();
  const given = lines.filter((line) => line.given);
  await sql`UPDATE culture.draws SET drawn_at = ${now}, places = ${free} WHERE house_id = ${tx.scope.house} AND date_id = ${dateId}`.execute(
    tx.on(),
  );
  await hold(
    tx,
    dateId,
    given.reduce((sum, line) => sum + line.seats, 0),
  );
  await sql`UPDATE culture.bookings SET state = 'confirmed', confirmed_at = ${now}, version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ANY(${given.map((line) => line.id)}::uuid[])`.execute(
    tx.on(),
  );
  await sql`UPDATE culture.bookings SET state = 'lost', ended_at = ${now}, ended_by = 'draw', version = version + 1
    WHERE house_id = ${tx.scope.house} AND id = ANY(${lines.filter((line) => !line.given).map((line) => line.id)}::uuid[])`.execute(
    tx.on(),
  );
  await sql`INSERT INTO culture.draw_lines (house_id, date_id, booking_id, seats, served, score, rank, given)
    SELECT ${tx.scope.house}, ${dateId}, x.* FROM unnest(${lines.map((line) => line.id)}::uuid[], ${lines.map((line) => line.seats)}::smallint[], ${lines.map((line) => line.served)}::int[],
      ${lines.map((line) => String(line.score))}::text[], ${lines.map((line) => line.rank)}::int[], ${lines.map((line) => line.given)}::boolean[]) AS x`.execute(
    tx.on(),
  );
  await noticeOfDraw(tx, dateId);
  return { requests: lines.length, given: given.length };
}

/** Draws whose requests are closed. */
export const drawDue: Job = {
  name: "culture-draws",
  cron: "*/10 * * * *",
  sentence: "Tire au sort les places des sorties dont les demandes sont closes.",
  async run(tx) {
    const { rows } = await sql<{ date: string }>`
      SELECT w.date_id AS date FROM culture.draws w JOIN culture.dates d ON d.house_id = w.house_id AND d.id = w.date_id
       WHERE w.house_id = ${tx.scope.house} AND w.drawn_at IS NULL AND w.closes_at <= ${tx.clock.now()} AND d.cancelled_at IS NULL ORDER BY w.date_id LIMIT 100`.execute(
      tx.on(),
    );
    let drawn = 0;
    for (const { date } of rows) if (await holdDraw(tx, date)) drawn++;
    return { drawn };
  },
};
