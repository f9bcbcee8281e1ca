// What is counted of programmes that take structures in: `expertise-rh.structures` is `dispositif.structures` of "expertise-rh".
import { count, distinct, type Figure, type FigureSource } from "../../../../core/figures/figure.ts";
import { ensembleDimension, programmeDimension, siteDimension } from "../figure-sources.ts";
import { rights } from "../rights.ts";

export const accompanimentsSource: FigureSource = {
  name: "accompaniments",
  from: "programmes.accompaniments r",
  day: { from: "r.entry_on", to: "r.exit_on" },
  where: "r.withdrawn_at IS NULL",
  joins: {
    programme:
      "JOIN programmes.programmes programme ON programme.house_id = r.house_id AND programme.id = r.programme_id",
    site: "LEFT JOIN house.sites site ON site.house_id = r.house_id AND site.id = r.site_id",
    structure:
      "JOIN partners.structures structure ON structure.house_id = r.house_id AND structure.id = r.structure_id",
    exit: "LEFT JOIN programmes.outcome_words exit_word ON exit_word.house_id = r.house_id AND exit_word.id = r.exit_word_id",
  },
  person: null,
  structure: "r.structure_id",
  dimensions: [
    programmeDimension,
    ensembleDimension,
    siteDimension,
    {
      key: "type",
      label: "Type de structure à l’entrée",
      expression: "r.entry ->> 'type'",
      unknown: "type inconnu",
    },
    {
      key: "taille",
      label: "Effectif à l’entrée",
      expression:
        "CASE WHEN (r.entry ->> 'workforce')::int < 10 THEN '0-9' WHEN (r.entry ->> 'workforce')::int < 50 THEN '10-49' WHEN (r.entry ->> 'workforce')::int < 250 THEN '50-249' WHEN (r.entry ->> 'workforce')::int >= 250 THEN '250+' END",
      values: [
        { value: "0-9", label: "moins de 10 salariés" },
        { value: "10-49", label: "10 à 49 salariés" },
        { value: "50-249", label: "50 à 249 salariés" },
        { value: "250+", label: "250 salariés et plus" },
      ],
      unknown: "effectif inconnu",
    },
    { key: "motif", label: "Motif de sortie", expression: "exit_word.label", joins: ["exit"], unknown: "sans motif" },
  ],
  published: [[], ["dispositif"]],
  list: {
    id: "r.id",
    order: "r.entry_on, r.id",
    href: (id) => `/structures-accompagnees/${id}`,
    columns: [
      { key: "entry", label: "Entrée", expression: "r.entry_on", kind: "day" },
      { key: "exit", label: "Sortie", expression: "r.exit_on", kind: "day" },
      { key: "programme", label: "Dispositif", expression: "programme.title", joins: ["programme"] },
      { key: "structure", label: "Structure", expression: "structure.name", joins: ["structure"] },
      { key: "reason", label: "Motif de sortie", expression: "exit_word.label", joins: ["exit"] },
    ],
    structureHref: (id) => `/structures/${id}`,
    structureColumns: [
      { key: "structure", label: "Structure", expression: "structure.name", joins: ["structure"] },
      { key: "first", label: "Première entrée", expression: "r.entry_on", kind: "day" },
    ],
    personColumns: [],
  },
  seeNames: rights["enrolment.see"],
};

const of = (facts: Omit<Figure, "source" | "by" | "printed" | "families">): Figure => ({
  source: accompanimentsSource.name,
  by: accompanimentsSource.dimensions.map((dimension) => dimension.key),
  printed: [],
  families: ["dispositif", "ensemble"],
  ...facts,
});
const leftInPeriod = "r.exit_on BETWEEN $from AND $to";

export const accompanimentFigures: readonly Figure[] = [
  of({
    code: "dispositif.structures",
    label: "Structures accompagnées",
    unit: "structures",
    definition: "Structures différentes présentes dans le dispositif au moins un jour de la période.",
    measure: distinct("structure"),
  }),
  of({
    code: "dispositif.entrees_structures",
    label: "Entrées de structures",
    unit: "entrées",
    definition: "Accompagnements de structures commencés dans la période.",
    measure: count(),
    where: { sql: "r.entry_on BETWEEN $from AND $to" },
  }),
  of({
    code: "dispositif.sorties_structures",
    label: "Accompagnements de structures terminés",
    unit: "sorties",
    definition: "Accompagnements de structures dont la sortie est dans la période.",
    measure: count(),
    where: { sql: `coalesce(${leftInPeriod}, false)` },
  }),
];
