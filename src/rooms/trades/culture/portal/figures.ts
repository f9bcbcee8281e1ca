// What a structure sees of its own figures: the house's (`../figures.ts`), asked of the registry for its identifier alone.
import type { Tx } from "../../../../core/db/transaction.ts";
import { askFigures, type Period } from "../../../../core/figures/ask.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { addDays } from "../../../../core/time.ts";
import { bookingsSource, boxOfficeFigures, datesSource } from "../figures.ts";

export type OwnFigures = {
  /** Places given (a venue), those of dates called off too. */
  places: number;
  /** Places booked, those that were cancelled since too; and those that stand. */
  booked: number;
  standing: number;
  /** Known to have come; `unreported`: places of past dates of which nobody said anything. */
  came: number;
  unreported: number;
};

const registry = makeRegistry([datesSource, bookingsSource], boxOfficeFigures);
const codes = {
  places: "billetterie.places",
  booked: "billetterie.reservees",
  standing: "billetterie.reservees_reelles",
  came: "billetterie.venues",
  reported: "billetterie.places_renseignees",
} as const;

/** A structure's figures between two days, as a venue or as one that books. */
export async function ownFigures(
  tx: Tx,
  structure: string,
  as: "venue" | "booker",
  period: Period,
): Promise<OwnFigures> {
  const ask = (which: readonly (keyof typeof codes)[], days: Period) =>
    askFigures(tx, registry, {
      codes: which.map((one) => codes[one]),
      period: days,
      by: [[]],
      filters: as === "venue" ? { lieu: structure } : { structure },
    });
  const sums = await ask(["booked", "standing", "came", ...(as === "venue" ? (["places"] as const) : [])], period);
  // Of the days that are over: whoever comes tonight cannot have been reported.
  const [to = period.to] = [addDays(tx.today, -1), period.to].sort();
  const over = { from: period.from, to };
  const past = over.from <= over.to ? await ask(["standing", "reported"], over) : null;
  return {
    places: as === "venue" ? sums.at(codes.places) : 0,
    booked: sums.at(codes.booked),
    standing: sums.at(codes.standing),
    came: sums.at(codes.came),
    unreported: past ? past.at(codes.standing) - past.at(codes.reported) : 0,
  };
}
