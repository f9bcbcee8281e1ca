// The figures of the desks (report 2020, "Antennes de proximite": « 9 102 personnes pour 26 594 visites », « dont 2 347 adultes »).
import { count, distinct, type Figure, type FigureSource, ratio } from "../../../core/figures/figure.ts";
import { peopleRights, situationWords } from "../people/door.ts";
import { modeWords } from "./words.ts";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const age = "aged.years";
const onTheDay = (alias: string, kind: string): string =>
  `LEFT JOIN LATERAL (SELECT s.value FROM people.situations s WHERE s.house_id = r.house_id AND s.person_id = r.person_id AND s.kind = '${kind}' AND s.from_day <= r.occurred_on ORDER BY s.from_day DESC LIMIT 1) ${alias} ON true`;

export const visitsSource: FigureSource = {
  name: "visits",
  from: "agenda.visits r",
  day: "r.occurred_on",
  where: "NOT EXISTS (SELECT 1 FROM agenda.visit_withdrawals w WHERE w.house_id = r.house_id AND w.visit_id = r.id)",
  joins: {
    site: "JOIN house.sites site ON site.house_id = r.house_id AND site.id = r.site_id",
    person: "LEFT JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id",
    // Worked out once a row, whatever asks for it; of timestamps without a zone, which cost half.
    age: "CROSS JOIN LATERAL (SELECT coalesce(r.frozen_age, date_part('year', age(r.occurred_on::timestamp, p.birth_date::timestamp))::int) AS years OFFSET 0) aged",
    status: onTheDay("status", "status"),
    neighbourhood: onTheDay("neighbourhood", "neighbourhood"),
    rsa: onTheDay("rsa", "rsa"),
    reason: "LEFT JOIN agenda.visit_terms reason ON reason.house_id = r.house_id AND reason.id = r.reason_id",
    orientation:
      "LEFT JOIN agenda.visit_terms orientation ON orientation.house_id = r.house_id AND orientation.id = r.orientation_id",
  },
  person: "r.person_id",
  structure: null,
  dimensions: [
    {
      key: "antenne",
      steady: true,
      label: "Antenne",
      expression: "site.code",
      joins: ["site"],
      labels: "SELECT code AS value, name AS label FROM house.sites WHERE house_id = $house ORDER BY position, name",
      unknown: "sans lieu",
    },
    { key: "mois", label: "Mois", expression: "to_char(r.occurred_on, 'MM')", values: "months", unknown: "sans date" },
    {
      key: "sexe",
      steady: true,
      label: "Sexe",
      expression: "coalesce(p.sex, r.unnamed_sex)",
      joins: ["person"],
      values: [
        { value: "F", label: "femmes" },
        { value: "M", label: "hommes" },
        { value: "X", label: "autre" },
      ],
      onePerPerson: true,
      unknown: "non précisé",
    },
    {
      key: "age",
      steady: true,
      label: "Âge le jour de la visite",
      expression: `CASE WHEN ${age} < 16 THEN '0-15' WHEN ${age} < 26 THEN '16-25' WHEN ${age} < 50 THEN '26-49' WHEN ${age} >= 50 THEN '50+' END`,
      joins: ["person", "age"],
      values: [
        { value: "0-15", label: "moins de 16 ans" },
        { value: "16-25", label: "16 à 25 ans" },
        { value: "26-49", label: "26 à 49 ans" },
        { value: "50+", label: "50 ans et plus" },
      ],
      unknown: "âge inconnu",
    },
    {
      key: "public",
      label: "Public",
      expression: `CASE WHEN ${age} >= 26 THEN 'adulte' WHEN ${age} < 26 THEN 'jeune' END`,
      joins: ["person", "age"],
      values: [
        { value: "jeune", label: "jeunes (moins de 26 ans)" },
        { value: "adulte", label: "adultes (26 ans et plus)" },
      ],
      unknown: "âge inconnu",
    },
    {
      key: "situation",
      label: "Situation ce jour-là",
      expression: "status.value",
      joins: ["status"],
      values: options(situationWords.status.values),
      unknown: "situation inconnue",
    },
    {
      key: "quartier",
      label: "Quartier prioritaire ce jour-là",
      expression: "neighbourhood.value",
      joins: ["neighbourhood"],
      values: options(situationWords.neighbourhood.values),
      unknown: "quartier inconnu",
    },
    {
      key: "rsa",
      label: "RSA ce jour-là",
      expression: "coalesce(r.frozen_rsa, rsa.value)",
      joins: ["rsa"],
      values: [
        { value: "yes", label: "avec le RSA" },
        { value: "no", label: "sans le RSA" },
      ],
      unknown: "RSA inconnu",
      right: peopleRights["person.sensitive"],
    },
    { key: "motif", label: "Motif", expression: "reason.label", joins: ["reason"], unknown: "sans motif" },
    {
      key: "orientation",
      label: "Orientation",
      expression: "orientation.label",
      joins: ["orientation"],
      unknown: "sans orientation",
    },
    { key: "mode", label: "Mode", expression: "r.mode", values: options(modeWords), unknown: "sans mode" },
  ],
  published: [[], ["mois"], ["antenne"], ["sexe"], ["age"], ["antenne", "sexe"], ["antenne", "age"]],
  list: {
    id: "r.id",
    order: "r.occurred_on, r.occurred_at, r.id",
    href: (id) => `/visites/${id}`,
    columns: [
      { key: "day", label: "Jour", expression: "r.occurred_on", kind: "day" },
      { key: "hour", label: "Heure", expression: "to_char(r.occurred_at, 'HH24:MI')" },
      { key: "site", label: "Antenne", expression: "site.name", joins: ["site"] },
      { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
      { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
      { key: "sex", label: "Sexe", expression: "coalesce(p.sex, r.unnamed_sex)", joins: ["person"] },
      { key: "reason", label: "Motif", expression: "reason.label", joins: ["reason"] },
      { key: "orientation", label: "Orientation", expression: "orientation.label", joins: ["orientation"] },
      { key: "mode", label: "Mode", expression: "r.mode" },
    ],
    personHref: (id) => `/personnes/${id}`,
    personColumns: [
      { key: "code", label: "Fiche", expression: "p.code", joins: ["person"], names: true },
      { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
      { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
      { key: "sex", label: "Sexe", expression: "p.sex", joins: ["person"] },
      { key: "first", label: "Première visite de la période", expression: "r.occurred_on", kind: "day" },
      { key: "site", label: "Antenne de cette visite", expression: "site.name", joins: ["site"] },
    ],
  },
  seeNames: peopleRights["person.open"],
};

const everything = visitsSource.dimensions.map((dimension) => dimension.key);
const figure = (facts: Omit<Figure, "source" | "by" | "printed"> & { printed?: readonly string[] }): Figure => ({
  source: "visits",
  by: everything,
  printed: [],
  ...facts,
});

export const antennesFigures: readonly Figure[] = [
  figure({
    code: "antennes.visites",
    label: "Visites dans les antennes de proximité",
    unit: "visites",
    definition:
      "Chaque passage noté à une antenne, en personne, par téléphone ou en visio ; les visites retirées ne comptent pas.",
    measure: count(),
    printed: ["antenne", "mois"],
  }),
  figure({
    code: "antennes.personnes",
    label: "Personnes reçues dans les antennes de proximité",
    unit: "personnes",
    definition:
      "Personnes différentes venues au moins une fois ; qui n’a pas donné de nom compte parmi les visites et non parmi les personnes.",
    measure: distinct("person"),
    printed: ["antenne"],
  }),
  figure({
    code: "antennes.adultes",
    label: "Adultes reçus dans les antennes de proximité",
    unit: "personnes",
    definition: "Personnes différentes qui avaient 26 ans ou plus le jour d’au moins une visite.",
    measure: distinct("person"),
    where: { sql: `${age} >= 26`, joins: ["person", "age"] },
  }),
  figure({
    code: "antennes.jeunes",
    label: "Jeunes reçus dans les antennes de proximité",
    unit: "personnes",
    definition: "Personnes différentes qui avaient moins de 26 ans le jour d’au moins une visite.",
    measure: distinct("person"),
    where: { sql: `${age} < 26`, joins: ["person", "age"] },
  }),
  figure({
    code: "antennes.visites_sans_nom",
    label: "Visites de personnes qui n’ont pas donné de nom",
    unit: "visites",
    definition: "Visites comptées sans fiche.",
    measure: count(),
    where: { sql: "r.person_id IS NULL" },
  }),
  figure({
    code: "antennes.visites_par_personne",
    label: "Visites par personne",
    unit: "visites",
    definition: "Toutes les visites, divisées par les personnes différentes.",
    measure: ratio("antennes.visites", "antennes.personnes", { round: 2 }),
  }),
  figure({
    code: "antennes.part_adultes",
    label: "Part des adultes parmi les personnes",
    unit: "%",
    definition: "Adultes reçus, en pour cent des personnes reçues.",
    measure: ratio("antennes.adultes", "antennes.personnes", { round: 1, percent: true }),
  }),
];
