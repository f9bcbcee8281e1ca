// The rows behind figures, as a short text each: two times that give the same text counted the same rows. A freeze keeps it, so that a number
// which stays the same over other rows is known too. Whatever is asked of one source and one period is one question to the database.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import { dimensionOf, inPeriod, joinsFor, noValue, type Period, rowsWhere } from "./ask.ts";
import { countedOnce, countedSql, type Figure, type FigureSource } from "./figure.ts";
import type { Registry } from "./registry.ts";

export type Printed = { figure: Figure; filters: Readonly<Record<string, string>>; period: Period };

const nameOf = ({ figure, filters, period }: Printed): string =>
  JSON.stringify([figure.code, Object.entries(filters).sort(), period.from, period.to]);

/** The fingerprint of each figure in its restriction and its days; of a ratio, those of both its terms. */
export async function fingerprints(
  tx: Tx,
  registry: Registry,
  asked: readonly Printed[],
): Promise<(one: Printed) => string> {
  const termsOf = (one: Printed): Printed[] => {
    const { measure } = one.figure;
    if (measure.kind !== "ratio") return [one];
    return [measure.over, measure.under].map((code) => {
      const figure = registry.figure(code);
      if (!figure) throw new Error(`unknown figure: ${code}`);
      return { ...one, figure };
    });
  };
  const found = new Map<string, string>();
  const groups = Map.groupBy(
    asked.flatMap(termsOf),
    ({ figure, period }) => `${figure.source} ${period.from} ${period.to}`,
  );
  for (const [, group] of groups) {
    const [first] = group;
    if (!first) continue;
    for (const [name, print] of await printsOf(tx, registry.source(first.figure), first.period, group))
      found.set(name, print);
  }
  return (one) =>
    termsOf(one)
      .map((term) => found.get(nameOf(term)) ?? "0")
      .join("/");
}

async function printsOf(
  tx: Tx,
  source: FigureSource,
  period: Period,
  asked: readonly Printed[],
): Promise<Map<string, string>> {
  const figures = [...new Set(asked.map(({ figure }) => figure))];
  const keysOf = ({ filters }: Printed): string[] => Object.keys(filters).sort();
  const sets = [...new Map(asked.map((one) => [keysOf(one).join(), keysOf(one)])).values()];
  const keys = [...new Set(sets.flat())];
  const dimensions = keys.map((key) => dimensionOf(source, key));
  const column = (key: string) => sql.raw(`d${keys.indexOf(key)}`);
  const flag = (figure: Figure) => sql.raw(`f${figures.indexOf(figure)}`);
  const once = countedOnce(figures);
  const parts = [...dimensions, ...figures.flatMap((figure) => (figure.where ? [figure.where] : []))];
  // What a row brings to a sum is a part of what it is.
  const rowText = (figure: Figure) =>
    figure.measure.kind === "sum"
      ? sql`(${sql.raw(source.list.id)})::text || ' ' || coalesce((${sql.raw(figure.measure.expression)})::text, '')`
      : sql`(${sql.raw(source.list.id)})::text`;
  const rows = figures.filter(({ measure }) => measure.kind === "count" || measure.kind === "sum");
  const base = sql`base AS MATERIALIZED (SELECT ${sql.join([
    ...dimensions.map(
      (one, at) => sql`coalesce((${sql.raw(one.expression)})::text, ${noValue}) AS ${sql.raw(`d${at}`)}`,
    ),
    ...once.map(({ of }) => sql`(${sql.raw(countedSql(source, of))})::text AS ${sql.raw(of)}`),
    ...figures.map(
      (figure) => sql`${figure.where ? inPeriod(`(${figure.where.sql})`, period) : sql`true`} AS ${flag(figure)}`,
    ),
    ...rows.map((figure) => sql`${rowText(figure)} AS ${sql.raw(`t${figures.indexOf(figure)}`)}`),
  ])} FROM ${sql.raw(source.from)} ${joinsFor(source, parts)} WHERE ${rowsWhere(tx, source, period, {})})`;
  const questions: RawBuilder<unknown>[] = [];
  for (const [set, by] of sets.entries()) {
    const columns = by.map(column);
    const group = columns.length > 0 ? sql`GROUP BY ${sql.join(columns)}` : sql``;
    const values = sql`ARRAY[${columns.length > 0 ? sql.join(columns) : sql``}]::text[]`;
    const told = (
      which: readonly Figure[],
      from: RawBuilder<unknown>,
      text: (figure: Figure) => RawBuilder<unknown>,
    ) => {
      if (which.length === 0) return;
      const prints = which.map((figure) => printOf(text(figure), flag(figure)));
      questions.push(sql`SELECT ${set}::int AS "set", ${values} AS values,
        ARRAY[${sql.join(which.map((figure) => sql`${figures.indexOf(figure)}::int`))}] AS which, ARRAY[${sql.join(prints)}] AS prints FROM ${from} ${group}`);
    };
    told(rows, sql`base`, (figure) => sql.raw(`t${figures.indexOf(figure)}`));
    for (const { of, figures: distinct } of once) {
      const each = sql`(SELECT ${sql.join([
        ...columns,
        sql.raw(of),
        ...distinct.map((figure) => sql`bool_or(${flag(figure)}) AS ${flag(figure)}`),
      ])} FROM base WHERE ${sql.raw(of)} IS NOT NULL GROUP BY ${sql.join([...columns, sql.raw(of)])}) AS apart`;
      told(distinct, each, () => sql.raw(of));
    }
  }
  const { rows: got } = await sql<{ set: number; values: string[]; which: number[]; prints: string[] }>`
    WITH ${base} ${sql.join(questions, sql` UNION ALL `)}`.execute(tx.on());
  const found = new Map<string, string>();
  for (const { set, values, which, prints } of got)
    for (const [at, place] of which.entries()) {
      const figure = figures[place];
      const filters = Object.fromEntries((sets[set] ?? []).map((key, where) => [key, values[where] ?? noValue]));
      if (figure) found.set(nameOf({ figure, filters, period }), prints[at] ?? "0");
    }
  return found;
}

/** How many rows, and 128 bits over which they are, in whatever order they come. */
const printOf = (text: RawBuilder<unknown>, flag: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(count(*) FILTER (WHERE ${flag}))::text || '.' || to_hex(coalesce(bit_xor(hashtextextended(${text}, 0)) FILTER (WHERE ${flag}), 0))
    || '.' || to_hex(coalesce(bit_xor(hashtextextended(${text}, 1)) FILTER (WHERE ${flag}), 0))`;
