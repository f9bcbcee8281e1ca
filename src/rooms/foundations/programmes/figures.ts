// What is counted of every programme alike: people in it, exits, outcomes. `gpp.personnes` is `dispositif.personnes` of the programme
// "gpp"; `ier-ensemble.personnes` counts each person once over the programmes of that ensemble (report 2020, IER: « 248 personnes »).
import { count, distinct, type Figure, type FigureSource, ratio } from "../../../core/figures/figure.ts";
import { peopleRights } from "../people/door.ts";
import { enrolmentsSource, outcomesSource } from "./figure-sources.ts";

const leftInPeriod = "r.exit_on BETWEEN $from AND $to";
const of =
  (source: FigureSource) =>
  (facts: Omit<Figure, "source" | "by" | "printed" | "families"> & { printed?: readonly string[] }): Figure => ({
    source: source.name,
    by: source.dimensions.map((dimension) => dimension.key),
    printed: [],
    families: ["dispositif", "ensemble"],
    ...facts,
  });
const enrolment = of(enrolmentsSource);
const outcome = of(outcomesSource);

export const programmesFigures: readonly Figure[] = [
  enrolment({
    code: "dispositif.personnes",
    label: "Personnes dans le dispositif",
    unit: "personnes",
    definition:
      "Personnes différentes présentes dans le dispositif au moins un jour de la période, accompagnées ou seulement reçues.",
    measure: distinct("person"),
    printed: ["sexe", "antenne", "situation"],
  }),
  enrolment({
    code: "dispositif.accompagnes",
    label: "Personnes accompagnées",
    unit: "personnes",
    definition: "Parmi les personnes présentes, celles qui sont accompagnées et non seulement reçues.",
    measure: distinct("person"),
    where: { sql: "r.followed" },
  }),
  enrolment({
    code: "dispositif.qpv",
    label: "Habitants des quartiers prioritaires",
    unit: "personnes",
    definition: "Parmi les personnes présentes, celles qui habitaient un quartier prioritaire le jour de leur entrée.",
    measure: distinct("person"),
    where: { sql: "coalesce(r.entry ->> 'neighbourhood' = 'qpv', false)" },
  }),
  enrolment({
    code: "dispositif.rsa",
    label: "Bénéficiaires du RSA",
    unit: "personnes",
    definition: "Parmi les personnes présentes, celles qui touchaient le RSA le jour de leur entrée.",
    measure: distinct("person"),
    where: { sql: "coalesce(r.entry ->> 'rsa' = 'yes', false)" },
    right: peopleRights["person.sensitive"],
  }),
  enrolment({
    code: "dispositif.rqth",
    label: "Travailleurs handicapés",
    unit: "personnes",
    definition: "Parmi les personnes présentes, celles qui avaient une RQTH le jour de leur entrée.",
    measure: distinct("person"),
    where: { sql: "coalesce(r.entry ->> 'rqth' = 'yes', false)" },
    right: peopleRights["person.sensitive"],
  }),
  enrolment({
    code: "dispositif.sorties",
    label: "Sorties",
    unit: "sorties",
    definition:
      "Parcours dont la sortie est dans la période. Un contrat obtenu pendant le parcours n’est pas une sortie.",
    measure: count(),
    where: { sql: `coalesce(${leftInPeriod}, false)` },
  }),
  enrolment({
    code: "dispositif.sorties_positives",
    label: "Sorties positives",
    unit: "sorties",
    definition: "Parmi les sorties de la période, celles dont le mot compte comme positif pour la maison.",
    measure: count(),
    where: { sql: `coalesce(${leftInPeriod} AND exit_word.positive, false)`, joins: ["exit"] },
  }),
  enrolment({
    code: "dispositif.base_sorties_positives",
    label: "Base du taux de sorties positives",
    unit: "parcours",
    definition:
      "Ce sur quoi le taux est calculé, au choix écrit sur le dispositif : les parcours accompagnés de la période, ou ceux qui en sont sortis.",
    measure: count(),
    where: {
      sql: `CASE programme.rate_over WHEN 'followed' THEN r.followed ELSE coalesce(${leftInPeriod}, false) END`,
      joins: ["programme"],
    },
  }),
  enrolment({
    code: "dispositif.taux_sorties_positives",
    label: "Taux de sorties positives",
    unit: "%",
    definition:
      "Sorties positives, en pour cent des parcours accompagnés ou des sorties : le choix est écrit sur le dispositif.",
    measure: ratio("dispositif.sorties_positives", "dispositif.base_sorties_positives", { round: 0, percent: true }),
  }),
  outcome({
    code: "dispositif.resultats",
    label: "Résultats",
    unit: "résultats",
    definition: "Ce qui a été obtenu dans la période, pendant un parcours ou à sa sortie, dans les mots du dispositif.",
    measure: count(),
    printed: ["type"],
  }),
  outcome({
    code: "dispositif.personnes_avec_contrat",
    label: "Personnes ayant eu au moins un contrat de travail",
    unit: "personnes",
    definition: "Personnes différentes qui ont obtenu un emploi pendant leur parcours, chacune une fois.",
    measure: distinct("person"),
    where: { sql: "word.kind = 'job' AND NOT r.at_exit", joins: ["word"] },
  }),
];
