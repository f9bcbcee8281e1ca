// What a structure has already, of an outing and of its season: said beside the form, before it asks for more.
import { number, plural } from "../../../../ui/words.ts";
import type { Booker } from "../bookings/rules.ts";

/** "Vous avez déjà 5 places ici." Empty: it has none. */
export const ownWords = (own: number): string =>
  own > 0 ? `Vous avez déjà ${plural(own, "place", "places")} ici.` : "";

/** The limit of the season, and what is left of it. Empty: there is no limit. */
export function limitWords(booker: Pick<Booker, "seasonSeats" | "seasonLimit"> | null): string {
  if (!booker || booker.seasonLimit === null) return "";
  const left = Math.max(0, booker.seasonLimit - booker.seasonSeats);
  return `Votre structure a ${plural(booker.seasonSeats, "place", "places")} cette saison, sur ${number(booker.seasonLimit)} au plus\u00a0: il en reste ${number(left)}.`;
}
