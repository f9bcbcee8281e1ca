// Figures of seasons: who took part between two days, and what was paid.
import { distinct, type Figure, type FigureSource, sum } from "../../../../core/figures/figure.ts";
import { shortSideWords } from "../accounts/words.ts";
import { rights } from "../rights.ts";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const dimensions: FigureSource["dimensions"] = [
  { key: "cote", label: "Côté", expression: "r.side", values: options(shortSideWords), unknown: "côté inconnu" },
  {
    key: "saison",
    label: "Saison",
    expression: "r.season::text || '-' || (r.season + 1)::text",
    unknown: "saison inconnue",
  },
  {
    key: "commune",
    label: "Commune",
    expression: "s.commune_name",
    joins: ["structure"],
    unknown: "commune inconnue",
  },
];

const shared = {
  joins: { structure: "JOIN partners.structures s ON s.house_id = r.house_id AND s.id = r.structure_id" },
  person: null,
  structure: "r.structure_id",
  dimensions,
  ofPeople: false,
  published: [[], ["cote"]],
  list: {
    id: "r.structure_id",
    order: "s.name, r.season, r.id",
    href: (id: string) => `/structures/${id}`,
    columns: [
      { key: "name", label: "Structure", expression: "s.name", joins: ["structure"] },
      { key: "side", label: "Côté", expression: "r.side" },
      { key: "season", label: "Saison", expression: "r.season" },
      { key: "dues", label: "Cotisation en centimes", expression: "r.dues_cents" },
    ],
    personHref: (id: string) => `/structures/${id}`,
    personColumns: [
      { key: "name", label: "Structure", expression: "s.name", joins: ["structure"] },
      { key: "commune", label: "Commune", expression: "s.commune_name", joins: ["structure"] },
    ],
  },
  seeNames: rights["structure.see"],
} satisfies Partial<FigureSource>;

/** A structure's part in a season, in the days in which it stood. */
const membershipSource: FigureSource = {
  ...shared,
  name: "season-memberships",
  from: "partners.memberships r",
  day: { from: "r.from_day", to: "least(r.ended_on - 1, make_date(r.season + 1, 8, 31))" },
};

/** Dues that were paid, on the day on which they were. */
const duesSource: FigureSource = {
  ...shared,
  name: "season-dues",
  from: "partners.memberships r",
  day: "r.settled_on",
  where: "r.dues = 'paid'",
};

export const seasonSources: readonly FigureSource[] = [membershipSource, duesSource];

const by = dimensions.map(({ key }) => key);
export const seasonFigures: readonly Figure[] = [
  {
    code: "partenaires.inscrits",
    label: "Structures inscrites à une saison et actives",
    unit: "structures",
    definition:
      "Structures différentes dont la participation à une saison a duré un jour au moins dans la période, entre son premier jour et sa fin ou le 31 août ; inscrite des deux côtés, une structure compte une fois au total.",
    source: "season-memberships",
    measure: distinct("structure"),
    by,
    printed: ["cote"],
  },
  {
    code: "partenaires.cotisations",
    label: "Cotisations encaissées",
    unit: "euros",
    definition:
      "Somme des cotisations réglées dans la période, le jour de leur règlement ; les dispenses n’y sont pas.",
    source: "season-dues",
    measure: sum("r.dues_cents / 100.0"),
    by,
    printed: [],
  },
];
