// Words against their number: "près de 44 %", "environ 600", "plus d’un tiers", "une centaine". What a number allows one to say. Pure.
import { number } from "../../../../ui/words.ts";

/** What the words claim of the number that they name. */
type Claim = "exact" | "about" | "nearly" | "above" | "below" | "at-least" | "at-most";

const claims: readonly (readonly [RegExp, Claim])[] = [
  [/\b(au moins|a minima)\b/, "at-least"],
  [/\b(au plus|au maximum|jusqu'a)\b/, "at-most"],
  [/\b(plus d(e|')|davantage que|au-dela d|depass|superieure? a)/, "above"],
  [/\b(moins d(e|')|en dessous d|inferieure? a)/, "below"],
  [/\b(pres d(e|')|presque|quasi|quasiment)/, "nearly"],
  [
    /\b(environ|autour d|a peu pres|de l'ordre d|une? (dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|soixantaine|centaine|millier))/,
    "about",
  ],
];

const units = [
  "zero",
  "un",
  "deux",
  "trois",
  "quatre",
  "cinq",
  "six",
  "sept",
  "huit",
  "neuf",
  "dix",
  "onze",
  "douze",
  "treize",
  "quatorze",
  "quinze",
  "seize",
];
const tens: Readonly<Record<string, number>> = {
  vingt: 20,
  trente: 30,
  quarante: 40,
  cinquante: 50,
  soixante: 60,
  cent: 100,
  mille: 1000,
};
const heaps: Readonly<Record<string, number>> = {
  dizaine: 10,
  douzaine: 12,
  quinzaine: 15,
  vingtaine: 20,
  trentaine: 30,
  quarantaine: 40,
  cinquantaine: 50,
  soixantaine: 60,
  centaine: 100,
  millier: 1000,
};
const fractions: readonly (readonly [RegExp, number])[] = [
  [/\btrois quarts\b/, 75],
  [/\bdeux tiers\b/, 200 / 3],
  [/\b(la )?moitie\b/, 50],
  [/\b(un|d'un) tiers\b/, 100 / 3],
  [/\b(un|d'un) quart\b/, 25],
  [/\b(un|d'un) cinquieme\b/, 20],
  [/\b(un|d'un) dixieme\b/, 10],
];

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("’", "'")
    .toLowerCase()
    .replaceAll(/(\d)[\s\u00a0\u202f](?=\d{3}\b)/g, "$1");

type Said = { number: number; decimals: number; claim: Claim; fraction: boolean };

/** The number that the words say, and what they claim of it; null: they say none. */
export function saidIn(words: string): Said | null {
  const text = plain(words);
  const claim = claims.find(([pattern]) => pattern.test(text))?.[1] ?? "exact";
  const digits = /(\d+)(?:,(\d+))?/.exec(text);
  if (digits)
    return {
      number: Number(`${digits[1]}.${digits[2] ?? "0"}`),
      decimals: digits[2]?.length ?? 0,
      claim,
      fraction: false,
    };
  const part = fractions.find(([pattern]) => pattern.test(text));
  if (part) return { number: part[1], decimals: 0, claim, fraction: true };
  const heap = Object.keys(heaps).find((word) => new RegExp(`\\b${word}s?\\b`).test(text));
  const spelled = text.split(/[^a-z]+/).find((word) => tens[word] !== undefined || units.indexOf(word) > 1);
  const count = spelled === undefined ? 1 : (tens[spelled] ?? units.indexOf(spelled));
  if (heap) return { number: (heaps[heap] ?? 0) * count, decimals: 0, claim, fraction: false };
  return spelled === undefined ? null : { number: count, decimals: 0, claim, fraction: false };
}

/** How far a round number may be from what it stands for. */
const near = (said: Said): number => (said.fraction ? 3 : Math.max(0.05 * said.number, 10 ** -said.decimals / 2));

/**
 * Null when the words may be said of the number; else the sentence that tells why not. `percent`: the number is a share in per cent, of
 * which a third may be said.
 */
export function wordsAgainst(words: string, value: number, percent: boolean): string | null {
  const said = saidIn(words);
  const quoted = `«\u00a0${words.trim().slice(0, 80)}\u00a0»`;
  const is = `${number(value, Math.min(2, String(value).split(".")[1]?.length ?? 0))}${percent ? "\u00a0%" : ""}`;
  if (!said) return `${quoted} ne dit aucun nombre\u00a0: le chiffre est ${is}.`;
  if (said.fraction && !percent) return `${quoted} dit une part, et le chiffre n’en est pas une\u00a0: ${is}.`;
  const holds = claimHolds(said, value);
  if (holds === true) return null;
  return `${quoted} ne se dit pas de ${is}${holds === "far" ? "\u00a0: c’est vrai, et trop loin pour renseigner" : ""}.`;
}

function claimHolds(said: Said, value: number): true | false | "far" {
  const { number: told, claim } = said;
  const margin = near(said);
  const rounded = Math.round(value * 10 ** said.decimals) / 10 ** said.decimals;
  // Above what is told by more than a quarter, the words are true and tell nothing.
  const far = Math.abs(value - told) > Math.max(0.25 * told, said.fraction ? 10 : 1);
  switch (claim) {
    case "exact":
      return said.fraction ? Math.abs(value - told) <= 1 : rounded === told;
    case "about":
      return Math.abs(value - told) <= Math.max(margin, 0.1 * told);
    case "nearly":
      return rounded <= told && value >= told - Math.max(margin, 0.05 * told);
    case "above":
      return value > told ? (far ? "far" : true) : false;
    case "below":
      return value < told ? (far ? "far" : true) : false;
    case "at-least":
      return value >= told ? (far ? "far" : true) : false;
    case "at-most":
      return value <= told ? (far ? "far" : true) : false;
  }
}
