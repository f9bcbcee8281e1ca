// The forms of a plan, of one of its lines, and of a balance sheet.
import { z } from "zod";
import { neededField, neededLine, readField, uuidField, versionField } from "../../../../core/http/fields.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { doers, planStates } from "./words.ts";

/** What people wrote together, line by line; null when nothing is left of it. */
const words = z
  .string()
  .default("")
  .transform((text) => text.replace(/\r\n?/g, "\n").trim())
  .pipe(z.string().max(2000, "Au plus 2000 signes."))
  .transform((text) => text || null);

export const PlanForm = z.object({
  version: versionField,
  objectif: words,
  appuis: words,
  freins: words,
  point: readField(readDay),
});

const line = {
  quoi: neededLine("Écrivez ce qu’il y a à faire.", 300),
  qui: z.enum(doers, "Choisissez qui le fait."),
  autre: z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(100, "Au plus 100 signes."))
    .transform((text) => text || null),
  pour: readField(readDay),
};
const named = { path: ["autre"], message: "Dites qui : un nom, une structure." };

export const PlanActionForm = z
  .object({ key: uuidField, ...line })
  .refine((form) => form.qui !== "other" || form.autre !== null, named);
export const PlanActionChangeForm = z
  .object({ version: versionField, ...line, etat: z.enum(planStates, "Choisissez."), le: readField(readDay) })
  .refine((form) => form.qui !== "other" || form.autre !== null, named);

export const BalanceForm = z.object({
  version: versionField,
  jour: neededField(readDay, "Donnez le jour du bilan"),
  personne: words,
  referent: words,
  suite: words,
});
