// The venue gives fewer places than it said. Who loses is decided by a rule that the page shows, and told.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { noticeOfLoss, type Outing, outingColumns, outingTables } from "../notices.ts";
import type { BookingState } from "../words.ts";
import { endBookings, lockDate } from "./facts.ts";
import { losers } from "./rules.ts";
import { passOn } from "./waiting.ts";

type Held = Outing & { id: string; state: BookingState; confirmedAt: Date | null };

/** Bookings that hold places of a date. */
const heldOf = async (tx: Tx, date: string): Promise<Held[]> =>
  (
    await sql<Held>`
      SELECT ${outingColumns}, b.id, b.state, b.confirmed_at AS "confirmedAt" FROM ${outingTables}
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
): Promise<{ lost: number; told: number; untold: string[] } | null> {
  const date = await lockDate(tx, wish.date);
  if (date?.version !== wish.version) return null;
  const lost = await wouldLose(tx, wish.date, wish.places);
  await endBookings(
    tx,
    lost.map((one) => one.id),
    { by: "venue", reason: "moins de places que prévu" },
  );
  const freed = lost.reduce((sum, one) => sum + one.seats, 0);
  await sql`UPDATE culture.dates SET taken = taken - ${freed}, places = ${wish.places}, version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${wish.date}`.execute(
    tx.on(),
  );
  const { told, untold } = await noticeOfLoss(tx, wish.act, lost, "le lieu donne moins de places que prévu.");
  await passOn(tx, wish.date);
  return { lost: lost.length, told, untold };
}
