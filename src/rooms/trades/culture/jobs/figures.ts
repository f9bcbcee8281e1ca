// The figures of jobs in culture. The report of 2020 prints rates of cancellation whose base nobody could say; here there is one.
import { count, type Figure, type FigureSource, ratio, sum } from "../../../../core/figures/figure.ts";
import { projectRights } from "../projects/rights.ts";
import { optionsOf, projectStateWords } from "../projects/words.ts";
import { jobLabels } from "../structure-labels.ts";
import { jobKindWords } from "./words.ts";

export const jobsSource: FigureSource = {
  name: "culture-jobs",
  from: "culture.job_actions r",
  day: "r.on_day",
  joins: { structure: "LEFT JOIN partners.structures s ON s.house_id = r.house_id AND s.id = r.structure_id" },
  person: null,
  structure: "r.structure_id",
  dimensions: [
    { key: "mois", label: "Mois", expression: "to_char(r.on_day, 'MM')", values: "months", unknown: "sans date" },
    { key: "genre", label: "Genre", expression: "r.kind", values: optionsOf(jobKindWords), unknown: "sans genre" },
    {
      key: "structure",
      label: "Acteur culturel",
      expression: "r.structure_id",
      labels: jobLabels,
      unknown: "sans structure",
    },
  ],
  published: [[], ["genre"]],
  list: {
    id: "r.id",
    order: "r.on_day, r.id",
    href: (id) => `/culture/metiers/${id}`,
    columns: [
      { key: "day", label: "Jour", expression: "r.on_day", kind: "day" },
      { key: "title", label: "Action", expression: "r.title" },
      { key: "structure", label: "Acteur culturel", expression: "s.name", joins: ["structure"] },
      {
        key: "state",
        label: "État",
        expression: `CASE r.state WHEN 'planned' THEN '${projectStateWords.planned}' WHEN 'held' THEN '${projectStateWords.held}' ELSE '${projectStateWords.cancelled}' END`,
      },
      { key: "participants", label: "Participants", expression: "r.participants", kind: "number" },
    ],
    personColumns: [],
  },
  seeNames: projectRights["culture-job.see"],
};

const figure = (facts: Pick<Figure, "code" | "label" | "unit" | "definition" | "measure" | "where">): Figure => ({
  ...facts,
  source: "culture-jobs",
  by: jobsSource.dimensions.map(({ key }) => key),
  printed: [],
});

export const jobFigures: readonly Figure[] = [
  figure({
    code: "mic-rh.prevues",
    label: "Actions vers les métiers de la culture, prévues un jour",
    unit: "actions",
    definition: "Toutes les actions de la période : à venir, réalisées et annulées.",
    measure: count(),
  }),
  figure({
    code: "mic-rh.realisees",
    label: "Actions vers les métiers de la culture réalisées",
    unit: "actions",
    definition: "Actions de la période qui ont eu lieu.",
    measure: count(),
    where: { sql: "r.state = 'held'" },
  }),
  figure({
    code: "mic-rh.annulees",
    label: "Actions vers les métiers de la culture annulées",
    unit: "actions",
    definition: "Actions de la période qui ont été annulées, quel qu’en soit le motif.",
    measure: count(),
    where: { sql: "r.state = 'cancelled'" },
  }),
  figure({
    code: "mic-rh.closes",
    label: "Actions réalisées ou annulées",
    unit: "actions",
    definition: "Actions de la période dont on sait ce qu’elles sont devenues : la base du taux d’annulation.",
    measure: count(),
    where: { sql: "r.state IN ('held', 'cancelled')" },
  }),
  figure({
    code: "mic-rh.taux_annulation",
    label: "Taux d’annulation",
    unit: "%",
    definition: "Actions annulées sur actions réalisées ou annulées ; celles qui sont encore à venir ne comptent pas.",
    measure: ratio("mic-rh.annulees", "mic-rh.closes", { round: 1, percent: true }),
  }),
  figure({
    code: "mic-rh.participants",
    label: "Participants aux actions vers les métiers de la culture",
    unit: "participations",
    definition: "Participants notés des actions réalisées ; qui participe à deux actions compte deux fois.",
    measure: sum("r.participants"),
    where: { sql: "r.state = 'held'" },
  }),
];
