// The form of a programme: the fields of its definition's file, its lists as texts of one thing a line.
import { z } from "zod";
import { type Definition, definitionFile, readDefinition } from "../definition/definition.ts";

const text = (most: number) => z.string().trim().max(most).default("");
const lines = z.string().max(20_000).default("");

export const ProgrammeForm = z.object({
  key: z.uuid(),
  version: z.coerce.number().int().default(0),
  code: text(40),
  intitule: text(120),
  pole: text(60),
  financeurs: lines,
  description: text(4000),
  porteur: text(120),
  ensemble: text(40),
  orientation: text(1000),
  debut: text(10),
  capacite: text(6),
  public: text(20),
  taux_de_sortie: text(40),
  cddi: text(20),
  chapitre: lines,
  lieux: z.union([z.string(), z.array(z.string())]).optional(),
  conditions: lines,
  etapes: lines,
  resultats: lines,
  champs: lines,
  conventions: lines,
  objectifs: lines,
});
export type ProgrammeTyped = z.infer<typeof ProgrammeForm>;

const lists = ["financeurs", "conditions", "etapes", "resultats", "champs", "conventions", "objectifs"] as const;
const split = (value: string): string[] =>
  value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The definition that the form says, or a sentence a field. */
export function definitionFrom(form: ProgrammeTyped): ReturnType<typeof readDefinition> {
  const { key: _, version: __, lieux, capacite, chapitre, public: takes, taux_de_sortie, cddi, ...plain } = form;
  const blocks = split(chapitre);
  return readDefinition({
    ...plain,
    ...Object.fromEntries(lists.map((name) => [name, split(form[name])])),
    lieux: typeof lieux === "string" ? [lieux] : (lieux ?? []),
    capacite: capacite === "" ? null : capacite,
    chapitre: blocks.length > 0 ? blocks : null,
    ...(takes ? { public: takes } : {}),
    ...(taux_de_sortie ? { taux_de_sortie } : {}),
    ...(cddi ? { cddi } : {}),
  });
}

/** A definition in the words of the form; sites apart, which are boxes. */
export function formValues(definition: Definition): { values: Record<string, string>; sites: readonly string[] } {
  const { lieux, ...file } = definitionFile(definition);
  return {
    values: Object.fromEntries(
      Object.entries(file).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join("\n") : value === null ? "" : String(value),
      ]),
    ),
    sites: lieux,
  };
}
