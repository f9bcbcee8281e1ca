// Figures of interviews, sessions and attendances, one definition for every programme: `gpp.entretiens`, `vipp.heures` …
import { count, type Dimension, distinct, type Figure, type FigureSource, sum } from "../../../core/figures/figure.ts";
import { peopleRights, situationWords } from "../people/door.ts";
import { ensembleDimension, programmeDimension, sexDimension, siteDimension } from "../programmes/door.ts";
import { interviewStatusWords } from "./interviews/words.ts";
import { attendanceWords, sessionStatusWords } from "./sessions/words.ts";
import { modeWords } from "./words.ts";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const month = (day: string): Dimension => ({
  key: "mois",
  label: "Mois",
  expression: `to_char(${day}, 'MM')`,
  values: "months",
  unknown: "sans date",
});
/** Of somebody without a name, the sex that was noted with the count. */
const countedSex: Dimension = { ...sexDimension, expression: "coalesce(p.sex, r.sex)" };
const situation: Dimension = {
  key: "situation",
  label: "Situation ce jour-là",
  expression: "status.value",
  joins: ["status"],
  values: options(situationWords.status.values),
  unknown: "situation inconnue",
};
const mode = (alias: string): Dimension => ({
  key: "mode",
  label: "Mode",
  expression: `${alias}.mode`,
  values: options(modeWords),
  unknown: "sans mode",
});
/** Sessions of one action are titled alike up to a dash: « Licence 2 — CV — groupe 3 ». */
const ofSession = (alias: string): Dimension[] => [
  {
    key: "action",
    label: "Début de l’intitulé",
    expression: `split_part(${alias}.title, ' — ', 1)`,
    unknown: "sans intitulé",
  },
  {
    key: "lieu",
    label: "Lieu de la séance",
    expression: `coalesce((SELECT place.name FROM agenda.places place WHERE place.house_id = ${alias}.house_id AND place.id = ${alias}.place_id), nullif(${alias}.place_text, ''))`,
    unknown: "sans lieu",
  },
];
const personJoin = "LEFT JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id";
const joinsOf = (alias: string) => ({
  site: `JOIN house.sites site ON site.house_id = ${alias}.house_id AND site.id = ${alias}.site_id`,
  programme: `LEFT JOIN programmes.programmes programme ON programme.house_id = ${alias}.house_id AND programme.id = ${alias}.programme_id`,
});
const statusOn = (day: string): string =>
  `LEFT JOIN LATERAL (SELECT s.value FROM people.situations s WHERE s.house_id = r.house_id AND s.person_id = r.person_id AND s.kind = 'status' AND s.from_day <= ${day} ORDER BY s.from_day DESC LIMIT 1) status ON true`;
const who = (first: string, label: string): FigureSource["list"]["personColumns"] => [
  { key: "code", label: "Fiche", expression: "p.code", joins: ["person"], names: true },
  { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
  { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
  { key: "sex", label: "Sexe", expression: "p.sex", joins: ["person"] },
  { key: "first", label, expression: first, kind: "day" },
];

const interviewsSource: FigureSource = {
  name: "interviews",
  from: "agenda.interviews r",
  day: "r.starts_on",
  joins: { ...joinsOf("r"), person: personJoin, status: statusOn("r.starts_on") },
  person: "r.person_id",
  structure: null,
  dimensions: [
    programmeDimension,
    ensembleDimension,
    siteDimension,
    month("r.starts_on"),
    sexDimension,
    situation,
    mode("r"),
  ],
  published: [[], ["dispositif"], ["antenne"], ["mois"], ["dispositif", "sexe"]],
  list: {
    id: "r.id",
    order: "r.starts_on, r.starts_at, r.id",
    href: (id) => `/entretiens/${id}`,
    columns: [
      { key: "day", label: "Jour", expression: "r.starts_on", kind: "day" },
      { key: "hour", label: "Heure", expression: "to_char(r.starts_at, 'HH24:MI')" },
      { key: "programme", label: "Dispositif", expression: "programme.title", joins: ["programme"] },
      { key: "site", label: "Antenne", expression: "site.name", joins: ["site"] },
      { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
      { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
      { key: "mode", label: "Mode", expression: wordOf("r.mode", modeWords) },
      { key: "minutes", label: "Durée en minutes", expression: "r.minutes", kind: "number" },
      { key: "state", label: "État", expression: wordOf("r.status", interviewStatusWords) },
    ],
    personHref: (id) => `/personnes/${id}`,
    personColumns: who("r.starts_on", "Premier entretien de la période"),
  },
  seeNames: peopleRights["person.open"],
};

const sessionsSource: FigureSource = {
  name: "sessions",
  from: "agenda.sessions r",
  day: "r.starts_on",
  joins: joinsOf("r"),
  person: null,
  structure: null,
  dimensions: [
    programmeDimension,
    ensembleDimension,
    siteDimension,
    month("r.starts_on"),
    mode("r"),
    { key: "type", label: "Type", expression: "r.kind", unknown: "sans type" },
    ...ofSession("r"),
  ],
  published: [[], ["dispositif"], ["antenne"], ["mois"]],
  list: {
    id: "r.id",
    order: "r.starts_on, r.starts_at, r.id",
    href: (id) => `/seances/${id}`,
    columns: [
      { key: "day", label: "Jour", expression: "r.starts_on", kind: "day" },
      { key: "hour", label: "Heure", expression: "to_char(r.starts_at, 'HH24:MI')" },
      { key: "title", label: "Intitulé", expression: "r.title" },
      { key: "kind", label: "Type", expression: "r.kind" },
      { key: "programme", label: "Dispositif", expression: "programme.title", joins: ["programme"] },
      { key: "site", label: "Antenne", expression: "site.name", joins: ["site"] },
      { key: "mode", label: "Mode", expression: wordOf("r.mode", modeWords) },
      { key: "hours", label: "Heures", expression: "round(r.minutes / 60.0, 2)", kind: "number" },
      { key: "state", label: "État", expression: wordOf("r.status", sessionStatusWords) },
      { key: "reason", label: "Motif", expression: "r.status_reason" },
    ],
    personColumns: [],
  },
  seeNames: peopleRights["person.open"],
};

const attendancesSource: FigureSource = {
  name: "attendances",
  from: "agenda.attendances r JOIN agenda.sessions held ON held.house_id = r.house_id AND held.id = r.session_id",
  day: "held.starts_on",
  where: "held.status = 'held'",
  joins: { ...joinsOf("held"), person: personJoin, status: statusOn("held.starts_on") },
  person: "r.person_id",
  structure: null,
  dimensions: [
    programmeDimension,
    ensembleDimension,
    siteDimension,
    month("held.starts_on"),
    countedSex,
    situation,
    mode("held"),
    { key: "type", label: "Type de séance", expression: "held.kind", unknown: "sans type" },
    ...ofSession("held"),
  ],
  published: [[], ["dispositif"], ["antenne"], ["mois"], ["dispositif", "sexe"]],
  list: {
    id: "r.id",
    order: "held.starts_on, held.starts_at, r.id",
    columns: [
      { key: "day", label: "Jour", expression: "held.starts_on", kind: "day" },
      { key: "title", label: "Séance", expression: "held.title" },
      { key: "programme", label: "Dispositif", expression: "programme.title", joins: ["programme"] },
      { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
      { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
      { key: "sex", label: "Sexe", expression: "coalesce(p.sex, r.sex)", joins: ["person"] },
      { key: "heads", label: "Effectif", expression: "coalesce(r.heads, 1)", kind: "number" },
      { key: "state", label: "Présence", expression: wordOf("r.state", attendanceWords) },
    ],
    personHref: (id) => `/personnes/${id}`,
    personColumns: who("held.starts_on", "Première séance de la période"),
  },
  seeNames: peopleRights["person.open"],
};

/** The French word of a code, in SQL. The words are the program's own. */
function wordOf(expression: string, words: Readonly<Record<string, string>>): string {
  const cases = Object.entries(words).map(([value, label]) => `WHEN '${value}' THEN '${label.replaceAll("'", "''")}'`);
  return `CASE ${expression} ${cases.join(" ")} END`;
}

export const meetingSources: readonly FigureSource[] = [interviewsSource, sessionsSource, attendancesSource];

const figure = (source: FigureSource, facts: Omit<Figure, "source" | "by" | "printed" | "families">): Figure => ({
  source: source.name,
  by: source.dimensions.map((dimension) => dimension.key),
  printed: [],
  families: ["dispositif", "ensemble"],
  ...facts,
});

export const meetingFigures: readonly Figure[] = [
  figure(interviewsSource, {
    code: "dispositif.entretiens",
    label: "Entretiens",
    unit: "entretiens",
    definition:
      "Entretiens qui ont eu lieu ; ceux qui sont prévus ou annulés, et ceux où la personne n’est pas venue, ne comptent pas.",
    measure: count(),
    where: { sql: "r.status = 'held'" },
  }),
  figure(interviewsSource, {
    code: "dispositif.rendez_vous_manques",
    label: "Rendez-vous manqués",
    unit: "rendez-vous",
    definition: "Entretiens où la personne n’est pas venue.",
    measure: count(),
    where: { sql: "r.status = 'no_show'" },
  }),
  figure(sessionsSource, {
    code: "dispositif.sessions",
    label: "Séances tenues",
    unit: "séances",
    definition: "Séances collectives qui ont eu lieu ; une séance annulée ou reportée ne compte pas.",
    measure: count(),
    where: { sql: "r.status = 'held'" },
  }),
  figure(sessionsSource, {
    code: "dispositif.sessions_annulees",
    label: "Séances annulées",
    unit: "séances",
    definition: "Séances collectives annulées, quel qu’en soit le motif ; une séance reportée n’en est pas.",
    measure: count(),
    where: { sql: "r.status = 'cancelled'" },
  }),
  figure(sessionsSource, {
    code: "dispositif.heures",
    label: "Heures de séance",
    unit: "heures",
    definition: "Durée des séances qui ont eu lieu, une fois chacune, quel que soit le nombre de participants.",
    measure: sum("coalesce(r.minutes, 0) / 60.0"),
    where: { sql: "r.status = 'held'" },
  }),
  figure(attendancesSource, {
    code: "dispositif.participations",
    label: "Participations aux séances",
    unit: "participations",
    definition:
      "Présences aux séances qui ont eu lieu : une par personne nommée et par séance, et les effectifs comptés sans nom.",
    measure: sum("coalesce(r.heads, 1)"),
    where: { sql: "r.state = 'present'" },
  }),
  figure(attendancesSource, {
    code: "dispositif.participants",
    label: "Personnes venues à une séance",
    unit: "personnes",
    definition:
      "Personnes nommées différentes, présentes à au moins une séance ; les effectifs comptés sans nom n’en sont pas.",
    measure: distinct("person"),
    where: { sql: "r.state = 'present'" },
  }),
];
