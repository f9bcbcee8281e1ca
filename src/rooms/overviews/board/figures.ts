// The figures of governance (report 2020, "Gouvernance": thirty members of the board in five colleges, the meetings of each body).
import { count, type Figure, type FigureSource } from "../../../core/figures/figure.ts";
import { rights } from "./rights.ts";

export const mandatesSource: FigureSource = {
  name: "mandates",
  from: "board.mandates r",
  day: { from: "coalesce(r.from_day, '0001-01-01')", to: "r.to_day" },
  joins: {},
  person: null,
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
  published: [[]],
  list: {
    id: "r.id",
    order: "r.college, r.family_name, r.given_name, r.id",
    columns: [
      { key: "family", label: "Nom", expression: "r.family_name" },
      { key: "given", label: "Prénom", expression: "r.given_name" },
      { key: "college", label: "Collège", expression: "r.college" },
      { key: "function", label: "Fonction", expression: "r.function" },
    ],
    personColumns: [],
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

export const boardFigures: readonly Figure[] = [
  {
    code: "gouvernance.administrateurs",
    label: "Administrateurs",
    unit: "personnes",
    definition: "Mandats en cours un jour au moins de la période ; un mandat sans date de début vaut pour toutes.",
    source: "mandates",
    measure: count(),
    by: ["college", "sexe"],
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
