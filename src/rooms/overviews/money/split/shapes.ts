// The forms by which entries are given their funder and their programme.
import { z } from "zod";
import { optionalUuid, uuidField, versionField } from "../../../../core/http/fields.ts";
import { oneLine } from "../../../../core/importing/values.ts";

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`));
const nothingSaid = "Dites un financeur ou un dispositif.";

export const SplitEntry = z.object({ financeur: line(120), dispositif: optionalUuid, version: versionField });

export const NewRule = z
  .object({
    key: uuidField,
    compte: z
      .string()
      .default("")
      .transform((text) => text.replace(/\s/g, ""))
      .pipe(z.string().regex(/^[1-8]\d{0,11}$/, "Les premiers chiffres d’un compte\u00a0: 74, 6064…")),
    mots: line(120),
    financeur: line(120),
    dispositif: optionalUuid,
  })
  .refine((rule) => rule.financeur !== "" || rule.dispositif !== null, { message: nothingSaid, path: ["financeur"] });
export type RuleForm = z.infer<typeof NewRule>;

/** An act that asks for nothing more. */
export const Nothing = z.object({});
