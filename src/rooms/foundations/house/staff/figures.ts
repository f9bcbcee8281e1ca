// The figure of the team (report 2020: « 34 salariés »): who was there one day at least in the period.
import { count, type Figure, type FigureSource } from "../../../../core/figures/figure.ts";
import { rights } from "../rights.ts";

export const staffSource: FigureSource = {
  name: "staff",
  from: "house.staff r",
  day: { from: "r.from_day", to: "r.to_day" },
  joins: { site: "LEFT JOIN house.sites site ON site.house_id = r.house_id AND site.id = r.site_id" },
  person: null,
  structure: null,
  dimensions: [
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
    { key: "pole", label: "Pôle", expression: "r.pole", unknown: "sans pôle" },
    { key: "employeur", label: "Employeur", expression: "r.employer", unknown: "la maison" },
    {
      key: "antenne",
      label: "Lieu",
      expression: "site.code",
      joins: ["site"],
      labels: "SELECT code AS value, name AS label FROM house.sites WHERE house_id = $house ORDER BY position, name",
      unknown: "sans lieu",
    },
  ],
  published: [[], ["sexe"]],
  list: {
    id: "r.id",
    order: "r.family_name, r.given_name, r.id",
    href: (id) => `/equipe/${id}`,
    columns: [
      { key: "family", label: "Nom", expression: "r.family_name", names: true },
      { key: "given", label: "Prénom", expression: "r.given_name", names: true },
      { key: "function", label: "Fonction", expression: "r.function" },
      { key: "pole", label: "Pôle", expression: "r.pole" },
      { key: "from", label: "Entrée", expression: "r.from_day", kind: "day" },
      { key: "to", label: "Sortie", expression: "r.to_day", kind: "day" },
    ],
    personColumns: [],
  },
  seeNames: rights["staff.see"],
};

export const staffFigures: readonly Figure[] = [
  {
    code: "equipe.salaries",
    label: "Salariés de la maison",
    unit: "personnes",
    definition:
      "Salariés de la maison présents un jour au moins dans la période, quelle que soit leur part d’un temps plein ; ceux qu’un autre employeur met à disposition n’en sont pas.",
    source: "staff",
    measure: count(),
    where: { sql: "r.employer IS NULL" },
    by: staffSource.dimensions.map((dimension) => dimension.key),
    printed: [],
  },
  {
    code: "equipe.mis_a_disposition",
    label: "Personnes mises à disposition de la maison",
    unit: "personnes",
    definition: "Personnes de l’équipe qu’un autre employeur emploie, présentes un jour au moins dans la période.",
    source: "staff",
    measure: count(),
    where: { sql: "r.employer IS NOT NULL" },
    by: staffSource.dimensions.map((dimension) => dimension.key),
    printed: [],
  },
];
