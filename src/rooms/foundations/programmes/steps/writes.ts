// One function an act on a step: noted, corrected, withdrawn, put back. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { touchContact } from "../../people/door.ts";
import type { Enrolment } from "../enrolments/reads.ts";
import { recordOutcome } from "../enrolments/writes.ts";
import { eraseProofsOf } from "../proofs/writes.ts";
import type { Step } from "./reads.ts";
import type { Objective, StepKind, StepResult } from "./words.ts";

/** What a step says; days are ISO texts, `weeklyHours` hours of a week, `hours` of the whole training. */
export type StepFacts = {
  startsOn: string;
  plannedEndOn: string | null;
  endedOn: string | null;
  host: string | null;
  structure: string | null;
  objective: Objective | null;
  days: number | null;
  renews: string | null;
  contractType: string | null;
  weeklyHours: number | null;
  trialEndOn: string | null;
  title: string | null;
  hours: number | null;
  qualifying: boolean | null;
  result: StepResult | null;
  note: string | null;
  inSpiteOf: string | null;
};

/** Notes a step under `key`: sent twice, it is noted once. `outcome`: what was obtained with it, on the path. */
export async function recordStep(
  tx: Tx,
  enrolment: Enrolment,
  wish: { key: string; kind: StepKind; facts: StepFacts; outcome: { word: string; day: string } | null },
): Promise<boolean> {
  const { facts } = wish;
  const { rows } =
    await sql`INSERT INTO programmes.steps (house_id, id, enrolment_id, kind, starts_on, planned_end_on, ended_on, host, structure_id, objective, days, renews_id,
      contract_type, weekly_hours, trial_end_on, title, hours, qualifying, result, note, in_spite_of, recorded_at, recorded_by)
    VALUES (${tx.scope.house}, ${wish.key}, ${enrolment.id}, ${wish.kind}, ${facts.startsOn}, ${facts.plannedEndOn}, ${facts.endedOn}, ${facts.host}, ${facts.structure}, ${facts.objective}, ${facts.days}, ${facts.renews},
      ${facts.contractType}, ${facts.weeklyHours}, ${facts.trialEndOn}, ${facts.title}, ${facts.hours}, ${facts.qualifying}, ${facts.result}, ${facts.note}, ${facts.inSpiteOf}, ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT (house_id, id) DO NOTHING RETURNING id`.execute(tx.on());
  if (rows.length === 0) return false;
  if (wish.outcome) {
    const outcome = tx.ids.uuid();
    await recordOutcome(tx, enrolment, { key: outcome, ...wish.outcome, partTime: null, months: null, note: null });
    await sql`UPDATE programmes.steps SET outcome_id = ${outcome} WHERE house_id = ${tx.scope.house} AND id = ${wish.key}`.execute(
      tx.on(),
    );
  }
  if (facts.startsOn <= tx.today) await touchContact(tx, enrolment.person, facts.startsOn);
  return true;
}

/** Corrects a step; what it said before is kept with the reason. False: it was changed meanwhile. */
export async function correctStep(
  tx: Tx,
  step: Step,
  wish: { version: number; reason: string; facts: StepFacts },
): Promise<boolean> {
  const { facts } = wish;
  const { rows } =
    await sql`UPDATE programmes.steps SET starts_on = ${facts.startsOn}, planned_end_on = ${facts.plannedEndOn}, ended_on = ${facts.endedOn}, host = ${facts.host},
      structure_id = ${facts.structure}, objective = ${facts.objective}, days = ${facts.days}, renews_id = ${facts.renews}, contract_type = ${facts.contractType}, weekly_hours = ${facts.weeklyHours},
      trial_end_on = ${facts.trialEndOn}, title = ${facts.title}, hours = ${facts.hours}, qualifying = ${facts.qualifying}, result = ${facts.result}, note = ${facts.note},
      in_spite_of = ${facts.inSpiteOf}, version = version + 1
    WHERE house_id = ${tx.scope.house} AND id = ${step.id} AND version = ${wish.version} RETURNING id`.execute(tx.on());
  if (rows.length === 0) return false;
  const { id, enrolment, version, ...before } = step;
  await sql`INSERT INTO programmes.step_corrections (house_id, id, step_id, at, account_id, reason, before)
    VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${step.id}, ${tx.clock.now()}, ${tx.scope.account}, ${wish.reason}, ${JSON.stringify(before)}::jsonb)`.execute(
    tx.on(),
  );
  return true;
}

/** A step noted by mistake: it stays readable and counts no more, and what was obtained with it neither. */
export async function withdrawStep(tx: Tx, step: Step, reason: string): Promise<boolean> {
  const house = tx.scope.house;
  const { rows } = await sql`INSERT INTO programmes.step_withdrawals (house_id, step_id, at, account_id, reason)
    VALUES (${house}, ${step.id}, ${tx.clock.now()}, ${tx.scope.account}, ${reason}) ON CONFLICT DO NOTHING RETURNING step_id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return false;
  if (step.outcome)
    await sql`INSERT INTO programmes.outcome_withdrawals (house_id, outcome_id, at, account_id, reason)
      VALUES (${house}, ${step.outcome}, ${tx.clock.now()}, ${tx.scope.account}, ${reason}) ON CONFLICT DO NOTHING`.execute(
      tx.on(),
    );
  return true;
}

/** Puts a withdrawn step back, with the outcome that was withdrawn in the same act. False: it was not withdrawn. */
export async function restoreStep(tx: Tx, step: Step): Promise<boolean> {
  const house = tx.scope.house;
  const { rows } = await sql<{
    at: Date;
  }>`DELETE FROM programmes.step_withdrawals WHERE house_id = ${house} AND step_id = ${step.id} RETURNING at`.execute(
    tx.on(),
  );
  const at = rows[0]?.at;
  if (at === undefined) return false;
  if (step.outcome)
    await sql`DELETE FROM programmes.outcome_withdrawals WHERE house_id = ${house} AND outcome_id = ${step.outcome} AND at = ${at}`.execute(
      tx.on(),
    );
  return true;
}

/** Before people are made anonymous: where they were and what was written goes; that there was a step, of which kind and when, stays. */
export async function forgetSteps(tx: Tx, persons: readonly string[]): Promise<void> {
  const house = tx.scope.house;
  const theirs = sql`SELECT s.id FROM programmes.steps s JOIN programmes.enrolments e ON e.house_id = s.house_id AND e.id = s.enrolment_id
    WHERE s.house_id = ${house} AND e.person_id = ANY(${[...persons]}::uuid[])`;
  await eraseProofsOf(tx, theirs);
  for (const question of [
    sql`DELETE FROM programmes.step_corrections WHERE house_id = ${house} AND step_id IN (${theirs})`,
    sql`UPDATE programmes.steps SET host = NULL, structure_id = NULL, title = NULL, note = NULL, in_spite_of = NULL WHERE house_id = ${house} AND id IN (${theirs})`,
  ])
    await question.execute(tx.on());
}
