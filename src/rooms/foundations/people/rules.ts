// Decisions about people, without input or output.

import { readDay } from "../../../core/importing/values.ts";
import { ageOn, isDay } from "../../../core/time.ts";

export type SearchWish = { words: string[]; birth: string | null; external: string | null };

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/**
 * What somebody typed in the one search box: names in any order, a birth date (jj/mm/aaaa, jjmmaaaa, aaaa-mm-jj), a telephone in any
 * form, an old identifier or a short code; mixed or alone. Words come out without accents, in lower case; a telephone as its last nine
 * digits, as the search text keeps it.
 */
export function readQuery(typed: string): SearchWish {
  let text = typed.replaceAll("\u0000", "").slice(0, 200);
  let birth: string | null = null;
  for (const found of text.matchAll(/\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{8}\b/g)) {
    const compact = /^(\d{2})(\d{2})(\d{4})$/.exec(found[0]);
    const day = readDay(compact ? `${compact[1]}/${compact[2]}/${compact[3]}` : found[0]);
    if (!day.ok || day.value < "1900-01-01") continue;
    birth = day.value;
    text = text.replace(found[0], " ");
    break;
  }
  const phone = /(?:\+|00)?\d(?:[\s().-]*\d){8,13}/.exec(text);
  const words: string[] = [];
  if (phone) {
    const digits = phone[0].replace(/\D/g, "");
    if (digits.length >= 9) {
      words.push(digits.slice(-9));
      text = text.replace(phone[0], " ");
    }
  }
  const rest = text.trim();
  const external =
    /^[A-Za-z]{0,3}[-_]?[A-Za-z0-9]{0,12}\d[A-Za-z0-9]*$|^[ACDEFGHJKMNPQRTWXY34679]{7}$/i.test(rest) &&
    /\d|^[A-Z]{7}$/.test(rest)
      ? rest.toUpperCase()
      : null;
  for (const word of plain(rest).split(" ")) if (word) words.push(word);
  return { words: words.slice(0, 6), birth, external };
}

export type PersonFacts = {
  sex: "F" | "M" | "X" | null;
  familyName: string;
  birthName: string | null;
  givenName: string;
  birthDate: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  postalCode: string | null;
  communeName: string | null;
  siteId: string | null;
};

/** Why a birth date cannot be, or null. */
export function birthRefusal(birthDate: string, today: string): string | null {
  if (!isDay(birthDate)) return "Cette date n’existe pas : écrivez-la jj/mm/aaaa.";
  if (birthDate > today) return "Cette date de naissance est dans le futur.";
  if (birthDate < "1900-01-01" || ageOn(birthDate, today) > 115)
    return "Cette date de naissance donne plus de 115 ans : vérifiez l’année.";
  return null;
}

/** Names for a screen: family name in capitals, as the desk writes. */
export const nameOf = (person: { family_name: string; given_name: string }): string =>
  `${person.family_name.toLocaleUpperCase("fr")} ${person.given_name}`.trim();

/** What is true on a day: the last row that began on it or before. Rows of one kind. */
export function valueOn<T extends { from_day: string }>(rows: readonly T[], day: string): T | null {
  let best: T | null = null;
  for (const row of rows) if (row.from_day <= day && (best === null || row.from_day > best.from_day)) best = row;
  return best;
}
