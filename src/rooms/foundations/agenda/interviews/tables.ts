// Row types of interviews, of what hangs on them, and of the rooms where people meet.
import type { ColumnType, Generated } from "kysely";
import type { VisitMode } from "../tables.ts";

export type InterviewStatus = "planned" | "held" | "no_show" | "cancelled";
export type NoteReader = "author" | "referents" | "team";

type PlacesTable = {
  house_id: string;
  id: string;
  site_id: string;
  name: string;
  comparable: ColumnType<string, never, never>;
  capacity: number | null;
  closed_on: string | null;
  version: Generated<number>;
};

type InterviewsTable = {
  house_id: string;
  id: string;
  programme_id: string | null;
  person_id: string;
  site_id: string;
  account_id: string | null;
  starts_on: string;
  starts_at: string | null;
  minutes: number | null;
  mode: VisitMode;
  place_id: string | null;
  status: InterviewStatus;
  status_reason: string | null;
  /** The age of that day, once the person is anonymous. */
  frozen_age: number | null;
  external_id: string | null;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
};

type InterviewChangesTable = {
  house_id: string;
  id: string;
  interview_id: string;
  at: Date;
  account_id: string | null;
  reason: string | null;
  before: ColumnType<Record<string, unknown>, string, string>;
};

type InterviewNotesTable = {
  house_id: string;
  id: string;
  interview_id: string;
  author_id: string;
  reader: NoteReader;
  text: string;
  written_at: Date;
};

type NoteTemplatesTable = {
  house_id: string;
  id: string;
  title: string;
  comparable: ColumnType<string, never, never>;
  text: string;
  to_day: string | null;
  version: Generated<number>;
};

export type InterviewTables = {
  "agenda.places": PlacesTable;
  "agenda.interviews": InterviewsTable;
  "agenda.interview_changes": InterviewChangesTable;
  "agenda.interview_notes": InterviewNotesTable;
  "agenda.note_templates": NoteTemplatesTable;
};
