// One figure of an edition as its texts tell it: found by its code, restricted, counted, put in words, and noted for the annex.
import type { Period } from "../../../../core/figures/ask.ts";
import { memberCode } from "../../../../core/figures/families.ts";
import { number, percent } from "../../../../ui/words.ts";
import type { DeclaredLine } from "../declared/reads.ts";
import { valueText } from "../declared/value.ts";
import { stayText } from "../period.ts";
import type { Catalogue, Named } from "./catalogue.ts";
import type { FigureLine, Mark } from "./document.ts";
import type { Counted, Numbers, Wish } from "./numbers.ts";
import { periodOf, type Reference, readReference } from "./references.ts";
import { wordsAgainst } from "./wording.ts";

/** What a rate must be taken on to be told without a word of caution. */
export const fewPeople = 10;

/** Said of a share of nothing. */
export const noShare = "sans objet";

export type Telling = {
  catalogue: Catalogue;
  numbers: Numbers;
  edition: Period;
  outside: boolean;
  /** The first telling, which learns what is to be counted. */
  collecting: boolean;
  /** Figures that somebody declared, by code. Asked of it: noted, to be read. */
  declared(code: string): readonly DeclaredLine[];
  /** The chapter that is being told. */
  chapter: string;
  lines: Map<string, FigureLine>;
  warn(sentence: string): void;
};

export type ToldFigure = {
  key: string;
  label: string;
  unit: string;
  period: Period;
  value: number | null;
  /** "26 594", "44 %", "masqué". */
  shown: string;
  /** Known of a rate: it is taken on fewer than ten. */
  few: boolean;
  mark: Mark;
  /** Null: somebody declared it. */
  wish: Wish | null;
};

/** The lines of a list of references, with their mistakes said. */
export function linesOf(telling: Telling, text: string): Reference[] {
  return text.split("\n").flatMap((line): Reference[] => {
    const inside = line.trim().replace(/^\{\{(.*)\}\}$/, "$1");
    if (inside === "") return [];
    const read = readReference(inside);
    if (read.ok) return [read.value];
    telling.warn(read.sentence);
    return [];
  });
}

/** The name of a figure, restricted, of some days: the same on every page and in every freeze. */
export const keyOf = (code: string, filters: Readonly<Record<string, string>>, { from, to }: Period): string =>
  JSON.stringify([code, Object.entries(filters).sort(), from, to]);

/** 26594 -> "26 594"; 44, "%" -> "44 %"; 1, "visites" -> "1 visite" when the unit is asked for. */
export function inUnit(shown: string, value: number | null, unit: string, withUnit: boolean): string {
  if (value === null) return shown;
  if (unit === "%") return `${shown}\u00a0%`;
  if (unit === "€") return `${shown}\u00a0€`;
  if (!withUnit || unit === "") return shown;
  return `${shown}\u00a0${Math.abs(value) < 2 ? unit.replaceAll(/s\b/g, "") : unit}`;
}

/** Finds what a reference names; a sentence when there is nothing of that name. */
export function wishOf(telling: Telling, reference: Reference): (Named & { wish: Wish }) | string {
  const { catalogue } = telling;
  const named = catalogue.find(reference.code);
  if (!named)
    return `«\u00a0${reference.code}\u00a0» n’est le code d’aucun chiffre de la maison que vous puissiez lire.`;
  const filters: Record<string, string> = { ...named.filters };
  for (const [key, said] of Object.entries(reference.filters)) {
    const dimension = catalogue.dimension(named.figure, key);
    if (!dimension) return `${reference.code} ne se répartit pas par «\u00a0${key}\u00a0».`;
    const value = said === "-" ? "-" : catalogue.valueOf(dimension, said);
    if (value === null) return `«\u00a0${said}\u00a0» n’est pas une valeur de «\u00a0${dimension.label}\u00a0».`;
    filters[key] = value;
  }
  const period = periodOf(reference.when, telling.edition);
  return { ...named, wish: { figure: named.figure, filters, period, by: [] } };
}

/** What a ratio is taken on. */
function baseOf(telling: Telling, wish: Wish, values: readonly string[]): Counted | null {
  const { measure } = wish.figure;
  if (measure.kind !== "ratio") return null;
  const under = telling.catalogue.find(measure.under);
  return under ? telling.numbers.at({ ...wish, figure: under.figure }, values) : null;
}

/** The cell of a wish, counted and noted. */
export function tellCell(telling: Telling, named: Named, wish: Wish, values: readonly string[] = []): ToldFigure {
  const { catalogue, numbers } = telling;
  const { figure } = wish;
  const counted = numbers.at(wish, values);
  const base = baseOf(telling, wish, values);
  const few = base?.value != null && base.value > 0 && base.value < fewPeople;
  const filters: Record<string, string> = { ...wish.filters };
  for (const [at, key] of wish.by.entries()) filters[key] = values[at] ?? "-";
  const key = keyOf(figure.code, filters, wish.period);
  const own = Object.keys(named.filters);
  const restricted = Object.entries(filters).flatMap(([name, value]) => {
    const dimension = own.includes(name) ? null : catalogue.dimension(figure, name);
    return dimension ? [catalogue.word(dimension, value)] : [];
  });
  // A share of nothing is no share: it is not zero.
  const nothing = base !== null && base.value === 0;
  const shown = nothing ? noShare : counted.shown;
  const value = nothing ? null : counted.value;
  note(telling, {
    key,
    code: named.of === null ? figure.code : memberCode(figure, Object.values(named.filters)[0] ?? ""),
    filters,
    ...wish.period,
    label: named.of === null ? figure.label : `${figure.label}, ${named.of}`,
    restricted: restricted.join(", "),
    unit: figure.unit,
    definition: figure.definition,
    mark: "computed",
    value,
    shown,
    base: base?.value ?? null,
    chapters: [],
  });
  return {
    key,
    label: figure.label,
    unit: figure.unit,
    period: wish.period,
    value,
    shown: value === null ? shown : inUnit(shown, value, figure.unit, false),
    few,
    mark: "computed",
    wish,
  };
}

function note(telling: Telling, line: FigureLine): void {
  const known = telling.lines.get(line.key) ?? line;
  telling.lines.set(line.key, known);
  if (!known.chapters.includes(telling.chapter)) known.chapters.push(telling.chapter);
}

/** The figure of a reference; null when it is none, which is said beside the block. */
export function tellFigure(telling: Telling, reference: Reference): ToldFigure | null {
  const found = wishOf(telling, reference);
  if (typeof found !== "string") return tellCell(telling, found, found.wish);
  const declared = tellDeclared(telling, reference);
  if (!declared) telling.warn(found);
  return declared;
}

function tellDeclared(telling: Telling, reference: Reference): ToldFigure | null {
  const lines = telling.declared(reference.code);
  const period = periodOf(reference.when, telling.edition);
  const line =
    lines.find((one) => one.from === period.from && one.to === period.to) ?? lines.find((one) => one.from === null);
  if (!line || Object.keys(reference.filters).length > 0) return null;
  const key = keyOf(line.code, {}, period);
  const shown = valueText(line.value, line.unit === "%" || line.unit === "année" ? line.unit : "");
  note(telling, {
    key,
    code: line.code,
    filters: {},
    ...period,
    label: line.label,
    restricted: "",
    unit: line.unit,
    definition: `Dit par ${line.saidBy}, ${line.evidence}.`,
    mark: line.kind,
    value: line.value,
    shown,
    base: null,
    chapters: [],
  });
  return {
    key,
    label: line.label,
    unit: line.unit,
    period,
    value: line.value,
    shown,
    few: false,
    mark: line.kind,
    wish: null,
  };
}

/** The figure in the words of a text: "26 594 visites", "près de 44 %", "50 % (sur moins de dix)". */
export function saidInText(telling: Telling, reference: Reference, told: ToldFigure): string {
  const { value, unit, shown } = told;
  // In a sentence, what stands in place of a number is no word of it.
  if (value === null) return shown === noShare ? shown : `[${shown}]`;
  const few = told.few ? " (sur moins de dix)" : "";
  if (reference.words === null) {
    const bare = unit === "%" || unit === "€" ? shown : inUnit(shown, value, unit, reference.unit);
    return `${bare}${few}`;
  }
  const wrong = wordsAgainst(reference.words, value, unit === "%");
  if (wrong) telling.warn(`${told.label}\u00a0: ${wrong}`);
  return `${reference.words}${few}`;
}

/** How a number moved: "239 en 2019 (+4,5 %)"; null where there is nothing to compare. */
export function movedSince(value: number | null, then: number | null, before: Period, unit: string): string | null {
  if (value === null || then === null || then === 0) return null;
  const decimals = (one: number): number => Math.min(2, String(one).split(".")[1]?.length ?? 0);
  const was = inUnit(number(then, decimals(then)), then, unit, false);
  const when = /^\d{4}$/.test(stayText(before)) ? `en ${stayText(before)}` : `(${stayText(before)})`;
  if (unit === "%") {
    const points = Math.round((value - then) * 10) / 10;
    const moved = `${points >= 0 ? "+" : ""}${number(points, decimals(points))}\u00a0point${Math.abs(points) < 2 ? "" : "s"}`;
    return `${was} ${when}, ${moved}`;
  }
  const ratio = Math.round(((value - then) / then) * 1000) / 10;
  if (value === then) return `comme ${when}`;
  return `${was} ${when}, ${ratio >= 0 ? "+" : "−"}${percent(Math.abs(ratio), 1)}`;
}
