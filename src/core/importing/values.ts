// What a cell says: dates, hours, numbers, yes and no, telephones, as French hands and tools write them. Pure; a reason is a sentence's end.
import { isDay } from "../time.ts";

export type Read<T> = { ok: true; value: T } | { ok: false; reason: string };

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (reason: string): Read<never> => ({ ok: false, reason });

/** One line of text: control signs gone, accents composed, spaces single. */
export const oneLine = (text: string): string =>
  plain.test(text) ? text : text.toWellFormed().normalize("NFC").replace(blanks, " ").trim();

/** Most cells: ASCII words with single spaces between, and none before. */
const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are exactly what is removed.
const blanks = /[\u0000-\u001F\u007F\u00A0\u202F\s]+/g;

/** "31/12/2020", "31-12-2020", "31.12.2020", "2020-12-31" (an hour behind it is left out) -> "2020-12-31". */
export function readDay(text: string): Read<string> {
  const clean = oneLine(text);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(clean);
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$/.exec(clean);
  const parts = iso ? [iso[1], iso[2], iso[3]] : french ? [french[3], french[2], french[1]] : null;
  if (!parts) return bad(`« ${clean.slice(0, 40)} » n’est pas une date (jj/mm/aaaa)`);
  const day = `${parts[0]}-${parts[1]?.padStart(2, "0")}-${parts[2]?.padStart(2, "0")}`;
  return isDay(day) ? good(day) : bad(`le ${clean.slice(0, 40)} n’existe pas dans le calendrier`);
}

/** "16:45", "16h45", "9 h", "09:05:00" -> "16:45". */
export function readHour(text: string): Read<string> {
  const found = /^(\d{1,2})\s*[:hH]\s*(\d{2})?(?::\d{2})?$/.exec(oneLine(text));
  const hours = Number(found?.[1]);
  const minutes = Number(found?.[2] ?? "0");
  if (!found || hours > 23 || minutes > 59) return bad(`« ${oneLine(text).slice(0, 40)} » n’est pas une heure (hh:mm)`);
  return good(`${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`);
}

/** "oui", "O", "1", "vrai", "x" -> true; "non", "N", "0", "faux" -> false. */
export function readYesNo(text: string): Read<boolean> {
  const clean = oneLine(text).toLowerCase();
  if (["oui", "o", "1", "vrai", "x", "yes", "true"].includes(clean)) return good(true);
  if (["non", "n", "0", "faux", "no", "false"].includes(clean)) return good(false);
  return bad(`« ${clean.slice(0, 40)} » n’est ni oui ni non`);
}

const sexes: Readonly<Record<string, string>> = {
  f: "F",
  femme: "F",
  mme: "F",
  madame: "F",
  m: "M",
  h: "M",
  homme: "M",
  monsieur: "M",
  x: "X",
  autre: "X",
};

/** "F", "femme", "Mme" -> "F"; "M", "homme", "monsieur" -> "M"; "autre" -> "X". */
export function readSex(text: string): Read<string> {
  const value = sexes[comparable(text)];
  return value ? good(value) : bad(`valeur de sexe « ${oneLine(text).slice(0, 40)} » inconnue`);
}

/** Any French or international form -> "+33612345678". */
export function readPhone(text: string): Read<string> {
  const clean = oneLine(text)
    .replace(/\(0\)/g, "")
    .replace(/[\s().\-/]/g, "")
    .replace(/^00/, "+");
  // A spreadsheet that took the number for a number has eaten its first zero.
  if (/^[1-9]\d{8}$/.test(clean)) return good(`+33${clean}`);
  if (/^0[1-9]\d{8}$/.test(clean)) return good(`+33${clean.slice(1)}`);
  if (/^\+33[1-9]\d{8}$/.test(clean)) return good(clean);
  if (/^\+(?!33)\d{6,15}$/.test(clean)) return good(clean);
  return bad(`« ${oneLine(text).slice(0, 40)} » n’est pas un numéro de téléphone`);
}

/** An address of electronic mail, in lower case. */
export function readEmail(text: string): Read<string> {
  const clean = oneLine(text).toLowerCase();
  return /^[^@\s,;<>"]{1,64}@[^@\s,;<>"]+\.[^@\s,;<>".]{2,}$/.test(clean)
    ? good(clean)
    : bad(`« ${clean.slice(0, 60)} » n’est pas une adresse électronique`);
}

/** "69007", or 1000 whose first zero a spreadsheet ate: "01000". */
export function readPostalCode(text: string): Read<string> {
  const clean = oneLine(text).replace(/ /g, "");
  return /^\d{4,5}$/.test(clean)
    ? good(clean.padStart(5, "0"))
    : bad(`« ${clean.slice(0, 20)} » n’est pas un code postal`);
}

/** A header or a word for comparison: no accent, lower case, words joined by "_". "Code postal " -> "code_postal". */
export const comparable = (text: string): string =>
  (ascii.test(text) ? text : oneLine(text).normalize("NFD").replace(/\p{M}/gu, ""))
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");

const ascii = /^[ -~]*$/;
