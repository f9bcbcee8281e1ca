// Steps as they are read: those of an enrolment, one, what hangs on it; and what the rules of an immersion need to know.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { plain } from "../definition/lines.ts";
import { dueOf, type Immersion, type ImmersionRule, type StepDays } from "./rules.ts";
import type { StepTables } from "./tables.ts";
import type { Objective, StepKind, StepResult } from "./words.ts";

export type Step = StepDays & {
  id: string;
  version: number;
  enrolment: string;
  host: string | null;
  structure: string | null;
  structureName: string | null;
  objective: Objective | null;
  days: number | null;
  renews: string | null;
  contractType: string | null;
  contractLabel: string | null;
  weeklyHours: number | null;
  title: string | null;
  hours: number | null;
  qualifying: boolean | null;
  note: string | null;
  outcome: string | null;
  outcomeLabel: string | null;
  inSpiteOf: string | null;
  withdrawn: string | null;
};

const selected = sql`
  s.id, s.version, s.enrolment_id AS enrolment, s.kind, s.starts_on AS "startsOn", s.planned_end_on AS "plannedEndOn", s.ended_on AS "endedOn", s.host,
  s.structure_id AS structure, x.name AS "structureName", s.objective, s.days, s.renews_id AS renews, s.contract_type AS "contractType", t.label AS "contractLabel",
  s.weekly_hours::float8 AS "weeklyHours", s.trial_end_on AS "trialEndOn", s.title, s.hours, s.qualifying, s.result, s.note, s.outcome_id AS outcome,
  CASE WHEN undone.outcome_id IS NULL THEN w.label END AS "outcomeLabel", s.in_spite_of AS "inSpiteOf", gone.reason AS withdrawn
  FROM programmes.steps s
  LEFT JOIN partners.structures x ON x.house_id = s.house_id AND x.id = s.structure_id
  LEFT JOIN programmes.contract_types t ON t.house_id = s.house_id AND t.code = s.contract_type
  LEFT JOIN programmes.outcomes o ON o.house_id = s.house_id AND o.id = s.outcome_id
  LEFT JOIN programmes.outcome_words w ON w.house_id = o.house_id AND w.id = o.word_id
  LEFT JOIN programmes.outcome_withdrawals undone ON undone.house_id = o.house_id AND undone.outcome_id = o.id
  LEFT JOIN programmes.step_withdrawals gone ON gone.house_id = s.house_id AND gone.step_id = s.id`;

const stepsWhere = async (tx: Tx, condition: RawBuilder<unknown>): Promise<Step[]> =>
  (
    await sql<Step>`SELECT ${selected} WHERE s.house_id = ${tx.scope.house} AND ${condition} ORDER BY s.starts_on, s.id`.execute(
      tx.on(),
    )
  ).rows;

/** Those of these enrolments, earliest first, withdrawn ones too. */
export const stepsOf = (tx: Tx, enrolments: readonly string[]): Promise<Step[]> =>
  stepsWhere(tx, sql`s.enrolment_id = ANY(${[...enrolments]}::uuid[])`);

export const stepById = async (tx: Tx, enrolment: string, id: string): Promise<Step | null> =>
  (await stepsWhere(tx, sql`s.enrolment_id = ${enrolment} AND s.id = ${id}`))[0] ?? null;

export type CorrectionLine = { at: Date; who: string | null; reason: string };
export const correctionsOf = async (tx: Tx, step: string): Promise<CorrectionLine[]> =>
  (
    await sql<CorrectionLine>`SELECT c.at, a.name AS who, c.reason FROM programmes.step_corrections c
      LEFT JOIN house.accounts a ON a.house_id = c.house_id AND a.id = c.account_id
     WHERE c.house_id = ${tx.scope.house} AND c.step_id = ${step} ORDER BY c.at, c.id`.execute(tx.on())
  ).rows;

/** Every immersion of a person that counts: all enrolments, none withdrawn. One without an end lasts its first day. */
export async function immersionsOf(tx: Tx, person: string): Promise<Immersion[]> {
  const { rows } = await sql<Omit<Immersion, "name"> & { host: string | null }>`
    SELECT s.id, s.structure_id AS structure, coalesce(x.name, s.host) AS host, s.starts_on AS "from", coalesce(s.ended_on, s.planned_end_on, s.starts_on) AS "to", s.objective, s.renews_id AS renews
      FROM programmes.steps s JOIN programmes.enrolments e ON e.house_id = s.house_id AND e.id = s.enrolment_id
      LEFT JOIN partners.structures x ON x.house_id = s.house_id AND x.id = s.structure_id
     WHERE s.house_id = ${tx.scope.house} AND e.person_id = ${person} AND s.kind = 'immersion'
       AND NOT EXISTS (SELECT 1 FROM programmes.step_withdrawals w WHERE w.house_id = s.house_id AND w.step_id = s.id)
       AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)
     ORDER BY s.starts_on, s.id`.execute(tx.on());
  return rows.map(({ host, ...one }) => ({ ...one, name: plain(host ?? "") }));
}

/** The rule of immersions in force on a day; null: the house has none. */
export async function immersionRuleOn(tx: Tx, day: string): Promise<ImmersionRule | null> {
  const { rows } = await sql<ImmersionRule>`
    SELECT most_months AS "mostMonths", most_renewals AS "mostRenewals", most_conventions AS "mostConventions", most_days AS "mostDays", window_months AS "windowMonths", source
      FROM programmes.immersion_rules WHERE house_id = ${tx.scope.house} AND from_day <= ${day} ORDER BY from_day DESC LIMIT 1`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** The contracts that exist on a day, and `had`, which may stay. */
export const contractTypesOn = async (
  tx: Tx,
  day: string,
  had: string | null = null,
): Promise<{ value: string; label: string }[]> =>
  tx
    .on<StepTables>()
    .selectFrom("programmes.contract_types")
    .select(["code as value", "label"])
    .where("house_id", "=", tx.scope.house)
    .where((where) =>
      where.or([
        where("code", "=", had ?? ""),
        where.and([where("from_day", "<=", day), where.or([where("to_day", "is", null), where("to_day", ">=", day)])]),
      ]),
    )
    .orderBy("position")
    .orderBy("label")
    .execute();

export type DueStep = { enrolment: string; id: string; kind: StepKind; due: string };

/** What is due about the steps of these enrolments today: the end of a trial, an end or a result that nobody noted. */
export async function dueSteps(tx: Tx, enrolments: readonly string[]): Promise<DueStep[]> {
  if (enrolments.length === 0) return [];
  const { rows } = await sql<StepDays & { id: string; enrolment: string; result: StepResult | null }>`
    SELECT s.id, s.enrolment_id AS enrolment, s.kind, s.starts_on AS "startsOn", s.planned_end_on AS "plannedEndOn", s.ended_on AS "endedOn", s.trial_end_on AS "trialEndOn", s.result
      FROM programmes.steps s
     WHERE s.house_id = ${tx.scope.house} AND s.enrolment_id = ANY(${[...enrolments]}::uuid[]) AND s.ended_on IS NULL AND s.result IS NULL
       AND NOT EXISTS (SELECT 1 FROM programmes.step_withdrawals w WHERE w.house_id = s.house_id AND w.step_id = s.id)
     ORDER BY s.starts_on, s.id`.execute(tx.often());
  return rows.flatMap((row) => {
    const due = dueOf(row, tx.today);
    return due === null ? [] : [{ enrolment: row.enrolment, id: row.id, kind: row.kind, due }];
  });
}
