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

/** A text of several lines: lines kept, their ends trimmed. */
const paragraphs = (most: number) =>
  z
    .string()
    .max(most, `Au plus ${most} signes.`)
    .default("")
    .transform((text) =>
      text
        .split(/\r?\n/)
        .map((line) => line.trimEnd())
        .join("\n")
        .trim(),
    );

const reader = z.enum(["author", "referents", "team"], "Choisissez pour qui est la note.").default("referents");

const interview = {
  dispositif: optionalUuid,
  lieu: uuidField,
  conseiller: optionalUuid,
  jour: neededField(readDay, "Écrivez le jour"),
  heure: readField(readHour),
  duree: countField(5, 600),
  mode: z.enum(["in_person", "phone", "video"], "Choisissez un mode.").default("in_person"),
  salle: optionalUuid,
  /** Said after a warning: the adviser or the room is taken, and it is meant so. */
  malgre: z.string().default(""),
};

/** An interview, planned or noted afterwards, with its first note. `code`: a file's code, where the form was not opened from a file. */
export const InterviewForm = z.object({
  ...interview,
  key: uuidField,
  personne: optionalUuid,
  code: z.string().max(40, "Au plus 40 signes.").default("").transform(oneLine),
  note: paragraphs(8000),
  lecteur: reader,
});

export const InterviewChangeForm = z.object({ ...interview, version: versionField });

export const StatusForm = z.object({
  etat: z.enum(["planned", "held", "no_show", "cancelled"], "Choisissez dans la liste."),
  raison: z.string().max(300, "Au plus 300 signes.").default("").transform(oneLine),
  version: versionField,
  /** The page to go back to. */
  retour: z.string().max(200).default(""),
});

export const NoteForm = z.object({
  key: uuidField,
  note: paragraphs(8000).pipe(z.string().min(1, "Écrivez la note.")),
  lecteur: reader,
});

export const NoteWithdrawalForm = z.object({});

export const TemplateForm = z.object({
  key: uuidField,
  titre: neededLine("Écrivez le titre.", 80),
  texte: paragraphs(4000).pipe(z.string().min(1, "Écrivez le texte.")),
});
export const TemplateChangeForm = z.object({
  titre: neededLine("Écrivez le titre.", 80),
  texte: paragraphs(4000).pipe(z.string().min(1, "Écrivez le texte.")),
  au: readField(readDay),
  version: versionField,
});
