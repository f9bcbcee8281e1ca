// The numbers of an exploration as its reader may see them: the team exactly, in any period and under any filter; others what is published of
// a whole year, masked with all the rest of it.
import { askFigures, noValue } from "../../../../core/figures/ask.ts";
import type { Dimension } from "../../../../core/figures/figure.ts";
import { labelsOf } from "../../../../core/figures/labels.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import type { At } from "../../../../core/http/route.ts";
import { inWords, publishedAs, seesExact, shownYear } from "../masking.ts";
import { valueWord } from "../value-word.ts";
import type { Exploration } from "./asking.ts";

export type GridCell = { value: number | null; shown: string };
export type Value = { value: string; label: string };
export type Grid = {
  total: GridCell;
  rows: readonly Value[];
  columns: readonly Value[];
  cell(row: string | null, column: string | null): GridCell;
};

/** More lines than anybody reads: the file has them all. */
export const mostRows = 200;
export const mostColumns = 30;

async function valuesOf(
  at: At,
  dimension: Dimension | null,
  occurring: readonly string[],
  asked: Exploration,
): Promise<Value[]> {
  if (!dimension) return [];
  const labels = await labelsOf(at.tx, dimension, asked.period);
  const found = new Set(occurring);
  return [...new Set([...labels.keys(), ...occurring])]
    .filter((one) => found.has(one) || (dimension.values === "months" && one !== noValue))
    .map((value) => ({ value, label: valueWord(dimension, labels, value) }));
}

/** Null: this reader does not see the figure asked that way. */
export async function gridOf(at: At, registry: Registry, asked: Exploration): Promise<Grid | null> {
  return seesExact(at.scope) ? fromWithin(at, registry, asked) : fromOutside(at, registry, asked);
}

async function fromWithin(at: At, registry: Registry, asked: Exploration): Promise<Grid> {
  const { figure, rows, columns, filters, period } = asked;
  const keys = [rows, columns].flatMap((one) => (one ? [one.key] : []));
  const table = await askFigures(at.tx, registry, {
    codes: [figure.code],
    period,
    by: [[], ...keys.map((key) => [key]), ...(keys.length === 2 ? [keys] : [])],
    filters,
  });
  const exactly = (by: readonly string[], values: readonly string[]): GridCell => {
    const value = table.at(figure.code, by, values);
    return { value, shown: inWords(value) };
  };
  return {
    total: exactly([], []),
    rows: await valuesOf(at, rows, rows ? table.valuesOf(rows.key) : [], asked),
    columns: await valuesOf(at, columns, columns ? table.valuesOf(columns.key) : [], asked),
    cell: (row, column) =>
      exactly(
        [...(row !== null && rows ? [rows.key] : []), ...(column !== null && columns ? [columns.key] : [])],
        [row, column].filter((one) => one !== null),
      ),
  };
}

async function fromOutside(at: At, registry: Registry, asked: Exploration): Promise<Grid | null> {
  const { figure, rows, columns, filters, period } = asked;
  const source = registry.source(figure);
  const year = Number(period.from.slice(0, 4));
  const whole = yearPeriod(year);
  const fixed = Object.keys(filters);
  const ways = [
    fixed,
    ...(rows ? [[...fixed, rows.key]] : []),
    ...(columns ? [[...fixed, columns.key]] : []),
    ...(rows && columns ? [[...fixed, rows.key, columns.key]] : []),
  ];
  if (period.from !== whole.from || period.to !== whole.to || ways.some((keys) => publishedAs(source, keys) === null))
    return null;
  const shown = await shownYear(at, registry, source, year);
  const cellOf = (row: string | null, column: string | null): GridCell => {
    const known: Record<string, string> = { ...filters };
    if (row !== null && rows) known[rows.key] = row;
    if (column !== null && columns) known[columns.key] = column;
    const by = publishedAs(source, Object.keys(known)) ?? [];
    const values = by.map((key) => known[key] ?? noValue);
    return { value: shown.value(figure.code, by, values), shown: shown.cell(figure.code, by, values) };
  };
  return {
    total: cellOf(null, null),
    rows: await valuesOf(at, rows, rows ? shown.valuesOf(rows.key) : [], asked),
    columns: await valuesOf(at, columns, columns ? shown.valuesOf(columns.key) : [], asked),
    cell: cellOf,
  };
}
