import { z } from "zod";
import { optionalUuid, readField, uuidField, versionField, whyField } from "../../../core/http/fields.ts";
import { oneLine, readDay, readHour, readPhone } from "../../../core/importing/values.ts";

const visit = {
  lieu: uuidField,
  jour: readField(readDay),
  heure: readField(readHour),
  motif: optionalUuid,
  orientation: optionalUuid,
  mode: z.enum(["in_person", "phone", "video"], "Choisissez un mode.").default("in_person"),
};
const sex = z
  .enum(["F", "M", ""], "Choisissez dans la liste.")
  .default("")
  .transform((value) => value || null);

/** One visit: of a person, of somebody who gives no name, or of a name typed while the line was cut. */
export const VisitForm = z.object({
  ...visit,
  key: uuidField,
  personne: optionalUuid,
  sexe: sex,
  nom: z
    .string()
    .max(160, "Au plus 160 signes.")
    .default("")
    .transform((value) => oneLine(value)),
  /** As typed without a line: a date that cannot be read stays beside the name, and never keeps a visit from being noted. */
  naissance: z.string().max(60, "Au plus 60 signes.").default("").transform(oneLine),
});

/** How many, typed in figures; empty: nobody. */
const people = z
  .string()
  .default("")
  .transform((value, context) => {
    const typed = oneLine(value);
    if (/^\d{0,3}$/.test(typed) && Number(typed) <= 100) return Number(typed);
    context.addIssue({ code: "custom", message: "Écrivez un nombre, de 0 à 100." });
    return z.NEVER;
  });

/** Several people at once: some named, some not. */
export const GroupForm = z.object({
  ...visit,
  key: uuidField,
  femmes: people,
  hommes: people,
  autres: people,
  /** Short codes of files, however they are separated. */
  codes: z
    .string()
    .max(2000, "Au plus 100 codes.")
    .default("")
    .transform((value) => [...new Set(value.toUpperCase().split(/[\s,;]+/))].filter(Boolean)),
});

export const QuickPersonForm = z.object({
  ...visit,
  key: uuidField,
  visite: uuidField,
  sexe: z
    .enum(["F", "M", "X", ""], "Choisissez dans la liste.")
    .default("")
    .transform((value) => value || null),
  nom: z.string().transform(oneLine).pipe(z.string().min(1, "Écrivez le nom.").max(120, "Au plus 120 signes.")),
  prenom: z.string().transform(oneLine).pipe(z.string().min(1, "Écrivez le prénom.").max(120, "Au plus 120 signes.")),
  naissance: readField(readDay),
  telephone: readField(readPhone),
  confirmed: z.string().optional(),
});

export const CorrectionForm = z.object({
  ...visit,
  jour: z.string().transform((value, context) => {
    const found = readDay(value);
    if (found.ok) return found.value;
    context.addIssue({ code: "custom", message: `${found.reason}.` });
    return z.NEVER;
  }),
  raison: whyField,
  version: versionField,
});

/** A withdrawal: why; of the whole group where it was noted with one. `retour`: the page to go back to. */
export const WithdrawalForm = z.object({
  raison: whyField,
  groupe: z.string().default(""),
  retour: z.string().default(""),
});
export const ReturnForm = z.object({ groupe: z.string().default(""), retour: z.string().default("") });
/** Whose visit it was, said afterwards. */
export const AttachmentForm = z.object({ personne: uuidField, version: versionField });

const word = z
  .string()
  .default("")
  .transform(oneLine)
  .pipe(z.string().min(2, "Écrivez le mot.").max(80, "Au plus 80 signes."));

/** A word that joins the desk's lists; without a site, for the whole house. */
export const TermForm = z.object({
  key: uuidField,
  liste: z.enum(["reason", "orientation"], "Choisissez la liste."),
  mot: word,
  lieu: optionalUuid,
  du: readField(readDay),
});
export const TermChangeForm = z.object({
  mot: word,
  place: z
    .string()
    .regex(/^\d{1,3}$/, "Écrivez la place en chiffres, de 0 à 999.")
    .transform(Number),
  au: readField(readDay),
  version: versionField,
});
