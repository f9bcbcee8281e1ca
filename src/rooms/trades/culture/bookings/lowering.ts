// The venue gives fewer places than it said. Who loses is decided by a rule that the page shows, and told.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type LostBooking, noticeOfLoss } from "../notices.ts";
import type { BookingState } from "../words.ts";
import { lockDate } from "./facts.ts";
import { losers } from "./rules.ts";
import { passOn } from "./waiting.ts";

type Held = LostBooking & { id: string; state: BookingState; confirmedAt: Date | null };

/** Bookings that hold places of a date. */
const heldOf = async (tx: Tx, date: string): Promise<Held[]> =>
  (
    await sql<Held>`
      SELECT b.id, b.id AS booking, b.structure_id AS structure, b.seats, b.code, b.state, b.confirmed_at AS "confirmedAt", o.title, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at
        FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
       WHERE b.house_id = ${tx.scope.house} AND b.date_id = ${date} AND b.state IN ('confirmed', 'offered')`.execute(
      tx.on(),
    )
  ).rows;

/** Who would lose their places, without changing anything. */
export const wouldLose = async (tx: Tx, date: string, places: number): Promise<Held[]> =>
  losers(await heldOf(tx, date), places);

/** Sets the places of a date; null: no such date, or its version is another. `act` names the act in the letters, once. */
export async function setPlaces(
  tx: Tx,
  wish: { date: string; places: number; version: number; act: string },
): Promise<{ lost: number; untold: string[] } | null> {
  const date = await lockDate(tx, wish.date);
  const { rows } = await sql<{ version: number }>`
    SELECT version FROM culture.dates WHERE house_id = ${tx.scope.house} AND id = ${wish.date}`.execute(tx.on());
  if (!date || rows[0]?.version !== wish.version) return null;
  const lost = await wouldLose(tx, wish.date, wish.places);
  if (lost.length > 0) {
    const now = tx.clock.now();
    await sql`UPDATE culture.bookings SET state = CASE state WHEN 'confirmed' THEN 'cancelled' ELSE 'expired' END, ended_at = ${now}, ended_by = 'venue', ended_reason = 'moins de places que prévu', version = version + 1
      WHERE house_id = ${tx.scope.house} AND id = ANY(${lost.map((one) => one.id)}::uuid[])`.execute(tx.on());
  }
  const freed = lost.reduce((sum, one) => sum + one.seats, 0);
  await sql`UPDATE culture.dates SET taken = taken - ${freed}, places = ${wish.places}, version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${wish.date}`.execute(
    tx.on(),
  );
  const { untold } = await noticeOfLoss(tx, wish.act, lost, "le lieu donne moins de places que prévu.");
  await passOn(tx, wish.date);
  return { lost: lost.length, untold };
}
