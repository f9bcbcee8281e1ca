// Row types of plans and balance sheets, in the schema `programmes`.
import type { ColumnType, Generated } from "kysely";
import type { Doer, PlanState } from "./words.ts";

export type PlansTable = {
  house_id: string;
  enrolment_id: string;
  goal: string | null;
  strengths: string | null;
  obstacles: string | null;
  review_on: string | null;
  changed_at: Date;
  changed_by: string | null;
  version: Generated<number>;
};
export type PlanActionsTable = {
  house_id: string;
  id: string;
  enrolment_id: string;
  what: string;
  who: Doer;
  other: string | null;
  by_day: string | null;
  state: Generated<PlanState>;
  closed_on: string | null;
  added_at: Date;
  added_by: string | null;
  version: Generated<number>;
};
export type BalancesTable = {
  house_id: string;
  enrolment_id: string;
  on_day: string;
  person_says: string | null;
  adviser_says: string | null;
  next: string | null;
  changed_at: Date;
  changed_by: string | null;
  version: Generated<number>;
};

/** What is printed to be signed. */
export type Paper = "plan" | "balance";
export type PaperVersionsTable = {
  house_id: string;
  id: string;
  enrolment_id: string;
  paper: Paper;
  said: ColumnType<Record<string, unknown>, string, never>;
  at: Date;
  account_id: string | null;
};

export type PlanTables = {
  "programmes.plans": PlansTable;
  "programmes.plan_actions": PlanActionsTable;
  "programmes.balances": BalancesTable;
  "programmes.paper_versions": PaperVersionsTable;
};
