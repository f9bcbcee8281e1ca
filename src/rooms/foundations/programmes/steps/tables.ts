// Row types of steps, in the schema `programmes`.
import type { ColumnType, Generated } from "kysely";
import type { Objective, StepKind, StepResult } from "./words.ts";

export type ImmersionRulesTable = {
  house_id: string;
  from_day: string;
  most_months: number;
  most_renewals: number;
  most_conventions: number;
  most_days: number;
  window_months: number;
  source: string;
};
export type ContractTypesTable = {
  house_id: string;
  code: string;
  label: string;
  position: number;
  from_day: string;
  to_day: string | null;
  source: string;
};
export type StepsTable = {
  house_id: string;
  id: string;
  enrolment_id: string;
  kind: StepKind;
  starts_on: string;
  planned_end_on: string | null;
  ended_on: string | null;
  host: string | null;
  structure_id: string | null;
  objective: Objective | null;
  days: number | null;
  renews_id: string | null;
  contract_type: string | null;
  weekly_hours: number | null;
  trial_end_on: string | null;
  title: string | null;
  hours: number | null;
  qualifying: boolean | null;
  result: StepResult | null;
  note: string | null;
  outcome_id: string | null;
  in_spite_of: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
  /** The age of that day, once the person is anonymous. */
  frozen_age: number | null;
};
export type StepWithdrawalsTable = {
  house_id: string;
  step_id: string;
  at: Date;
  account_id: string | null;
  reason: string;
};
export type StepCorrectionsTable = {
  house_id: string;
  id: string;
  step_id: string;
  at: Date;
  account_id: string | null;
  reason: string;
  before: ColumnType<Record<string, unknown>, string, never>;
};

export type StepTables = {
  "programmes.immersion_rules": ImmersionRulesTable;
  "programmes.contract_types": ContractTypesTable;
  "programmes.steps": StepsTable;
  "programmes.step_withdrawals": StepWithdrawalsTable;
  "programmes.step_corrections": StepCorrectionsTable;
};
