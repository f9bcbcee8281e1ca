// Decisions about steps, without input or output: what an immersion may be by the law, and what is due.
import { addDays, addMonths } from "../../../../core/time.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import type { Objective, StepKind, StepResult } from "./words.ts";

export type ImmersionRule = {
  mostMonths: number;
  mostRenewals: number;
  mostConventions: number;
  mostDays: number;
  windowMonths: number;
  source: string;
};

/** An immersion of a person. Days are inclusive; `name` is the host's name made comparable. */
export type Immersion = {
  id: string;
  structure: string | null;
  name: string;
  from: string;
  to: string;
  objective: Objective | null;
  renews: string | null;
};

export type Span = { from: string; to: string };

/**
 * The `months` in a row that hold the most days of the spans. A day in several spans is one day; a span ends with its last day.
 * Null: there is no day. The window begins with one of the days, `to` is its last day.
 */
export function busiestWindow(spans: readonly Span[], months: number): (Span & { days: number }) | null {
  const days = new Set<string>();
  for (const span of spans) for (let day = span.from; day <= span.to; day = addDays(day, 1)) days.add(day);
  const sorted = [...days].sort();
  let best: (Span & { days: number }) | null = null;
  let end = 0;
  for (const [begin, from] of sorted.entries()) {
    const after = addMonths(from, months);
    while (end < sorted.length && (sorted[end] as string) < after) end += 1;
    if (end - begin > (best?.days ?? 0)) best = { from, to: addDays(after, -1), days: end - begin };
  }
  return best;
}

const lengthOf = (span: Span): number =>
  Math.round((Date.parse(`${span.to}T00:00:00Z`) - Date.parse(`${span.from}T00:00:00Z`)) / 86_400_000) + 1;

const sameHost = (one: Immersion, other: Immersion): boolean =>
  (one.structure !== null && one.structure === other.structure) || (one.name !== "" && one.name === other.name);

/** The convention at the beginning of a chain of renewals. */
function firstOf(one: Immersion, all: ReadonlyMap<string, Immersion>): string {
  let first = one;
  for (const seen = new Set<string>(); first.renews !== null && !seen.has(first.id); ) {
    seen.add(first.id);
    const before = all.get(first.renews);
    if (!before) return first.renews;
    first = before;
  }
  return first.id;
}

/**
 * What the law says against an immersion beside the person's others (all of their enrolments), in sentences; none: nothing. These are
 * warnings: whoever reads them may have an agreement that the house does not know.
 */
export function immersionWarnings(wish: Immersion, others: readonly Immersion[], rule: ImmersionRule): string[] {
  const warnings: string[] = [];
  const rest = others.filter((one) => one.id !== wish.id);
  const all = new Map([...rest, wish].map((one) => [one.id, one]));
  if (wish.to >= addMonths(wish.from, rule.mostMonths))
    warnings.push(
      `Cette immersion dure ${plural(lengthOf(wish), "jour", "jours")}\u00a0: une convention va au plus jusqu’au ${shortDay(addDays(addMonths(wish.from, rule.mostMonths), -1))} (${rule.mostMonths} mois de date à date).`,
    );
  const renewed = wish.renews === null ? undefined : all.get(wish.renews);
  if (wish.renews !== null) {
    const first = firstOf(wish, all);
    const renewals = [...all.values()].filter((one) => one.renews !== null && firstOf(one, all) === first).length;
    if (renewals > rule.mostRenewals)
      warnings.push(
        `C’est le renouvellement n° ${renewals} de la même immersion\u00a0: elle ne se renouvelle que ${plural(rule.mostRenewals, "fois", "fois")}.`,
      );
  }
  if (renewed) {
    if (!sameHost(wish, renewed))
      warnings.push("Un renouvellement se fait chez le même hôte que l’immersion renouvelée.");
    if (wish.objective !== renewed.objective)
      warnings.push("Un renouvellement garde le même objet que l’immersion renouvelée.");
    if (wish.from <= renewed.to) warnings.push("Ce renouvellement commence avant la fin de l’immersion renouvelée.");
  }
  const here = [wish, ...rest.filter((one) => sameHost(one, wish))];
  const months = `${rule.windowMonths} mois de suite`;
  const conventions = here
    .filter((one) => one.renews === null)
    .filter(
      (one) =>
        one.from > addMonths(wish.from, -rule.windowMonths) && one.from < addMonths(wish.from, rule.windowMonths),
    );
  const most = Math.max(0, ...conventions.map((one) => within(one.from, conventions, rule.windowMonths)));
  if (wish.renews === null && most > rule.mostConventions)
    warnings.push(
      `C’est la ${most}e convention chez cet hôte en ${months}\u00a0: il y en a au plus ${rule.mostConventions}.`,
    );
  const window = busiestWindow(here, rule.windowMonths);
  if (window && window.days > rule.mostDays)
    warnings.push(
      `Cette personne aurait ${plural(window.days, "jour", "jours")} d’immersion chez cet hôte du ${shortDay(window.from)} au ${shortDay(window.to)}\u00a0: il y en a au plus ${rule.mostDays} en ${months}.`,
    );
  return warnings;
}

const within = (from: string, all: readonly Immersion[], months: number): number =>
  all.filter((one) => one.from >= from && one.from < addMonths(from, months)).length;

export type StepDays = {
  kind: StepKind;
  startsOn: string;
  plannedEndOn: string | null;
  endedOn: string | null;
  trialEndOn: string | null;
  result: StepResult | null;
};

/** Days ahead for which the end of a trial is shown. A habit of advisers, not a law. */
export const trialAhead = 7;

/** What an adviser has to do about a step today, in words; null: nothing. */
export function dueOf(step: StepDays, today: string): string | null {
  if (step.endedOn !== null || step.result !== null) return null;
  if (step.trialEndOn !== null && step.trialEndOn >= today && step.trialEndOn <= addDays(today, trialAhead))
    return `l’essai finit le ${shortDay(step.trialEndOn)}`;
  if (step.kind === "exam" && step.startsOn < today) return `résultat attendu depuis le ${shortDay(step.startsOn)}`;
  if (step.plannedEndOn !== null && step.plannedEndOn < today)
    return `la fin était prévue le ${shortDay(step.plannedEndOn)}`;
  return null;
}
