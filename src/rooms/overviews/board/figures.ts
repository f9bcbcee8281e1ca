// The figures of governance (report 2020, "Gouvernance": thirty members of the board in five colleges, the meetings of each body).
import { count, distinct, type Figure, type FigureSource } from "../../../core/figures/figure.ts";
import { rights } from "./rights.ts";
import { memberKindWords } from "./words.ts";

const who = "core.normalise(r.given_name || ' ' || r.family_name)";
const names = [
  { key: "family", label: "Nom", expression: "r.family_name" },
  { key: "given", label: "Prénom", expression: "r.given_name" },
  { key: "college", label: "Collège", expression: "r.college" },
  { key: "function", label: "Fonction", expression: "r.function" },
];

export const mandatesSource: FigureSource = {
  name: "mandates",
  from: "board.mandates r",
  day: { from: "coalesce(r.from_day, '0001-01-01')", to: "r.to_day" },
  joins: {},
  // Somebody who sits twice in the period, in one college after another or in two at once, is one administrator.
  person: who,
  structure: null,
  dimensions: [
    { key: "college", label: "Collège", expression: "nullif(r.college, '')", unknown: "sans collège" },
    {
      key: "sexe",
      label: "Sexe",
      expression: "r.sex",
      values: [
        { value: "F", label: "femmes" },
        { value: "M", label: "hommes" },
        { value: "X", label: "autre" },
      ],
      unknown: "non précisé",
    },
  ],
  ofPeople: false,
  published: [[]],
  list: {
    id: "r.id",
    order: "r.college, r.family_name, r.given_name, r.id",
    columns: names,
    personColumns: names,
  },
  seeNames: rights["governance.see"],
};

export const meetingsSource: FigureSource = {
  name: "board-meetings",
  from: "board.meetings r",
  day: "r.on_day",
  joins: {},
  person: null,
  structure: null,
  dimensions: [
    { key: "instance", label: "Instance", expression: "r.body", unknown: "sans instance", printed: { bare: true } },
    { key: "mois", label: "Mois", expression: "to_char(r.on_day, 'MM')", values: "months", unknown: "sans date" },
  ],
  ofPeople: false,
  published: [[]],
  list: {
    id: "r.id",
    order: "r.on_day, r.id",
    columns: [
      { key: "day", label: "Jour", expression: "r.on_day", kind: "day" },
      { key: "body", label: "Instance", expression: "r.body" },
      { key: "subject", label: "Objet", expression: "r.subject" },
    ],
    personColumns: [],
  },
  seeNames: rights["governance.see"],
};

export const membersSource: FigureSource = {
  name: "members",
  from: "board.members r",
  day: { from: "r.from_day", to: "r.to_day" },
  joins: {},
  person: null,
  structure: null,
  dimensions: [
    {
      key: "nature",
      label: "Nature",
      expression: "r.kind",
      values: Object.entries(memberKindWords).map(([value, label]) => ({ value, label })),
      unknown: "inconnue",
    },
    { key: "college", label: "Collège", expression: "nullif(r.college, '')", unknown: "sans collège" },
  ],
  published: [[]],
  list: {
    id: "r.id",
    order: "r.college, r.name, r.id",
    columns: [
      { key: "name", label: "Nom", expression: "r.name" },
      { key: "college", label: "Collège", expression: "r.college" },
      { key: "from", label: "Depuis", expression: "r.from_day", kind: "day" },
    ],
    personColumns: [],
  },
  seeNames: rights["governance.see"],
};

export const boardFigures: readonly Figure[] = [
  {
    code: "gouvernance.administrateurs",
    label: "Administrateurs",
    unit: "personnes",
    definition:
      "Personnes différentes dont un mandat est en cours un jour au moins de la période ; un mandat sans date de début vaut pour toutes.",
    source: "mandates",
    measure: distinct("person"),
    by: ["college", "sexe"],
    printed: [],
  },
  {
    code: "gouvernance.bureau",
    label: "Membres du bureau",
    unit: "personnes",
    definition: "Administrateurs qui sont du bureau un jour au moins de la période.",
    source: "mandates",
    measure: distinct("person"),
    where: { sql: "r.bureau" },
    by: ["college", "sexe"],
    printed: [],
  },
  {
    code: "gouvernance.membres",
    label: "Membres de l’association",
    unit: "membres",
    definition: "Personnes et organismes membres un jour au moins de la période.",
    source: "members",
    measure: count(),
    by: ["nature", "college"],
    printed: [],
  },
  {
    code: "gouvernance.reunions_au_quorum",
    label: "Réunions où le quorum est atteint",
    unit: "réunions",
    definition: "Réunions de la période où les présents et les représentés sont au moins autant que le quorum noté.",
    source: "board-meetings",
    measure: count(),
    where: { sql: "coalesce(r.present + coalesce(r.represented, 0) >= r.quorum, false)" },
    by: ["instance", "mois"],
    printed: [],
  },
  {
    code: "gouvernance.reunions",
    label: "Réunions des instances",
    unit: "réunions",
    definition: "Réunions tenues dans la période, toutes instances.",
    source: "board-meetings",
    measure: count(),
    by: ["instance", "mois"],
    printed: ["instance"],
  },
];
