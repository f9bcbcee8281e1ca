// What in a table of figures cannot be true. The rules are general: they know units, breakdowns and the words of reports, no report in
// particular. They run in the order of what they explain best, and a figure that one has explained is not accused again by the next.
import { partsAgainstTotal, rateOfTerms, toldTwice, unreadableFormula } from "./rules/computed.ts";
import { aboveCapacity, moreOutThanIn, peopleAboveVisits } from "./rules/flows.ts";
import {
  basesDiffer,
  cancelledShare,
  impossibleForBase,
  impossibleForExactBase,
  impossibleNumber,
  sharesAboveWhole,
} from "./rules/rates.ts";
import { sexesAgainstAll, sexesExchanged } from "./rules/sexes.ts";
import { crossedBounds, holeBetweenBounds, staleForecast, yearJump } from "./rules/times.ts";
import { exitsAboveEntries, ofWhich, partAboveWhole, partsAboveWhole } from "./rules/wholes.ts";
import { namesakesDiffer, wordsAgainstNumber } from "./rules/words.ts";
import { type Finding, type Rule, type Stated, statedFrom, type Told, tableOf } from "./stated.ts";

export const rules: readonly Rule[] = [
  impossibleNumber,
  sexesExchanged,
  toldTwice,
  rateOfTerms,
  partsAgainstTotal,
  unreadableFormula,
  basesDiffer,
  sexesAgainstAll,
  partAboveWhole,
  ofWhich,
  exitsAboveEntries,
  partsAboveWhole,
  moreOutThanIn,
  peopleAboveVisits,
  aboveCapacity,
  impossibleForExactBase,
  impossibleForBase,
  cancelledShare,
  sharesAboveWhole,
  crossedBounds,
  holeBetweenBounds,
  staleForecast,
  wordsAgainstNumber,
  namesakesDiffer,
  yearJump,
];

/** More figures than any report has: rules compare figures two by two. */
export const mostFigures = 3000;

/**
 * What does not hold in a table of figures, contradictions first, in the order of the table.
 * @throws RangeError above `mostFigures` rows: callers refuse before.
 */
export function auditFigures(rows: readonly Stated[]): Finding[] {
  if (rows.length > mostFigures) throw new RangeError(`${rows.length} figures`);
  const table = tableOf(rows);
  const known = new Set<string>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    const found = rule.find(table, known);
    findings.push(...found);
    for (const { accused } of found) for (const code of accused) known.add(code);
  }
  const place = new Map(rows.map((row, at) => [row.code, at]));
  const first = (finding: Finding): number => Math.min(...finding.accused.map((code) => place.get(code) ?? 0));
  return findings.sort(
    (one, other) => Number(one.weight === "doubt") - Number(other.weight === "doubt") || first(one) - first(other),
  );
}

/** The same over figures that are being written: an edition's, with what it knows of each. */
export const auditTold = (figures: readonly Told[]): Finding[] =>
  auditFigures(figures.slice(0, mostFigures).map(statedFrom));

/** The name of a rule, in words. */
export const ruleTitle = (name: string): string => rules.find((rule) => rule.name === name)?.title ?? name;
