// Row types of the schema `people`: days are texts, instants are Date.
import type { ColumnType, Generated } from "kysely";
import type { Moved } from "../../../core/hanging.ts";

export type PersonsTable = {
  house_id: string;
  id: string;
  code: string;
  sex: "F" | "M" | "X" | null;
  family_name: string;
  birth_name: string | null;
  given_name: string;
  birth_date: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  postal_code: string | null;
  commune_name: string | null;
  commune_code: string | null;
  site_id: string | null;
  created_on: string;
  created_at: Date;
  created_by: string | null;
  last_contact_on: string | null;
  archived_at: Date | null;
  anonymised_at: Date | null;
  merged_into: string | null;
  version: Generated<number>;
  search_text: ColumnType<string, never, never>;
};

export type ExternalIdsTable = { house_id: string; system: string; external_id: string; person_id: string };

export type SituationKind = "status" | "rsa" | "ass" | "rqth" | "diploma" | "neighbourhood" | "nationality";

export type SituationsTable = {
  house_id: string;
  person_id: string;
  kind: SituationKind;
  from_day: string;
  value: string;
  since_day: string | null;
  recorded_at: Date;
  recorded_by: string | null;
};

export type SituationWithdrawalsTable = SituationsTable & {
  id: string;
  withdrawn_at: Date;
  withdrawn_by: string | null;
  reason: string;
};

export type TwinsTable = {
  house_id: string;
  first_id: string;
  second_id: string;
  score: number;
  reasons: string[];
  found_at: Date;
  dismissed_at: Date | null;
  dismissed_by: string | null;
};

type Json<T> = ColumnType<T, string, string>;

export type MergesTable = {
  house_id: string;
  id: string;
  kept_id: string;
  absorbed_id: string;
  merged_at: Date;
  merged_by: string | null;
  kept_before: Json<Record<string, unknown>>;
  moved: Json<Moved>;
  kept_version: Generated<number>;
  undone_at: Date | null;
  undone_by: string | null;
};

export type ConsentsTable = {
  house_id: string;
  id: string;
  person_id: string;
  purpose: string;
  answer: "informed" | "given" | "refused" | "withdrawn";
  on_day: string;
  recorded_at: Date;
  recorded_by: string | null;
};

export type RequestsTable = {
  house_id: string;
  id: string;
  person_id: string;
  kind: "access" | "rectification" | "erasure" | "restriction" | "objection";
  received_on: string;
  due_on: string;
  answered_on: string | null;
  answer: string | null;
  recorded_by: string | null;
};

export type RetentionRulesTable = {
  house_id: string;
  category: string;
  from_day: string;
  active_months: number;
  archive_months: number;
  notice_days: Generated<number>;
  source: string;
};
export type RetentionRunsTable = {
  house_id: string;
  id: string;
  at: Date;
  on_day: string;
  archived: number;
  anonymised: number;
};

type TagsTable = { house_id: string; id: string; label: string; created_at: Date; created_by: string | null };

type PersonTagsTable = {
  house_id: string;
  person_id: string;
  tag_id: string;
  put_at: Date;
  put_by: string | null;
  act_id: string | null;
};

export type PeopleTables = {
  "people.tags": TagsTable;
  "people.person_tags": PersonTagsTable;
  "people.persons": PersonsTable;
  "people.external_ids": ExternalIdsTable;
  "people.situations": SituationsTable;
  "people.situation_withdrawals": SituationWithdrawalsTable;
  "people.twins": TwinsTable;
  "people.merges": MergesTable;
  "people.consents": ConsentsTable;
  "people.requests": RequestsTable;
  "people.retention_rules": RetentionRulesTable;
  "people.retention_runs": RetentionRunsTable;
};
