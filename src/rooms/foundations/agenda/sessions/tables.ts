// Row types of sessions, of who registered and of who came.
import type { ColumnType, Generated } from "kysely";
import type { VisitMode } from "../tables.ts";

export type SessionStatus = "planned" | "held" | "cancelled" | "postponed";
export type RegistrationState = "registered" | "waiting" | "cancelled";
export type AttendanceState = "present" | "absent" | "justified";

type SessionsTable = {
  house_id: string;
  id: string;
  programme_id: string;
  kind: string;
  title: string;
  starts_on: string;
  starts_at: string | null;
  minutes: number | null;
  site_id: string;
  place_id: string | null;
  place_text: string | null;
  mode: VisitMode;
  capacity: number | null;
  status: SessionStatus;
  status_reason: string | null;
  series_id: string | null;
  postponed_from: string | null;
  partners: Generated<string[]>;
  external_id: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
};

type SessionChangesTable = {
  house_id: string;
  id: string;
  session_id: string;
  at: Date;
  account_id: string | null;
  reason: string | null;
  before: ColumnType<Record<string, unknown>, string, never>;
};

type SessionSpeakersTable = {
  house_id: string;
  id: string;
  session_id: string;
  account_id: string | null;
  name: string | null;
};

type RegistrationsTable = {
  house_id: string;
  session_id: string;
  person_id: string;
  group_id: string;
  turn: number;
  state: RegistrationState;
  by_link: Generated<boolean>;
  asked_at: Date;
  asked_by: string | null;
  entered_at: Date | null;
  cancelled_at: Date | null;
  cancelled_by: string | null;
  reason: string | null;
};

type AttendancesTable = {
  house_id: string;
  id: string;
  session_id: string;
  person_id: string | null;
  sex: "F" | "M" | "X" | null;
  heads: number | null;
  state: AttendanceState;
  external_id: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
  /** The age of that day, once the person is anonymous. */
  frozen_age: number | null;
};

type GroupRegistrationsTable = {
  house_id: string;
  act_id: string;
  session_id: string;
  person_id: string;
  asked_at: Date;
  before: ColumnType<Record<string, unknown> | null, string | null, never>;
};

type RegistrationLinksTable = {
  house_id: string;
  session_id: string;
  person_id: string;
  token_hash: Buffer;
  made_at: Date;
  made_by: string | null;
};

type SignaturesTable = {
  house_id: string;
  session_id: string;
  person_id: string;
  strokes: string | null;
  initials: string | null;
  signed_at: Date;
  account_id: string | null;
};

export type SessionTables = {
  "agenda.sessions": SessionsTable;
  "agenda.session_changes": SessionChangesTable;
  "agenda.session_speakers": SessionSpeakersTable;
  "agenda.registrations": RegistrationsTable;
  "agenda.attendances": AttendancesTable;
  "agenda.group_registrations": GroupRegistrationsTable;
  "agenda.registration_links": RegistrationLinksTable;
  "agenda.signatures": SignaturesTable;
};
