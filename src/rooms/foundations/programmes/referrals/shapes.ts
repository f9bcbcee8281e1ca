// Forms about referrals.
import { z } from "zod";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine, readDay, readEmail } from "../../../../core/importing/values.ts";
import { reasons } from "./words.ts";

const line = (most: number) =>
  z
    .string()
    .max(most, `Au plus ${most} signes.`)
    .default("")
    .transform((value) => oneLine(value) || null);
const text = (most: number) =>
  z
    .string()
    .max(most, `Au plus ${most} signes.`)
    .default("")
    .transform((value) => value.trim() || null);
const lost = "Cette page a perdu son repère : rechargez-la.";

export const SendForm = z
  .object({
    key: z.string(lost).refine(isUuid, lost),
    de: line(160),
    vers: z
      .string("Choisissez vers qui la personne est orientée.")
      .refine((value) => value === "dehors" || isUuid(value), "Choisissez vers qui la personne est orientée."),
    organisme: line(160),
    courriel: z
      .string()
      .default("")
      .transform((value, context) => {
        if (value.trim() === "") return null;
        const found = readEmail(value);
        if (found.ok) return found.value;
        context.addIssue({ code: "custom", message: `${found.reason}.` });
        return z.NEVER;
      }),
    objet: text(500).pipe(z.string("Écrivez pourquoi la personne est orientée.")),
    partage: text(1000),
  })
  .superRefine((form, context) => {
    if (form.vers !== "dehors") return;
    if (!form.organisme)
      context.addIssue({ code: "custom", path: ["organisme"], message: "Écrivez le nom de l’organisme." });
    if (!form.courriel)
      context.addIssue({ code: "custom", path: ["courriel"], message: "Écrivez l’adresse à laquelle il répondra." });
  });

const followFields = {
  apres: z.coerce.number(lost).int(lost),
  motif: z
    .enum([...reasons, ""], "Choisissez dans la liste.")
    .default("")
    .transform((value) => value || null),
  note: text(500),
};
const withReason = (form: { suite: string; motif: string | null }, context: z.RefinementCtx): void => {
  if (form.suite === "refused" && form.motif === null)
    context.addIssue({ code: "custom", path: ["motif"], message: "Choisissez le motif du refus." });
};

export const FollowForm = z
  .object({
    ...followFields,
    suite: z.enum(
      ["received", "accepted", "attended", "refused", "withdrawn", "reopened"],
      "Choisissez ce qu’il en est.",
    ),
  })
  .superRefine(withReason);

/** What whoever holds the link may say. */
export const AnswerForm = z
  .object({
    ...followFields,
    suite: z.enum(["received", "accepted", "attended", "refused"], "Choisissez une réponse."),
  })
  .superRefine(withReason);

const days = (sentence: string) => z.coerce.number(sentence).int(sentence).min(1, sentence).max(365, sentence);
export const RuleForm = z
  .object({
    du: z
      .string()
      .default("")
      .transform((value, context) => {
        if (value.trim() === "") return null;
        const found = readDay(value);
        if (found.ok) return found.value;
        context.addIssue({ code: "custom", message: `${found.reason}.` });
        return z.NEVER;
      }),
    retard: days("Écrivez un nombre de jours, de 1 à 365."),
    fin: days("Écrivez un nombre de jours, de 1 à 365."),
    source: line(200).pipe(z.string("Écrivez d’où vient ce délai.")),
  })
  .refine((form) => form.fin >= form.retard, {
    path: ["fin"],
    message: "Une orientation ne peut pas périmer avant d’être en retard.",
  });

/** Each field's first value, as a form shows it again. */
export const firstValues = (typed: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));
