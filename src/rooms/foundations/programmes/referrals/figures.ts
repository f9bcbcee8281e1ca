// Referrals by who sends them, to whom, and what became of them (report 2020: « prescriptions de CitésLab (6), IER Séniors (3) »).
import {
  count,
  type Dimension,
  distinct,
  type Figure,
  type FigureSource,
  ratio,
} from "../../../../core/figures/figure.ts";
import { peopleRights } from "../../people/door.ts";
import { programmeDimension, sexDimension } from "../figure-sources.ts";
import { stateJoin } from "./reads.ts";
import { reasonWords, stateWords } from "./words.ts";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const { withdrawn: _, ...results } = stateWords;

const dimensions: readonly Dimension[] = [
  { ...programmeDimension, label: "Dispositif qui reçoit", unknown: "organisme extérieur" },
  {
    key: "destination",
    label: "Organisme extérieur qui reçoit",
    expression: "r.to_name",
    unknown: "dispositif de la maison",
  },
  {
    key: "source",
    label: "Qui oriente",
    expression: "coalesce(r.from_name, 'maison')",
    labels:
      "SELECT DISTINCT from_name AS value, from_name AS label FROM programmes.referrals WHERE house_id = $house AND from_name IS NOT NULL UNION SELECT 'maison', 'la maison' ORDER BY 2",
    unknown: "inconnu",
    printed: { bare: true },
  },
  { key: "resultat", label: "Ce qu’il en est", expression: "last.state", values: options(results), unknown: "inconnu" },
  {
    key: "motif",
    label: "Motif de refus",
    expression: "last.reason",
    values: options(reasonWords),
    unknown: "pas de refus",
  },
  sexDimension,
  { key: "mois", label: "Mois", expression: "to_char(r.sent_on, 'MM')", values: "months", unknown: "sans date" },
];

const names = [
  { key: "code", label: "Fiche", expression: "p.code", joins: ["person"], names: true },
  { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
  { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
];
const to = {
  key: "to",
  label: "Vers",
  expression: "coalesce(r.to_name, programme.title)",
  joins: ["programme"],
};

export const referralsSource: FigureSource = {
  name: "referrals",
  from: `programmes.referrals r ${stateJoin("r")}`,
  day: "r.sent_on",
  where: "last.state <> 'withdrawn'",
  joins: {
    programme:
      "LEFT JOIN programmes.programmes programme ON programme.house_id = r.house_id AND programme.id = r.to_programme_id",
    person: "JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id",
  },
  person: "r.person_id",
  structure: null,
  dimensions,
  published: [[], ["resultat"], ["source"], ["dispositif"]],
  list: {
    id: "r.id",
    order: "r.sent_on, r.id",
    href: (id) => `/orientations/${id}`,
    columns: [
      { key: "day", label: "Envoyée le", expression: "r.sent_on", kind: "day" },
      { key: "source", label: "Qui oriente", expression: "coalesce(r.from_name, 'la maison')" },
      to,
      { key: "state", label: "Ce qu’il en est", expression: "last.state" },
      ...names,
    ],
    personHref: (id) => `/personnes/${id}`,
    personColumns: [
      ...names,
      { key: "first", label: "Première orientation", expression: "r.sent_on", kind: "day" },
      to,
    ],
  },
  seeNames: peopleRights["person.open"],
};

const figure = (facts: Omit<Figure, "source" | "by" | "printed"> & { printed?: readonly string[] }): Figure => ({
  source: referralsSource.name,
  by: dimensions.map((dimension) => dimension.key),
  printed: [],
  ...facts,
});
const inState = (...states: string[]) => ({ sql: `last.state IN (${states.map((state) => `'${state}'`).join(", ")})` });

export const referralFigures: readonly Figure[] = [
  figure({
    code: "orientations.envoyees",
    label: "Orientations",
    unit: "orientations",
    definition:
      "Orientations faites dans la période, par la maison ou vers elle ; celles qui furent retirées ne comptent pas.",
    measure: count(),
    printed: ["source", "resultat"],
  }),
  figure({
    code: "orientations.personnes",
    label: "Personnes orientées",
    unit: "personnes",
    definition: "Personnes différentes orientées au moins une fois dans la période.",
    measure: distinct("person"),
  }),
  figure({
    code: "orientations.acceptees",
    label: "Orientations acceptées",
    unit: "orientations",
    definition: "Parmi les orientations faites dans la période, celles qui sont acceptées ou honorées à ce jour.",
    measure: count(),
    where: inState("accepted", "attended"),
  }),
  figure({
    code: "orientations.honorees",
    label: "Orientations honorées",
    unit: "orientations",
    definition: "Parmi les orientations faites dans la période, celles où la personne est venue.",
    measure: count(),
    where: inState("attended"),
  }),
  figure({
    code: "orientations.refusees",
    label: "Orientations refusées",
    unit: "orientations",
    definition: "Parmi les orientations faites dans la période, celles qui furent refusées, quel qu’en soit le motif.",
    measure: count(),
    where: inState("refused"),
  }),
  figure({
    code: "orientations.sans_reponse",
    label: "Orientations sans réponse",
    unit: "orientations",
    definition: "Parmi les orientations faites dans la période, celles qui attendent une réponse ou sont périmées.",
    measure: count(),
    where: inState("sent", "received", "expired"),
  }),
  figure({
    code: "orientations.part_acceptees",
    label: "Part des orientations acceptées",
    unit: "%",
    definition: "Orientations acceptées ou honorées, en pour cent des orientations faites dans la période.",
    measure: ratio("orientations.acceptees", "orientations.envoyees", { round: 0, percent: true }),
  }),
];
