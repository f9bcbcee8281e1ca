// Row types of surveys, in the schema `agenda`.
import type { ColumnType, Generated } from "kysely";
import type { SentAfter } from "./words.ts";

export type SurveysTable = {
  house_id: string;
  id: string;
  programme_id: string;
  title: string;
  intro: string | null;
  sent_after: SentAfter;
  delay_days: number;
  by_mail: boolean;
  by_sms: boolean;
  open_days: number;
  from_day: string;
  to_day: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type SurveyQuestionsTable = {
  house_id: string;
  id: string;
  survey_id: string;
  position: number;
  label: string;
  comparable: ColumnType<string, never, never>;
  scale: string;
  from_day: string;
  to_day: string | null;
};

export type SurveyInvitationsTable = {
  house_id: string;
  survey_id: string;
  cause_id: string;
  person_id: string;
  made_on: string;
  channel: "mail" | "sms";
};

export type SurveySheetsTable = {
  house_id: string;
  id: string;
  survey_id: string;
  month: string;
  channel: "link" | "paper";
};

export type SurveySheetWithdrawalsTable = { house_id: string; sheet_id: string; at: Date; account_id: string | null };

export type SurveyAnswersTable = {
  house_id: string;
  id: string;
  question_id: string;
  sheet_id: string | null;
  answered_on: string;
  answer: string;
  external_id: string | null;
  version: Generated<number>;
};

export type SurveyTables = {
  "agenda.surveys": SurveysTable;
  "agenda.survey_questions": SurveyQuestionsTable;
  "agenda.survey_invitations": SurveyInvitationsTable;
  "agenda.survey_sheets": SurveySheetsTable;
  "agenda.survey_sheet_withdrawals": SurveySheetWithdrawalsTable;
  "agenda.survey_answers": SurveyAnswersTable;
};
