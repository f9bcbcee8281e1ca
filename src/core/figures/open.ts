// Opens a figure: the rows that it counts, under the same condition, so that their number is the figure.
import { sql } from "kysely";
import { readInBatches, type Tx } from "../db/transaction.ts";
import { inPeriod, joinsFor, type Period, rowsWhere } from "./ask.ts";
import type { Figure } from "./figure.ts";
import type { Registry } from "./registry.ts";

export type OpenedColumn = { key: string; label: string; kind?: "day" | "number"; names?: boolean };
export type OpenedRow = Record<string, string | number | null> & { id: string };
export type Opened = { columns: readonly OpenedColumn[]; rows: OpenedRow[]; href: ((id: string) => string) | null };

export type OpenWish = { period: Period; filters: Readonly<Record<string, string>>; names: boolean };

/** A ratio is opened by the list of what is under it. */
const counted = (registry: Registry, figure: Figure): Figure =>
  figure.measure.kind === "ratio" ? (registry.figure(figure.measure.under) ?? figure) : figure;

function question(tx: Tx, registry: Registry, asked: Figure, wish: OpenWish) {
  const figure = counted(registry, asked);
  const source = registry.source(figure);
  const { list } = source;
  const of = figure.measure.kind === "distinct" ? figure.measure.of : "row";
  const columns = {
    row: list.columns,
    person: list.personColumns,
    structure: list.structureColumns ?? list.personColumns,
    commune: list.communeColumns ?? list.personColumns,
  }[of].filter((column) => wish.names || !column.names);
  const who = figure.measure.kind === "distinct" ? sql.raw(source[figure.measure.of] ?? "NULL") : null;
  const used = Object.keys(wish.filters).flatMap((key) =>
    source.dimensions.filter((dimension) => dimension.key === key),
  );
  const joins = joinsFor(source, [...columns, ...used, ...(figure.where ? [figure.where] : [])]);
  const where = sql`${rowsWhere(tx, source, wish.period, wish.filters)} ${figure.where ? sql`AND (${inPeriod(figure.where.sql, wish.period)})` : sql``} ${who ? sql`AND ${who} IS NOT NULL` : sql``}`;
  const selected = sql.join([
    sql`${who ?? sql.raw(source.list.id)}::text AS id`,
    ...columns.map((column) => sql`${sql.raw(column.expression)} AS ${sql.ref(column.key)}`),
  ]);
  const rows = who
    ? sql<OpenedRow>`SELECT DISTINCT ON (${who}) ${selected} FROM ${sql.raw(source.from)} ${joins} WHERE ${where} ORDER BY ${who}, ${sql.raw(source.list.order)}`
    : sql<OpenedRow>`SELECT ${selected} FROM ${sql.raw(source.from)} ${joins} WHERE ${where} ORDER BY ${sql.raw(source.list.order)}`;
  const href = {
    row: list.href,
    person: list.personHref,
    structure: list.structureColumns ? list.structureHref : list.personHref,
    commune: undefined,
  }[of];
  return { columns, rows, href: wish.names && href ? href : null };
}

/** One page of the rows behind a figure. */
export async function openFigure(
  tx: Tx,
  registry: Registry,
  figure: Figure,
  wish: OpenWish,
  page: { skip: number; most: number },
): Promise<Opened> {
  const { columns, rows, href } = question(tx, registry, figure, wish);
  const { rows: found } = await sql<OpenedRow>`${rows} LIMIT ${page.most} OFFSET ${page.skip}`.execute(tx.on());
  return { columns, rows: found, href };
}

/** All the rows behind a figure, in batches, for an export. */
export function exportFigure(
  tx: Tx,
  registry: Registry,
  figure: Figure,
  wish: OpenWish,
): { columns: readonly OpenedColumn[]; batches: AsyncIterable<OpenedRow[]> } {
  const { columns, rows } = question(tx, registry, figure, wish);
  return { columns, batches: readInBatches<OpenedRow>(tx, { compile: () => rows.compile(tx.on()) }) };
}
