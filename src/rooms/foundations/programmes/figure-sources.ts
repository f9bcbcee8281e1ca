// The rows that are counted of every programme, enrolments and outcomes, and what they can be told apart by.
import type { Dimension, FigureSource } from "../../../core/figures/figure.ts";
import { peopleRights, situationWords } from "../people/door.ts";
import { outcomeKindWords } from "./words.ts";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** The dimensions by which every source of programmes' rows is told apart; its joins "programme", "site" and "person" are the source's. */
export const programmeDimension: Dimension = {
  key: "dispositif",
  steady: true,
  label: "Dispositif",
  expression: "programme.code",
  joins: ["programme"],
  labels: "SELECT code AS value, title AS label FROM programmes.programmes WHERE house_id = $house ORDER BY title",
  unknown: "sans dispositif",
};
export const ensembleDimension: Dimension = {
  key: "ensemble",
  steady: true,
  label: "Ensemble de dispositifs",
  expression: "programme.ensemble",
  joins: ["programme"],
  labels:
    "SELECT DISTINCT ensemble AS value, ensemble AS label FROM programmes.programmes WHERE house_id = $house AND ensemble IS NOT NULL ORDER BY 1",
  unknown: "hors ensemble",
};
export const siteDimension: Dimension = {
  key: "antenne",
  steady: true,
  label: "Antenne",
  expression: "site.code",
  joins: ["site"],
  labels: "SELECT code AS value, name AS label FROM house.sites WHERE house_id = $house ORDER BY position, name",
  unknown: "sans lieu",
};
export const sexDimension: Dimension = {
  key: "sexe",
  steady: true,
  label: "Sexe",
  expression: "p.sex",
  joins: ["person"],
  values: [
    { value: "F", label: "femmes" },
    { value: "M", label: "hommes" },
    { value: "X", label: "autre" },
  ],
  onePerPerson: true,
  unknown: "non précisé",
};

const yesNo = (yes: string, no: string) => [
  { value: "yes", label: yes },
  { value: "no", label: no },
];

/** What was true at the entry: the enrolment kept it. `of`: the alias of the enrolment. */
const atEntry = (of: string): Dimension[] => [
  {
    key: "age",
    label: "Âge à l’entrée",
    expression: `CASE WHEN (${of}.entry ->> 'age')::int < 26 THEN '0-25' WHEN (${of}.entry ->> 'age')::int < 45 THEN '26-44' WHEN (${of}.entry ->> 'age')::int >= 45 THEN '45+' END`,
    values: [
      { value: "0-25", label: "moins de 26 ans" },
      { value: "26-44", label: "26 à 44 ans" },
      { value: "45+", label: "45 ans et plus" },
    ],
    unknown: "âge inconnu",
  },
  {
    key: "tranche",
    label: "Tranche d’âge à l’entrée",
    expression: `CASE WHEN (${of}.entry ->> 'age')::int < 26 THEN '0-25' WHEN (${of}.entry ->> 'age')::int < 35 THEN '26-34' WHEN (${of}.entry ->> 'age')::int < 46 THEN '35-45' WHEN (${of}.entry ->> 'age')::int >= 46 THEN '46+' END`,
    values: [
      { value: "0-25", label: "moins de 26 ans" },
      { value: "26-34", label: "26 à 34 ans" },
      { value: "35-45", label: "35 à 45 ans" },
      { value: "46+", label: "plus de 45 ans" },
    ],
    unknown: "âge inconnu",
  },
  {
    key: "situation",
    label: "Situation à l’entrée",
    expression: `${of}.entry ->> 'status'`,
    values: options(situationWords.status.values),
    unknown: "situation inconnue",
    printed: { label: true },
  },
  {
    key: "quartier",
    label: "Quartier à l’entrée",
    expression: `${of}.entry ->> 'neighbourhood'`,
    values: options(situationWords.neighbourhood.values),
    unknown: "quartier inconnu",
  },
  {
    key: "rsa",
    label: "RSA à l’entrée",
    expression: `${of}.entry ->> 'rsa'`,
    values: yesNo("avec le RSA", "sans le RSA"),
    unknown: "RSA inconnu",
    right: peopleRights["person.sensitive"],
  },
  {
    key: "minima",
    label: "RSA ou ASS à l’entrée",
    expression: `CASE WHEN ${of}.entry ->> 'rsa' = 'yes' OR ${of}.entry ->> 'ass' = 'yes' THEN 'yes' WHEN ${of}.entry ? 'rsa' THEN 'no' END`,
    values: yesNo("avec le RSA ou l’ASS", "sans RSA ni ASS"),
    unknown: "RSA et ASS inconnus",
    right: peopleRights["person.sensitive"],
  },
  {
    key: "inscription",
    label: "Ancienneté de l’inscription à l’entrée",
    // Of somebody who was forgotten, the months are kept and not the day.
    expression: `CASE WHEN (${of}.entry ->> 'months')::numeric >= 12 OR (${of}.entry ->> 'since')::date + interval '1 year' <= ${of}.entry_on THEN 'long' WHEN ${of}.entry ? 'months' OR (${of}.entry ->> 'since')::date <= ${of}.entry_on THEN 'short' END`,
    values: [
      { value: "short", label: "inscrit depuis moins d’un an" },
      { value: "long", label: "inscrit depuis un an ou plus" },
    ],
    unknown: "sans inscription",
  },
];

const monthOf = (expression: string): Dimension => ({
  key: "mois",
  label: "Mois",
  expression: `to_char(${expression}, 'MM')`,
  values: "months",
  unknown: "sans date",
});

const names = [
  { key: "code", label: "Fiche", expression: "p.code", joins: ["person"], names: true },
  { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
  { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
  { key: "sex", label: "Sexe", expression: "p.sex", joins: ["person"] },
];
const place = [
  { key: "programme", label: "Dispositif", expression: "programme.title", joins: ["programme"] },
  { key: "site", label: "Antenne", expression: "site.name", joins: ["site"] },
];

export const enrolmentsSource: FigureSource = {
  name: "enrolments",
  from: "programmes.enrolments r",
  day: { from: "r.entry_on", to: "r.exit_on" },
  where:
    "NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = r.house_id AND w.enrolment_id = r.id)",
  joins: {
    programme:
      "JOIN programmes.programmes programme ON programme.house_id = r.house_id AND programme.id = r.programme_id",
    site: "LEFT JOIN house.sites site ON site.house_id = r.house_id AND site.id = r.site_id",
    person: "JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id",
    exit: "LEFT JOIN programmes.outcome_words exit_word ON exit_word.house_id = r.house_id AND exit_word.id = r.exit_word_id",
  },
  person: "r.person_id",
  structure: null,
  dimensions: [
    programmeDimension,
    ensembleDimension,
    siteDimension,
    sexDimension,
    ...atEntry("r"),
    { key: "motif", label: "Motif de sortie", expression: "exit_word.label", joins: ["exit"], unknown: "sans motif" },
    {
      key: "sortie",
      label: "Sorte de sortie",
      expression: "exit_word.kind",
      joins: ["exit"],
      values: options(outcomeKindWords),
      unknown: "non précisée",
    },
  ],
  published: [[], ["dispositif"], ["dispositif", "sexe"], ["dispositif", "antenne"], ["dispositif", "situation"]],
  list: {
    id: "r.id",
    order: "r.entry_on, r.id",
    href: (id) => `/parcours/${id}`,
    columns: [
      { key: "entry", label: "Entrée", expression: "r.entry_on", kind: "day" },
      { key: "exit", label: "Sortie", expression: "r.exit_on", kind: "day" },
      ...place,
      ...names,
      { key: "reason", label: "Motif de sortie", expression: "exit_word.label", joins: ["exit"] },
    ],
    personHref: (id) => `/personnes/${id}`,
    personColumns: [
      ...names,
      { key: "first", label: "Première entrée", expression: "r.entry_on", kind: "day" },
      ...place,
    ],
  },
  seeNames: peopleRights["person.open"],
};

export const outcomesSource: FigureSource = {
  name: "outcomes",
  from: "programmes.outcomes r JOIN programmes.enrolments e ON e.house_id = r.house_id AND e.id = r.enrolment_id",
  day: "r.on_day",
  where:
    "NOT EXISTS (SELECT 1 FROM programmes.outcome_withdrawals w WHERE w.house_id = r.house_id AND w.outcome_id = r.id) AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = r.house_id AND w.enrolment_id = r.enrolment_id)",
  joins: {
    programme:
      "JOIN programmes.programmes programme ON programme.house_id = e.house_id AND programme.id = e.programme_id",
    site: "LEFT JOIN house.sites site ON site.house_id = e.house_id AND site.id = e.site_id",
    person: "JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id",
    word: "JOIN programmes.outcome_words word ON word.house_id = r.house_id AND word.id = r.word_id",
  },
  person: "e.person_id",
  structure: null,
  dimensions: [
    programmeDimension,
    ensembleDimension,
    siteDimension,
    sexDimension,
    monthOf("r.on_day"),
    {
      key: "type",
      label: "Résultat",
      expression: "word.label",
      joins: ["word"],
      unknown: "sans mot",
      printed: { bare: true },
    },
    {
      key: "sorte",
      label: "Sorte de résultat",
      expression: "word.kind",
      joins: ["word"],
      values: options(outcomeKindWords),
      unknown: "non précisée",
    },
    {
      key: "droit",
      label: "Droit commun ou insertion",
      // What a CDDI counts as is the programme's choice.
      expression:
        "CASE WHEN word.law = 'insertion' AND programme.cddi_as = 'common' AND word.comparable LIKE 'cddi%' THEN 'common' ELSE word.law END",
      joins: ["word", "programme"],
      values: [
        { value: "common", label: "droit commun" },
        { value: "insertion", label: "insertion" },
      ],
      unknown: "sans objet",
    },
    {
      key: "moment",
      label: "Pendant le parcours ou à la sortie",
      expression: "CASE WHEN r.at_exit THEN 'exit' ELSE 'path' END",
      values: [
        { value: "path", label: "pendant le parcours" },
        { value: "exit", label: "à la sortie" },
      ],
      unknown: "inconnu",
    },
    {
      key: "temps",
      label: "Temps plein ou partiel",
      expression: "CASE WHEN r.part_time THEN 'part' ELSE 'full' END",
      values: [
        { value: "full", label: "temps plein, ou non précisé" },
        { value: "part", label: "temps partiel" },
      ],
      unknown: "inconnu",
    },
    {
      key: "duree",
      label: "Durée du contrat",
      expression: "CASE WHEN r.months > 6 THEN '6+' WHEN r.months <= 6 THEN '0-6' END",
      values: [
        { value: "0-6", label: "six mois ou moins" },
        { value: "6+", label: "plus de six mois" },
      ],
      unknown: "sans durée",
    },
    ...atEntry("e"),
  ],
  published: [[], ["dispositif"], ["dispositif", "type"], ["dispositif", "sexe"]],
  list: {
    id: "e.id",
    order: "r.on_day, r.id",
    href: (id) => `/parcours/${id}`,
    columns: [
      { key: "day", label: "Jour", expression: "r.on_day", kind: "day" },
      { key: "type", label: "Résultat", expression: "word.label", joins: ["word"] },
      ...place,
      ...names,
    ],
    personHref: (id) => `/personnes/${id}`,
    personColumns: [
      ...names,
      { key: "first", label: "Premier résultat", expression: "r.on_day", kind: "day" },
      { key: "type", label: "Ce résultat", expression: "word.label", joins: ["word"] },
      ...place,
    ],
  },
  seeNames: peopleRights["person.open"],
};
