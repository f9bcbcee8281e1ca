// The forms of the portal.
import { z } from "zod";
import { countField, neededLine, readField, uuidField, versionField, whyField } from "../../../../core/http/fields.ts";
import { oneLine, readDay, readHour } from "../../../../core/importing/values.ts";
import { audienceShape } from "../offers/audience.tsx";
import { toldShape } from "../offers/shapes.ts";
import { accessWords } from "../words.ts";

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`));
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(one).max(20));

/** Rows of a booking: as many people at once, each row a booking of its own. */
export const bookingRows = 3;
const row = (at: number) => ({
  [`prenom${at}`]: line(60),
  [`fiche${at}`]: line(20),
  [`personnes${at}`]: countField(1, 200),
  [`accompagnants${at}`]: countField(0, 200),
});
export const BookForm = z.object({
  key1: uuidField,
  key2: uuidField,
  key3: uuidField,
  attendre: z.string().default(""),
  ...row(1),
  ...row(2),
  ...row(3),
});

export type BookRow = { key: string; firstName: string; code: string; people: number; companions: number };

/** The rows that were filled in; the first one always is: one person, if nothing else is said. */
export function rowsOf(form: z.infer<typeof BookForm>): BookRow[] {
  const said = form as unknown as Record<string, string | number | null>;
  const rows: BookRow[] = [];
  for (let at = 1; at <= bookingRows; at += 1) {
    const people = said[`personnes${at}`] as number | null;
    const firstName = String(said[`prenom${at}`] ?? "");
    const code = String(said[`fiche${at}`] ?? "");
    const companions = (said[`accompagnants${at}`] as number | null) ?? 0;
    if (at > 1 && people === null && firstName === "" && code === "" && companions === 0) continue;
    rows.push({ key: String(said[`key${at}`]), firstName, code, people: people ?? 1, companions });
  }
  return rows;
}

export const PublishForm = z
  .object({
    key: uuidField,
    titre: neededLine("Écrivez le titre de la sortie.", 160),
    genre: line(60),
    salle: line(160),
    jours: z
      .string()
      .max(2000, "Au plus 2 000 signes.")
      .default("")
      // Each field says what is wrong with it by itself, so that all is told at once.
      .superRefine((text, context) => {
        const series = daysOfSeries(text, 1);
        if ("wrong" in series) context.addIssue({ code: "custom", message: series.wrong });
      }),
    heure: readField(readHour),
    semaines: countField(1, 52),
    places: countField(1, 100_000).refine((count) => count !== null, "Écrivez le nombre de places."),
    plafond: countField(1, 200),
    age: countField(0, 120),
    agemax: countField(0, 120),
    duree: countField(1, 1440),
    langue: line(40),
    acces: many(z.enum(Object.keys(accessWords) as [keyof typeof accessWords])),
    rendezvous: z.string().trim().max(600, "Au plus 600 signes.").default(""),
    ...toldShape,
    accompagnants: z.string().default(""),
    cloture: countField(0, 2_000),
    ...audienceShape,
  })
  .superRefine((form, context) => {
    if (form.age !== null && form.agemax !== null && form.agemax < form.age)
      context.addIssue({ code: "custom", path: ["agemax"], message: "L’âge le plus grand est sous le plus petit." });
  });

/**
 * The days of a series: those that were written (one a line, or apart by commas), each repeated every week so many times in all. A day that
 * is none is told by its text. Sorted, each once; 120 at most.
 */
export function daysOfSeries(text: string, weeks: number): { days: string[] } | { wrong: string } {
  const written = text.split(/[\n,;]+/).map((one) => one.trim());
  const days = new Set<string>();
  for (const one of written) {
    if (one === "") continue;
    const read = readDay(one);
    if (!read.ok) return { wrong: `${read.reason.charAt(0).toUpperCase()}${read.reason.slice(1)}.` };
    for (let week = 0; week < weeks; week += 1) {
      const date = new Date(`${read.value}T00:00:00Z`);
      date.setUTCDate(date.getUTCDate() + week * 7);
      days.add(date.toISOString().slice(0, 10));
    }
  }
  if (days.size === 0) return { wrong: "Écrivez au moins un jour." };
  return days.size > 120 ? { wrong: "Au plus 120 dates à la fois." } : { days: [...days].sort() };
}

/** What is wrong with the days of a series when one of them is over; nothing when none is, or when they cannot be read. */
export function pastDay(text: string, today: string): { jours?: string } {
  const series = daysOfSeries(text, 1);
  return "days" in series && series.days.some((day) => day < today) ? { jours: "Un de ces jours est passé." } : {};
}

export const PlacesForm = z.object({
  key: uuidField,
  version: versionField,
  places: countField(0, 100_000),
  confirme: z.string().default(""),
});
export const CallOffForm = z.object({ key: uuidField, raison: whyField });
