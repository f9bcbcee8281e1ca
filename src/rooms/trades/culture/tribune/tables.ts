// Row types of the forum of expression.
import type { Generated } from "kysely";
import type { PictureKind } from "../../../../core/files/pictures.ts";
import type { CameBy, ContributionForm, ContributionState, Signed } from "./words.ts";

export type ContributionsTable = {
  house_id: string;
  id: string;
  title: Generated<string>;
  body: Generated<string>;
  first_name: string | null;
  family_name: string | null;
  reach: string | null;
  form: Generated<ContributionForm>;
  signed: Signed;
  came_by: CameBy;
  consented_on: string;
  state: ContributionState;
  decided_why: string | null;
  published_on: string | null;
  created_at: Date;
  version: Generated<number>;
};

export type PicturesTable = {
  house_id: string;
  id: string;
  contribution_id: string;
  kind: PictureKind;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
  content: Buffer;
  words: Generated<string>;
  added_at: Date;
  added_by: string | null;
};

export type TribuneTables = {
  "culture.contributions": ContributionsTable;
  "culture.contribution_pictures": PicturesTable;
};
