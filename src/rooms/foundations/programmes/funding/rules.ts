// Indicators computed from facts: pure. What is not known is missing, never "no"; what two facts leave open stays open.
import { addMonths } from "../../../../core/time.ts";
import { allOf, anyOf, type Check, type Facts, not, type Truth } from "./facts.ts";
import type { Indicator, RuleName } from "./indicators.ts";
import type { Question } from "./questions.ts";
import { isced, type Regime } from "./regimes.ts";

const known = <T>(value: T | null, test: (value: T) => boolean): Truth => (value === null ? null : test(value));
const said = (facts: Facts, question: Question): Truth => {
  const answer = facts.answers[question];
  return answer === undefined ? null : answer === "refused" ? answer : answer === "yes";
};

const unemployed = (facts: Facts): Truth => known(facts.status, (status) => status === "job_seeker");
const inactive = (facts: Facts): Truth =>
  known(facts.status, (status) => status === "inactive" || status === "student");
const employed = (facts: Facts): Truth =>
  known(facts.status, (status) => status === "employee" || status === "self_employed");
const older = (facts: Facts): Truth => known(facts.age, (age) => age >= 55);
const notInTraining = (facts: Facts): Truth => known(facts.status, (status) => status === "inactive");

/** Has the status held for more than so many months on the day of entry? Six months to the day are not more than six. */
const forMoreThan = (facts: Facts, months: number): Truth => {
  if (facts.since !== null) return addMonths(facts.since, months) < facts.entryOn;
  return known(facts.months, (held) => held > months);
};
function longTerm(facts: Facts, { longTerm: { age, below, above } }: Regime): Truth {
  const young = known(facts.age, (years) => years < age);
  return allOf(
    unemployed(facts),
    // Whatever the age: long enough for both bounds, or too short for either.
    anyOf(forMoreThan(facts, above), allOf(young, forMoreThan(facts, below))),
  );
}

const disability = (facts: Facts): Truth => {
  const answer = said(facts, "handicap");
  if (facts.rqth === "yes" || answer === true) return true;
  return answer ?? (facts.rqth === null ? null : false);
};
const thirdCountry = (facts: Facts): Truth =>
  facts.nationality === null ? said(facts, "third_country") : facts.nationality === "other";
const disadvantaged = (facts: Facts): Truth =>
  anyOf(said(facts, "origin"), disability(facts), said(facts, "disadvantaged"));

/** What answers a question of the questionnaire: the answer, or what the person's file says already. */
export function truthOfQuestion(facts: Facts, question: Question): Truth {
  if (question === "handicap") return disability(facts);
  return question === "third_country" ? thirdCountry(facts) : said(facts, question);
}

const found = (check: Check | null, test: (check: Check) => Truth): Truth =>
  check === null || check.situation === "unreached" ? null : test(check);
const inJob = (check: Check | null): Truth =>
  found(check, ({ situation }) => known(situation, (one) => one === "employee" || one === "self_employed"));
const searching = (check: Check | null): Truth =>
  found(check, ({ situation }) => known(situation, (one) => one === "job_seeking"));
const trained = (facts: Facts): Truth => found(facts.exit, ({ training }) => training);
const qualified = (facts: Facts): Truth => found(facts.exit, ({ qualification }) => qualification);
const nowSearching = (facts: Facts): Truth => allOf(inactive(facts), searching(facts.exit));
const newlyTrained = (facts: Facts): Truth =>
  allOf(not(known(facts.status, (one) => one === "student")), trained(facts));
const newlyInJob = (facts: Facts, check: Check | null): Truth => allOf(not(employed(facts)), inJob(check));

const rules: Readonly<Record<RuleName, (facts: Facts, regime: Regime) => Truth>> = {
  participant: () => true,
  unemployed,
  long_term_unemployed: longTerm,
  inactive,
  inactive_not_in_training: notInTraining,
  employed,
  older_without_job: (facts) => allOf(older(facts), anyOf(unemployed(facts), notInTraining(facts))),
  origin: (facts) => said(facts, "origin"),
  disability,
  disadvantaged: (facts) => said(facts, "disadvantaged"),
  homeless: (facts) => said(facts, "homeless"),
  rural: (facts) => said(facts, "rural"),
  third_country: thirdCountry,
  foreign_background: (facts) => said(facts, "foreign_background"),
  minority: (facts) => said(facts, "minority"),
  inactive_now_searching: nowSearching,
  in_training: trained,
  newly_in_training: newlyTrained,
  qualified,
  in_job: (facts) => inJob(facts.exit),
  newly_in_job: (facts) => newlyInJob(facts, facts.exit),
  disadvantaged_with_result: (facts) =>
    allOf(
      disadvantaged(facts),
      anyOf(nowSearching(facts), newlyTrained(facts), qualified(facts), newlyInJob(facts, facts.exit)),
    ),
  job_later: (facts) => inJob(facts.later),
  newly_in_job_later: (facts) => newlyInJob(facts, facts.later),
  older_in_job_later: (facts) => allOf(older(facts), newlyInJob(facts, facts.later)),
  disadvantaged_in_job_later: (facts) => allOf(disadvantaged(facts), newlyInJob(facts, facts.later)),
  better_later: (facts) =>
    allOf(
      employed(facts),
      found(facts.later, ({ improved }) => improved),
    ),
};

/** Does somebody count for an indicator? Null: what it needs is missing. An indicator without a rule counts nobody. */
export function verdictOf({ rule }: Indicator, facts: Facts, regime: Regime): Truth {
  if (rule === null) return false;
  if (typeof rule === "string") return rules[rule](facts, regime);
  if ("age" in rule) {
    const { from = 0, to = Number.POSITIVE_INFINITY } = rule.age;
    return known(facts.age, (age) => age >= from && age <= to);
  }
  const level = facts.diploma === null ? undefined : isced[facts.diploma];
  return level === undefined ? null : level[0] >= rule.isced.from && level[1] <= rule.isced.to;
}
