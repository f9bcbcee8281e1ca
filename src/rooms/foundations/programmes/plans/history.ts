// What a plan or a balance sheet said, version after version: kept by each act that changes it, read, and brought back.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Balance, balanceOf, type Plan, type PlanAction, planActionsOf, planOf } from "./reads.ts";
import type { Paper, PlanTables } from "./tables.ts";
import { changePlanAction, writeBalance, writePlan } from "./writes.ts";

/** A plan as a whole: its words and its lines. Versions of rows are not part of what it says. */
export type PlanSaid = Omit<Plan, "version"> & { actions: readonly Omit<PlanAction, "version">[] };
export type BalanceSaid = Omit<Balance, "version">;

export type Version = { id: string; at: Date; by: string | null } & (
  | { paper: "plan"; said: PlanSaid }
  | { paper: "balance"; said: BalanceSaid }
);

async function planSaid(tx: Tx, enrolment: string): Promise<PlanSaid> {
  const { version: _, ...words } = await planOf(tx, enrolment);
  const actions = await planActionsOf(tx, enrolment);
  return { ...words, actions: actions.map(({ version: __, ...action }) => action) };
}

/** Keeps what the plan or the balance sheet says now, in the act that has just changed it. */
export async function keepVersion(tx: Tx, enrolment: string, paper: Paper): Promise<void> {
  const balance = paper === "balance" ? await balanceOf(tx, enrolment) : null;
  const said = balance
    ? { onDay: balance.onDay, personSays: balance.personSays, adviserSays: balance.adviserSays, next: balance.next }
    : await planSaid(tx, enrolment);
  await tx
    .on<PlanTables>()
    .insertInto("programmes.paper_versions")
    .values({
      house_id: tx.scope.house,
      id: tx.ids.uuid(),
      enrolment_id: enrolment,
      paper,
      said: JSON.stringify(said),
      at: tx.clock.now(),
      account_id: tx.scope.account,
    })
    .execute();
}

/** All versions of an enrolment's plan or balance sheet, the latest first. */
export async function versionsOf(tx: Tx, enrolment: string, paper: Paper): Promise<Version[]> {
  const { rows } = await sql<Version>`
    SELECT v.id, v.at, a.name AS by, v.paper, v.said FROM programmes.paper_versions v
      LEFT JOIN house.accounts a ON a.house_id = v.house_id AND a.id = v.account_id
     WHERE v.house_id = ${tx.scope.house} AND v.enrolment_id = ${enrolment} AND v.paper = ${paper} ORDER BY v.at DESC, v.id DESC`.execute(
    tx.on(),
  );
  return rows;
}

/**
 * Makes the plan say what a version said: its words, and the lines that it had. Lines that were added since stay as they are. False: the
 * plan has not `version` any more.
 */
export async function bringPlanBack(
  tx: Tx,
  enrolment: string,
  { actions, ...words }: PlanSaid,
  version: number,
): Promise<boolean> {
  if (!(await writePlan(tx, enrolment, { ...words, version }))) return false;
  const now = new Map((await planActionsOf(tx, enrolment)).map((action) => [action.id, action]));
  for (const action of actions) {
    const there = now.get(action.id);
    if (there) await changePlanAction(tx, { ...action, version: there.version });
  }
  return true;
}

/** The same of a balance sheet. */
export const bringBalanceBack = (tx: Tx, enrolment: string, said: BalanceSaid, version: number): Promise<boolean> =>
  writeBalance(tx, enrolment, { ...said, version });
