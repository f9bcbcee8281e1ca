import { z } from "zod";
import {
  countField,
  neededField,
  neededLine,
  optionalUuid,
  readField,
  uuidField,
  versionField,
} from "../../../../core/http/fields.ts";
import { oneLine, readDay, readHour } from "../../../../core/importing/values.ts";

const line = (most: number) =>
  z
    .string()
    .max(most, `Au plus ${most} signes.`)
    .default("")
    .transform((value) => oneLine(value) || null);

/** Checkboxes of one name: none, one or several. */
const several = z
  .union([z.array(uuidField), uuidField.transform((one) => [one])])
  .default([])
  .transform((list) => [...new Set(list)]);

/** One a line, empty lines left out. */
const lines = (most: number, each: number) =>
  z
    .string()
    .max(most * (each + 2), "C’est trop long.")
    .default("")
    .transform((text) => [...new Set(text.split(/\r?\n/).map(oneLine).filter(Boolean))])
    .pipe(z.array(z.string().max(each, `Au plus ${each} signes par ligne.`)).max(most, `Au plus ${most} lignes.`));

/** Days, one a line. */
const days = lines(60, 20).transform((typed, context) => {
  const found: string[] = [];
  for (const one of typed) {
    const day = readDay(one);
    if (day.ok) found.push(day.value);
    else {
      context.addIssue({ code: "custom", message: `${day.reason}.` });
      return z.NEVER;
    }
  }
  return [...new Set(found)].sort();
});

const session = {
  dispositif: uuidField,
  type: neededLine("Écrivez le type : atelier, formation, visite …", 60),
  titre: neededLine("Écrivez l’intitulé.", 200),
  jour: neededField(readDay, "Écrivez le jour"),
  heure: readField(readHour),
  duree: countField(5, 1440),
  lieu: uuidField,
  salle: optionalUuid,
  adresse: line(200),
  mode: z.enum(["in_person", "phone", "video"], "Choisissez un mode.").default("in_person"),
  places: countField(1, 2000),
  animateurs: several,
  intervenants: lines(20, 120),
  /** Said after a warning: somebody or the room is taken, and it is meant so. */
  malgre: z.string().default(""),
};

/** A session, or a series: `nombre` in all, one a week; or the other days that are written. */
export const SessionForm = z.object({ ...session, key: uuidField, nombre: countField(1, 60), jours: days });
export const SessionChangeForm = z.object({ ...session, version: versionField });

export const SessionStatusForm = z.object({
  etat: z.enum(["planned", "cancelled", "postponed"], "Choisissez dans la liste."),
  raison: z.string().max(300, "Au plus 300 signes.").default("").transform(oneLine),
  /** Where a postponed session goes; empty: not known yet. */
  nouveau_jour: readField(readDay),
  nouvelle_heure: readField(readHour),
  version: versionField,
  key: optionalUuid,
});

/** Codes of files, however they are separated. */
export const codesField = z
  .string()
  .max(2000, "Au plus 100 codes.")
  .default("")
  .transform((value) => [...new Set(value.toUpperCase().split(/[\s,;]+/))].filter(Boolean));

export const RegistrationForm = z.object({
  key: uuidField,
  codes: codesField,
  personne: optionalUuid,
  /** Together: all of them or none. */
  ensemble: z.string().default(""),
});
export const CancellationForm = z.object({
  personne: uuidField,
  raison: z.string().max(300, "Au plus 300 signes.").default("").transform(oneLine),
});
export const LinkForm = z.object({ personne: optionalUuid, code: z.string().max(40).default("").transform(oneLine) });
export const AnswerForm = z.object({ reponse: z.enum(["oui", "non"], "Choisissez oui ou non.") });

const heads = countField(0, 1000);

/** Who came: a field a person, named by their identifier, is read beside this shape. */
export const ClosingForm = z.looseObject({
  version: versionField,
  codes: codesField,
  femmes: heads,
  hommes: heads,
  autres: heads,
  sans_precision: heads,
});
