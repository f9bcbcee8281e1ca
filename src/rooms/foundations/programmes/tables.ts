// Row types of the schema `programmes`: days are texts, instants are Date.
import type { ColumnType, Generated } from "kysely";
import type { StructureSituation } from "../partners/door.ts";
import type { Verdict } from "./eligibility/checking.ts";
import type { Condition } from "./eligibility/conditions.ts";
import type { FieldKind, OutcomeKind, OutcomePlace } from "./words.ts";

type Json<T> = ColumnType<T, string, string>;

/** What was true of a person on a day: `people.situation_on`. */
export type Situation = {
  age?: number;
  sex?: string;
  commune?: string;
  postal_code?: string;
  status?: string;
  /** The day since which the status holds, as declared. */
  since?: string;
  /** Where that day is forgotten: how many months it had held, and a half where it was a little more ("6.5": more than 6, less than 7). */
  months?: number;
  rsa?: string;
  ass?: string;
  rqth?: string;
  diploma?: string;
  neighbourhood?: string;
  nationality?: string;
};

export type ProgrammesTable = {
  house_id: string;
  id: string;
  code: string;
  title: string;
  pole: string | null;
  funders: Generated<string[]>;
  about: string | null;
  carrier: string | null;
  ensemble: string | null;
  referral_rule: string | null;
  opened_on: string | null;
  ended_on: string | null;
  end_reason: string | null;
  capacity: number | null;
  takes: Generated<"persons" | "structures">;
  rate_over: Generated<"followed" | "left">;
  cddi_as: Generated<"insertion" | "common">;
  chapter: Json<string[]> | null;
  created_at: Date;
  version: Generated<number>;
};
export type AccompanimentsTable = {
  house_id: string;
  id: string;
  programme_id: string;
  structure_id: string;
  site_id: string | null;
  entry_on: string;
  exit_on: string | null;
  exit_word_id: string | null;
  exit_note: string | null;
  entry: Json<StructureSituation>;
  leaving: Json<StructureSituation> | null;
  eligibility_check: Json<Verdict[]>;
  in_spite_of: string | null;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
};
export type AccompanimentStagesTable = {
  house_id: string;
  accompaniment_id: string;
  stage_id: string;
  on_day: string;
  recorded_at: Date;
  recorded_by: string | null;
};
export type ProgrammeSitesTable = { house_id: string; programme_id: string; site_id: string };
export type AgreementsTable = {
  house_id: string;
  id: string;
  programme_id: string;
  funder: string;
  title: string | null;
  from_day: string;
  to_day: string;
  amount_cents: number | null;
  version: Generated<number>;
};
export type TargetsTable = {
  house_id: string;
  id: string;
  programme_id: string;
  agreement_id: string | null;
  year: number;
  figure: string;
  number: number;
};
export type EligibilityTable = {
  house_id: string;
  id: string;
  programme_id: string;
  at: Date;
  account_id: string | null;
  conditions: Json<Condition[]>;
};
export type StagesTable = {
  house_id: string;
  id: string;
  programme_id: string;
  position: number;
  label: string;
  comparable: ColumnType<string, never, never>;
  from_day: string;
  to_day: string | null;
};
export type OutcomeWordsTable = {
  house_id: string;
  id: string;
  programme_id: string;
  label: string;
  comparable: ColumnType<string, never, never>;
  position: Generated<number>;
  kind: OutcomeKind;
  lasting: boolean | null;
  law: "common" | "insertion" | null;
  qualifying: boolean | null;
  positive: boolean;
  place: Generated<OutcomePlace>;
  from_day: string;
  to_day: string | null;
  version: Generated<number>;
};
export type OutcomeReadingsTable = { house_id: string; word_id: string; funder: string; positive: boolean };
export type FieldsTable = {
  house_id: string;
  id: string;
  programme_id: string;
  position: number;
  label: string;
  comparable: ColumnType<string, never, never>;
  kind: FieldKind;
  options: Generated<string[]>;
  required: Generated<boolean>;
  from_day: string;
  to_day: string | null;
};
export type EnrolmentsTable = {
  house_id: string;
  id: string;
  programme_id: string;
  person_id: string;
  site_id: string | null;
  entry_on: string;
  exit_on: string | null;
  exit_word_id: string | null;
  exit_note: string | null;
  followed: Generated<boolean>;
  entry: Json<Situation>;
  leaving: Json<Situation> | null;
  eligibility_check: Json<Verdict[]> | null;
  in_spite_of: string | null;
  external_id: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
};
type Withdrawal = { house_id: string; at: Date; account_id: string | null; reason: string };
export type EnrolmentWithdrawalsTable = Withdrawal & { enrolment_id: string };
export type EnrolmentCorrectionsTable = Withdrawal & {
  id: string;
  enrolment_id: string;
  before: ColumnType<Record<string, unknown>, string, never>;
};
export type FieldValuesTable = { house_id: string; enrolment_id: string; field_id: string; value: string };
export type StagesReachedTable = {
  house_id: string;
  enrolment_id: string;
  stage_id: string;
  on_day: string;
  recorded_at: Date;
  recorded_by: string | null;
  /** The age of that day, once the person is anonymous. */
  frozen_age: number | null;
};
export type OutcomesTable = {
  house_id: string;
  id: string;
  enrolment_id: string;
  word_id: string;
  on_day: string;
  at_exit: boolean;
  part_time: boolean | null;
  months: number | null;
  note: string | null;
  external_id: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
  /** The age of that day, once the person is anonymous. */
  frozen_age: number | null;
};
export type OutcomeWithdrawalsTable = Withdrawal & { outcome_id: string };
export type HandoversTable = {
  house_id: string;
  id: string;
  from_account: string | null;
  to_account: string;
  on_day: string;
  at: Date;
  account_id: string | null;
  undone_at: Date | null;
  undone_by: string | null;
};
export type ReferentsTable = {
  house_id: string;
  enrolment_id: string;
  from_day: string;
  to_day: string | null;
  account_id: string;
  handover_id: string | null;
  /** The exit of the path, kept by the database. */
  path_exit_on: Generated<string | null>;
};

export type ProgrammesTables = {
  "programmes.programmes": ProgrammesTable;
  "programmes.programme_sites": ProgrammeSitesTable;
  "programmes.accompaniments": AccompanimentsTable;
  "programmes.accompaniment_stages": AccompanimentStagesTable;
  "programmes.agreements": AgreementsTable;
  "programmes.targets": TargetsTable;
  "programmes.eligibility": EligibilityTable;
  "programmes.stages": StagesTable;
  "programmes.outcome_words": OutcomeWordsTable;
  "programmes.outcome_readings": OutcomeReadingsTable;
  "programmes.fields": FieldsTable;
  "programmes.enrolments": EnrolmentsTable;
  "programmes.enrolment_withdrawals": EnrolmentWithdrawalsTable;
  "programmes.enrolment_corrections": EnrolmentCorrectionsTable;
  "programmes.field_values": FieldValuesTable;
  "programmes.stages_reached": StagesReachedTable;
  "programmes.outcomes": OutcomesTable;
  "programmes.outcome_withdrawals": OutcomeWithdrawalsTable;
  "programmes.handovers": HandoversTable;
  "programmes.referents": ReferentsTable;
};
