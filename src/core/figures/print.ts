// All printed figures of a year, by code: what the command line, the interface and the checks read.
import type { Tx } from "../db/transaction.ts";
import { askFigures, noValue } from "./ask.ts";
import { monthsOf } from "./labels.ts";
import type { Registry } from "./registry.ts";

export const yearPeriod = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });

/** `{ "antennes.visites": 26594, "antennes.visites[mois=03]": 1371, … }`. Months without a row are printed as 0. */
export async function printFigures(tx: Tx, registry: Registry, year: number): Promise<Record<string, number>> {
  const period = yearPeriod(year);
  const printed: Record<string, number> = {};
  for (const [, figures] of Map.groupBy(registry.figures, (figure) => figure.source)) {
    const keys = [...new Set(figures.flatMap((figure) => figure.printed))];
    const table = await askFigures(tx, registry, {
      codes: figures.map((figure) => figure.code),
      period,
      by: [[], ...keys.map((key) => [key])],
    });
    for (const figure of figures) {
      printed[figure.code] = table.at(figure.code);
      for (const key of figure.printed) {
        const months =
          registry.source(figure).dimensions.find((dimension) => dimension.key === key)?.values === "months";
        const values = months ? monthsOf(period) : table.valuesOf(key);
        for (const value of values)
          if (value !== noValue) printed[`${figure.code}[${key}=${value}]`] = table.at(figure.code, [key], [value]);
      }
    }
  }
  return printed;
}
