// Decisions about surveys, without input or output.
import { ratioOf } from "../../../../core/figures/ask.ts";
import { percent, plural } from "../../../../ui/words.ts";

/**
 * A share with its base beside it, always: "58 % (41 sur 71)". Made from the two counts and from nothing else, so that a share that its
 * base cannot give (65 % of 33) has no way onto a page.
 */
export const shareWords = (count: number, base: number): string =>
  base === 0 ? "aucune réponse" : `${percent(ratioOf(count, base, 0, true))} (${count} sur ${base})`;

/** "27 réponses sur 90 invitations envoyées : 30 %". */
export const returnWords = (sheets: number, sent: number): string =>
  sent === 0
    ? "aucune invitation envoyée"
    : `${plural(sheets, "réponse", "réponses")} sur ${plural(sent, "invitation envoyée", "invitations envoyées")}\u00a0: ${percent(ratioOf(sheets, sent, 0, true))}`;

/** The first day of a day's month: all that an answer remembers. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

/** A French mobile number, which takes short messages (national plan: 06 and 07). */
export const isMobile = (phone: string | null): boolean => phone !== null && /^\+33[67]\d{8}$/.test(phone);
