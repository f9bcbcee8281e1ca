// One function an act on a plan or a balance sheet. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { eraseSignedOf } from "../proofs/writes.ts";
import type { Balance, Plan, PlanAction } from "./reads.ts";
import type { PlanTables } from "./tables.ts";

/**
 * Writes what a record of an enrolment says, if it still has `version` (0: it was not there). False: it was changed meanwhile.
 * `said`: its columns, but for who changed it and when.
 */
async function writeVersion(
  tx: Tx,
  table: keyof Pick<PlanTables, "programmes.plans" | "programmes.balances">,
  of: { enrolment: string; version: number },
  said: Record<string, string | null>,
): Promise<boolean> {
  const row = { ...said, changed_at: tx.clock.now(), changed_by: tx.scope.account };
  const columns = Object.keys(row).map((column) => sql.ref(column));
  const { rows } = await sql`INSERT INTO ${sql.table(table)} AS t (house_id, enrolment_id, ${sql.join(columns)})
    VALUES (${tx.scope.house}, ${of.enrolment}, ${sql.join(Object.values(row))})
    ON CONFLICT (house_id, enrolment_id) DO UPDATE
      SET ${sql.join(columns.map((column) => sql`${column} = excluded.${column}`))}, version = t.version + 1 WHERE t.version = ${of.version}
    RETURNING version`.execute(tx.on());
  return rows.length > 0;
}

/** Writes the words of a plan. False: it was changed meanwhile; `version` 0 is a plan that was not there. */
export const writePlan = (tx: Tx, enrolment: string, plan: Plan): Promise<boolean> =>
  writeVersion(
    tx,
    "programmes.plans",
    { enrolment, version: plan.version },
    { goal: plan.goal, strengths: plan.strengths, obstacles: plan.obstacles, review_on: plan.reviewOn },
  );

/** Writes a balance sheet. False: it was changed meanwhile; `version` 0 is one that was not there. */
export const writeBalance = (tx: Tx, enrolment: string, balance: Balance): Promise<boolean> =>
  writeVersion(
    tx,
    "programmes.balances",
    { enrolment, version: balance.version },
    {
      on_day: balance.onDay,
      person_says: balance.personSays,
      adviser_says: balance.adviserSays,
      next: balance.next,
    },
  );

type Line = Pick<PlanAction, "what" | "who" | "other" | "byDay">;

const lineOf = (line: Line) => ({
  what: line.what,
  who: line.who,
  other: line.who === "other" ? line.other : null,
  by_day: line.byDay,
});

/** Adds a line under `key`. False: sent twice, it is there already. */
export async function addPlanAction(tx: Tx, enrolment: string, key: string, line: Line): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .on<PlanTables>()
    .insertInto("programmes.plan_actions")
    .values({
      house_id: tx.scope.house,
      id: key,
      enrolment_id: enrolment,
      ...lineOf(line),
      closed_on: null,
      added_at: tx.clock.now(),
      added_by: tx.scope.account,
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Changes a line, closes it or opens it again. False: it was changed meanwhile. */
export async function changePlanAction(tx: Tx, action: PlanAction): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .on<PlanTables>()
    .updateTable("programmes.plan_actions")
    .set({
      ...lineOf(action),
      state: action.state,
      closed_on: action.state === "open" ? null : action.closedOn,
      version: action.version + 1,
    })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", action.id)
    .where("version", "=", action.version)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Before people are made anonymous: nothing of a plan or a balance sheet can stay without telling who it was. */
export async function forgetPlans(tx: Tx, persons: readonly string[]): Promise<void> {
  const theirs = sql`SELECT id FROM programmes.enrolments WHERE house_id = ${tx.scope.house} AND person_id = ANY(${[...persons]}::uuid[])`;
  for (const table of [
    "programmes.plans",
    "programmes.plan_actions",
    "programmes.balances",
    "programmes.paper_versions",
  ])
    await sql`DELETE FROM ${sql.table(table)} WHERE house_id = ${tx.scope.house} AND enrolment_id IN (${theirs})`.execute(
      tx.on(),
    );
  await eraseSignedOf(tx, theirs);
}
