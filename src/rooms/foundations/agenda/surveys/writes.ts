// One function an act: a survey prepared or changed, a sheet kept, taken back.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { endLinks } from "../../messages/door.ts";
import type { Question } from "./reads.ts";
import { monthOf } from "./rules.ts";
import type { SurveysTable, SurveyTables } from "./tables.ts";
import { answersOf } from "./words.ts";

export type SurveyWish = Pick<
  SurveysTable,
  "title" | "intro" | "sent_after" | "delay_days" | "by_mail" | "by_sms" | "open_days" | "to_day"
> & { questions: readonly string[]; scale: string };

/** Prepares a survey whose identifier is `id`: sent twice, it is made once. */
export async function createSurvey(tx: Tx, id: string, programme: string, wish: SurveyWish): Promise<boolean> {
  const { questions, scale, ...facts } = wish;
  const made = await tx
    .on<SurveyTables>()
    .insertInto("agenda.surveys")
    .values({
      ...facts,
      house_id: tx.scope.house,
      id,
      programme_id: programme,
      from_day: tx.today,
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .returning("id")
    .execute();
  if (made.length > 0) await askQuestions(tx, id, questions, scale, tx.today);
  return made.length > 0;
}

/** Changes a survey; false when somebody changed it since `version`. Ended, its links open no more. */
export async function changeSurvey(tx: Tx, id: string, version: number, wish: SurveyWish): Promise<boolean> {
  const { questions, scale, ...facts } = wish;
  const changed = await tx
    .on<SurveyTables>()
    .updateTable("agenda.surveys")
    .set({ ...facts, version: version + 1 })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .where("version", "=", version)
    .returning("id")
    .execute();
  if (changed.length === 0) return false;
  await askQuestions(tx, id, questions, scale, tx.today);
  if (wish.to_day !== null && wish.to_day < tx.today) await endLinks(tx, id);
  return true;
}

/** The questions as they are to be asked from a day on: new ones join, those left out end, and one that comes back goes on. */
async function askQuestions(
  tx: Tx,
  survey: string,
  labels: readonly string[],
  scale: string,
  day: string,
): Promise<void> {
  const house = tx.scope.house;
  await sql`
    INSERT INTO agenda.survey_questions (house_id, id, survey_id, position, label, scale, from_day)
    SELECT ${house}, x.id, ${survey}, x.position, x.label, ${scale}, ${day}
      FROM unnest(${labels.map(() => tx.ids.uuid())}::uuid[], ${labels.map((_, at) => at + 1)}::int[], ${[...labels]}::text[]) AS x(id, position, label)
    ON CONFLICT (house_id, survey_id, comparable) DO UPDATE SET position = excluded.position, label = excluded.label, to_day = NULL`.execute(
    tx.on(),
  );
  await sql`
    UPDATE agenda.survey_questions q SET to_day = ${day}::date - 1
     WHERE q.house_id = ${house} AND q.survey_id = ${survey} AND q.to_day IS NULL
       AND NOT q.comparable = ANY(SELECT core.normalise(x) FROM unnest(${[...labels]}::text[]) x)`.execute(tx.on());
}

/** What a sheet says: the code of the answer, by question. */
export type Sheet = ReadonlyMap<string, string>;

/** Reads a sheet from a form (`q-<question>`): only what is asked, and only the answers that its scale has. */
export function sheetOf(questions: readonly Question[], typed: Readonly<Record<string, readonly string[]>>): Sheet {
  return new Map(
    questions.flatMap(({ id, scale }) => {
      const [answer = ""] = typed[`q-${id}`] ?? [];
      return Object.hasOwn(answersOf(scale), answer) ? [[id, answer] as const] : [];
    }),
  );
}

/**
 * Keeps what somebody answered by a link. Identifiers come from the database, at random: one of ours would bear the moment. The rows are
 * written in the order of these random numbers, which is none.
 */
export async function keepAnswers(tx: Tx, survey: string, sheet: Sheet): Promise<void> {
  await sql`
    WITH sheet AS (INSERT INTO agenda.survey_sheets (house_id, id, survey_id, month, channel)
      VALUES (${tx.scope.house}, gen_random_uuid(), ${survey}, ${monthOf(tx.today)}, 'link') RETURNING house_id, id, month)
    INSERT INTO agenda.survey_answers (house_id, id, question_id, sheet_id, answered_on, answer)
    SELECT sheet.house_id, gen_random_uuid(), x.question, sheet.id, sheet.month, x.answer
      FROM sheet, unnest(${[...sheet.keys()]}::uuid[], ${[...sheet.values()]}::text[]) AS x(question, answer)`.execute(
    tx.on(),
  );
}

/** Keeps a sheet of paper under the form's key; false when it is there already. */
export async function keepPaper(tx: Tx, survey: string, key: string, month: string, sheet: Sheet): Promise<boolean> {
  const made = await tx
    .on<SurveyTables>()
    .insertInto("agenda.survey_sheets")
    .values({ house_id: tx.scope.house, id: key, survey_id: survey, month, channel: "paper" })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .returning("id")
    .execute();
  if (made.length === 0) return false;
  await tx
    .on<SurveyTables>()
    .insertInto("agenda.survey_answers")
    .values(
      [...sheet].map(([question, answer]) => ({
        house_id: tx.scope.house,
        id: tx.ids.uuid(),
        question_id: question,
        sheet_id: key,
        answered_on: month,
        answer,
        external_id: null,
      })),
    )
    .execute();
  return true;
}

/** A paper sheet typed by mistake no longer counts, or counts again. False: nothing changed. */
export async function countPaper(tx: Tx, survey: string, sheet: string, counts: boolean): Promise<boolean> {
  const house = tx.scope.house;
  const { rows } = counts
    ? await sql`DELETE FROM agenda.survey_sheet_withdrawals w USING agenda.survey_sheets f
        WHERE w.house_id = ${house} AND w.sheet_id = ${sheet} AND f.house_id = w.house_id AND f.id = w.sheet_id AND f.survey_id = ${survey} RETURNING w.sheet_id`.execute(
        tx.on(),
      )
    : await sql`INSERT INTO agenda.survey_sheet_withdrawals (house_id, sheet_id, at, account_id)
        SELECT house_id, id, ${tx.clock.now()}, ${tx.scope.account}::uuid FROM agenda.survey_sheets WHERE house_id = ${house} AND id = ${sheet} AND survey_id = ${survey} AND channel = 'paper'
        ON CONFLICT DO NOTHING RETURNING sheet_id`.execute(tx.on());
  return rows.length > 0;
}
