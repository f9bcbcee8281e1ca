// A figure as its reader may look at it: the team with any period, filter and breakdown; others by what is published of a whole year.
import { askFigures, noValue, type Period } from "../../../core/figures/ask.ts";
import type { Dimension, Figure } from "../../../core/figures/figure.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import type { At } from "../../../core/http/route.ts";
import { may } from "../../../core/rights.ts";
import { inWords, publishedAs, seesExact, shownYear } from "./masking.ts";

export type Asked = { figure: Figure; period: Period; filters: Record<string, string>; by: string | null };

export type Look = {
  /** The figure in words. */
  total: string;
  /** The values of the breakdown that occur, and each one's number in words. */
  values: readonly string[];
  cell(value: string): string;
  /** Rows behind the figure; null for who may not count them one by one. */
  rows: number | null;
  /** How it can be broken down further. */
  options: readonly Dimension[];
};

/** Null: this reader does not see the figure asked that way. */
export async function lookAt(at: At, registry: Registry, asked: Asked): Promise<Look | null> {
  const source = registry.source(asked.figure);
  const options = source.dimensions.filter(
    (dimension) => asked.figure.by.includes(dimension.key) && (!dimension.right || may(at.scope, dimension.right)),
  );
  return seesExact(at.scope) ? fromWithin(at, registry, asked, options) : fromOutside(at, registry, asked, options);
}

async function fromWithin(at: At, registry: Registry, asked: Asked, options: readonly Dimension[]): Promise<Look> {
  const { figure, period, filters, by } = asked;
  const { measure, code } = figure;
  const table = await askFigures(at.tx, registry, {
    codes: [code, ...(measure.kind === "ratio" ? [measure.under] : [])],
    period,
    by: by ? [[], [by]] : [[]],
    filters,
  });
  return {
    total: inWords(table.at(code)),
    values: by ? table.valuesOf(by) : [],
    cell: (value) => inWords(table.at(code, by ? [by] : [], [value])),
    rows: table.at(measure.kind === "ratio" ? measure.under : code),
    options,
  };
}

async function fromOutside(
  at: At,
  registry: Registry,
  asked: Asked,
  options: readonly Dimension[],
): Promise<Look | null> {
  const { figure, period, filters, by } = asked;
  const source = registry.source(figure);
  const year = Number(period.from.slice(0, 4));
  const whole = yearPeriod(year);
  const keys = Object.keys(filters);
  const one = publishedAs(source, keys);
  const split = by ? publishedAs(source, [...keys, by]) : one;
  if (period.from !== whole.from || period.to !== whole.to || !one || !split) return null;
  const shown = await shownYear(at, registry, source, year);
  const valuesIn = (dimensions: readonly string[], value = ""): string[] =>
    dimensions.map((key) => (key === by ? value : (filters[key] ?? noValue)));
  return {
    total: shown.cell(figure.code, one, valuesIn(one)),
    values: by ? shown.valuesOf(by) : [],
    cell: (value) => shown.cell(figure.code, split, valuesIn(split, value)),
    rows: null,
    options: options.filter((dimension) => publishedAs(source, [...keys, dimension.key]) !== null),
  };
}
