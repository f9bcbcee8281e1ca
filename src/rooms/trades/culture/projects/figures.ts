// The figures of collective projects (report 2020, "MIC": 67 projects, 34 held, 506 participants). A project is of its first day.
import { count, type Figure, type FigureSource, sum } from "../../../../core/figures/figure.ts";
import { askerLabels, hostLabels } from "../structure-labels.ts";
import { projectRights } from "./rights.ts";
import { optionsOf, projectKindWords, projectStateWords } from "./words.ts";

export const projectsSource: FigureSource = {
  name: "culture-projects",
  from: "culture.projects r",
  day: "r.on_day",
  joins: {
    asker: "LEFT JOIN partners.structures a ON a.house_id = r.house_id AND a.id = r.asked_by",
    host: "LEFT JOIN partners.structures h ON h.house_id = r.house_id AND h.id = r.hosted_by",
  },
  person: null,
  structure: "r.asked_by",
  dimensions: [
    { key: "mois", label: "Mois", expression: "to_char(r.on_day, 'MM')", values: "months", unknown: "sans date" },
    { key: "genre", label: "Genre", expression: "r.kind", values: optionsOf(projectKindWords), unknown: "sans genre" },
    { key: "etat", label: "État", expression: "r.state", values: optionsOf(projectStateWords), unknown: "" },
    { key: "motif", label: "Motif d’annulation", expression: "r.cancelled_reason", unknown: "non annulé" },
    {
      key: "structure",
      label: "Demandé par",
      expression: "r.asked_by",
      labels: askerLabels,
      unknown: "sans structure",
    },
    { key: "lieu", label: "Accueilli par", expression: "r.hosted_by", labels: hostLabels, unknown: "sans structure" },
    {
      key: "commune",
      label: "Commune de la structure qui demande",
      expression: "a.commune_name",
      joins: ["asker"],
      unknown: "commune inconnue",
    },
  ],
  published: [[], ["genre"], ["etat"]],
  list: {
    id: "r.id",
    order: "r.on_day, r.id",
    href: (id) => `/culture/projets/${id}`,
    columns: [
      { key: "day", label: "Jour", expression: "r.on_day", kind: "day" },
      { key: "title", label: "Projet", expression: "r.title" },
      { key: "asker", label: "Demandé par", expression: "a.name", joins: ["asker"] },
      { key: "host", label: "Accueilli par", expression: "h.name", joins: ["host"] },
      { key: "participants", label: "Participants", expression: "r.participants", kind: "number" },
    ],
    personColumns: [],
  },
  seeNames: projectRights["project.see"],
};

const figure = (facts: Pick<Figure, "code" | "label" | "unit" | "definition" | "measure" | "where">): Figure => ({
  ...facts,
  source: "culture-projects",
  by: projectsSource.dimensions.map(({ key }) => key),
  printed: [],
});

export const projectFigures: readonly Figure[] = [
  figure({
    code: "mic.projets",
    label: "Projets culturels collectifs",
    unit: "projets",
    definition: "Projets dont le premier jour est dans la période, prévus, réalisés et annulés.",
    measure: count(),
  }),
  figure({
    code: "mic.projets_realises",
    label: "Projets culturels collectifs réalisés",
    unit: "projets",
    definition: "Projets réalisés dont le premier jour est dans la période.",
    measure: count(),
    where: { sql: "r.state = 'held'" },
  }),
  figure({
    code: "mic.projets_annules",
    label: "Projets culturels collectifs annulés",
    unit: "projets",
    definition: "Projets annulés dont le premier jour était dans la période, quel qu’en soit le motif.",
    measure: count(),
    where: { sql: "r.state = 'cancelled'" },
  }),
  figure({
    code: "mic.participants_projets",
    label: "Participants aux projets culturels collectifs",
    unit: "participations",
    definition:
      "Participants notés des projets réalisés de la période ; qui participe à deux projets compte deux fois ; un projet sans nombre noté n’ajoute rien.",
    measure: sum("r.participants"),
    where: { sql: "r.state = 'held'" },
  }),
];
