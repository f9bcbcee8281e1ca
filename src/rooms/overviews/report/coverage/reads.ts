// Reads of a printed report's lines and of what gives them.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

/** A line as it was printed, and what was said to give it. */
export type PrintedLine = {
  code: string;
  page: string;
  programme: string;
  label: string;
  value: number;
  decimals: number;
  unit: string;
  period: string;
  by: Record<string, string>;
  kind: string;
  formula: string;
  expression: string | null;
  reason: string;
  version: number | null;
};

/** The lines of a year's printed report, in the report's order; `only`: one of them. */
export async function printedLines(tx: Tx, year: number, only?: string): Promise<PrintedLine[]> {
  const { rows } = await sql<PrintedLine>`
    SELECT r.code, r.page, r.programme, r.label, r.value::float8 AS value, r.decimals, r.unit, r.period, r.breakdown AS by, r.kind, r.formula,
           l.expression, coalesce(l.reason, '') AS reason, l.version
      FROM report.printed_lines r LEFT JOIN report.line_links l ON l.house_id = r.house_id AND l.year = r.year AND l.line = r.code
     WHERE r.house_id = ${tx.scope.house} AND r.year = ${year} ${only === undefined ? sql`` : sql`AND r.code = ${only}`} ORDER BY r.place, r.code`.execute(
    tx.on(),
  );
  return rows;
}

/** The years of which the house has a printed report, latest first. */
export async function printedYears(tx: Tx): Promise<{ year: number; lines: number }[]> {
  const { rows } = await sql<{ year: number; lines: number }>`
    SELECT year, count(*)::int AS lines FROM report.printed_lines WHERE house_id = ${tx.scope.house} GROUP BY year ORDER BY year DESC`.execute(
    tx.on(),
  );
  return rows;
}

/** How many lines of the last printed report nothing gives yet; null where there is no report. */
export async function unlinkedLines(tx: Tx): Promise<{ year: number; count: number } | null> {
  const { rows } = await sql<{ year: number; count: number }>`
    SELECT r.year, count(*) FILTER (WHERE l.id IS NULL)::int AS count
      FROM report.printed_lines r LEFT JOIN report.line_links l ON l.house_id = r.house_id AND l.year = r.year AND l.line = r.code
     WHERE r.house_id = ${tx.scope.house} GROUP BY r.year ORDER BY r.year DESC LIMIT 1`.execute(tx.on());
  return rows[0] ?? null;
}
