// The numbers of an edition, counted together: whatever its chapters ask of one source and one period is one question to the database. For
// readers outside the team they are those that a source publishes, masked all together.
import type { Tx } from "../../../../core/db/transaction.ts";
import { askFigures, type FigureTable, type Period } from "../../../../core/figures/ask.ts";
import type { Figure } from "../../../../core/figures/figure.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { inWords, publishedAs, type Shown, shownIn } from "../masking.ts";

type Filters = Readonly<Record<string, string>>;
/** A figure, restricted, of some days; `by`: broken down along these dimensions. */
export type Wish = { figure: Figure; filters: Filters; period: Period; by: readonly string[] };

/** `hidden`: why there is no number. */
export type Counted = { value: number | null; shown: string; hidden: "masked" | "unpublished" | null };

export type Numbers = {
  /** The number of a wish, or of one cell of it. */
  at(wish: Wish, values?: readonly string[]): Counted;
  /** The values of the first (or the second) dimension of a breakdown that occur. */
  valuesOf(wish: Wish, place?: number): readonly string[];
};

/** The figures that readers outside the team know of: none that counts a personal fact kept for some roles. */
export function outsideRegistry(registry: Registry): Registry {
  const told = (figure: Figure): boolean => !figure.right;
  return {
    ...registry,
    figures: registry.figures.filter(told),
    figure(code) {
      const found = registry.figure(code);
      return found && told(found) ? found : null;
    },
  };
}

const keysOf = ({ filters, by }: Wish): string[] => [...new Set([...Object.keys(filters), ...by])].sort();
/** The value of each dimension of a cell, in the order of the dimensions. */
const cellOf = (wish: Wish, order: readonly string[], values: readonly string[]): string[] => {
  const known: Record<string, string> = { ...wish.filters };
  for (const [at, key] of wish.by.entries()) known[key] = values[at] ?? "";
  return order.map((key) => known[key] ?? "");
};
const periodKey = ({ from, to }: Period): string => `${from} ${to}`;

export const countNumbers = (
  tx: Tx,
  registry: Registry,
  wishes: readonly Wish[],
  outside: boolean,
): Promise<Numbers> => (outside ? countOutside(tx, registry, wishes) : countWithin(tx, registry, wishes));

type Group = { period: Period; filters: Filters; codes: Set<string>; sets: Map<string, string[]> };

/** Wishes that one question answers: of one source and one period; with three dimensions or more, of one filter too. */
function groupOf(registry: Registry, wish: Wish): string {
  const { figure, period, filters } = wish;
  const { measure } = figure;
  // A ratio whose terms are rows of another source is asked apart: the other figures' dimensions may be unknown there.
  const apart =
    measure.kind === "ratio" &&
    [measure.over, measure.under].some((code) => registry.figure(code)?.source !== figure.source);
  return JSON.stringify([
    figure.source,
    periodKey(period),
    apart ? figure.code : "",
    keysOf(wish).length > 2 ? Object.entries(filters).sort() : [],
  ]);
}

async function countWithin(tx: Tx, registry: Registry, wishes: readonly Wish[]): Promise<Numbers> {
  const groups = new Map<string, Group>();
  const setOf = (wish: Wish): string[] => (keysOf(wish).length > 2 ? [...wish.by].sort() : keysOf(wish));
  for (const wish of wishes) {
    const name = groupOf(registry, wish);
    const { figure, period, filters } = wish;
    const group = groups.get(name) ?? {
      period,
      filters: keysOf(wish).length > 2 ? filters : {},
      codes: new Set<string>(),
      sets: new Map<string, string[]>(),
    };
    groups.set(name, group);
    group.codes.add(figure.code);
    if (figure.measure.kind === "ratio") group.codes.add(figure.measure.under);
    group.sets.set(setOf(wish).join(), setOf(wish));
  }
  const tables = new Map<string, FigureTable>();
  for (const [name, { period, filters, codes, sets }] of groups)
    tables.set(name, await askFigures(tx, registry, { codes: [...codes], period, by: [...sets.values()], filters }));
  const tableOf = (wish: Wish): FigureTable => {
    const table = tables.get(groupOf(registry, wish));
    if (!table) throw new Error(`not asked: ${wish.figure.code}`);
    return table;
  };
  return {
    at(wish, values = []) {
      const order = setOf(wish);
      const value = tableOf(wish).at(wish.figure.code, order, cellOf(wish, order, values));
      return { value, shown: inWords(value), hidden: null };
    },
    valuesOf: (wish, place = 0) => occurring(tableOf(wish).cells, wish, setOf(wish), place),
  };
}

type Cell = { code: string; by: readonly string[]; values: readonly string[]; value?: number };

/** The values of one dimension of a wish among cells; a cell of zero does not occur. */
function occurring(cells: readonly Cell[], wish: Wish, order: readonly string[], place: number): string[] {
  const at = order.indexOf(wish.by[place] ?? "");
  const found = new Set<string>();
  for (const cell of cells) {
    if (cell.code !== wish.figure.code || cell.value === 0 || cell.by.join() !== order.join()) continue;
    const held = order.every((key, where) => wish.by.includes(key) || cell.values[where] === wish.filters[key]);
    const value = cell.values[at];
    if (held && value !== undefined) found.add(value);
  }
  return [...found].sort();
}

async function countOutside(tx: Tx, registry: Registry, wishes: readonly Wish[]): Promise<Numbers> {
  const shown = new Map<string, Shown>();
  const nameOf = ({ figure, period }: Wish): string => `${figure.source} ${periodKey(period)}`;
  const orderOf = (wish: Wish): readonly string[] | null =>
    registry.figure(wish.figure.code) ? publishedAs(registry.source(wish.figure), keysOf(wish)) : null;
  for (const wish of wishes) {
    const name = nameOf(wish);
    if (!shown.has(name) && orderOf(wish) !== null)
      shown.set(name, await shownIn(tx, registry, registry.source(wish.figure), wish.period, false));
  }
  return {
    at(wish, values = []) {
      const order = orderOf(wish);
      const known = shown.get(nameOf(wish));
      if (!order || !known) return { value: null, shown: "non publié", hidden: "unpublished" };
      const cell = cellOf(wish, order, values);
      const value = known.value(wish.figure.code, order, cell);
      return {
        value,
        shown: known.cell(wish.figure.code, order, cell),
        hidden: value === null ? "masked" : null,
      };
    },
    valuesOf(wish, place = 0) {
      const order = orderOf(wish);
      const known = shown.get(nameOf(wish));
      if (!order || !known) return [];
      const cells = known.cells.filter((cell) => known.any(cell.code, cell.by, cell.values));
      return occurring(cells, wish, order, place);
    },
  };
}
