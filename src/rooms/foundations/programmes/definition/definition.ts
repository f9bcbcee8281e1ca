// A programme as one text that a person reads and edits: the file `demo/programmes/gpp.yaml`, the manager's form, what a house gives to
// another. Its lists are the same lines everywhere.
import { parse, stringify } from "yaml";
import { z } from "zod";
import { readDay } from "../../../../core/importing/values.ts";
import { type Condition, conditionText, misplaced, readCondition } from "../eligibility/conditions.ts";
import { type ChapterBlock, chapterBlocks } from "../words.ts";
import {
  type AgreementLine,
  agreementText,
  readAgreement,
  readTarget,
  type TargetLine,
  targetText,
} from "./agreements.ts";
import { type FieldLine, fieldText, readField } from "./fields.ts";
import { type Line, plain, readLines } from "./lines.ts";
import { type OutcomeWord, outcomeText, readOutcome } from "./outcomes.ts";

export type Definition = {
  code: string;
  title: string;
  pole: string | null;
  funders: string[];
  about: string | null;
  carrier: string | null;
  ensemble: string | null;
  referralRule: string | null;
  openedOn: string | null;
  capacity: number | null;
  takes: "persons" | "structures";
  rateOver: "followed" | "left";
  cddiAs: "insertion" | "common";
  /** Blocks of its chapter, in order; null: all that it has. */
  chapter: string[] | null;
  /** Codes of the sites where it runs. */
  sites: string[];
  conditions: Condition[];
  stages: string[];
  outcomes: OutcomeWord[];
  fields: FieldLine[];
  agreements: AgreementLine[];
  targets: TargetLine[];
};

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((value) => (value === "" ? null : value))
    .nullable()
    .default(null);
const lines = z.array(z.string()).default([]);
const codePattern = /^[a-z0-9][a-z0-9-]{0,39}$/;
const optionalCode = z
  .string()
  .trim()
  .regex(/^([a-z0-9][a-z0-9-]{0,39})?$/, "Des lettres minuscules, des chiffres et des tirets.")
  .transform((value) => (value === "" ? null : value))
  .nullable()
  .default(null);

/** The file's own words. */
const shape = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(codePattern, "Le code a des lettres minuscules, des chiffres et des tirets, par exemple « gpp »."),
  intitule: z.string().trim().min(1, "L’intitulé manque.").max(120),
  pole: text(60),
  financeurs: lines,
  description: text(4000),
  porteur: text(120),
  ensemble: optionalCode,
  orientation: text(1000),
  debut: text(10),
  capacite: z.coerce.number().int().min(1).max(100_000).nullable().default(null),
  public: z.enum(["personnes", "structures"]).default("personnes"),
  taux_de_sortie: z
    .enum(["sur les personnes accompagnées", "sur les personnes sorties"])
    .default("sur les personnes sorties"),
  cddi: z.enum(["insertion", "droit commun"]).default("insertion"),
  chapitre: z.array(z.string()).nullable().default(null),
  lieux: lines,
  conditions: lines,
  etapes: lines,
  resultats: lines,
  champs: lines,
  conventions: lines,
  objectifs: lines,
});
export type DefinitionFile = z.infer<typeof shape>;

/** The definition that a file's words say; or a sentence for each part that is not understood, by its name. */
export function readDefinition(
  file: unknown,
): { ok: true; value: Definition } | { ok: false; mistakes: Record<string, string> } {
  const parsed = shape.safeParse(file);
  if (!parsed.success)
    return {
      ok: false,
      mistakes: Object.fromEntries(
        parsed.error.issues.map((issue) => [String(issue.path[0] ?? issue.path.join(".")), issue.message]),
      ),
    };
  const { data } = parsed;
  const mistakes: Record<string, string> = {};
  const part = <T>(
    name: string,
    all: readonly string[],
    read: (line: string) => Line<T>,
    keyOf: (value: T) => string,
  ): T[] => {
    const found = readLines(all.join("\n"), read, keyOf);
    if (found.ok) return found.value;
    mistakes[name] = found.reason;
    return [];
  };
  const label = (line: string): Line<string> =>
    line.length > 80 ? { ok: false, reason: "80 signes au plus" } : { ok: true, value: line };
  const conditions = part("conditions", data.conditions, readCondition, (one) => plain(conditionText(one)));
  const takes = data.public === "structures" ? "structures" : "persons";
  const elsewhere = misplaced(conditions, takes);
  if (elsewhere)
    mistakes.conditions = `«\u00a0${conditionText(elsewhere)}\u00a0» ne se demande pas d’une ${takes === "persons" ? "personne" : "structure"}.`;
  const outcomes = part("resultats", data.resultats, readOutcome, (one) => plain(one.label));
  const fields = part("champs", data.champs, readField, (one) => plain(one.label));
  const agreements = part("conventions", data.conventions, readAgreement, (one) => `${plain(one.funder)} ${one.from}`);
  const targets = part(
    "objectifs",
    data.objectifs,
    readTarget,
    (one) => `${one.year} ${one.figure} ${plain(one.funder ?? "")}`,
  );
  const stages = part("etapes", data.etapes, label, plain);
  const blocks = new Map(Object.entries(chapterBlocks).map(([key, word]) => [plain(word), key]));
  const chapter = data.chapitre?.map((word) => blocks.get(plain(word)) ?? "") ?? null;
  if (chapter?.includes(""))
    mistakes.chapitre = `Un chapitre montre\u00a0: ${Object.values(chapterBlocks).join(", ")}.`;
  const day = data.debut === null ? null : readDay(data.debut);
  if (day && !day.ok) mistakes.debut = `Premier jour\u00a0: ${day.reason}.`;
  if (Object.keys(mistakes).length > 0) return { ok: false, mistakes };
  return {
    ok: true,
    value: {
      code: data.code,
      title: data.intitule,
      pole: data.pole,
      funders: data.financeurs,
      about: data.description,
      carrier: data.porteur,
      ensemble: data.ensemble,
      referralRule: data.orientation,
      openedOn: day?.ok ? day.value : null,
      capacity: data.capacite,
      takes,
      rateOver: data.taux_de_sortie === "sur les personnes accompagnées" ? "followed" : "left",
      cddiAs: data.cddi === "insertion" ? "insertion" : "common",
      chapter,
      sites: data.lieux,
      conditions,
      stages,
      outcomes,
      fields,
      agreements,
      targets,
    },
  };
}

/** A definition in the file's words. */
export const definitionFile = (one: Definition): DefinitionFile => ({
  code: one.code,
  intitule: one.title,
  pole: one.pole,
  financeurs: one.funders,
  description: one.about,
  porteur: one.carrier,
  ensemble: one.ensemble,
  orientation: one.referralRule,
  debut: one.openedOn?.split("-").reverse().join("/") ?? null,
  capacite: one.capacity,
  public: one.takes === "structures" ? "structures" : "personnes",
  taux_de_sortie: one.rateOver === "followed" ? "sur les personnes accompagnées" : "sur les personnes sorties",
  cddi: one.cddiAs === "insertion" ? "insertion" : "droit commun",
  chapitre: one.chapter?.map((key) => chapterBlocks[key as ChapterBlock] ?? key) ?? null,
  lieux: one.sites,
  conditions: one.conditions.map(conditionText),
  etapes: one.stages,
  resultats: one.outcomes.map(outcomeText),
  champs: one.fields.map(fieldText),
  conventions: one.agreements.map(agreementText),
  objectifs: one.targets.map(targetText),
});

/** The text of a definition's file, without what it leaves empty. */
export const definitionYaml = (one: Definition): string =>
  stringify(
    Object.fromEntries(
      Object.entries(definitionFile(one)).filter(
        ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
      ),
    ),
    { lineWidth: 0 },
  );

/** Reads a definition's file. Aliases are not followed: a short file cannot stand for a huge one. */
export function readDefinitionYaml(source: string): ReturnType<typeof readDefinition> {
  try {
    return readDefinition(parse(source, { maxAliasCount: 0 }));
  } catch {
    return { ok: false, mistakes: { "": "Ce fichier n’est pas un texte YAML lisible." } };
  }
}
