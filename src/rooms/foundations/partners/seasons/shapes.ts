// Fields that the forms of seasons have in common.
import { z } from "zod";
import { sideWords } from "../accounts/words.ts";
import { seasonOf, seasonWords } from "./rules.ts";

/** The year in which a season begins. */
export const seasonField = z.coerce
  .number("Choisissez une saison.")
  .int("Choisissez une saison.")
  .min(1990, "Choisissez une saison.")
  .max(2200, "Choisissez une saison.");
export const sideField = z.enum(["social", "cultural"], "Choisissez un côté.");

/** The seasons that a form offers: the next one, this one and two before. */
export const seasonOptions = (today: string): { value: string; label: string }[] => {
  const now = seasonOf(today);
  return [now + 1, now, now - 1, now - 2].map((season) => ({ value: String(season), label: seasonWords(season) }));
};
export const sideOptions = Object.entries(sideWords).map(([value, label]) => ({ value, label }));
