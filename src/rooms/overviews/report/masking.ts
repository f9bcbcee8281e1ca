// The numbers of a chapter as its reader may see them: exact for the team, masked for others.
import type { FigureTable } from "../../../core/figures/ask.ts";
import { maskedCells, type Sum } from "../../../core/figures/mask.ts";
import { may, type Scope } from "../../../core/rights.ts";
import { number } from "../../../ui/words.ts";
import { rights } from "./rights.ts";

export type Shown = {
  masked: boolean;
  /** A cell in words: "26 594", or "moins de 5" / "non montré" when masked. */
  cell(code: string, by?: readonly string[], values?: readonly string[]): string;
  /** A cell as a number; null when masked. */
  value(code: string, by?: readonly string[], values?: readonly string[]): number | null;
};

const idOf = (code: string, by: readonly string[], values: readonly string[]): string =>
  JSON.stringify([code, by, values]);

/**
 * Which sums hold among the cells of a table: a count's breakdown adds up to its total, and a two-way breakdown to both of its one-way
 * ones. Distinct people add up only over a fact that each of them has once, such as sex.
 */
export function sumsOf(table: FigureTable, additive: (code: string, by: string) => boolean): Sum[] {
  const groups = new Map<string, { total: string; parts: string[] }>();
  for (const { code, by, values } of table.cells)
    for (const [at, key] of by.entries()) {
      if (!additive(code, key)) continue;
      const rest = by.filter((_, place) => place !== at);
      const total = idOf(
        code,
        rest,
        values.filter((_, place) => place !== at),
      );
      const name = `${total}|${key}`;
      const group = groups.get(name) ?? { total, parts: [] };
      group.parts.push(idOf(code, by, values));
      groups.set(name, group);
    }
  return [...groups.values()];
}

/** `ratios`: codes of ratios, whose terms betray each other: they are not shown to who may not see exact numbers once a term is masked. */
export function shownTo(
  scope: Scope,
  table: FigureTable,
  ratios: ReadonlyMap<string, readonly string[]> = new Map(),
): Shown {
  const exact = may(scope, rights["figure.exact"]);
  const cells = new Map(
    table.cells
      .filter((cell) => !ratios.has(cell.code))
      .map((cell) => [idOf(cell.code, cell.by, cell.values), cell.value]),
  );
  const additive = (code: string, by: string): boolean => code.includes("visites") || by === "sexe";
  const masked = exact ? new Set<string>() : maskedCells(cells, sumsOf(table, additive));
  const isMasked = (code: string, by: readonly string[], values: readonly string[]): boolean =>
    [code, ...(ratios.get(code) ?? [])].some((one) => masked.has(idOf(one, by, values)));
  return {
    masked: masked.size > 0,
    cell(code, by = [], values = []) {
      const value = table.at(code, by, values);
      return isMasked(code, by, values)
        ? "masqué"
        : number(value, Number.isInteger(value) ? 0 : (String(value).split(".")[1]?.length ?? 0));
    },
    value: (code, by = [], values = []) => (isMasked(code, by, values) ? null : table.at(code, by, values)),
  };
}
