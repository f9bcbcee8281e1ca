// The forms of a structure in a programme. What was verified comes as `dit-N`, read from what was typed.
import { z } from "zod";
import { uuidField, versionField } from "../../../../core/http/fields.ts";
import { isUuid } from "../../../../core/ids.ts";
import { day } from "../enrolments/shapes.ts";

export const StructureEntryForm = z.object({
  key: uuidField,
  structure: uuidField,
  dispositif: z.string().max(40),
  jour: day,
  antenne: z
    .string()
    .default("")
    .transform((text) => (isUuid(text) ? text : null)),
  malgre: z.string().trim().max(300).default(""),
});
export const StructureExitForm = z.object({
  version: versionField,
  jour: day,
  mot: z.uuid("Choisissez le motif de la sortie."),
  note: z.string().trim().max(1000).default(""),
});
export const AgainForm = z.object({ version: versionField });
