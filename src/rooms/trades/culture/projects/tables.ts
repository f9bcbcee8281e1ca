// Row types of collective projects: days are texts, instants are Date.
import type { Generated } from "kysely";
import type { ProjectKind, ProjectState } from "./words.ts";

export type ProjectsTable = {
  house_id: string;
  id: string;
  title: string;
  kind: ProjectKind;
  asked_by: string | null;
  hosted_by: string | null;
  need: Generated<string>;
  barriers: Generated<string[]>;
  mediations: Generated<number>;
  agreed_on: string | null;
  on_day: string;
  to_day: string | null;
  state: ProjectState;
  cancelled_reason: string | null;
  participants: number | null;
  balance: Generated<string>;
  external_id: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

type ProjectPartnersTable = {
  house_id: string;
  id: string;
  project_id: string;
  structure_id: string;
  proposed_on: string;
  accepted: boolean | null;
  why: string | null;
  version: Generated<number>;
};

type ProjectTargetsTable = {
  house_id: string;
  year: number;
  projects: number | null;
  participants: number | null;
  source: string;
  version: Generated<number>;
};

export type ProjectsTables = {
  "culture.projects": ProjectsTable;
  "culture.project_partners": ProjectPartnersTable;
  "culture.project_targets": ProjectTargetsTable;
};
