// What somebody typed in the one search box: names in any order, a birth date, a telephone, an old identifier; mixed or alone. Pure.
import { isDay } from "../../../../core/time.ts";

export type SearchWish = {
  /** Pieces of names as typed, and a telephone as its last nine digits (the search text keeps as many). */
  words: string[];
  birth: string | null;
  /** A text that may be an identifier, as typed: a short code of ours or the number of another tool. */
  external: string | null;
};

const months = ["jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec"];

const monthOf = (word: string): string | null => {
  const plain = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const at = months.findIndex((month) => plain.startsWith(month));
  return at < 0 ? null : String(at + 1);
};

// A date stands alone among the digits: "06.12.34.56.78" is a telephone and holds none.
const before = String.raw`(?<![\p{L}\p{N}+])(?<!\d[ ./-])`;
const after = String.raw`(?![\p{L}\p{N}])(?![ ./-]\d)`;
const shapes: readonly { pattern: RegExp; parts: (found: RegExpMatchArray) => (string | null | undefined)[] }[] = [
  // 31/08/1977, 31-8-77, 31.08.1977
  {
    pattern: new RegExp(String.raw`${before}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})${after}`, "gu"),
    parts: ([, date, month, year]) => [year, month, date],
  },
  // 1977-08-31, 1977/08/31
  {
    pattern: new RegExp(String.raw`${before}(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})${after}`, "gu"),
    parts: ([, year, month, date]) => [year, month, date],
  },
  // 31 08 1977
  {
    pattern: new RegExp(String.raw`${before}(\d{1,2}) (\d{1,2}) (\d{4})${after}`, "gu"),
    parts: ([, date, month, year]) => [year, month, date],
  },
  // 31 août 1977, 1er mars 80, 31-aout-1977
  {
    pattern: new RegExp(String.raw`${before}(\d{1,2})(?:er)?[ -](\p{L}{3,9})\.?[ -](\d{4}|\d{2})${after}`, "gu"),
    parts: ([, date, month, year]) => [year, monthOf(month ?? ""), date],
  },
  // 31081977
  { pattern: new RegExp(String.raw`${before}(\d{2})(\d{2})(\d{4})${after}`, "gu"), parts: ([, d, m, y]) => [y, m, d] },
  // 19770831
  { pattern: new RegExp(String.raw`${before}(\d{4})(\d{2})(\d{2})${after}`, "gu"), parts: ([, y, m, d]) => [y, m, d] },
];

/** A birth date, or null: a year of two digits is the latest that somebody born can have. */
function birthOf([year, month, date]: (string | null | undefined)[], today: string): string | null {
  if (!year || !month || !date) return null;
  const whole = year.length === 4 ? year : `20${year}` > today.slice(0, 4) ? `19${year}` : `20${year}`;
  const day = `${whole}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return isDay(day) && day >= "1900-01-01" && day <= today ? day : null;
}

function takeBirth(text: string, today: string): { birth: string | null; rest: string } {
  for (const { pattern, parts } of shapes)
    for (const found of text.matchAll(pattern)) {
      const birth = birthOf(parts(found), today);
      if (birth) return { birth, rest: text.replace(found[0], " ") };
    }
  return { birth: null, rest: text };
}

/** Digits that stand together, with what people put between them; not those inside an identifier as P00001. */
const digits = /(?<![\p{L}\p{N}_-])(?:\+|00)?\d(?:[ ()./-]*\d){2,14}(?![\p{L}\p{N}_])/gu;

/** A whole telephone becomes its last nine digits; one that is still being typed loses the zero or the country that is not kept. */
function takePhone(text: string): { phone: string | null; rest: string } {
  for (const [found] of text.matchAll(digits)) {
    const said = found.replace(/\(0\)|[ ()./-]/g, "");
    const kept = said.replace(/^(\+33|0033|\+|0)/, "");
    if (kept.length >= 9) return { phone: kept.slice(-9), rest: text.replace(found, " ") };
    if (kept !== said && kept.length >= 2) return { phone: kept, rest: text.replace(found, " ") };
  }
  return { phone: null, rest: text };
}

const looksLikeIdentifier = (text: string): boolean =>
  /^\S{2,40}$/.test(text) && (/\d/.test(text) || /^[ACDEFGHJKMNPQRTWXY34679]{7}$/i.test(text));

/** Reads the search box. `today` tells the century of a year of two digits. */
export function readQuery(typed: string, today: string): SearchWish {
  const text = typed
    .toWellFormed()
    .replaceAll("\u0000", "")
    .slice(0, 200)
    .replace(/[\s\u00A0\u202F]+/g, " ")
    .trim();
  const dated = takeBirth(text, today);
  const called = takePhone(dated.rest);
  const words = called.rest.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
  return {
    words: (called.phone ? [called.phone, ...words] : words).slice(0, 6),
    birth: dated.birth,
    external: looksLikeIdentifier(text) ? text : null,
  };
}
