// The indicators that the regulations list, as dated data: code, words, from when to when, and which rule computes them. `rule` null: counted
// in projects or enterprises, or no longer asked. Words and numbers are those of the annexes; the numbering itself was not read again.
import type { RegimeCode } from "./regimes.ts";

/** Rules that need a name; ages and levels of education carry their bounds. */
export type RuleName =
  | "participant"
  | "unemployed"
  | "long_term_unemployed"
  | "inactive"
  | "inactive_not_in_training"
  | "employed"
  | "older_without_job"
  | "origin"
  | "disability"
  | "disadvantaged"
  | "homeless"
  | "rural"
  | "third_country"
  | "foreign_background"
  | "minority"
  | "inactive_now_searching"
  | "in_training"
  | "newly_in_training"
  | "qualified"
  | "in_job"
  | "newly_in_job"
  | "disadvantaged_with_result"
  | "job_later"
  | "newly_in_job_later"
  | "older_in_job_later"
  | "disadvantaged_in_job_later"
  | "better_later";
export type Rule = RuleName | { age: { from?: number; to?: number } } | { isced: { from: number; to: number } };

export type Indicator = {
  code: string;
  regime: RegimeCode;
  label: string;
  /** Of which people: all participants, those who left, those who left six months ago. */
  of: "entry" | "exit" | "later" | "entities";
  rule: Rule | null;
  /** It tells of health, origin or housing: only roles that may read that know it. */
  sensitive: boolean;
  /** Last day on which an operation may begin that is asked for it. */
  until: string | null;
};

type Line = readonly [
  code: string,
  label: string,
  of: Indicator["of"],
  rule: Rule | null,
  more?: { sensitive?: true; until?: string },
];

/** Regulation (EU, Euratom) 2018/1046, applied from 2 August 2018, took these out. */
const omnibus = { until: "2018-08-01" };
const sensitive = { sensitive: true } as const;

const fse: readonly Line[] = [
  ["CO01", "Chômeurs, y compris de longue durée", "entry", "unemployed"],
  ["CO02", "Chômeurs de longue durée", "entry", "long_term_unemployed"],
  ["CO03", "Personnes inactives", "entry", "inactive"],
  ["CO04", "Personnes inactives ne suivant ni enseignement ni formation", "entry", "inactive_not_in_training"],
  ["CO05", "Personnes en emploi, y compris indépendantes", "entry", "employed"],
  ["CO06", "Moins de 25 ans", "entry", { age: { to: 24 } }],
  ["CO07", "Plus de 54 ans", "entry", { age: { from: 55 } }],
  [
    "CO08",
    "Plus de 54 ans, au chômage, ou inactives ne suivant ni enseignement ni formation",
    "entry",
    "older_without_job",
  ],
  [
    "CO09",
    "Enseignement primaire ou premier cycle du secondaire (CITE 1 ou 2)",
    "entry",
    { isced: { from: 1, to: 2 } },
  ],
  ["CO10", "Second cycle du secondaire ou post-secondaire (CITE 3 ou 4)", "entry", { isced: { from: 3, to: 4 } }],
  ["CO11", "Enseignement supérieur (CITE 5 à 8)", "entry", { isced: { from: 5, to: 8 } }],
  ["CO12", "Ménages sans emploi", "entry", null, omnibus],
  ["CO13", "Ménages sans emploi avec enfants à charge", "entry", null, omnibus],
  ["CO14", "Ménages d’un seul adulte avec enfants à charge", "entry", null, omnibus],
  ["CO15", "Migrants, personnes d’origine étrangère, minorités", "entry", "origin", sensitive],
  ["CO16", "Personnes handicapées", "entry", "disability", sensitive],
  ["CO17", "Autres personnes défavorisées", "entry", "disadvantaged", sensitive],
  ["CO18", "Personnes sans abri ou exclues du logement", "entry", "homeless", sensitive],
  ["CO19", "Personnes venant de zones rurales", "entry", "rural"],
  ["CO20", "Projets menés par des partenaires sociaux ou des organisations non gouvernementales", "entities", null],
  ["CO21", "Projets pour la participation et la progression des femmes dans l’emploi", "entities", null],
  ["CO22", "Projets visant les administrations ou services publics", "entities", null],
  ["CO23", "Micro, petites et moyennes entreprises soutenues", "entities", null],
  ["CR01", "Inactives à l’entrée, en recherche d’emploi à la sortie", "exit", "inactive_now_searching"],
  ["CR02", "Nouvellement en enseignement ou en formation à la sortie", "exit", "newly_in_training"],
  ["CR03", "Qualification obtenue à la sortie", "exit", "qualified"],
  ["CR04", "Sans emploi à l’entrée, en emploi à la sortie", "exit", "newly_in_job"],
  [
    "CR05",
    "Défavorisées, en recherche d’emploi, en formation, qualifiées ou en emploi à la sortie",
    "exit",
    "disadvantaged_with_result",
    sensitive,
  ],
  ["CR06", "Sans emploi à l’entrée, en emploi six mois après la sortie", "later", "newly_in_job_later"],
  ["CR07", "En emploi à l’entrée, meilleure situation six mois après la sortie", "later", "better_later"],
  ["CR08", "Plus de 54 ans, en emploi six mois après la sortie", "later", "older_in_job_later"],
  ["CR09", "Défavorisées, en emploi six mois après la sortie", "later", "disadvantaged_in_job_later", sensitive],
];

const fsePlus: readonly Line[] = [
  ["EECO01", "Nombre total de participants", "entry", "participant"],
  ["EECO02", "Chômeurs, y compris de longue durée", "entry", "unemployed"],
  ["EECO03", "Chômeurs de longue durée", "entry", "long_term_unemployed"],
  ["EECO04", "Personnes inactives", "entry", "inactive"],
  ["EECO05", "Personnes en emploi, y compris indépendantes", "entry", "employed"],
  ["EECO06", "Moins de 18 ans", "entry", { age: { to: 17 } }],
  ["EECO07", "De 18 à 29 ans", "entry", { age: { from: 18, to: 29 } }],
  ["EECO08", "55 ans et plus", "entry", { age: { from: 55 } }],
  ["EECO09", "Premier cycle du secondaire ou moins (CITE 0 à 2)", "entry", { isced: { from: 0, to: 2 } }],
  ["EECO10", "Second cycle du secondaire ou post-secondaire (CITE 3 ou 4)", "entry", { isced: { from: 3, to: 4 } }],
  ["EECO11", "Enseignement supérieur (CITE 5 à 8)", "entry", { isced: { from: 5, to: 8 } }],
  ["EECO12", "Personnes handicapées", "entry", "disability", sensitive],
  ["EECO13", "Ressortissants de pays tiers", "entry", "third_country", sensitive],
  ["EECO14", "Personnes d’origine étrangère", "entry", "foreign_background", sensitive],
  ["EECO15", "Minorités (y compris les Roms)", "entry", "minority", sensitive],
  ["EECO16", "Personnes sans abri ou exclues du logement", "entry", "homeless", sensitive],
  ["EECO17", "Personnes venant de zones rurales", "entry", "rural"],
  ["EECO18", "Administrations ou services publics soutenus", "entities", null],
  ["EECO19", "Micro, petites et moyennes entreprises soutenues", "entities", null],
  ["EECR01", "Inactives à l’entrée, en recherche d’emploi à la sortie", "exit", "inactive_now_searching"],
  ["EECR02", "En enseignement ou en formation à la sortie", "exit", "in_training"],
  ["EECR03", "Qualification obtenue à la sortie", "exit", "qualified"],
  ["EECR04", "En emploi à la sortie", "exit", "in_job"],
  ["EECR05", "En emploi six mois après la sortie", "later", "job_later"],
  ["EECR06", "Meilleure situation six mois après la sortie", "later", "better_later"],
];

const read =
  (regime: RegimeCode) =>
  ([code, label, of, rule, more]: Line): Indicator => ({
    code,
    regime,
    label,
    of,
    rule,
    sensitive: more?.sensitive ?? false,
    until: more?.until ?? null,
  });

export const indicators: readonly Indicator[] = [...fse.map(read("fse")), ...fsePlus.map(read("fse-plus"))];

/** What is asked of an operation that begins on a day. */
export const indicatorsOf = (regime: RegimeCode, day: string): Indicator[] =>
  indicators.filter((one) => one.regime === regime && (one.until === null || day <= one.until));
