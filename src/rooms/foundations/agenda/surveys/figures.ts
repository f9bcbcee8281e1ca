// The figures of satisfaction, one definition for every programme (report 2020, GPP: seven criteria, « % très satisfaisant »). A share and
// its base are counts of the same rows.
import { count, type Dimension, type Figure, type FigureSource, ratio } from "../../../../core/figures/figure.ts";
import { programmeDimension } from "../../programmes/door.ts";
import { surveyRights } from "./rights.ts";
import { scales } from "./words.ts";

const dimensions: readonly Dimension[] = [
  programmeDimension,
  { key: "critere", label: "Critère", expression: "question.label", unknown: "sans critère", printed: { bare: true } },
  {
    key: "reponse",
    label: "Réponse",
    expression: "CASE question.scale WHEN 'satisfaction' THEN r.answer END",
    values: Object.entries(scales.satisfaction).map(([value, label]) => ({ value, label })),
    unknown: "autre échelle",
  },
  { key: "mois", label: "Mois", expression: "to_char(r.answered_on, 'MM')", values: "months", unknown: "sans date" },
];

export const surveyAnswersSource: FigureSource = {
  name: "survey_answers",
  from: `agenda.survey_answers r JOIN agenda.survey_questions question ON question.house_id = r.house_id AND question.id = r.question_id
    JOIN agenda.surveys survey ON survey.house_id = question.house_id AND survey.id = question.survey_id`,
  day: "r.answered_on",
  where:
    "NOT EXISTS (SELECT 1 FROM agenda.survey_sheet_withdrawals w WHERE w.house_id = r.house_id AND w.sheet_id = r.sheet_id)",
  joins: {
    programme:
      "JOIN programmes.programmes programme ON programme.house_id = survey.house_id AND programme.id = survey.programme_id",
  },
  person: null,
  structure: null,
  dimensions,
  published: [[], ["dispositif"], ["dispositif", "critere"]],
  list: {
    id: "r.id",
    order: "to_char(r.answered_on, 'YYYY-MM'), question.label, r.id",
    columns: [
      { key: "month", label: "Mois", expression: "to_char(r.answered_on, 'YYYY-MM')" },
      { key: "programme", label: "Dispositif", expression: "programme.title", joins: ["programme"] },
      { key: "question", label: "Critère", expression: "question.label" },
      { key: "answer", label: "Réponse", expression: "r.answer" },
    ],
    personColumns: [],
  },
  seeNames: surveyRights["survey.see"],
};

const figure = (facts: Omit<Figure, "source" | "by" | "printed"> & { printed?: readonly string[] }): Figure => ({
  source: surveyAnswersSource.name,
  by: dimensions.map((dimension) => dimension.key),
  printed: [],
  families: ["dispositif"],
  ...facts,
});
const rated = "question.scale = 'satisfaction'";

export const surveyFigures: readonly Figure[] = [
  figure({
    code: "dispositif.reponses_satisfaction",
    label: "Réponses sur la satisfaction",
    unit: "réponses",
    definition:
      "Réponses données à un critère de satisfaction : une personne qui répond à sept critères en donne sept.",
    measure: count(),
    where: { sql: rated },
  }),
  figure({
    code: "dispositif.reponses_tres_satisfait",
    label: "Réponses « très satisfaisant »",
    unit: "réponses",
    definition: "Parmi les réponses sur la satisfaction, celles qui disent « très satisfaisant ».",
    measure: count(),
    where: { sql: `${rated} AND r.answer = 'very'` },
  }),
  figure({
    code: "dispositif.tres_satisfait",
    label: "Part de « très satisfaisant »",
    unit: "%",
    definition:
      "Réponses « très satisfaisant », en pour cent des réponses données au même critère, arrondies au plus proche (la demie au-dessus).",
    measure: ratio("dispositif.reponses_tres_satisfait", "dispositif.reponses_satisfaction", {
      round: 0,
      percent: true,
    }),
    printed: ["critere"],
  }),
];
