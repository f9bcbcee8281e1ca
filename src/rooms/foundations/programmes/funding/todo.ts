// What is to be done for funders today: the tasks of every participant of an agreement that is not long over.
import type { Tx } from "../../../../core/db/transaction.ts";
import { may, type Scope } from "../../../../core/rights.ts";
import { addMonths } from "../../../../core/time.ts";
import { seenBy } from "../rights.ts";
import { agreementsOf, underFund } from "./agreements.ts";
import { entryFactWords, type Task, tasksOf } from "./missing.ts";
import { type ParticipantFilters, type Participation, participations } from "./participants.ts";
import { fundingRights } from "./rights.ts";
import { checkMomentWords } from "./words.ts";

export type TodoLine = { one: Participation; task: Task };

export type TodoFilters = ParticipantFilters & {
  programme: string | null;
  kind: Task["kind"] | null;
  /** The questionnaire is asked for of those who may note it only. */
  answers: boolean;
};

/** Within what a scope sees and may note: of everybody there, or of the people of whom it is the referent. */
export const todoFor = (scope: Scope, mine: boolean): Pick<TodoFilters, "referent" | "within" | "answers"> => ({
  referent: mine ? scope.account : null,
  within: seenBy(scope, fundingRights["funding.follow"]),
  answers: may(scope, fundingRights["funding.answers"]),
});

/** One line a person, an enrolment and a kind: late ones first, then by the day on which they are due. */
export async function todo(tx: Tx, filters: TodoFilters): Promise<TodoLine[]> {
  const open = underFund(await agreementsOf(tx)).filter(
    (one) =>
      addMonths(one.to, one.regime.closing.months) >= tx.today &&
      (filters.programme === null || one.programmeCode === filters.programme),
  );
  const lines = new Map<string, TodoLine>();
  for (const one of (await participations(tx, open, filters)).filter(({ anonymised }) => !anonymised))
    for (const task of tasksOf(one, tx.today)) {
      const asked = filters.answers ? task : { ...task, missing: { ...task.missing, questions: [] } };
      if (filters.kind !== null && task.kind !== filters.kind) continue;
      if (task.kind === "entry" && asked.missing.facts.length + asked.missing.questions.length === 0) continue;
      const id = `${one.enrolment} ${task.kind}`;
      const had = lines.get(id);
      lines.set(id, had ? { one, task: together(had.task, asked) } : { one, task: asked });
    }
  const order = { late: 0, open: 1, ahead: 2 };
  return [...lines.values()].sort(
    (a, b) =>
      order[a.task.state] - order[b.task.state] ||
      a.task.due.localeCompare(b.task.due) ||
      a.one.familyName.localeCompare(b.one.familyName, "fr") ||
      a.one.enrolment.localeCompare(b.one.enrolment),
  );
}

/** The same task for two agreements: what either lacks, by the first day on which it is due. */
const together = (a: Task, b: Task): Task => ({
  ...(b.due < a.due ? b : a),
  missing: {
    facts: [...new Set([...a.missing.facts, ...b.missing.facts])],
    questions: [...new Set([...a.missing.questions, ...b.missing.questions])],
  },
});

/** "Entrée : niveau de diplôme, questionnaire (3 réponses)". */
export function taskWords({ kind, missing }: Task): string {
  if (kind !== "entry") return checkMomentWords[kind].label;
  const { facts, questions } = missing;
  const count = questions.length;
  return `Entrée\u00a0: ${[
    ...facts.map((fact) => entryFactWords[fact]),
    ...(count > 0 ? [`questionnaire (${count} ${count === 1 ? "réponse" : "réponses"})`] : []),
  ].join(", ")}`;
}
