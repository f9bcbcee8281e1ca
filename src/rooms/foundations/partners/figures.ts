// The figures of structures, by what they are for the house (report 2020: « 254 coopérateurs culturels et 823 coopérateurs sociaux »).
import { distinct, type Figure, type FigureSource } from "../../../core/figures/figure.ts";
import { rights } from "./rights.ts";

/** A role that stands, in the days when its structure worked with the house. */
export const rolesSource: FigureSource = {
  name: "structure-roles",
  from: "partners.roles r",
  day: {
    from: "coalesce(r.from_day, '0001-01-01')",
    to: "least(r.to_day, (SELECT c.closed_on - 1 FROM partners.closures c WHERE c.house_id = r.house_id AND c.structure_id = r.structure_id AND c.reopened_at IS NULL))",
  },
  where: "NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)",
  joins: {
    term: "JOIN partners.terms term ON term.house_id = r.house_id AND term.id = r.term_id",
    structure: "JOIN partners.structures s ON s.house_id = r.house_id AND s.id = r.structure_id",
    type: "LEFT JOIN partners.terms type ON type.house_id = s.house_id AND type.id = s.type_id",
  },
  person: null,
  structure: "r.structure_id",
  dimensions: [
    {
      key: "role",
      label: "Rôle",
      expression: "term.label",
      joins: ["term"],
      unknown: "sans rôle",
      printed: { bare: true },
    },
    { key: "type", label: "Type", expression: "type.label", joins: ["structure", "type"], unknown: "sans type" },
    {
      key: "commune",
      label: "Commune",
      expression: "s.commune_name",
      joins: ["structure"],
      unknown: "commune inconnue",
    },
  ],
  ofPeople: false,
  published: [[], ["role"], ["type"]],
  list: {
    id: "r.structure_id",
    order: "term.label, s.name, r.id",
    href: (id) => `/structures/${id}`,
    columns: [
      { key: "name", label: "Structure", expression: "s.name", joins: ["term", "structure"] },
      { key: "role", label: "Rôle", expression: "term.label", joins: ["term"] },
    ],
    personHref: (id) => `/structures/${id}`,
    personColumns: [
      { key: "name", label: "Structure", expression: "s.name", joins: ["term", "structure"] },
      { key: "type", label: "Type", expression: "type.label", joins: ["structure", "type"] },
      { key: "role", label: "Premier de ses rôles", expression: "term.label", joins: ["term"] },
      { key: "commune", label: "Commune", expression: "s.commune_name", joins: ["structure"] },
      { key: "siret", label: "SIRET", expression: "s.siret", joins: ["structure"] },
    ],
  },
  seeNames: rights["structure.see"],
};

export const structureFigures: readonly Figure[] = [
  {
    code: "structures",
    label: "Structures partenaires",
    unit: "structures",
    definition:
      "Structures différentes qui ont eu un rôle dans la période, un jour au moins ; celle qui en a deux compte une fois au total, et une fois dans chacun.",
    source: "structure-roles",
    measure: distinct("structure"),
    by: rolesSource.dimensions.map((dimension) => dimension.key),
    printed: ["role"],
  },
];
