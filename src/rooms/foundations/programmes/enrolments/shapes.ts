// The forms of an enrolment.
import { z } from "zod";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";

/** A day as it is typed, "31/12/2020". */
export const day = z.string().transform((text, context) => {
  const read = readDay(text.trim());
  if (read.ok) return read.value;
  context.addIssue({ code: "custom", message: `${text.trim() === "" ? "Donnez le jour" : read.reason}.` });
  return z.NEVER;
});
const optionalId = z
  .string()
  .default("")
  .transform((text) => (isUuid(text) ? text : null));
const note = z.string().trim().max(1000).default("");
const reason = z.string().trim().min(3, "Dites pourquoi, en quelques mots.").max(300);
const version = z.coerce.number().int();

/** The fields of the programme come as `champ-ID`, what was verified as `dit-N`: read from what was typed. */
export const EntryForm = z.object({
  key: z.uuid(),
  personne: z.uuid(),
  dispositif: z.string().max(40),
  orientation: optionalId,
  jour: day,
  antenne: optionalId,
  referent: optionalId,
  accompagne: z.enum(["oui", "non"]),
  malgre: z.string().trim().max(300).default(""),
});
export const ExitForm = z.object({
  version,
  key: z.uuid(),
  jour: day,
  mot: z.uuid("Choisissez le motif de la sortie."),
  obtenu: z.string().optional(),
  note,
});
export const ReasonForm = z.object({ version, raison: reason });
export const CorrectionForm = z.object({
  version,
  jour: day,
  antenne: optionalId,
  accompagne: z.enum(["oui", "non"]),
  raison: reason,
});
export const OutcomeForm = z.object({
  key: z.uuid(),
  mot: z.uuid("Choisissez ce qui a été obtenu."),
  jour: day,
  temps: z.enum(["", "plein", "partiel"]).default(""),
  mois: z
    .string()
    .trim()
    .regex(/^(\d{1,3}([.,]\d)?)?$/, "Une durée en mois, par exemple 6.")
    .default(""),
  note,
});
export const StageForm = z.object({ etape: z.uuid(), jour: z.union([z.literal(""), day]).default("") });
export const WithdrawalForm = z.object({ resultat: z.uuid(), raison: reason });
export const ReferentForm = z.object({
  key: z.uuid(),
  de: z.union([z.literal(""), z.uuid()]).default(""),
  vers: z.uuid("Choisissez à qui confier ces parcours."),
  jour: day,
  tous: z.enum(["0", "1"]).default("0"),
});
export const FieldsForm = z.object({ version });
export const NothingForm = z.object({});
