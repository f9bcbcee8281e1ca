// What the small languages of a programme's definition share: one thing a line, a sentence for what is not understood.
import { comparable } from "../../../../core/importing/values.ts";

export type Line<T> = { ok: true; value: T } | { ok: false; reason: string };

/** For comparison: no accent, no case, single spaces. "À vérifier" is "a verifier". */
export const plain = (text: string): string => comparable(text).replaceAll("_", " ");

/** Reads a text, one thing a line; the first line that is not understood is named. */
export function readLines<T>(text: string, read: (line: string) => Line<T>, keyOf: (value: T) => string): Line<T[]> {
  const values: T[] = [];
  const keys = new Set<string>();
  for (const [nth, raw] of text.split("\n").entries()) {
    const line = raw.trim().replace(/\s+/g, " ");
    if (line === "") continue;
    const found = read(line);
    if (!found.ok) return { ok: false, reason: `Ligne ${nth + 1}\u00a0: ${found.reason}.` };
    const key = keyOf(found.value);
    if (keys.has(key)) return { ok: false, reason: `Ligne ${nth + 1}\u00a0: c’est déjà écrit plus haut.` };
    keys.add(key);
    values.push(found.value);
  }
  return { ok: true, value: values };
}

/** "a, b ou c" as its parts. */
export const orOf = (text: string): string[] =>
  text
    .split(/,| ou /)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** "45 ans ou plus", "25 ou moins", "18 a 25": bounds, both within; null when it is none of these. The text is without accents. */
export function rangeOf(text: string): { min?: number; max?: number } | null {
  const one = /^(\d+)(?: ans| mois)? ou (plus|moins)$/.exec(text);
  if (one) return one[2] === "plus" ? { min: Number(one[1]) } : { max: Number(one[1]) };
  const two = /^(?:de )?(\d+) a (\d+)(?: ans| mois)?$/.exec(text);
  return two && Number(two[1]) <= Number(two[2]) ? { min: Number(two[1]), max: Number(two[2]) } : null;
}

export const rangeText = ({ min, max }: { min?: number; max?: number }, unit: string): string => {
  const after = unit === "" ? "" : ` ${unit}`;
  return min !== undefined && max !== undefined
    ? `${min} à ${max}${after}`
    : `${min ?? max ?? 0}${after} ou ${min === undefined ? "moins" : "plus"}`;
};

/** What stands before the last colon, and the comma-separated words behind it. */
export function labelled(line: string): { label: string; words: string[] } | null {
  const at = line.lastIndexOf(":");
  const label = line.slice(0, at).trim();
  return at < 1 || label === ""
    ? null
    : {
        label,
        words: line
          .slice(at + 1)
          .split(/,(?![^(]*\))/)
          .map((word) => word.trim())
          .filter((word) => word !== ""),
      };
}
