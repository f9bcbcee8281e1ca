// Fields of forms that several rooms have: identifiers, days and hours as hands write them, lines and longer texts.
import { z } from "zod";
import { oneLine, type Read } from "../importing/values.ts";

export const uuidField = z
  .string("Identifiant illisible : rechargez la page.")
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "Identifiant illisible : rechargez la page.");

export const optionalUuid = z
  .union([z.literal(""), uuidField])
  .default("")
  .transform((value) => value || null);

/** A value that a reader of `core/importing/values.ts` understands; null when empty. */
export const readField = (reader: (value: string) => Read<string>) =>
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

/** The same, and it must be there. */
export const neededField = (reader: (value: string) => Read<string>, missing: string) =>
  z
    .string()
    .max(60)
    .default("")
    .transform((value, context) => {
      const found = value.trim() === "" ? { ok: false as const, reason: missing } : reader(value);
      if (found.ok) return found.value;
      context.addIssue({ code: "custom", message: `${found.reason}.` });
      return z.NEVER;
    });

/** One line of text that must be there. */
export const neededLine = (missing: string, most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().min(1, missing).max(most, `Au plus ${most} signes.`));

/** Why something was changed or taken back, in a few words. */
export const whyField = z
  .string()
  .default("")
  .transform(oneLine)
  .pipe(z.string().min(3, "Dites en quelques mots pourquoi.").max(300, "Au plus 300 signes."));

export const versionField = z.coerce.number("Rechargez la page.").int("Rechargez la page.");

/** A whole number typed in figures, from `least` to `most`; null when empty. */
export const countField = (least: number, most: number) =>
  z
    .string()
    .default("")
    .transform((value, context) => {
      const typed = oneLine(value);
      if (typed === "") return null;
      if (/^\d{1,5}$/.test(typed) && Number(typed) >= least && Number(typed) <= most) return Number(typed);
      context.addIssue({ code: "custom", message: `Écrivez un nombre, de ${least} à ${most}.` });
      return z.NEVER;
    });
