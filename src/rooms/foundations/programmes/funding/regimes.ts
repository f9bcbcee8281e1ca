// The regulations under which the European Social Fund asks for participants: dated data with their source. `verified` says whether the
// line was read in its source; what was not is kept apart, to be corrected here and nowhere else.
import { addDays, addMonths } from "../../../../core/time.ts";

export type RegimeCode = "fse" | "fse-plus";

export type Regime = {
  code: RegimeCode;
  label: string;
  /** First and last day of an operation under this regulation. */
  from: string;
  to: string;
  source: string;
  /** Long-term unemployed: for more than `below` months under that age, for more than `above` months from it on. */
  longTerm: { age: number; below: number; above: number; source: string; verified: boolean };
  /** An immediate result is found from the exit to so many days after, inclusive. */
  immediate: { days: number; source: string; verified: boolean };
  /** The second check: so many months after the exit, date to date, and then within so many days. */
  later: { months: number; days: number; source: string; verified: boolean };
  /** What must be known of the entry is asked for until so many months after the end of the agreement. */
  closing: { months: number; source: string; verified: boolean };
};

const longTerm = { age: 25, below: 6, above: 12 };
const closing = { months: 12, source: "choix de la maison", verified: false };

export const regimes: readonly Regime[] = [
  {
    code: "fse",
    label: "FSE 2014-2020",
    from: "2014-01-01",
    to: "2023-12-31",
    source: "Règlement (UE) n° 1304/2013, annexe I",
    longTerm: { ...longTerm, source: "Règlement (UE) n° 1304/2013, annexe I ; guide de la Commission", verified: true },
    immediate: { days: 28, source: "Règlement (UE) n° 1304/2013, annexe I : quatre semaines", verified: true },
    later: { months: 6, days: 28, source: "Guide de la Commission, durée d’enquête à confirmer", verified: false },
    closing,
  },
  {
    code: "fse-plus",
    label: "FSE+ 2021-2027",
    from: "2021-01-01",
    to: "2029-12-31",
    source: "Règlement (UE) 2021/1057, annexe I",
    longTerm: { ...longTerm, source: "Définition de 2014-2020, à confirmer pour 2021-2027", verified: false },
    immediate: { days: 28, source: "Règlement (UE) 2021/1057, annexe I : quatre semaines", verified: true },
    later: { months: 6, days: 28, source: "Guide de la Commission, durée d’enquête à confirmer", verified: false },
    closing,
  },
];

/** How a funder is named in a programme's agreements: the start of its name; "FSE+ Métropole" is the FSE+. */
const names: readonly { start: RegExp; regime: RegimeCode }[] = [
  { start: /^fse\s*(\+|plus\b)/i, regime: "fse-plus" },
  { start: /^fse(?!\p{L})/iu, regime: "fse" },
];

/** The regulation of a funder by its name; null: it asks for no participants' indicators. */
export function regimeOf(funder: string): Regime | null {
  const found = names.find(({ start }) => start.test(funder.trim()))?.regime;
  return regimes.find((one) => one.code === found) ?? null;
}

export type Window = { from: string; to: string };

/** The days in which a result on leaving can be found. */
export const exitWindow = (exit: string, regime: Regime): Window => ({
  from: exit,
  to: addDays(exit, regime.immediate.days),
});
/** The days of the second check: from six months after the exit, date to date; a month without that day gives its last. */
export function laterWindow(exit: string, regime: Regime): Window {
  const from = addMonths(exit, regime.later.months);
  return { from, to: addDays(from, regime.later.days) };
}

/** Diplomas as the international classification of education (CITE 2011) reads them: lowest and highest level. */
export const isced: Readonly<Record<string, readonly [low: number, high: number]>> = {
  // Without a diploma: primary school is taken for finished, which is to be confirmed; who never went to school is "autre désavantage".
  none: [1, 2],
  "1": [1, 2],
  "2": [2, 2],
  "3": [3, 3],
  // The baccalaureat is level 3; 4 is after it and not of higher education.
  "4": [3, 4],
  "5": [5, 5],
  "6": [6, 6],
  "7": [7, 7],
  "8": [8, 8],
};
