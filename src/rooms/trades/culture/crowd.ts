// A crowd at one date: structures that book, give back, change, wait and answer, and the venue that lowers its places, all at once. The
// tests run it small and the bench in full; what must be true afterwards is asked of the rows (`testing.ts`).
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { setPlaces } from "./bookings/lowering.ts";
import { acceptOffer, book, cancelBooking, changeBooking } from "./bookings/writes.ts";

/** A generator of numbers below `n`, the same at each run. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

export type Crowd = {
  /** One act, in a transaction of its own. */
  run: <R>(work: (tx: Tx) => Promise<R>) => Promise<R>;
  date: string;
  places: number;
  structures: readonly string[];
  requests: number;
  /** How many act at the same time. */
  together: number;
};

/** Sends the crowd; gives how often each thing happened. */
export async function sendCrowd({
  run,
  date,
  places,
  structures,
  requests,
  together,
}: Crowd): Promise<Map<string, number>> {
  const roll = dice(7);
  const booked: string[] = [];
  const outcomes = new Map<string, number>();
  const told = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
  let left = places;
  const bookSome = async (): Promise<void> => {
    const wish = {
      date,
      structure: structures[roll(structures.length)] ?? "",
      person: null,
      firstName: null,
      people: 1 + roll(4),
      companions: roll(3),
      wait: roll(2) === 0,
    };
    const { id, got } = await run(async (tx) => {
      const key = tx.ids.uuid();
      return { id: key, got: await book(tx, { ...wish, id: key }, () => ({ act: "own-booking.made" })) };
    });
    if (got.ok) booked.push(id);
    told(got.ok ? got.state : got.refusal.why);
  };
  const lower = async (turn: number): Promise<void> => {
    left = Math.max(Math.ceil(places * 0.6), left - 5);
    const set = await run(async (tx) => {
      const { rows } = await sql<{
        version: number;
      }>`SELECT version FROM culture.dates WHERE house_id = ${tx.scope.house} AND id = ${date}`.execute(tx.on());
      return setPlaces(tx, { date, places: left, version: rows[0]?.version ?? 0, act: `moins-${turn}` });
    });
    told(set ? "lowered" : "lowered by another");
  };
  const change = async (known: string): Promise<void> => {
    const wish = { people: 1 + roll(4), companions: roll(2) };
    const changed = await run(async (tx) => {
      const { rows } = await sql<{
        version: number;
      }>`SELECT version FROM culture.bookings WHERE house_id = ${tx.scope.house} AND id = ${known}`.execute(tx.on());
      return changeBooking(tx, known, { ...wish, version: rows[0]?.version ?? 0 });
    });
    told(changed.ok ? "changed" : changed.refusal.why);
  };
  const accept = async (known: string): Promise<void> => {
    // Whoever was offered places is asked for, so that each run takes this way too.
    const accepted = await run(async (tx) => {
      const { rows } = await sql<{ id: string }>`
        SELECT id FROM culture.bookings WHERE house_id = ${tx.scope.house} AND date_id = ${date} AND state = 'offered' ORDER BY asked_at LIMIT 1`.execute(
        tx.on(),
      );
      return acceptOffer(tx, rows[0]?.id ?? known);
    });
    told(accepted ? "accepted" : "nothing to accept");
  };
  const one = async (turn: number): Promise<void> => {
    const kind = roll(20);
    const known = booked[roll(Math.max(1, booked.length))];
    if (turn % 97 === 96) return lower(turn);
    if (kind < 11 || !known) return bookSome();
    if (kind < 15) return told((await run((tx) => cancelBooking(tx, known, "structure"))) ? "gave back" : "was over");
    return kind < 18 ? change(known) : accept(known);
  };
  let turn = 0;
  await Promise.all(
    Array.from({ length: together }, async () => {
      while (turn < requests) await one(turn++);
    }),
  );
  return outcomes;
}
