// What a funder asks of a participant that the house does not otherwise keep: dated by regulation, no more than the indicators need.
import type { RegimeCode } from "./regimes.ts";

export const questionKeys = [
  "handicap",
  "third_country",
  "foreign_background",
  "minority",
  "origin",
  "disadvantaged",
  "homeless",
  "rural",
] as const;
export type Question = (typeof questionKeys)[number];

/** `code`: the field on forms and in the participants' file. */
export const questions: Readonly<Record<Question, { code: string; label: string; of: readonly RegimeCode[] }>> = {
  handicap: {
    code: "handicap",
    label: "A un handicap reconnu (RQTH, AAH, pension d’invalidité…)",
    of: ["fse", "fse-plus"],
  },
  third_country: {
    code: "pays_tiers",
    label: "A la nationalité d’un pays hors de l’Union européenne, ou est apatride",
    of: ["fse-plus"],
  },
  foreign_background: { code: "origine_etrangere", label: "Est d’origine étrangère", of: ["fse-plus"] },
  minority: { code: "minorite", label: "Appartient à une minorité (y compris les Roms)", of: ["fse-plus"] },
  origin: {
    code: "migrant_origine_minorite",
    label: "Est migrante, d’origine étrangère ou appartient à une minorité (y compris les Roms)",
    of: ["fse"],
  },
  disadvantaged: { code: "autre_desavantage", label: "Connaît une autre situation défavorisée", of: ["fse"] },
  homeless: { code: "sans_abri", label: "Est sans abri ou exclue du logement", of: ["fse", "fse-plus"] },
  rural: { code: "zone_rurale", label: "Vient d’une zone rurale", of: ["fse", "fse-plus"] },
};

/** The questions of a regulation, in the order in which they are asked. */
export const questionsOf = (regime: RegimeCode): Question[] =>
  questionKeys.filter((key) => questions[key].of.includes(regime));
