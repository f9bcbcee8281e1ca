// Decisions about people, without input or output.
import { ageOn, isDay } from "../../../core/time.ts";

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

/** The same day a month later, or the last day of that month: when an answer is due (GDPR, article 12). */
export function inOneMonth(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
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
