// The numbers of a year as their reader may see them: exact for the team, masked for others. Masks are worked out once over all that is
// published of a source and a year, so that every page hides the same cells.
import type { Tx } from "../../../core/db/transaction.ts";
import { askFigures, type FigureTable, type Period } from "../../../core/figures/ask.ts";
import type { Figure, FigureSource } from "../../../core/figures/figure.ts";
import { maskedCells, type Sum } from "../../../core/figures/mask.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import type { At } from "../../../core/http/route.ts";
import { may, type Scope } from "../../../core/rights.ts";
import { number } from "../../../ui/words.ts";
import { rights } from "./rights.ts";

export type Shown = {
  masked: boolean;
  /** Every cell that is published, zeros apart, totals first; its number is asked of `cell` and `value`. */
  cells: readonly { code: string; by: readonly string[]; values: readonly string[] }[];
  /** The values of a breakdown that occur, in their order. */
  valuesOf(by: string): readonly string[];
  /** True when the cell is not zero; known to all, since what is masked is not nothing. */
  any(code: string, by: readonly string[], values: readonly string[]): boolean;
  /** A cell in words: "26 594", or "masqué". */
  cell(code: string, by?: readonly string[], values?: readonly string[]): string;
  /** A cell as a number; null when masked. */
  value(code: string, by?: readonly string[], values?: readonly string[]): number | null;
};

const idOf = (code: string, by: readonly string[], values: readonly string[]): string =>
  JSON.stringify([code, by, values]);

/** May this scope see small numbers, any period and any filter? */
export const seesExact = (scope: Scope): boolean => may(scope, rights["figure.exact"]);

/** The breakdown that is published with these dimensions, in its own order; null when there is none. */
export const publishedAs = (source: FigureSource, keys: readonly string[]): readonly string[] | null =>
  source.published.find((by) => by.length === keys.length && by.every((key) => keys.includes(key))) ?? null;

/** Events add up over any dimension; distinct people only over what each of them has once. */
const addsUp = (figure: Figure, source: FigureSource, key: string): boolean =>
  figure.measure.kind !== "distinct" ||
  source.dimensions.some((dimension) => dimension.key === key && dimension.onePerPerson === true);

/** Which sums hold among the cells of a table: the parts of a breakdown and its total, the cells of a two-way one and both of its edges. */
export function sumsOf(table: FigureTable, adds: (code: string, by: string) => boolean): Sum[] {
  const groups = new Map<string, { total: string; parts: string[] }>();
  for (const { code, by, values } of table.cells)
    for (const [at, key] of by.entries()) {
      if (!adds(code, key)) continue;
      const others = <T>(list: readonly T[]): T[] => list.filter((_, place) => place !== at);
      const total = idOf(code, others(by), others(values));
      const name = `${total}|${key}`;
      const group = groups.get(name) ?? { total, parts: [] };
      group.parts.push(idOf(code, by, values));
      groups.set(name, group);
    }
  // A sum whose total is told nowhere gives nothing away.
  const told = new Set(table.cells.map(({ code, by, values }) => idOf(code, by, values)));
  return [...groups.values()].filter(({ total }) => told.has(total));
}

/** All that is published of one source in a year, as this reader may see it. */
export const shownYear = (at: At, registry: Registry, source: FigureSource, year: number): Promise<Shown> =>
  shownIn(at.tx, registry, source, yearPeriod(year), seesExact(at.scope));

/** The same of any period; `exact`: nothing is masked. */
export async function shownIn(
  tx: Tx,
  registry: Registry,
  source: FigureSource,
  period: Period,
  exact: boolean,
): Promise<Shown> {
  const figures = registry.figures.filter((figure) => figure.source === source.name);
  const table = await askFigures(tx, registry, {
    codes: figures.map((figure) => figure.code),
    period,
    by: source.published,
  });
  const byCode = new Map(figures.map((figure) => [figure.code, figure]));
  const termsOf = (code: string): string[] => {
    const measure = byCode.get(code)?.measure;
    return measure?.kind === "ratio" ? [measure.over, measure.under] : [];
  };
  const masked = exact ? new Set<string>() : maskedOf(table, source, byCode);
  // A ratio tells its terms, and is hidden with either.
  const isMasked = (code: string, by: readonly string[], values: readonly string[]): boolean =>
    [code, ...termsOf(code)].some((one) => masked.has(idOf(one, by, values)));
  return {
    masked: masked.size > 0,
    cells: [...table.cells].sort((one, other) => one.by.length - other.by.length),
    valuesOf: table.valuesOf,
    any: (code, by, values) => table.at(code, by, values) !== 0,
    cell(code, by = [], values = []) {
      return isMasked(code, by, values) ? "masqué" : inWords(table.at(code, by, values));
    },
    value: (code, by = [], values = []) => (isMasked(code, by, values) ? null : table.at(code, by, values)),
  };
}

/** A number with the decimals that it has. */
export const inWords = (value: number): string =>
  number(value, Number.isInteger(value) ? 0 : (String(value).split(".")[1]?.length ?? 0));

/** The cells that a reader outside the team does not see. */
export function maskedOf(table: FigureTable, source: FigureSource, figures: ReadonlyMap<string, Figure>): Set<string> {
  if (source.ofPeople === false) return new Set();
  const counts = table.cells.filter((cell) => figures.get(cell.code)?.measure.kind !== "ratio");
  const cells = new Map(counts.map((cell) => [idOf(cell.code, cell.by, cell.values), cell.value]));
  const adds = (code: string, by: string): boolean => {
    const figure = figures.get(code);
    return figure !== undefined && figure.measure.kind !== "ratio" && addsUp(figure, source, by);
  };
  return maskedCells(cells, sumsOf(table, adds));
}
