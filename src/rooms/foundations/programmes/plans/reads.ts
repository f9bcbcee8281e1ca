// Plans and balance sheets as they are read, and what of a plan is due.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PlanTables } from "./tables.ts";
import type { Doer, PlanState } from "./words.ts";

export type Plan = {
  version: number;
  goal: string | null;
  strengths: string | null;
  obstacles: string | null;
  reviewOn: string | null;
};

/** An enrolment without a plan has an empty one, of version 0. */
export const planOf = async (tx: Tx, enrolment: string): Promise<Plan> =>
  (await tx
    .on<PlanTables>()
    .selectFrom("programmes.plans")
    .select(["version", "goal", "strengths", "obstacles", "review_on as reviewOn"])
    .where("house_id", "=", tx.scope.house)
    .where("enrolment_id", "=", enrolment)
    .executeTakeFirst()) ?? { version: 0, goal: null, strengths: null, obstacles: null, reviewOn: null };

export type PlanAction = {
  id: string;
  version: number;
  what: string;
  who: Doer;
  other: string | null;
  byDay: string | null;
  state: PlanState;
  closedOn: string | null;
};

/** The lines of a plan: what is to be done first, by the day by which it is. */
export const planActionsOf = (tx: Tx, enrolment: string): Promise<PlanAction[]> =>
  tx
    .on<PlanTables>()
    .selectFrom("programmes.plan_actions")
    .select(["id", "version", "what", "who", "other", "by_day as byDay", "state", "closed_on as closedOn"])
    .where("house_id", "=", tx.scope.house)
    .where("enrolment_id", "=", enrolment)
    .orderBy((where) => where("state", "=", "open"), "desc")
    .orderBy("closed_on")
    .orderBy("by_day", (order) => order.asc().nullsLast())
    .orderBy("added_at")
    .orderBy("id")
    .execute();

export type Balance = {
  version: number;
  onDay: string;
  personSays: string | null;
  adviserSays: string | null;
  next: string | null;
};

export const balanceOf = async (tx: Tx, enrolment: string): Promise<Balance | null> =>
  (await tx
    .on<PlanTables>()
    .selectFrom("programmes.balances")
    .select(["version", "on_day as onDay", "person_says as personSays", "adviser_says as adviserSays", "next"])
    .where("house_id", "=", tx.scope.house)
    .where("enrolment_id", "=", enrolment)
    .executeTakeFirst()) ?? null;

export type DueAction = { enrolment: string; what: string; byDay: string };

/** Lines of these enrolments' plans whose day has come and that nobody closed, earliest first. */
export const duePlanActions = async (tx: Tx, enrolments: readonly string[]): Promise<DueAction[]> =>
  enrolments.length === 0
    ? []
    : (
        await tx
          .often<PlanTables>()
          .selectFrom("programmes.plan_actions")
          .select(["enrolment_id as enrolment", "what", "by_day as byDay"])
          .where("house_id", "=", tx.scope.house)
          .where(sql<boolean>`enrolment_id = ANY(${[...enrolments]}::uuid[])`)
          .where("state", "=", "open")
          .where("by_day", "<=", tx.today)
          .orderBy("by_day")
          .orderBy("id")
          .execute()
      ).flatMap(({ byDay, ...one }) => (byDay === null ? [] : [{ ...one, byDay }]));
