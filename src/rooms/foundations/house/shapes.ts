// Pieces of forms that several pages of the house read: messages are written by hand, in French.
import { z } from "zod";
import { isUuid } from "../../../core/ids.ts";
import { roles } from "../../../core/rights.ts";
import { isDay } from "../../../core/time.ts";

const lost = "Cette page a perdu son repère : rechargez-la.";

/** The identifier that a form carries for the record it creates. */
export const keyField = z.string(lost).refine(isUuid, lost);

export const idField = (message: string) => z.string(message).refine(isUuid, message);

export const versionField = z.coerce.number(lost).int(lost).positive(lost).max(2_147_483_647, lost);

/** An address as it is stored: trimmed, lower case. */
export const emailField = z
  .string("Écrivez l’adresse électronique.")
  .trim()
  .toLowerCase()
  .min(1, "Écrivez l’adresse électronique.")
  .max(254, "Cette adresse est trop longue.")
  .regex(
    /^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>]+$/,
    "Cette adresse n’est pas complète : il en faut une comme prenom@exemple.fr.",
  );

export const nameField = (message: string) => z.string(message).trim().min(1, message).max(120, "120 signes au plus.");

/** "jj/mm/aaaa" as the ISO text "aaaa-mm-jj"; anything else unchanged. */
const isoOf = (text: string): string =>
  text
    .trim()
    .replace(
      /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/,
      (_, d: string, m: string, y: string) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`,
    );

/** A day, typed jj/mm/aaaa or ISO; ISO once read. */
export const dayField = (message: string) => z.string(message).transform(isoOf).refine(isDay, message);

/** A day that may be left empty: null then. */
export const optionalDay = (message: string) =>
  z
    .string()
    .default("")
    .transform(isoOf)
    .refine((text) => text === "" || isDay(text), message)
    .transform((text) => (text === "" ? null : text));

export const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `${most} signes au plus.`)
    .default("")
    .transform((text) => (text === "" ? null : text));

export const roleField = z.enum(roles, "Choisissez un rôle.");

/** Several values of one field, or one, or none. */
export const manyOf = <T extends z.ZodType>(one: T) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(one));

/** For what a role is held, as a form says it: "maison", "lieu:ID" or "programme:ID". */
export type Place = { site: string | null; programme: string | null };
export const placeField = z.string("Choisissez pour quoi ce rôle est donné.").transform((text, context): Place => {
  const [kind, id = ""] = text.split(":");
  if (kind === "maison") return { site: null, programme: null };
  if (kind === "lieu" && isUuid(id)) return { site: id, programme: null };
  if (kind === "programme" && isUuid(id)) return { site: null, programme: id };
  context.addIssue("Choisissez pour quoi ce rôle est donné.");
  return z.NEVER;
});

export const emptyForm = z.object({});
