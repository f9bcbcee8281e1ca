// The file of surveys, "enquetes": one row a criterion answered, with the old tool's identifier. It names nobody.

import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { byExternalId, createdBy, removeCreated } from "../../../../core/importing/created.ts";
import { type ChangedRecord, type KeyedReader, keyedKind, type Reading } from "../../../../core/importing/keyed.ts";
import type { ImportChange, ImportKind, ImportRow } from "../../../../core/importing/kind.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { programmesByCode, simple, unknownProgramme } from "../imported.ts";
import { type Scale, scales } from "./words.ts";

const target = "agenda.survey_answers";
const shape = { id: "uuid", day: "date", question: "uuid", answer: "text" } as const;

/** Answers by their words, on whatever scale: "tres satisfaisant" is "very" of "satisfaction". */
const answers = new Map(
  Object.entries(scales).flatMap(([scale, words]) =>
    Object.entries(words).map(([code, word]) => [simple(word), { scale: scale as Scale, code }] as const),
  ),
);

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_build_object('day', answered_on, 'question', question_id, 'answer', answer) AS values
      FROM agenda.survey_answers WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE agenda.survey_answers a SET answered_on = x.day, question_id = x.question, answer = x.answer, version = a.version + 1
    FROM ${rowset(rows, shape)} WHERE a.house_id = ${tx.scope.house} AND a.id = x.id`.execute(tx.on());
}

type FreshSurvey = { id: string; programme: string; code: string; line: number };
type FreshQuestion = { id: string; survey: string; label: string; scale: string; position: number; line: number };

async function open(tx: Tx): Promise<KeyedReader> {
  const house = tx.scope.house;
  const programmes = await programmesByCode(tx);
  const { rows } = await sql<{
    programme: string;
    survey: string;
    question: string | null;
    comparable: string | null;
    scale: string | null;
  }>`
    SELECT s.programme_id AS programme, s.id AS survey, q.id AS question, q.comparable, q.scale
      FROM (SELECT DISTINCT ON (programme_id) programme_id, house_id, id FROM agenda.surveys WHERE house_id = ${house} ORDER BY programme_id, created_at, id) s
      LEFT JOIN agenda.survey_questions q ON q.house_id = s.house_id AND q.survey_id = s.id`.execute(tx.on());
  const surveys = new Map(rows.map((row) => [row.programme, row.survey]));
  const questions = new Map<string, { id: string; scale: string }>(
    rows.flatMap(({ survey, question, comparable, scale }) =>
      question ? [[`${survey} ${comparable}`, { id: question, scale: scale ?? "" }] as const] : [],
    ),
  );
  let freshSurveys: FreshSurvey[] = [];
  let freshQuestions: FreshQuestion[] = [];

  const surveyOf = (programme: string, code: string, line: number): string => {
    const found = surveys.get(programme);
    if (found) return found;
    const id = tx.ids.uuid();
    surveys.set(programme, id);
    freshSurveys.push({ id, programme, code, line });
    return id;
  };
  const questionOf = (survey: string, label: string, scale: string, line: number) => {
    const key = `${survey} ${simple(label)}`;
    const found = questions.get(key);
    if (found) return found;
    const made = { id: tx.ids.uuid(), scale };
    questions.set(key, made);
    const position = [...questions.keys()].filter((one) => one.startsWith(survey)).length;
    freshQuestions.push({ id: made.id, survey, label, scale, position, line });
    return made;
  };

  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant de la réponse manque." };
    const day = readDay(cell("date"));
    if (!day.ok) return { refused: `Date : ${day.reason}.` };
    if (day.value > tx.today || day.value < "1980-01-01")
      return { refused: `La date ${cell("date")} ne peut pas être celle d’une réponse.` };
    const programme = programmes.get(simple(cell("dispositif")));
    if (!programme) return { refused: unknownProgramme(cell("dispositif")) };
    const label = cell("critere").slice(0, 200);
    if (!label) return { refused: "Le critère manque." };
    const answer = answers.get(simple(cell("reponse")));
    if (!answer) return { refused: `La réponse « ${cell("reponse").slice(0, 40)} » n’est d’aucune échelle connue.` };
    const question = questionOf(surveyOf(programme, cell("dispositif"), row.line), label, answer.scale, row.line);
    if (question.scale !== answer.scale)
      return { refused: `La réponse « ${cell("reponse")} » n’est pas de l’échelle de ce critère.` };
    return { key, values: { day: day.value, question: question.id, answer: answer.code }, doubts: [] };
  };

  return {
    read,
    known: (keys) => byExternalId(tx, target, keys),
    current: (ids) => current(tx, ids),
    async create(records) {
      const made = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
      await sql`INSERT INTO agenda.survey_answers (house_id, id, question_id, answered_on, answer, external_id)
        SELECT ${house}, id, question, day, answer, key FROM ${rowset(made, { ...shape, key: "text" })}`.execute(
        tx.on(),
      );
    },
    also(apply) {
      const [newSurveys, newQuestions] = [freshSurveys, freshQuestions];
      freshSurveys = [];
      freshQuestions = [];
      const changeOf =
        (table: string) =>
        (made: { id: string; line: number }): ImportChange => ({
          line: made.line,
          target: table,
          recordId: made.id,
          before: null,
          afterVersion: 1,
        });
      return {
        notes: [
          ...newSurveys.map((survey) => `Une enquête nouvelle, sur papier, pour le dispositif « ${survey.code} ».`),
          ...newQuestions.map((question) => `Un critère nouveau : « ${question.label} ».`),
        ],
        changes: [
          ...newSurveys.map(changeOf("agenda.surveys")),
          ...newQuestions.map(changeOf("agenda.survey_questions")),
        ],
        ...(apply && newSurveys.length + newQuestions.length > 0
          ? { written: Promise.all([addSurveys(tx, newSurveys), addQuestions(tx, newQuestions)]) }
          : {}),
      };
    },
  };
}

/** A survey that comes from a file asks nobody by itself until a manager says so. */
async function addSurveys(tx: Tx, made: readonly FreshSurvey[]): Promise<void> {
  if (made.length === 0) return;
  await sql`INSERT INTO agenda.surveys (house_id, id, programme_id, title, sent_after, delay_days, by_mail, by_sms, open_days, from_day, created_at, created_by)
    SELECT ${tx.scope.house}, x.id, x.programme, 'Enquête de satisfaction', 'nothing', 28, true, true, 30, ${tx.today}, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(made, { id: "uuid", programme: "uuid" })}`.execute(tx.on());
}

async function addQuestions(tx: Tx, made: readonly FreshQuestion[]): Promise<void> {
  if (made.length === 0) return;
  await sql`INSERT INTO agenda.survey_questions (house_id, id, survey_id, position, label, scale, from_day)
    SELECT ${tx.scope.house}, x.id, x.survey, x.position, x.label, x.scale, '2000-01-01'
      FROM ${rowset(made, { id: "uuid", survey: "uuid", position: "int", label: "text", scale: "text" })}`.execute(
    tx.on(),
  );
}

export const importSurveys: ImportKind = keyedKind({
  kind: "enquetes",
  label: "Enquêtes",
  target,
  own: [],
  after: ["dispositifs"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "dispositif", label: "Dispositif", aliases: ["code dispositif"], required: true },
    { key: "date", label: "Date", aliases: ["jour", "date de la réponse"], required: true },
    { key: "critere", label: "Critère", aliases: ["question"], required: true },
    { key: "reponse", label: "Réponse", aliases: ["avis"], required: true },
  ],
  fields: [
    { key: "day", label: "la date" },
    { key: "question", label: "le critère" },
    { key: "answer", label: "la réponse" },
  ],
  open,
  change,
  current,
  async remove(tx, importId) {
    const house = tx.scope.house;
    await removeCreated(tx, importId, target);
    // What somebody has used since stays.
    await sql`DELETE FROM agenda.survey_questions q WHERE q.house_id = ${house} AND q.id IN ${createdBy(tx, importId, "agenda.survey_questions")}
      AND NOT EXISTS (SELECT 1 FROM agenda.survey_answers a WHERE a.house_id = q.house_id AND a.question_id = q.id)`.execute(
      tx.on(),
    );
    await sql`DELETE FROM agenda.surveys s WHERE s.house_id = ${house} AND s.id IN ${createdBy(tx, importId, "agenda.surveys")} AND s.version = 1
      AND NOT EXISTS (SELECT 1 FROM agenda.survey_questions q WHERE q.house_id = s.house_id AND q.survey_id = s.id)
      AND NOT EXISTS (SELECT 1 FROM agenda.survey_invitations i WHERE i.house_id = s.house_id AND i.survey_id = s.id)
      AND NOT EXISTS (SELECT 1 FROM agenda.survey_sheets f WHERE f.house_id = s.house_id AND f.survey_id = s.id)`.execute(
      tx.on(),
    );
  },
});
