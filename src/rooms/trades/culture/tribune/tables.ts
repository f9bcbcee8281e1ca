// Row type of the forum of expression.
import type { Generated } from "kysely";
import type { CameBy, ContributionState, Signed } from "./words.ts";

export type ContributionsTable = {
  house_id: string;
  id: string;
  title: Generated<string>;
  body: Generated<string>;
  first_name: string | null;
  family_name: string | null;
  reach: string | null;
  signed: Signed;
  came_by: CameBy;
  consented_on: string;
  state: ContributionState;
  decided_why: string | null;
  published_on: string | null;
  created_at: Date;
  version: Generated<number>;
};

export type TribuneTables = { "culture.contributions": ContributionsTable };
