// Row types of the kit.
import type { Generated } from "kysely";

export type KitIssuesTable = {
  house_id: string;
  id: string;
  title: string;
  introduction: Generated<string>;
  published_on: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};
export type KitArticlesTable = {
  house_id: string;
  id: string;
  issue_id: string;
  position: number;
  title: Generated<string>;
  body: Generated<string>;
  contribution_id: string | null;
};
export type KitMailingsTable = {
  house_id: string;
  id: string;
  issue_id: string;
  at: Date;
  account_id: string | null;
  chosen: string;
  letters: number;
  served: number;
  refused: number;
};
export type KitLettersTable = { house_id: string; id: string; mailing_id: string; issue_id: string; print: Buffer };
export type KitRefusalsTable = { house_id: string; print: Buffer; at: Date; issue_id: string | null };

export type KitTables = {
  "culture.kit_issues": KitIssuesTable;
  "culture.kit_articles": KitArticlesTable;
  "culture.kit_mailings": KitMailingsTable;
  "culture.kit_letters": KitLettersTable;
  "culture.kit_refusals": KitRefusalsTable;
};
