// Asks figures: all those of one source, with all their breakdowns, in one statement. The rows of the period are read once and folded
// twice: into cells, which hold what is counted, and into people, each once for the places where they came. The breakdowns count those.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import { isDay } from "../time.ts";
import { countedOnce, countedSql, type Dimension, type Figure, type FigureSource } from "./figure.ts";
import type { Registry } from "./registry.ts";
import { remembered } from "./remember.ts";

export type Period = { from: string; to: string };
/** A filter's value for rows that have none. */
export const noValue = "-";

export type FigureWish = {
  codes: readonly string[];
  period: Period;
  /** Breakdowns, each of at most two dimensions; [] is the total. */
  by: readonly (readonly string[])[];
  /** Those of them in which distinct people or structures are counted, which is what costs; all when absent. */
  distinctBy?: readonly (readonly string[])[];
  filters?: Readonly<Record<string, string>>;
};

/** One number: which figure, in which cell of which breakdown (values in the order of its dimensions; `noValue` for none). */
export type FigureCell = { code: string; by: readonly string[]; values: readonly string[]; value: number };

export type FigureTable = {
  cells: readonly FigureCell[];
  /** The number of a cell; 0 where there is none. */
  at(code: string, by?: readonly string[], values?: readonly string[]): number;
  /** The values of a dimension that occur, in their order. */
  valuesOf(by: string): readonly string[];
};

/** @throws when a code or a dimension is unknown: callers name what the registry has. */
export async function askFigures(tx: Tx, registry: Registry, wish: FigureWish): Promise<FigureTable> {
  const asked = wish.codes.map((code) => known(registry, code));
  const terms = new Map<string, Figure>();
  for (const figure of asked)
    if (figure.measure.kind === "ratio")
      for (const code of [figure.measure.over, figure.measure.under]) terms.set(code, known(registry, code));
    else terms.set(figure.code, figure);
  const cells: FigureCell[] = [];
  for (const [, figures] of Map.groupBy(terms.values(), (figure) => figure.source)) {
    const [first] = figures;
    if (first) cells.push(...(await askSource(tx, registry.source(first), figures, wish)));
  }
  const index = new Map(cells.map((cell) => [keyOf(cell.code, cell.by, cell.values), cell.value]));
  const at = (code: string, by: readonly string[] = [], values: readonly string[] = []): number =>
    index.get(keyOf(code, by, values)) ?? 0;
  for (const figure of asked) {
    if (figure.measure.kind !== "ratio") continue;
    const { over, under, round, percent } = figure.measure;
    const places = new Map(
      cells.filter((cell) => cell.code === under).map((cell) => [keyOf("", cell.by, cell.values), cell]),
    );
    for (const { by, values, value: base } of places.values()) {
      // A share of nothing is not told.
      if (base === 0) continue;
      const cell = {
        code: figure.code,
        by,
        values,
        value: ratioOf(at(over, by, values), at(under, by, values), round, percent),
      };
      cells.push(cell);
      index.set(keyOf(figure.code, by, values), cell.value);
    }
  }
  // A ratio's terms were counted for it; they are told when they were asked for.
  const codes = new Set(wish.codes);
  const told = cells.filter((cell) => codes.has(cell.code));
  return {
    cells: told,
    at,
    valuesOf: (by) =>
      [
        ...new Set(
          told.filter((cell) => cell.by.length === 1 && cell.by[0] === by).map((cell) => cell.values[0] ?? noValue),
        ),
      ].sort(),
  };
}

const keyOf = (code: string, by: readonly string[], values: readonly string[]): string =>
  JSON.stringify([code, by, values]);

function known(registry: Registry, code: string): Figure {
  const figure = registry.figure(code);
  if (!figure) throw new Error(`unknown figure: ${code}`);
  return figure;
}

/** over / under, rounded half up to `round` decimals, computed on whole numbers; 0 when there is nothing under. */
export function ratioOf(over: number, under: number, round: number, percent: boolean): number {
  if (under === 0) return 0;
  const scale = 10n ** BigInt(round) * (percent ? 100n : 1n);
  const [a, b] = [BigInt(Math.round(over * 1000)), BigInt(Math.round(under * 1000))];
  return Number((2n * a * scale + b) / (2n * b)) / 10 ** round;
}

export function dimensionOf(source: FigureSource, key: string): Dimension {
  const found = source.dimensions.find((dimension) => dimension.key === key);
  if (!found) throw new Error(`${source.name} has no dimension ${key}`);
  return found;
}

/** SQL of a declaration, with the period's days for $from and $to: "left in the period" is true of a row only within one. */
export function inPeriod(text: string, period: Period): RawBuilder<unknown> {
  if (!isDay(period.from) || !isDay(period.to)) throw new Error(`not a period: ${period.from} ${period.to}`);
  return sql.raw(text.replaceAll("$from", `'${period.from}'::date`).replaceAll("$to", `'${period.to}'::date`));
}

/** The joins that some parts need, in the source's order. */
export function joinsFor(
  source: FigureSource,
  parts: readonly { joins?: readonly string[] | undefined }[],
): RawBuilder<unknown> {
  const needed = new Set(parts.flatMap((part) => part.joins ?? []));
  return sql.raw(
    Object.entries(source.joins)
      .flatMap(([name, text]) => (needed.has(name) ? [text] : []))
      .join("\n"),
  );
}

/** The rows of a house in a period, as filtered: the same words for the count, the list and the export. */
export function rowsWhere(
  tx: Tx,
  source: FigureSource,
  period: Period,
  filters: Readonly<Record<string, string>>,
): RawBuilder<unknown> {
  const conditions = Object.entries(filters).map(([key, value]) => {
    const expression = sql.raw(dimensionOf(source, key).expression);
    return value === noValue ? sql`(${expression}) IS NULL` : sql`(${expression})::text = ${value}`;
  });
  const when =
    typeof source.day === "string"
      ? sql`${sql.raw(source.day)} BETWEEN ${period.from}::date AND ${period.to}::date`
      : sql`${sql.raw(source.day.from)} <= ${period.to}::date AND (${sql.raw(source.day.to)} IS NULL OR ${sql.raw(source.day.to)} >= ${period.from}::date)`;
  return sql`r.house_id = ${tx.scope.house} AND ${when}
    ${source.where ? sql`AND ${sql.raw(source.where)}` : sql``} ${conditions.length > 0 ? sql`AND ${sql.join(conditions, sql` AND `)}` : sql``}`;
}

async function askSource(
  tx: Tx,
  source: FigureSource,
  figures: readonly Figure[],
  wish: FigureWish,
): Promise<FigureCell[]> {
  const filters = wish.filters ?? {};
  const keys = [...new Set(wish.by.flat())];
  const dimensions = keys.map((key) => dimensionOf(source, key));
  const parts = [
    ...dimensions,
    ...Object.keys(filters).map((key) => dimensionOf(source, key)),
    ...figures.flatMap((figure) => (figure.where ? [figure.where] : [])),
  ];
  const column = (key: string) => sql.raw(`d${keys.indexOf(key)}`);
  const flag = (figure: Figure) => sql.raw(`f${figures.indexOf(figure)}`);
  const once = countedOnce(figures);
  const selected = [
    ...dimensions.map(
      (dimension, at) => sql`coalesce((${sql.raw(dimension.expression)})::text, ${noValue}) AS ${sql.raw(`d${at}`)}`,
    ),
    ...once.map(({ of }) => sql`${sql.raw(countedSql(source, of))} AS ${sql.raw(of)}`),
    ...figures.map(
      (figure) => sql`${figure.where ? inPeriod(`(${figure.where.sql})`, wish.period) : sql`true`} AS ${flag(figure)}`,
    ),
    ...figures.flatMap((figure) =>
      figure.measure.kind === "sum"
        ? [sql`(${sql.raw(figure.measure.expression)}) AS ${sql.raw(`m${figures.indexOf(figure)}`)}`]
        : [],
    ),
  ];
  const counted = figures.filter((figure) => figure.measure.kind === "count" || figure.measure.kind === "sum");
  const total = (figure: Figure) => sql.raw(`n${figures.indexOf(figure)}`);
  // Read once, the rows are counted as they come, by several processes where they are many; read again, they are written down first.
  let readings = 0;
  const base = (): RawBuilder<unknown> => {
    readings += 1;
    return sql`base`;
  };
  const folds: RawBuilder<unknown>[] = [];
  const questions: RawBuilder<unknown>[] = [];
  const ask = (
    set: number,
    which: readonly Figure[],
    values: RawBuilder<unknown>[],
    from: RawBuilder<unknown>,
  ): void => {
    const columns = (wish.by[set] ?? []).map(column);
    questions.push(sql`SELECT ${set}::int AS "set", ${columns[0] ?? sql`NULL`}::text AS one, ${columns[1] ?? sql`NULL`}::text AS two,
      ARRAY[${sql.join(which.map((figure) => sql`${figures.indexOf(figure)}::int`))}] AS which, ARRAY[${sql.join(values)}] AS values
      FROM ${from} ${columns.length > 0 ? sql`GROUP BY ${sql.join(columns)}` : sql``}`);
  };

  if (counted.length > 0) {
    const totals = counted.map((figure) =>
      figure.measure.kind === "sum"
        ? sql`sum(${sql.raw(`m${figures.indexOf(figure)}`)}) FILTER (WHERE ${flag(figure)}) AS ${total(figure)}`
        : sql`count(*) FILTER (WHERE ${flag(figure)}) AS ${total(figure)}`,
    );
    const columns = keys.map(column);
    folds.push(
      sql`cells AS MATERIALIZED (SELECT ${sql.join([...columns, ...totals])} FROM ${base()} ${columns.length > 0 ? sql`GROUP BY ${sql.join(columns)}` : sql``})`,
    );
    const values = counted.map((figure) => sql`coalesce(sum(${total(figure)}), 0)::float8`);
    for (const set of wish.by.keys()) ask(set, counted, values, sql`cells`);
  }

  const sets = [...wish.by.entries()].filter(
    ([, by]) =>
      wish.distinctBy?.some((one) => one.length === by.length && one.every((key) => by.includes(key))) ?? true,
  );
  for (const { of, figures: distinct } of once) {
    const who = sql.raw(of);
    // Each once for a group of columns, with what is true of any of their rows.
    const eachOnce = (names: readonly string[], from: RawBuilder<unknown>) => sql`
      SELECT ${sql.join([...names.map(column), who, ...distinct.map((figure) => sql`bool_or(${flag(figure)}) AS ${flag(figure)}`)])}
        FROM ${from} WHERE ${who} IS NOT NULL GROUP BY ${sql.join([...names.map(column), who])}`;
    const values = distinct.map((figure) => sql`(count(*) FILTER (WHERE ${flag(figure)}))::float8`);
    // Where somebody has one site, one sex, one age band most of the time, their rows are folded once for all these breakdowns.
    const steady = (by: readonly string[]): boolean => by.every((key) => dimensionOf(source, key).steady === true);
    const together = sets.filter(([, by]) => steady(by));
    const fold = together.length > 1 ? sql.raw(`${of}s`) : null;
    if (fold)
      folds.push(sql`${fold} AS MATERIALIZED (${eachOnce([...new Set(together.flatMap(([, by]) => by))], base())})`);
    for (const [set, by] of sets)
      ask(set, distinct, values, sql`(${eachOnce(by, fold && steady(by) ? fold : base())}) AS apart`);
  }
  if (questions.length === 0) return [];
  const rows = await remembered<{
    set: number;
    one: string | null;
    two: string | null;
    which: number[];
    values: number[];
  }>(
    tx,
    sql`
    WITH base AS ${readings > 1 ? sql`MATERIALIZED` : sql`NOT MATERIALIZED`} (SELECT ${sql.join(selected)} FROM ${sql.raw(source.from)} ${joinsFor(source, parts)} WHERE ${rowsWhere(tx, source, wish.period, filters)})
    ${folds.length > 0 ? sql`, ${sql.join(folds)}` : sql``}
    ${sql.join(questions, sql` UNION ALL `)}`,
  );
  return rows.flatMap((row) => {
    const by = wish.by[row.set] ?? [];
    const values = [row.one, row.two].slice(0, by.length).map((value) => value ?? noValue);
    return row.which.map((at, place) => ({ code: figures[at]?.code ?? "", by, values, value: row.values[place] ?? 0 }));
  });
}
