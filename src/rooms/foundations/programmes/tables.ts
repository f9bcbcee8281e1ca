// Row types of the schema `programmes`.
import type { Generated } from "kysely";

export type ProgrammesTable = {
  house_id: string;
  id: string;
  code: string;
  title: string;
  pole: string | null;
  funders: Generated<string[]>;
  created_at: Date;
  version: Generated<number>;
};
export type ProgrammesTables = { "programmes.programmes": ProgrammesTable };
