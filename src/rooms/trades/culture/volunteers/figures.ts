// The figures of volunteers: a mission counts in every period that it touches.
import { count, type Figure, type FigureSource, sum } from "../../../../core/figures/figure.ts";
import { optionsOf } from "../projects/words.ts";
import { volunteerRights } from "./rights.ts";
import { volunteerKindWords } from "./words.ts";

export const volunteersSource: FigureSource = {
  name: "culture-volunteers",
  from: "culture.volunteers r JOIN house.sites site ON site.house_id = r.house_id AND site.id = r.site_id",
  day: { from: "r.from_day", to: "r.to_day" },
  joins: {},
  person: null,
  structure: null,
  dimensions: [
    {
      key: "genre",
      label: "Genre",
      expression: "r.kind",
      values: optionsOf(volunteerKindWords),
      unknown: "sans genre",
    },
    {
      key: "antenne",
      label: "Lieu de la mission",
      expression: "site.code",
      labels: "SELECT code AS value, name AS label FROM house.sites WHERE house_id = $house ORDER BY position, name",
      unknown: "sans lieu",
    },
  ],
  published: [[]],
  list: {
    id: "r.id",
    order: "r.from_day, r.id",
    href: (id) => `/culture/volontaires/${id}`,
    columns: [
      { key: "name", label: "Volontaire", expression: "r.given_name || ' ' || r.family_name", names: true },
      { key: "from", label: "Du", expression: "r.from_day", kind: "day" },
      { key: "to", label: "Au", expression: "r.to_day", kind: "day" },
      { key: "hours", label: "Heures par semaine", expression: "r.weekly_hours", kind: "number" },
      { key: "site", label: "Lieu", expression: "site.name" },
    ],
    personColumns: [],
  },
  seeNames: volunteerRights["volunteer.see"],
};

const figure = (facts: Pick<Figure, "code" | "label" | "unit" | "definition" | "measure">): Figure => ({
  ...facts,
  source: "culture-volunteers",
  by: volunteersSource.dimensions.map(({ key }) => key),
  printed: [],
});

export const volunteerFigures: readonly Figure[] = [
  figure({
    code: "permanences.volontaires",
    label: "Volontaires du pôle culture",
    unit: "missions",
    definition:
      "Missions de volontaires dont un jour au moins est dans la période ; qui revient pour une autre mission compte de nouveau.",
    measure: count(),
  }),
  figure({
    code: "permanences.volontaires_heures",
    label: "Heures de mission par semaine",
    unit: "heures",
    definition: "Somme des heures par semaine des missions dont un jour au moins est dans la période.",
    measure: sum("r.weekly_hours"),
  }),
];
