// Row types of what funders ask, in the schema `programmes`.
import type { ColumnType, Generated } from "kysely";
import type { Answers, CheckMoment, CheckSituation } from "./facts.ts";

export type FundingChecksTable = {
  house_id: string;
  id: string;
  enrolment_id: string;
  moment: CheckMoment;
  on_day: string;
  situation: CheckSituation;
  training: boolean | null;
  qualification: boolean | null;
  improved: boolean | null;
  replaces_id: string | null;
  recorded_at: Date;
  recorded_by: string | null;
};
export type FundingAnswersTable = {
  house_id: string;
  enrolment_id: string;
  answers: ColumnType<Answers, string, string>;
  recorded_at: Date;
  recorded_by: string | null;
  version: Generated<number>;
};

export type FundingTables = {
  "programmes.funding_checks": FundingChecksTable;
  "programmes.funding_answers": FundingAnswersTable;
};
