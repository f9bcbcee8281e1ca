// The words of a dimension's values: declared ones, the house's own, months.
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import { noValue, type Period } from "./ask.ts";
import type { Dimension } from "./figure.ts";

/** The months that a period touches, "01".."12", in the order of the year. */
export function monthsOf(period: Period): string[] {
  const months = new Set<string>();
  for (let month = period.from.slice(0, 7), turn = 0; month <= period.to.slice(0, 7) && turn < 12; turn++) {
    months.add(month.slice(5));
    const [year = 0, number = 1] = month.split("-").map(Number);
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  }
  return [...months].sort();
}

/** Values of a dimension with their labels, in order. Months label themselves. */
export async function labelsOf(tx: Tx, dimension: Dimension, period: Period): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  if (dimension.values === "months") for (const month of monthsOf(period)) labels.set(month, month);
  else if (dimension.values) for (const { value, label } of dimension.values) labels.set(value, label);
  else if (dimension.labels) {
    const { rows } = await sql<{
      value: string;
      label: string;
    }>`${sql.raw(dimension.labels.replaceAll("$house", "core.current_house()"))}`.execute(tx.on());
    for (const { value, label } of rows) labels.set(value, label);
  }
  labels.set(noValue, dimension.unknown);
  return labels;
}
