// The forms of a step. One shape for all kinds: what a kind does not have is left out when it is read.
import { z } from "zod";
import {
  countField,
  neededField,
  optionalUuid,
  readField,
  uuidField,
  versionField,
  whyField,
} from "../../../../core/http/fields.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { kindOfCode, objectives, type StepKind, stepResults } from "./words.ts";

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`))
    .transform((text) => text || null);

const weekly = z
  .string()
  .default("")
  .transform((text, context) => {
    const typed = oneLine(text).replace(",", ".");
    if (typed === "") return null;
    if (/^\d{1,2}(\.\d)?$/.test(typed) && Number(typed) > 0 && Number(typed) <= 60) return Number(typed);
    context.addIssue({ code: "custom", message: "Écrivez les heures d’une semaine, par exemple 24 ou 17,5." });
    return z.NEVER;
  });

const chosen = <T extends string>(of: readonly [T, ...T[]]) =>
  z
    .union([z.literal(""), z.enum(of)], "Choisissez dans la liste.")
    .default("")
    .transform((value) => (value === "" ? null : value));

const kind = z.string().transform((code, context): StepKind => {
  const found = kindOfCode(code);
  if (found) return found;
  context.addIssue({ code: "custom", message: "Choisissez le genre de l’action." });
  return z.NEVER;
});

const facts = {
  debut: neededField(readDay, "Donnez le jour du début."),
  fin_prevue: readField(readDay),
  fin: readField(readDay),
  hote: line(200),
  objectif: chosen(objectives),
  jours: countField(1, 400),
  renouvelle: optionalUuid,
  contrat: line(40),
  heures_semaine: weekly,
  essai: readField(readDay),
  intitule: line(200),
  heures: countField(1, 10_000),
  qualifiante: chosen(["oui", "non"]),
  resultat: chosen(stepResults),
  note: line(1000),
  /** What the warnings said when they were read: an act under other warnings asks again. */
  confirme: z.string().max(64).default(""),
};

export const StepForm = z.object({ key: uuidField, genre: kind, mot: optionalUuid, ...facts });
export const StepCorrectionForm = z.object({ version: versionField, raison: whyField, ...facts });
export const StepWithdrawalForm = z.object({ raison: whyField });
export const NothingForm = z.object({});

export type StepTyped = Omit<z.infer<typeof StepForm>, "key" | "genre" | "mot">;
