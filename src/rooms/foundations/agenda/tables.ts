// Row types of the schema `agenda`.
import type { ColumnType, Generated } from "kysely";

export type VisitMode = "in_person" | "phone" | "video";
export type TermKind = "reason" | "orientation";

export type VisitTermsTable = {
  house_id: string;
  id: string;
  kind: TermKind;
  label: string;
  comparable: ColumnType<string, never, never>;
  site_id: string | null;
  position: number;
  from_day: string;
  to_day: string | null;
  version: Generated<number>;
};

export type VisitsTable = {
  house_id: string;
  id: string;
  site_id: string;
  occurred_on: string;
  occurred_at: string | null;
  person_id: string | null;
  reason_id: string | null;
  orientation_id: string | null;
  mode: VisitMode;
  group_id: string | null;
  unnamed_sex: "F" | "M" | null;
  frozen_age: number | null;
  /** Whether they had the RSA that day, once the person is anonymous. */
  frozen_rsa: "yes" | "no" | null;
  external_id: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
};

export type VisitWithdrawalsTable = {
  house_id: string;
  visit_id: string;
  at: Date;
  account_id: string | null;
  reason: string;
};
export type VisitCorrectionsTable = {
  house_id: string;
  id: string;
  visit_id: string;
  at: Date;
  account_id: string | null;
  reason: string;
  before: ColumnType<Record<string, unknown>, string, never>;
};
export type VisitNamesTable = { house_id: string; visit_id: string; name: string; birth_date: string | null };

export type AgendaTables = {
  "agenda.visit_terms": VisitTermsTable;
  "agenda.visits": VisitsTable;
  "agenda.visit_withdrawals": VisitWithdrawalsTable;
  "agenda.visit_corrections": VisitCorrectionsTable;
  "agenda.visit_names": VisitNamesTable;
};
