// The venue gives fewer places than it said. Who loses is decided by a rule that the page shows, and told.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { plural } from "../../../../ui/words.ts";
import { noticeOfLoss, type Outing, outingColumns, outingTables } from "../notices.ts";
import type { BookingState } from "../words.ts";
import { endBookings, lockDate } from "./facts.ts";
import { losers, seatsInside } from "./rules.ts";
import { passOn } from "./waiting.ts";

type Held = Outing & { id: string; state: BookingState; confirmedAt: Date | null; attended: number | null };

/** The rule of `losers` and what follows from it, as pages show it before anything is done. */
export const loweringWords =
  "Les places proposées à qui attendait sont reprises d’abord, puis les réservations les plus récentes, par groupes entiers ; un groupe qui tient encore dans les places qui restent garde les siennes. Qui est déjà entré ne perd rien. Chaque structure est prévenue, par courriel ou par l’équipe.";

/** Bookings that hold places of a date; locked when places are about to be taken, so that nobody comes in meanwhile. */
const heldOf = async (tx: Tx, date: string, lock: RawBuilder<unknown>): Promise<Held[]> =>
  (
    await sql<Held>`
      SELECT ${outingColumns}, b.id, b.state, b.confirmed_at AS "confirmedAt", b.attended FROM ${outingTables}
       WHERE b.house_id = ${tx.scope.house} AND b.date_id = ${date} AND b.state IN ('confirmed', 'offered') ORDER BY b.id ${lock}`.execute(
      tx.on(),
    )
  ).rows;

/** Why a date cannot have so few places; null: it can. */
function tooFew(held: readonly Held[], places: number): string | null {
  const least = seatsInside(held);
  if (places >= least) return null;
  const people = held.reduce((sum, one) => sum + (one.attended ?? 0), 0);
  const inside = plural(people, "personne est déjà entrée", "personnes sont déjà entrées");
  return `${inside}${people === least ? "" : `, sur des réservations de ${plural(least, "place", "places")}`} : au moins ${plural(least, "place", "places")}.`;
}

/** Who would lose their places, or why they cannot be so few, without changing anything. */
export async function wouldLose(
  tx: Tx,
  date: string,
  places: number,
): Promise<{ lost: Held[]; refused: string | null }> {
  const held = await heldOf(tx, date, sql``);
  return { lost: losers(held, places), refused: tooFew(held, places) };
}

/** Sets the places of a date; null: no such date, or its version is another. `act` names the act in the letters, once. */
export async function setPlaces(
  tx: Tx,
  wish: { date: string; places: number; version: number; act: string },
): Promise<{ lost: number; told: number; untold: string[] } | { refused: string } | null> {
  const date = await lockDate(tx, wish.date);
  if (date?.version !== wish.version) return null;
  const held = await heldOf(tx, wish.date, sql`FOR UPDATE OF b`);
  const refused = tooFew(held, wish.places);
  if (refused) return { refused };
  const lost = losers(held, wish.places);
  await endBookings(
    tx,
    lost.map((one) => one.id),
    { by: "venue", reason: "moins de places que prévu" },
  );
  const freed = lost.reduce((sum, one) => sum + one.seats, 0);
  await sql`UPDATE culture.dates SET taken = taken - ${freed}, places = ${wish.places}, version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${wish.date}`.execute(
    tx.on(),
  );
  const { told, untold } = await noticeOfLoss(tx, wish.act, lost, {
    reason: "le lieu donne moins de places que prévu.",
    goesOn: true,
  });
  await passOn(tx, wish.date);
  return { lost: lost.length, told, untold };
}
