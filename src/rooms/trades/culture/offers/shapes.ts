// The form by which places are offered, and what it becomes.
import { z } from "zod";
import { countField, neededField, readField, uuidField } from "../../../../core/http/fields.ts";
import { oneLine, readDay, readHour } from "../../../../core/importing/values.ts";
import { addDays } from "../../../../core/time.ts";
import { type Access, accessWords } from "../words.ts";

const line = (most: number) => z.string().max(most, `Au plus ${most} signes.`).default("").transform(oneLine);
const whole = (least: number, most: number, missing: string) =>
  z.string().transform((text, context) => {
    const typed = text.replace(/[\s\u00A0\u202F]/g, "");
    if (/^\d+$/.test(typed) && Number(typed) >= least && Number(typed) <= most) return Number(typed);
    context.addIssue({ code: "custom", message: typed ? `Un nombre de ${least} à ${most}.` : missing });
    return z.NEVER;
  });
/** What it is about and how to get there, as written. */
export const toldShape = {
  parle: z.string().trim().max(1000, "Au plus 1 000 signes.").default(""),
  venir: z.string().trim().max(500, "Au plus 500 signes.").default(""),
};
export const repeats = { none: "une seule date", daily: "tous les jours", weekly: "chaque semaine" } as const;
export const mostDates = 60;

/** Communes as typed: "Lyon, Vaulx-en-Velin". */
export const communesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;]/)
      .map(oneLine)
      .filter((one) => one !== ""),
  ),
];

export const OfferForm = z.object({
  key: uuidField,
  partenaire: line(200),
  titre: line(200).refine((text) => text !== "", "Donnez un titre."),
  genre: line(60),
  lieu: line(200),
  jour: neededField(readDay, "Donnez le jour, jj/mm/aaaa"),
  heure: readField(readHour),
  repetition: z.enum(["none", "daily", "weekly"]).default("none"),
  dates: z
    .string()
    .default("1")
    .transform((text) => Math.min(mostDates, Math.max(1, Math.trunc(Number(text)) || 1))),
  places: whole(1, 100_000, "Dites combien de places vous donnez."),
  max: whole(1, 200, "Dites combien de places au plus par réservation."),
  cloture: countField(0, 2_000),
  age_de: countField(0, 120),
  age_a: countField(0, 120),
  langue: line(60),
  duree: countField(1, 1440),
  accueil: line(500),
  ...toldShape,
  accompagnants: z.string().optional(),
});
export type OfferForm = z.infer<typeof OfferForm>;

/** What makes it easy to attend, as ticked. */
export const accessOf = (ticked: readonly string[]): Access[] =>
  ticked.filter((one): one is Access => Object.hasOwn(accessWords, one));

/** The days of a series. */
export const daysOf = ({ jour, repetition, dates }: Pick<OfferForm, "jour" | "repetition" | "dates">): string[] =>
  repetition === "none"
    ? [jour]
    : Array.from({ length: dates }, (_, at) => addDays(jour, at * (repetition === "weekly" ? 7 : 1)));
