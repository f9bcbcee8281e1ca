// What is missing of a participant, and when it has to be there: pure.
import { addDays } from "../../../../core/time.ts";
import type { CheckMoment, Facts } from "./facts.ts";
import type { Participation } from "./participants.ts";
import { type Question, questionsOf } from "./questions.ts";
import { exitWindow, laterWindow, type Regime, type Window } from "./regimes.ts";
import { truthOfQuestion } from "./rules.ts";

export const entryFacts = ["birth", "sex", "status", "since", "diploma"] as const;
export type EntryFact = (typeof entryFacts)[number];
export const entryFactWords: Readonly<Record<EntryFact, string>> = {
  birth: "date de naissance",
  sex: "sexe",
  status: "situation",
  since: "date d’inscription au chômage",
  diploma: "niveau de diplôme",
};

/** What is not known of the entry, apart from the questionnaire. */
export function missingAtEntry({ facts, sex }: Pick<Participation, "facts" | "sex">): EntryFact[] {
  const absent: Readonly<Record<EntryFact, boolean>> = {
    birth: facts.age === null,
    sex: sex === null,
    status: facts.status === null,
    since: facts.status === "job_seeker" && facts.since === null && facts.months === null,
    diploma: facts.diploma === null,
  };
  return entryFacts.filter((fact) => absent[fact]);
}

/** The questions of the regulation that nothing answers: neither an answer, a refusal to answer, nor the person's file. */
export const missingAnswers = (facts: Facts, regime: Regime): Question[] =>
  questionsOf(regime.code).filter((question) => truthOfQuestion(facts, question) === null);

/** Has somebody noted what became of the person, on a day that counts? That they could not be reached is noted too. */
export const isChecked = ({ facts, noted }: Participation, moment: CheckMoment, regime: Regime): boolean => {
  const check = noted[moment];
  if (!check || facts.exitOn === null) return false;
  const window = windowOf(moment, facts.exitOn, regime);
  return check.day >= window.from && check.day <= window.to;
};

export const windowOf = (moment: CheckMoment, exit: string, regime: Regime): Window =>
  moment === "exit" ? exitWindow(exit, regime) : laterWindow(exit, regime);

/** The second check is announced so many days before its window: a habit of the house. */
const announced = 15;

export type Task = {
  kind: "entry" | CheckMoment;
  /** First and last day on which it can be done in time. */
  from: string;
  due: string;
  state: "late" | "open" | "ahead";
  missing: { facts: EntryFact[]; questions: Question[] };
};

/** What is to be done for a participant on a day, in the order of the path. */
export function tasksOf(one: Participation, today: string): Task[] {
  const { facts } = one;
  const { regime } = one.agreement;
  const tasks: Task[] = [];
  const missing = { facts: missingAtEntry(one), questions: missingAnswers(facts, regime) };
  if (missing.facts.length + missing.questions.length > 0)
    tasks.push({
      kind: "entry",
      from: facts.entryOn,
      due: facts.entryOn,
      state: today > facts.entryOn ? "late" : "open",
      missing,
    });
  if (facts.exitOn === null || facts.exitOn > today) return tasks;
  for (const moment of ["exit", "later"] as const) {
    if (isChecked(one, moment, regime)) continue;
    const { from, to } = windowOf(moment, facts.exitOn, regime);
    if (today < addDays(from, -announced)) continue;
    tasks.push({
      kind: moment,
      from,
      due: to,
      state: today > to ? "late" : today < from ? "ahead" : "open",
      missing: { facts: [], questions: [] },
    });
  }
  return tasks;
}
