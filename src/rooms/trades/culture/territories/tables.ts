// Row types of territories, in the schema `culture`.
import type { Generated } from "kysely";

type TerritoriesTable = {
  house_id: string;
  id: string;
  name: string;
  communes: string[];
  version: Generated<number>;
};

type DelegationsTable = {
  house_id: string;
  id: string;
  territory_id: string;
  structure_id: string;
  from_day: string;
  to_day: string | null;
  ended_why: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type TerritoryTables = {
  "culture.territories": TerritoriesTable;
  "culture.delegations": DelegationsTable;
};
