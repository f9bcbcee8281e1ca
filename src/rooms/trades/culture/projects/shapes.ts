// The forms of collective projects.
import { z } from "zod";
import {
  countField,
  neededField,
  neededLine,
  readField,
  uuidField,
  versionField,
} from "../../../../core/http/fields.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`));
const several = z.string().trim().max(4000, "Au plus 4 000 signes.").default("");
const kinds = ["turnkey", "mediation", "workshop", "visit", "worksite", "other"] as const;
export const states = ["planned", "held", "cancelled"] as const;

const fields = {
  titre: neededLine("Donnez un titre au projet.", 200),
  genre: z.enum(kinds, "Choisissez dans la liste."),
  demandeur: line(200),
  accueil: line(200),
  besoin: several,
  jour: neededField(readDay, "Écrivez le jour, ou le premier jour."),
  fin: readField(readDay),
  mediations: countField(0, 200),
  accord: readField(readDay),
  etat: z.enum(states, "Choisissez dans la liste."),
  raison: line(200),
  participants: countField(0, 99_999),
  bilan: several,
};

/** What the fields must say together; each sentence goes to the field that it is about. */
function together(
  form: { jour: string | null; fin: string | null; etat: string; raison: string },
  context: z.RefinementCtx,
) {
  if (form.fin && form.jour && form.fin < form.jour)
    context.addIssue({ code: "custom", path: ["fin"], message: "Le dernier jour vient avant le premier." });
  if (form.etat === "cancelled" && form.raison.length < 3)
    context.addIssue({ code: "custom", path: ["raison"], message: "Dites pourquoi le projet est annulé." });
}

export const NewProject = z.object({ ...fields, key: uuidField }).superRefine(together);
export const ChangedProject = z.object({ ...fields, version: versionField }).superRefine(together);
export type ProjectForm = Omit<z.infer<typeof NewProject>, "key">;

export const Proposal = z.object({ key: uuidField, partenaire: neededLine("Écrivez le nom de la structure.", 200) });
export const AnswerOf = z
  .object({ version: versionField, reponse: z.enum(["yes", "no"], "Dites ce qui a été répondu."), pourquoi: line(200) })
  .superRefine((form, context) => {
    if (form.reponse === "no" && form.pourquoi.length < 3)
      context.addIssue({ code: "custom", path: ["pourquoi"], message: "Dites pourquoi la structure décline." });
  });

export const YearPromise = z.object({
  annee: z.coerce
    .number("Écrivez l’année.")
    .int("Écrivez l’année.")
    .min(2000, "Au moins 2000.")
    .max(2100, "Au plus 2100."),
  projets: countField(0, 99_999),
  participants: countField(0, 99_999),
  source: neededLine("Dites où cet objectif est écrit.", 200),
  version: versionField,
});
