// Row types of the schema `partners`: days are texts, instants are Date.
import type { ColumnType, Generated } from "kysely";
import type { Moved } from "../../../core/hanging.ts";
import type { SeasonTables } from "./seasons/tables.ts";

export type TermKind = "role" | "type";
export type PartKind = "role" | "site" | "contact" | "convention";

export type TermsTable = {
  house_id: string;
  id: string;
  kind: TermKind;
  label: string;
  comparable: ColumnType<string, never, never>;
  to_day: string | null;
  version: Generated<number>;
};

export type StructuresTable = {
  house_id: string;
  id: string;
  name: string;
  aliases: Generated<string[]>;
  type_id: string | null;
  parent_id: string | null;
  siret: string | null;
  siren: string | null;
  siret_to_check: string | null;
  address: string | null;
  postal_code: string | null;
  commune_name: string | null;
  commune_code: string | null;
  phone: string | null;
  email: string | null;
  website: string | null;
  workforce: number | null;
  founded_on: string | null;
  turnover: number | null;
  balance_total: number | null;
  sector: string | null;
  note: string | null;
  created_at: Date;
  created_by: string | null;
  changed_at: Date;
  merged_into: string | null;
  version: Generated<number>;
  name_key: ColumnType<string, never, never>;
  search_text: ColumnType<string, never, never>;
};

export type ExternalIdsTable = { house_id: string; system: string; external_id: string; structure_id: string };

export type ClosuresTable = {
  house_id: string;
  id: string;
  structure_id: string;
  closed_on: string;
  reason: string;
  at: Date;
  account_id: string | null;
  reopened_at: Date | null;
  reopened_by: string | null;
};

type PartColumns = {
  house_id: string;
  id: string;
  structure_id: string;
  from_day: string | null;
  to_day: string | null;
  version: Generated<number>;
};
export type RolesTable = PartColumns & { term_id: string; imported: Generated<boolean> };
export type SitesTable = PartColumns & {
  name: string;
  address: string | null;
  postal_code: string | null;
  commune_name: string | null;
  phone: string | null;
};
export type ContactsTable = PartColumns & {
  name: string;
  function: string | null;
  email: string | null;
  phone: string | null;
};
export type ConventionsTable = PartColumns & {
  title: string;
  signed_on: string | null;
  renew_by: string | null;
  amount_cents: number | null;
  note: string | null;
};

export type WithdrawalsTable = {
  house_id: string;
  row_id: string;
  kind: PartKind;
  at: Date;
  account_id: string | null;
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
  kept_version: number;
  undone_at: Date | null;
  undone_by: string | null;
};

export type PartnersTables = SeasonTables & {
  "partners.terms": TermsTable;
  "partners.structures": StructuresTable;
  "partners.external_ids": ExternalIdsTable;
  "partners.closures": ClosuresTable;
  "partners.roles": RolesTable;
  "partners.sites": SitesTable;
  "partners.contacts": ContactsTable;
  "partners.conventions": ConventionsTable;
  "partners.withdrawals": WithdrawalsTable;
  "partners.twins": TwinsTable;
  "partners.merges": MergesTable;
};
