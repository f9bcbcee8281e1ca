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
  external_id: string | null;
  version: Generated<number>;
};

export type MeetingsTable = {
  house_id: string;
  id: string;
  on_day: string;
  body: string;
  subject: Generated<string>;
  external_id: string | null;
  version: Generated<number>;
};

export type BoardTables = { "board.mandates": MandatesTable; "board.meetings": MeetingsTable };
