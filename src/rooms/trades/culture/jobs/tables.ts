// Row type of jobs in culture.
import type { Generated } from "kysely";
import type { ProjectState } from "../projects/words.ts";
import type { JobKind } from "./words.ts";

export type JobActionsTable = {
  house_id: string;
  id: string;
  kind: JobKind;
  title: string;
  structure_id: string | null;
  on_day: string;
  state: ProjectState;
  cancelled_reason: string | null;
  participants: number | null;
  note: Generated<string>;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type JobsTables = { "culture.job_actions": JobActionsTable };
