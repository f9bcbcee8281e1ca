// The forms of declared figures.
import { z } from "zod";
import { neededField, neededLine, uuidField, versionField, whyField } from "../../../../core/http/fields.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { readNumber } from "../audit/reading.ts";
import { readStay } from "../period.ts";

/** Letters without accents, digits, dots, underscores and dashes: "velo.km". */
export const isDeclaredCode = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{1,79}$/.test(text);
export const codeMistake = "De 2 à 80 signes : petites lettres sans accent, chiffres, points, tirets.";

const fields = {
  code: z.string().default("").transform(oneLine).refine(isDeclaredCode, codeMistake),
  nature: z.enum(["declared", "quoted"], "Choisissez dans la liste."),
  libelle: neededLine("Dites ce que compte ce chiffre.", 300),
  valeur: z
    .string()
    .max(40)
    .default("")
    .transform((text, context) => {
      const read = readNumber(text);
      if (read) return read.value;
      context.addIssue({ code: "custom", message: "Écrivez un nombre : 65, 1 200 ou 37,5." });
      return z.NEVER;
    }),
  unite: z.string().default("").transform(oneLine).pipe(z.string().max(60, "Au plus 60 signes.")),
  periode: z
    .string()
    .max(60)
    .default("")
    .transform((text, context) => {
      const read = readStay(text);
      if (read.ok) return read.value;
      context.addIssue({ code: "custom", message: `${read.reason}.` });
      return z.NEVER;
    }),
  par: neededLine("Dites qui donne ce chiffre.", 200),
  preuve: neededLine("Dites sur quoi ce chiffre repose.", 300),
  dit: neededField(readDay, "Écrivez le jour où ce chiffre a été donné."),
};

export const NewDeclared = z.object({ ...fields, key: uuidField });
export const CorrectedDeclared = z.object({ ...fields, version: versionField, raison: whyField });
export const WithdrawnDeclared = z.object({ version: versionField, raison: whyField });
export type DeclaredForm = Omit<z.infer<typeof NewDeclared>, "key">;
