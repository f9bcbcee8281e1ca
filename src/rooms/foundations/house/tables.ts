// Row types of the schema `house` and of the journal, as the driver gives them: days are texts, instants are Date, counts numbers.
import type { ColumnType, Generated } from "kysely";
import type { Typed } from "../../../core/http/answer.ts";
import type { Role } from "../../../core/rights.ts";

type Json<T> = ColumnType<T, string, string>;

export type HousesTable = {
  house_id: string;
  code: string;
  name: string;
  zone: Generated<string>;
  settings: ColumnType<Record<string, unknown>, string | undefined, string>;
  created_at: Date;
  version: Generated<number>;
};

export type SitesTable = {
  house_id: string;
  id: string;
  code: string;
  name: string;
  kind: "antenne" | "other";
  postal_code: string | null;
  commune_name: string | null;
  commune_code: string | null;
  position: Generated<number>;
  opened_on: string | null;
  closed_on: string | null;
  version: Generated<number>;
};

export type SiteAliasesTable = {
  house_id: string;
  site_id: string;
  alias: string;
  comparable: ColumnType<string, never, never>;
};

export type AccountsTable = {
  house_id: string;
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
  totp_secret: string | null;
  totp_last_step: number | null;
  created_at: Date;
  closed_at: Date | null;
  version: Generated<number>;
};

export type GrantsTable = {
  house_id: string;
  id: string;
  account_id: string;
  role: Role;
  site_id: string | null;
  programme_id: string | null;
  structure_id: string | null;
  from_day: string;
  to_day: string | null;
  granted_by: string | null;
  granted_at: Date;
};

export type InvitationsTable = {
  house_id: string;
  id: string;
  account_id: string;
  token_hash: Buffer;
  purpose: "invitation" | "reset";
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};

/** A form that was being sent when the session before this one ended. */
export type KeptForm = { back: string; typed: Typed };

export type SessionsTable = {
  house_id: string;
  id: string;
  account_id: string;
  token_hash: Buffer;
  second_factor: boolean;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  ip: string | null;
  agent: string | null;
  kept_form: ColumnType<KeptForm | null, string | null | undefined, string | null>;
};

export type PasskeysTable = {
  house_id: string;
  id: string;
  account_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  created_at: Date;
  last_used_at: Date | null;
};

export type ApiKeysTable = {
  house_id: string;
  id: string;
  name: string;
  key_hash: Buffer;
  role: Role;
  site_id: string | null;
  from_day: string;
  to_day: string | null;
  created_at: Date;
  created_by: string | null;
  revoked_at: Date | null;
};

export type StaffTable = {
  house_id: string;
  id: string;
  external_id: string | null;
  sex: "F" | "M" | "X" | null;
  family_name: string;
  given_name: string;
  function: string | null;
  pole: string | null;
  site_id: string | null;
  from_day: string;
  to_day: string | null;
  full_time_percent: Generated<number>;
  employer: string | null;
  version: Generated<number>;
};

export type JournalTable = {
  house_id: string;
  id: string;
  at: Date;
  account_id: string | null;
  act: string;
  subject_kind: string | null;
  subject_id: string | null;
  ip: string | null;
  details: Json<Record<string, unknown>> | null;
};

export type HouseTables = {
  "house.houses": HousesTable;
  "house.sites": SitesTable;
  "house.site_aliases": SiteAliasesTable;
  "house.accounts": AccountsTable;
  "house.grants": GrantsTable;
  "house.invitations": InvitationsTable;
  "house.sessions": SessionsTable;
  "house.passkeys": PasskeysTable;
  "house.api_keys": ApiKeysTable;
  "house.staff": StaffTable;
  "core.journal": JournalTable;
};
