// Row types of the schema `board`.
import type { Generated } from "kysely";

export type MandatesTable = {
  house_id: string;
  id: string;
  sex: "F" | "M" | "X" | null;
  family_name: Generated<string>;
  given_name: Generated<string>;
  college: Generated<string>;
  structure: Generated<string>;
  function: Generated<string>;
  from_day: string | null;
  to_day: string | null;
  bureau: Generated<boolean>;
  external_id: string | null;
  version: Generated<number>;
};

export type MeetingsTable = {
  house_id: string;
  id: string;
  on_day: string;
  body: string;
  subject: Generated<string>;
  called: number | null;
  present: number | null;
  represented: number | null;
  quorum: number | null;
  decisions: Generated<string>;
  external_id: string | null;
  version: Generated<number>;
};

export type MembersTable = {
  house_id: string;
  id: string;
  kind: "person" | "organisation";
  name: string;
  college: Generated<string>;
  from_day: string;
  to_day: string | null;
  version: Generated<number>;
};

export type BoardTables = {
  "board.mandates": MandatesTable;
  "board.meetings": MeetingsTable;
  "board.members": MembersTable;
};
