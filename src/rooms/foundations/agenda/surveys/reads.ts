// Reads of surveys: the list, one with its questions, its answers counted and exported.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { sentMessages } from "../../messages/door.ts";
import type { SurveyQuestionsTable, SurveysTable, SurveyTables } from "./tables.ts";

export type Survey = Omit<SurveysTable, "house_id" | "created_at" | "created_by" | "version"> & {
  programme: string;
  version: number;
};

const surveys = sql`
  SELECT s.id, s.programme_id, g.title AS programme, s.title, s.intro, s.sent_after, s.delay_days, s.by_mail, s.by_sms, s.open_days, s.from_day, s.to_day, s.version
    FROM agenda.surveys s JOIN programmes.programmes g ON g.house_id = s.house_id AND g.id = s.programme_id`;

/** Sheets that count, of the survey `s`. */
const counted = sql`FROM agenda.survey_sheets f WHERE f.house_id = s.house_id AND f.survey_id = s.id
  AND NOT EXISTS (SELECT 1 FROM agenda.survey_sheet_withdrawals w WHERE w.house_id = f.house_id AND w.sheet_id = f.id)`;

export type SurveyLine = Survey & { byLink: number; onPaper: number; sent: number };

/** All surveys of the house with what came of them. */
export async function surveyList(tx: Tx): Promise<SurveyLine[]> {
  const { rows } = await sql<Omit<SurveyLine, "sent">>`
    SELECT x.*, (SELECT count(*) ${counted} AND f.channel = 'link') AS "byLink", (SELECT count(*) ${counted} AND f.channel = 'paper') AS "onPaper"
      FROM (${surveys} WHERE s.house_id = ${tx.scope.house}) x JOIN agenda.surveys s ON s.house_id = ${tx.scope.house} AND s.id = x.id
     ORDER BY x.programme, x.title, x.id`.execute(tx.on());
  const sent = await sentMessages(tx, "survey", { from: "1900-01-01", to: "9999-12-31" });
  return rows.map((row) => ({ ...row, sent: sent.get(row.id) ?? 0 }));
}

export async function surveyById(tx: Tx, id: string): Promise<Survey | null> {
  const { rows } = await sql<Survey>`${surveys} WHERE s.house_id = ${tx.scope.house} AND s.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

export type Question = Pick<SurveyQuestionsTable, "id" | "position" | "label" | "scale" | "from_day" | "to_day">;

/** The questions of a survey in their order; with `on`, those that are asked on that day. */
export function questionsOf(tx: Tx, survey: string, on?: string): Promise<Question[]> {
  let query = tx
    .on<SurveyTables>()
    .selectFrom("agenda.survey_questions")
    .select(["id", "position", "label", "scale", "from_day", "to_day"])
    .where("house_id", "=", tx.scope.house)
    .where("survey_id", "=", survey)
    .orderBy("position")
    .orderBy("label");
  if (on)
    query = query
      .where("from_day", "<=", on)
      .where((where) => where.or([where("to_day", "is", null), where("to_day", ">=", on)]));
  return query.execute();
}

type Period = { from: string; to: string };

/** Answers that count, of a survey in a period: a month is in it when its first day is. */
const answersIn = (tx: Tx, survey: string, { from, to }: Period) => sql`
  FROM agenda.survey_answers a JOIN agenda.survey_questions q ON q.house_id = a.house_id AND q.id = a.question_id
 WHERE a.house_id = ${tx.scope.house} AND q.survey_id = ${survey} AND a.answered_on BETWEEN ${from}::date AND ${to}::date
   AND NOT EXISTS (SELECT 1 FROM agenda.survey_sheet_withdrawals w WHERE w.house_id = a.house_id AND w.sheet_id = a.sheet_id)`;

/** How many gave each answer to each question: `counts.get(question)?.get(answer)`. */
export async function answerCounts(tx: Tx, survey: string, period: Period): Promise<Map<string, Map<string, number>>> {
  const { rows } = await sql<{ question: string; answer: string; count: number }>`
    SELECT q.id AS question, a.answer, count(*) AS count ${answersIn(tx, survey, period)} GROUP BY 1, 2`.execute(
    tx.on(),
  );
  const counts = new Map<string, Map<string, number>>();
  for (const { question, answer, count } of rows)
    counts.set(question, (counts.get(question) ?? new Map<string, number>()).set(answer, count));
  return counts;
}

export type AnswerLine = { month: string; label: string; scale: string; answer: string };

/** Each answer of a period, in no order that would tell which were given together. */
export const answerList = (tx: Tx, survey: string, period: Period): RawBuilder<AnswerLine> => sql<AnswerLine>`
  SELECT to_char(a.answered_on, 'YYYY-MM') AS month, q.label, q.scale, a.answer ${answersIn(tx, survey, period)}
   ORDER BY 1, q.position, q.label, a.answer, a.id`;

/** Sheets of a period and invitations sent in it. */
export async function returnOf(
  tx: Tx,
  survey: string,
  period: Period,
): Promise<{ byLink: number; onPaper: number; sent: number }> {
  const { rows } = await sql<{ byLink: number; onPaper: number }>`
    SELECT count(*) FILTER (WHERE f.channel = 'link') AS "byLink", count(*) FILTER (WHERE f.channel = 'paper') AS "onPaper" FROM agenda.survey_sheets f
     WHERE f.house_id = ${tx.scope.house} AND f.survey_id = ${survey} AND f.month BETWEEN ${period.from}::date AND ${period.to}::date
       AND NOT EXISTS (SELECT 1 FROM agenda.survey_sheet_withdrawals w WHERE w.house_id = f.house_id AND w.sheet_id = f.id)`.execute(
    tx.on(),
  );
  const sent = await sentMessages(tx, "survey", period);
  return { ...(rows[0] ?? { byLink: 0, onPaper: 0 }), sent: sent.get(survey) ?? 0 };
}

export type PaperSheet = { id: string; month: string; withdrawn: boolean };

/** The last sheets typed from paper. */
export async function paperSheets(tx: Tx, survey: string): Promise<PaperSheet[]> {
  const { rows } = await sql<PaperSheet>`
    SELECT f.id, f.month, EXISTS (SELECT 1 FROM agenda.survey_sheet_withdrawals w WHERE w.house_id = f.house_id AND w.sheet_id = f.id) AS withdrawn
      FROM agenda.survey_sheets f WHERE f.house_id = ${tx.scope.house} AND f.survey_id = ${survey} AND f.channel = 'paper' ORDER BY f.id DESC LIMIT 20`.execute(
    tx.on(),
  );
  return rows;
}

/** Invitations of a person: that they were asked, never what they said. */
export async function invitationsOf(
  tx: Tx,
  person: string,
): Promise<{ title: string; made_on: string; channel: "mail" | "sms" }[]> {
  const { rows } = await sql<{ title: string; made_on: string; channel: "mail" | "sms" }>`
    SELECT s.title, i.made_on, i.channel FROM agenda.survey_invitations i JOIN agenda.surveys s ON s.house_id = i.house_id AND s.id = i.survey_id
     WHERE i.house_id = ${tx.scope.house} AND i.person_id = ${person} ORDER BY i.made_on, s.title`.execute(tx.on());
  return rows;
}
