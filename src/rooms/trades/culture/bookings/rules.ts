// Decisions about places, without input or output: the facts of a date, a wish, the clock -> what is given, or a named refusal.
import { TZDate } from "@date-fns/tz";
import type { Way } from "../words.ts";

/** A date as it is under its lock, with what its offer says. */
export type DateFacts = {
  id: string;
  places: number;
  taken: number;
  way: Way;
  cancelled: boolean;
  /** When it begins, and until when it may be booked. */
  startsAt: Date;
  closesAt: Date;
  mostEach: number;
  companions: boolean;
  forCommunes: readonly string[];
  forTypes: readonly string[];
  forStructures: readonly string[];
  allotments: readonly { places: number; communes: readonly string[]; until: Date; held: number }[];
};

/** The structure that books: where it is, what it is, what it has this season and may have (null: no limit). */
export type Booker = {
  id: string;
  commune: string | null;
  type: string | null;
  seasonSeats: number;
  seasonLimit: number | null;
};

export type Wish = { people: number; companions: number };

export type Refusal =
  | { why: "cancelled" | "over" | "not-for-you" | "no-companions" }
  | { why: "too-many-at-once"; most: number }
  | { why: "season-limit"; left: number }
  | { why: "full"; left: number };

/** The sentence that the one who books reads. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.why) {
    case "cancelled":
      return "Cette date est annulée.";
    case "over":
      return "Les réservations de cette date sont closes.";
    case "not-for-you":
      return "Cette sortie est réservée à d’autres structures.";
    case "no-companions":
      return "Cette sortie n’accepte pas d’accompagnant : comptez tout le monde parmi les personnes.";
    case "too-many-at-once":
      return `Au plus ${refusal.most} place${refusal.most > 1 ? "s" : ""} par réservation pour cette sortie.`;
    case "season-limit":
      return refusal.left > 0
        ? `Votre structure peut encore réserver ${refusal.left} place${refusal.left > 1 ? "s" : ""} cette saison.`
        : "Votre structure a réservé toutes les places auxquelles elle a droit cette saison.";
    case "full":
      return refusal.left > 0
        ? `Il reste ${refusal.left} place${refusal.left > 1 ? "s" : ""} : réduisez le groupe, ou inscrivez-le sur la liste d’attente.`
        : "Il ne reste plus de place : inscrivez le groupe sur la liste d’attente.";
  }
}

const isOf = (booker: Booker, communes: readonly string[]): boolean =>
  booker.commune !== null && communes.includes(booker.commune);

/** Places that this booker may have now: the free ones, less what is still kept for others. */
export function freeFor(date: DateFacts, booker: Booker, now: Date): number {
  const kept = date.allotments
    .filter((one) => one.until > now && !isOf(booker, one.communes))
    .reduce((sum, one) => sum + Math.max(0, one.places - one.held), 0);
  return Math.max(0, date.places - date.taken - kept);
}

/** What keeps this booker from this date, whatever the places left; null: nothing does. */
export function obstacle(date: DateFacts, booker: Booker, wish: Wish, now: Date): Refusal | null {
  const seats = wish.people + wish.companions;
  if (date.cancelled) return { why: "cancelled" };
  // Nobody books an outing that has begun, whenever its bookings close.
  if (now >= date.closesAt || now >= date.startsAt) return { why: "over" };
  const welcome =
    (date.forCommunes.length === 0 || isOf(booker, date.forCommunes)) &&
    (date.forTypes.length === 0 || (booker.type !== null && date.forTypes.includes(booker.type))) &&
    (date.forStructures.length === 0 || date.forStructures.includes(booker.id));
  if (!welcome) return { why: "not-for-you" };
  if (wish.companions > 0 && !date.companions) return { why: "no-companions" };
  if (seats > date.mostEach) return { why: "too-many-at-once", most: date.mostEach };
  if (booker.seasonLimit !== null && booker.seasonSeats + seats > booker.seasonLimit)
    return { why: "season-limit", left: Math.max(0, booker.seasonLimit - booker.seasonSeats) };
  return null;
}

/**
 * Until when who waited may answer an offer of places made now: two days when the outing is far, less as it comes near, never after the
 * bookings close. A time that would end in the night ends at nine in the morning, when that is still in time.
 */
export function answerBy(now: Date, closesAt: Date, zone: string): Date {
  const hours = (closesAt.getTime() - now.getTime()) / 3_600_000;
  const given = hours > 14 * 24 ? 48 : hours > 3 * 24 ? 24 : hours > 24 ? 6 : hours > 4 ? 2 : 0.5;
  const until = new TZDate(now.getTime() + given * 3_600_000, zone);
  const night = until.getHours() >= 21 || until.getHours() < 9;
  const morning = new TZDate(until, zone);
  if (until.getHours() >= 21) morning.setDate(morning.getDate() + 1);
  morning.setHours(9, 0, 0, 0);
  const wished = night && morning < closesAt ? morning.getTime() : until.getTime();
  return new Date(Math.min(wished, closesAt.getTime()));
}

/** The seats of bookings of which somebody is in: a date cannot go below, for nobody is sent out. */
export const seatsInside = (held: readonly { attended: number | null; seats: number }[]): number =>
  held.reduce((sum, one) => sum + ((one.attended ?? 0) > 0 ? one.seats : 0), 0);

/**
 * Who loses when a venue gives fewer places than are held: first the offers that nobody has answered, then the last bookings, whole groups,
 * until the rest fits; then those that fit again get their places back, the first booked first. Whoever is in already never loses.
 * `held` in any order; gives who loses, first loser first.
 */
export function losers<
  B extends { state: string; confirmedAt: Date | null; id: string; seats: number; attended: number | null },
>(held: readonly B[], places: number): B[] {
  const last = (one: B): number =>
    one.state === "offered" ? Number.MAX_SAFE_INTEGER : (one.confirmedAt?.getTime() ?? 0);
  const order = held
    .filter((one) => !((one.attended ?? 0) > 0))
    .sort((a, b) => last(b) - last(a) || (a.id < b.id ? 1 : -1));
  let total = held.reduce((sum, one) => sum + one.seats, 0);
  const lost: B[] = [];
  for (const one of order) {
    if (total <= places) break;
    lost.push(one);
    total -= one.seats;
  }
  // A whole group may have left more room than was needed.
  const kept = new Set<B>();
  for (const one of lost.toReversed()) {
    if (total + one.seats > places) continue;
    kept.add(one);
    total += one.seats;
  }
  return lost.filter((one) => !kept.has(one));
}
