// One function an act: book, change, give back, accept. Each locks the date, asks the rules, writes the booking and moves the counter, in the
// transaction of its caller. They serve the team and a structure's own account alike: whose booking it may be is the caller's to check.
import { sql } from "kysely";
import type { JournalLine, Tx } from "../../../../core/db/transaction.ts";
import type { BookingState, EndedBy } from "../words.ts";
import { bookAtOnce } from "./at-once.ts";
import { bookerOf, endBookings, hold, type Locked, lockDate } from "./facts.ts";
import { freeFor, obstacle, type Refusal } from "./rules.ts";
import { passOn } from "./waiting.ts";

export type BookWish = {
  /** The form's key: the booking's identifier, so that a second sending makes none. */
  id: string;
  date: string;
  structure: string;
  /** A person of the house, or a first name, or neither. */
  person: string | null;
  firstName: string | null;
  people: number;
  companions: number;
  /** Where there is no room: wait for some. */
  wait: boolean;
};
/** What is wrong with the request itself. */
export type WrongRequest = { why: "no-date" | "no-structure" | "no-person" | "taken-key" };
export type Booked =
  | { ok: true; made: boolean; state: BookingState; code: string }
  | { ok: false; refusal: Refusal | WrongRequest };

/**
 * Books, waits or asks for the draw, as the date has it. With `line`, the journal's line of an act with which nothing else is written, a
 * place that is there to be taken is taken at once where it may.
 */
export async function book(tx: Tx, wish: BookWish, line?: () => JournalLine): Promise<Booked> {
  const taken = line ? await bookAtOnce(tx, wish, line) : null;
  if (taken) return { ok: true, made: true, state: "confirmed", code: taken };
  const date = await lockDate(tx, wish.date);
  if (!date) return { ok: false, refusal: { why: "no-date" } };
  const before = await bookingUnder(tx, wish.id);
  if (before)
    return before.structure === wish.structure
      ? { ok: true, made: false, state: before.state, code: before.code }
      : { ok: false, refusal: { why: "taken-key" } };
  const booker = await bookerOf(tx, wish.structure, date.day);
  if (!booker) return { ok: false, refusal: { why: "no-structure" } };
  const now = tx.clock.now();
  const refused = obstacle(date, booker, wish, now);
  if (refused) return { ok: false, refusal: refused };
  const seats = wish.people + wish.companions;
  const free = date.way === "draw" ? 0 : freeFor(date, booker, now);
  const state = date.way === "draw" ? await stateInDraw(tx, date.id) : seats <= free ? "confirmed" : "waiting";
  if (state === null) return { ok: false, refusal: { why: "over" } };
  if (state === "waiting" && !wish.wait) return { ok: false, refusal: { why: "full", left: free } };
  if (wish.person !== null && !(await isPerson(tx, wish.person))) return { ok: false, refusal: { why: "no-person" } };
  if (state === "confirmed") await hold(tx, date.id, seats);
  const code = tx.ids.shortCode();
  await sql`INSERT INTO culture.bookings (house_id, id, date_id, structure_id, person_id, first_name, people, companions, state, code, asked_at, asked_by, confirmed_at)
    VALUES (${tx.scope.house}, ${wish.id}, ${date.id}, ${booker.id}, ${wish.person}, ${wish.firstName}, ${wish.people}, ${wish.companions}, ${state}, ${code}, ${now}, ${tx.scope.account},
      ${state === "confirmed" ? now : null})`.execute(tx.often());
  return { ok: true, made: true, state, code };
}

/** What a request becomes on a date whose places are drawn: a request while they are taken, a place on the waiting list afterwards. */
async function stateInDraw(tx: Tx, date: string): Promise<"requested" | "waiting" | null> {
  const { rows } = await sql<{ opens: Date; closes: Date; drawn: boolean }>`
    SELECT opens_at AS opens, closes_at AS closes, drawn_at IS NOT NULL AS drawn FROM culture.draws WHERE house_id = ${tx.scope.house} AND date_id = ${date}`.execute(
    tx.on(),
  );
  const [draw] = rows;
  const now = tx.clock.now();
  if (!draw || now < draw.opens) return null;
  if (draw.drawn) return "waiting";
  return now < draw.closes ? "requested" : null;
}

async function bookingUnder(
  tx: Tx,
  id: string,
): Promise<{ structure: string; state: BookingState; code: string } | null> {
  const { rows } = await sql<{ structure: string; state: BookingState; code: string }>`
    SELECT structure_id AS structure, state, code FROM culture.bookings WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(
    tx.often(),
  );
  return rows[0] ?? null;
}

async function isPerson(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`SELECT 1 FROM people.persons WHERE house_id = ${tx.scope.house} AND id = ${id} AND merged_into IS NULL AND anonymised_at IS NULL FOR KEY SHARE`.execute(
      tx.often(),
    );
  return rows.length > 0;
}

export type HeldBooking = {
  id: string;
  date: string;
  structure: string;
  people: number;
  companions: number;
  state: BookingState;
  offeredUntil: Date | null;
  version: number;
};

/** A booking and its date, both locked, the date first as everywhere; null when there is none. */
async function lockBooking(tx: Tx, id: string): Promise<{ booking: HeldBooking; date: Locked } | null> {
  const { rows: known } = await sql<{ date: string }>`
    SELECT date_id AS date FROM culture.bookings WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.often());
  const date = known[0] ? await lockDate(tx, known[0].date) : null;
  if (!date) return null;
  const { rows } = await sql<HeldBooking>`
    SELECT id, date_id AS date, structure_id AS structure, people, companions, state, offered_until AS "offeredUntil", version
      FROM culture.bookings WHERE house_id = ${tx.scope.house} AND id = ${id} FOR UPDATE`.execute(tx.often());
  return rows[0] ? { booking: rows[0], date } : null;
}

const seatsOf = (one: { people: number; companions: number }): number => one.people + one.companions;

/** Gives a booking back, or leaves the waiting list. False: it was over already, or there is none. Its places go on to who waits. */
export async function cancelBooking(
  tx: Tx,
  id: string,
  by: EndedBy,
  reason: string | null = null,
): Promise<{ freed: number } | null> {
  const found = await lockBooking(tx, id);
  if (!found || !["requested", "waiting", "offered", "confirmed"].includes(found.booking.state)) return null;
  const { booking, date } = found;
  await endBookings(tx, [id], { by, reason });
  const freed = booking.state === "confirmed" || booking.state === "offered" ? seatsOf(booking) : 0;
  if (freed > 0) {
    await hold(tx, date.id, -freed);
    await passOn(tx, date.id);
  }
  return { freed };
}

/** It is over, or has changed since it was read. */
export type Missed = { why: "gone" } | { why: "stale" };
export type Changed = { ok: true } | { ok: false; refusal: Refusal | Missed };

/** Makes a confirmed booking, or a request, larger or smaller. */
export async function changeBooking(
  tx: Tx,
  id: string,
  wish: { people: number; companions: number; version: number },
): Promise<Changed> {
  const found = await lockBooking(tx, id);
  if (!found || !["confirmed", "requested", "waiting"].includes(found.booking.state))
    return { ok: false, refusal: { why: "gone" } };
  const { booking, date } = found;
  if (booking.version !== wish.version) return { ok: false, refusal: { why: "stale" } };
  const booker = await bookerOf(tx, booking.structure, date.day);
  if (!booker) return { ok: false, refusal: { why: "gone" } };
  const more = seatsOf(wish) - seatsOf(booking);
  const now = tx.clock.now();
  const holds = booking.state === "confirmed";
  // What it holds already is its own.
  const refused = obstacle(
    date,
    { ...booker, seasonSeats: booker.seasonSeats - (holds ? seatsOf(booking) : 0) },
    wish,
    now,
  );
  if (refused && (more > 0 || refused.why === "cancelled" || refused.why === "over" || refused.why === "no-companions"))
    return { ok: false, refusal: refused };
  if (holds && more > 0) {
    const free = freeFor(date, booker, now);
    if (more > free) return { ok: false, refusal: { why: "full", left: free } };
  }
  // Places are taken before the rows say so, and given back after: the two guards agree at each step.
  if (holds && more > 0) await hold(tx, date.id, more);
  await sql`UPDATE culture.bookings SET people = ${wish.people}, companions = ${wish.companions}, version = version + 1
    WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.often());
  if (holds && more < 0) {
    await hold(tx, date.id, more);
    await passOn(tx, date.id);
  }
  return { ok: true };
}

/** Who waited takes the places that were offered, in time. */
export async function acceptOffer(tx: Tx, id: string): Promise<boolean> {
  const found = await lockBooking(tx, id);
  if (found?.booking.state !== "offered") return false;
  const now = tx.clock.now();
  if (found.date.cancelled || !found.booking.offeredUntil || now >= found.booking.offeredUntil) return false;
  await sql`UPDATE culture.bookings SET state = 'confirmed', confirmed_at = ${now}, version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(
    tx.often(),
  );
  return true;
}
