// Row type of volunteers.
import type { Generated } from "kysely";
import type { VolunteerKind } from "./words.ts";

export type VolunteersTable = {
  house_id: string;
  id: string;
  given_name: string;
  family_name: string;
  kind: VolunteerKind;
  mission: Generated<string>;
  from_day: string;
  to_day: string;
  weekly_hours: number;
  tutor_id: string;
  account_id: string | null;
  site_id: string;
  left_why: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type VolunteerTables = { "culture.volunteers": VolunteersTable };
