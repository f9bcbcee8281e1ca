// A figure in a text: `{{antennes.visites}}`, `{{antennes.visites|annee=2019|antenne=gerland|unite}}`, `{{près de 44 %|antennes.part_adultes}}`.
// What stands between the braces is cut at the bars: one part is the code, parts with an equals sign restrict it, the words that come first
// are said in place of the number. Pure.
import type { Period } from "../../../../core/figures/ask.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import { readStay } from "../period.ts";

/** The days of which a figure is: the edition's, the same a year before, from a year on until the edition's end, or its own. */
export type When = { is: "edition" } | { is: "before" } | { is: "since"; year: number } | { is: "own"; period: Period };

export type Reference = {
  code: string;
  /** Said in place of the number, and checked against it. */
  words: string | null;
  filters: Readonly<Record<string, string>>;
  when: When;
  /** The unit is said behind the number. */
  unit: boolean;
};

export type ReadReference = { ok: true; value: Reference } | { ok: false; sentence: string };

const isCode = (text: string): boolean => /^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9_-]*)+$/.test(text);

const periodWords = new Set(["annee", "periode", "depuis"]);

function readWhen(word: string, value: string): When | string {
  if (word === "annee" && /^(precedente|précédente)$/i.test(value)) return { is: "before" };
  if (word === "annee" || word === "depuis") {
    if (!/^(19|20)\d\d$/.test(value)) return `«\u00a0${word}=${value.slice(0, 30)}\u00a0» n’est pas une année`;
    const year = Number(value);
    return word === "depuis" ? { is: "since", year } : { is: "own", period: yearPeriod(year) };
  }
  const stay = readStay(value);
  if (!stay.ok) return stay.reason;
  return stay.value ? { is: "own", period: stay.value } : "«\u00a0permanent\u00a0» n’est pas une période à compter";
}

/** Reads what stands between the braces. */
export function readReference(inside: string): ReadReference {
  const wrong = (sentence: string): ReadReference => ({
    ok: false,
    sentence: `{{${inside.slice(0, 80)}}}\u00a0: ${sentence}.`,
  });
  const parts = inside.split("|").map((part) => part.trim());
  const at = parts.findIndex(isCode);
  const code = parts[at];
  if (code === undefined) return wrong("aucun code de chiffre (par exemple antennes.visites)");
  if (at > 1) return wrong("les mots viennent une seule fois, avant le code");
  const filters: Record<string, string> = {};
  let when: When = { is: "edition" };
  let unit = false;
  for (const part of parts.slice(at + 1)) {
    if (part === "unite" || part === "unité") {
      unit = true;
      continue;
    }
    const [, word = "", value = ""] = /^([a-zé_]+)\s*=\s*(.+)$/i.exec(part) ?? [];
    if (word === "")
      return wrong(
        `«\u00a0${part.slice(0, 40)}\u00a0» n’est ni une répartition (sexe=F), ni une période, ni «\u00a0unite\u00a0»`,
      );
    const key = word.toLowerCase().replace("année", "annee").replace("période", "periode");
    if (periodWords.has(key)) {
      const read = readWhen(key, value);
      if (typeof read === "string") return wrong(read);
      when = read;
    } else filters[key] = value;
  }
  return { ok: true, value: { code, words: at === 1 ? (parts[0] ?? null) : null, filters, when, unit } };
}

/** A reference in its own words again. */
export function referenceText({ code, words, filters, when, unit }: Reference): string {
  const parts = [...(words ? [words] : []), code, ...Object.entries(filters).map((pair) => pair.join("="))];
  if (when.is === "before") parts.push("annee=precedente");
  if (when.is === "since") parts.push(`depuis=${when.year}`);
  if (when.is === "own") parts.push(`periode=${when.period.from}/${when.period.to}`);
  if (unit) parts.push("unite");
  return parts.join("|");
}

const braces = /\{\{([^{}]{1,400})\}\}/g;

/** What stands between braces in a text, in order. */
export const referencesIn = (text: string): string[] => [...text.matchAll(braces)].map((found) => found[1] ?? "");

/** The text with each reference replaced. */
export const replaceReferences = (text: string, put: (inside: string, at: number) => string): string => {
  let at = -1;
  return text.replaceAll(braces, (_, inside: string) => {
    at += 1;
    return put(inside, at);
  });
};

/** The days of a reference in an edition. */
export function periodOf(when: When, edition: Period): Period {
  switch (when.is) {
    case "edition":
      return edition;
    case "own":
      return when.period;
    case "since":
      return { from: `${when.year}-01-01`, to: edition.to };
    case "before":
      return yearBefore(edition);
  }
}

/** The same days a year before; the last day of February stays the last. */
export function yearBefore({ from, to }: Period): Period {
  const before = (day: string): string => {
    const year = Number(day.slice(0, 4)) - 1;
    const leap = (one: number): boolean => new Date(Date.UTC(one, 1, 29)).getUTCMonth() === 1;
    if (day.endsWith("-02-29")) return `${year}-02-28`;
    return day === to && day.endsWith("-02-28") && leap(year) ? `${year}-02-29` : `${year}${day.slice(4)}`;
  };
  return { from: before(from), to: before(to) };
}
