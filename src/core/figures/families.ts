// Figures of a family: `gpp.personnes` is the figure `dispositif.personnes`, filtered on the programme "gpp". Which values there are is
// the house's own affair, so a code is found with the house at hand.
import type { Tx } from "../db/transaction.ts";
import type { Period } from "./ask.ts";
import type { Figure } from "./figure.ts";
import { labelsOf } from "./labels.ts";
import type { Registry } from "./registry.ts";

/** What follows the dot. */
export const suffixOf = (code: string): string => code.slice(code.lastIndexOf(".") + 1);
/** The code of a family's figure for one of its values. */
export const memberCode = (figure: Figure, value: string): string => `${value}.${suffixOf(figure.code)}`;

export type FoundFigure = {
  figure: Figure;
  filters: Readonly<Record<string, string>>;
  /** The member's own name: "Guidance Professionnelle Personnalisée". */
  of: string | null;
};

/** The figure of a code, declared or of a family; null when the house has none of that name. */
export async function findFigure(
  tx: Tx,
  registry: Registry,
  code: string,
  period: Period,
): Promise<FoundFigure | null> {
  const declared = registry.figure(code);
  if (declared) return { figure: declared, filters: {}, of: null };
  const dot = code.lastIndexOf(".");
  if (dot < 1) return null;
  const value = code.slice(0, dot);
  for (const figure of registry.figures) {
    if (!figure.families || suffixOf(figure.code) !== suffixOf(code)) continue;
    for (const key of figure.families) {
      const dimension = registry.dimension(figure, key);
      const label = dimension ? (await labelsOf(tx, dimension, period)).get(value) : undefined;
      if (label !== undefined) return { figure, filters: { [key]: value }, of: label };
    }
  }
  return null;
}
