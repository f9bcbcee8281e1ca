// Forms about people: what a browser sends, in the words of the fields.
import { z } from "zod";
import { oneLine, type Read, readDay, readEmail, readPhone, readPostalCode } from "../../../core/importing/values.ts";
import type { PersonFacts } from "./rules.ts";

const text = (most = 200) =>
  z
    .string()
    .max(most, `Au plus ${most} signes.`)
    .default("")
    .transform((value) => oneLine(value) || null);

const read = (reader: (value: string) => Read<string>) =>
  z
    .string()
    .max(200)
    .default("")
    .transform((value, context) => {
      if (value.trim() === "") return null;
      const found = reader(value);
      if (found.ok) return found.value;
      context.addIssue({ code: "custom", message: `${found.reason.charAt(0).toUpperCase()}${found.reason.slice(1)}.` });
      return z.NEVER;
    });

const needed = (sentence: string) =>
  z
    .string(sentence)
    .transform((value) => oneLine(value))
    .pipe(z.string().min(1, sentence).max(120, "Au plus 120 signes."));

/** A day in a form, jj/mm/aaaa or ISO; null when empty. */
export const dayField = read(readDay);
export const uuidField = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "Identifiant illisible.");
const optionalUuid = z
  .union([z.literal(""), uuidField])
  .default("")
  .transform((value) => value || null);

export const identityFields = {
  sexe: z
    .enum(["F", "M", "X", ""])
    .default("")
    .transform((value) => value || null),
  nom: needed("Écrivez le nom de famille."),
  nom_naissance: text(120),
  prenom: needed("Écrivez le prénom."),
  naissance: dayField,
  telephone: read(readPhone),
  courriel: read(readEmail),
  adresse: text(300),
  code_postal: read(readPostalCode),
  commune: text(120),
  antenne: optionalUuid,
};

export const PersonForm = z.object({ ...identityFields, key: uuidField, confirmed: z.string().optional() });
export const PersonChangeForm = z.object({ ...identityFields, version: z.coerce.number().int() });

type Identity = z.infer<z.ZodObject<typeof identityFields>>;

/** The person that an identity form describes. */
export const factsOf = (form: Identity): PersonFacts => ({
  sex: form.sexe as PersonFacts["sex"],
  familyName: form.nom,
  birthName: form.nom_naissance,
  givenName: form.prenom,
  birthDate: form.naissance,
  phone: form.telephone,
  email: form.courriel,
  address: form.adresse,
  postalCode: form.code_postal,
  communeName: form.commune,
  siteId: form.antenne as string | null,
});
