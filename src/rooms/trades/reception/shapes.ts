import { z } from "zod";
import { oneLine, type Read, readDay, readHour, readPhone } from "../../../core/importing/values.ts";

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "Identifiant illisible : rechargez la page.");
const optional = z
  .union([z.literal(""), uuid])
  .default("")
  .transform((value) => value || null);
const read = (reader: (value: string) => Read<string>) =>
  z
    .string()
    .max(60)
    .default("")
    .transform((value, context) => {
      if (value.trim() === "") return null;
      const found = reader(value);
      if (found.ok) return found.value;
      context.addIssue({ code: "custom", message: `${found.reason}.` });
      return z.NEVER;
    });

const visit = {
  lieu: uuid,
  jour: read(readDay),
  heure: read(readHour),
  motif: optional,
  orientation: optional,
  mode: z.enum(["in_person", "phone", "video"]).default("in_person"),
};
const sex = z
  .enum(["F", "M", ""])
  .default("")
  .transform((value) => value || null);

/** One visit: of a person, of somebody who gives no name, or of a name typed while the line was cut. */
export const VisitForm = z.object({
  ...visit,
  key: uuid,
  personne: optional,
  sexe: sex,
  nom: z
    .string()
    .max(160)
    .default("")
    .transform((value) => oneLine(value)),
  naissance: read(readDay),
});

/** Several people at once: some named, some not. */
export const GroupForm = z.object({
  ...visit,
  key: uuid,
  femmes: z.coerce.number("Écrivez un nombre.").int().min(0).max(100, "Au plus 100 personnes.").default(0),
  hommes: z.coerce.number("Écrivez un nombre.").int().min(0).max(100, "Au plus 100 personnes.").default(0),
  autres: z.coerce.number("Écrivez un nombre.").int().min(0).max(100, "Au plus 100 personnes.").default(0),
  noms: z.string().max(4000).default(""),
});

export const QuickPersonForm = z.object({
  ...visit,
  key: uuid,
  visite: uuid,
  sexe: z
    .enum(["F", "M", "X", ""])
    .default("")
    .transform((value) => value || null),
  nom: z.string().transform(oneLine).pipe(z.string().min(1, "Écrivez le nom.").max(120)),
  prenom: z.string().transform(oneLine).pipe(z.string().min(1, "Écrivez le prénom.").max(120)),
  naissance: read(readDay),
  telephone: read(readPhone),
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
  raison: z.string().transform(oneLine).pipe(z.string().min(3, "Dites en quelques mots pourquoi.").max(300)),
  version: z.coerce.number().int(),
});

export const ReasonForm = z.object({
  raison: z.string().transform(oneLine).pipe(z.string().min(3, "Dites en quelques mots pourquoi.").max(300)),
  retour: z.string().optional(),
  /** The whole group that was noted together, not this visit alone. */
  groupe: z.string().optional(),
});
