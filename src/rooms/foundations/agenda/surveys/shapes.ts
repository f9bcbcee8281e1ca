// Forms about surveys.
import { z } from "zod";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { type Scale, scaleNames } from "./words.ts";

const lost = "Cette page a perdu son repère : rechargez-la.";
export const keyField = z.string(lost).refine(isUuid, lost);
const whole = (least: number, most: number) => {
  const sentence = `Écrivez un nombre de jours, de ${least} à ${most}.`;
  return z.coerce.number(sentence).int(sentence).min(least, sentence).max(most, sentence);
};
const ticked = z
  .string()
  .default("")
  .transform((value) => value === "1");
const optionalDay = z
  .string()
  .default("")
  .transform((value, context) => {
    if (value.trim() === "") return null;
    const found = readDay(value);
    if (found.ok) return found.value;
    context.addIssue({ code: "custom", message: `${found.reason}.` });
    return z.NEVER;
  });

const facts = {
  titre: z
    .string("Écrivez un titre.")
    .transform(oneLine)
    .pipe(z.string().min(1, "Écrivez un titre.").max(120, "Au plus 120 signes.")),
  accueil: z
    .string()
    .max(500, "Au plus 500 signes.")
    .default("")
    .transform((value) => value.trim() || null),
  envoi: z.enum(["interview", "session", "nothing"], "Choisissez quand l’enquête est envoyée."),
  delai: whole(0, 365),
  courriel: ticked,
  sms: ticked,
  ouverte: whole(1, 365),
  fin: optionalDay,
  echelle: z.enum(scaleNames as [Scale, ...Scale[]], "Choisissez l’échelle."),
  questions: z
    .string()
    .max(4000, "Au plus 4 000 signes.")
    .default("")
    .transform((value) => [...new Set(value.split(/\r?\n/).map(oneLine).filter(Boolean))])
    .refine((lines) => lines.length > 0, "Écrivez au moins une question.")
    .refine((lines) => lines.length <= 30, "Au plus 30 questions.")
    .refine((lines) => lines.every((line) => line.length <= 200), "Au plus 200 signes par question."),
};
const reachable = (form: { envoi: string; courriel: boolean; sms: boolean }, context: z.RefinementCtx): void => {
  if (form.envoi !== "nothing" && !form.courriel && !form.sms)
    context.addIssue({
      code: "custom",
      path: ["envoi"],
      message: "Dites par où elle part : courriel, SMS ou les deux.",
    });
};

export const NewSurveyForm = z
  .object({
    ...facts,
    key: keyField,
    dispositif: z.string("Choisissez le dispositif.").refine(isUuid, "Choisissez le dispositif."),
  })
  .superRefine(reachable);
export const ChangeSurveyForm = z.object({ ...facts, version: z.coerce.number(lost).int(lost) }).superRefine(reachable);
export const PaperForm = z.object({ key: keyField, jour: optionalDay });

type Facts = z.infer<z.ZodObject<typeof facts>>;

/** The survey that a form describes. */
export const wishOf = (form: Facts) => ({
  title: form.titre,
  intro: form.accueil,
  sent_after: form.envoi,
  delay_days: form.delai,
  by_mail: form.courriel,
  by_sms: form.sms,
  open_days: form.ouverte,
  to_day: form.fin,
  questions: form.questions,
  scale: form.echelle,
});

/** Each field's first value, as a form shows it again. */
export const firstValues = (typed: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));
