// One function an act on a printed report's lines.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Stated } from "../audit/stated.ts";

/**
 * Takes the lines of a printed report as they are now: what the table no longer has goes, and what gave it too; what gives the others stays.
 */
export async function takeLines(tx: Tx, year: number, rows: readonly Stated[]): Promise<void> {
  const given = rows.map((row, place) => ({
    code: row.code,
    place,
    page: row.section,
    programme: row.programme,
    label: row.label,
    value: row.value,
    decimals: row.decimals,
    unit: row.unit,
    period: row.period,
    breakdown: JSON.stringify(row.by),
    kind: row.kind,
    formula: row.formula.slice(0, 2000),
  }));
  const shape = {
    code: "text",
    place: "int",
    page: "text",
    programme: "text",
    label: "text",
    value: "numeric",
    decimals: "int",
    unit: "text",
    period: "text",
    breakdown: "jsonb",
    kind: "text",
    formula: "text",
  } as const;
  const columns = sql.raw(Object.keys(shape).join(", "));
  const changes = sql.raw(
    Object.keys(shape)
      .filter((name) => name !== "code")
      .map((name) => `${name} = excluded.${name}`)
      .join(", "),
  );
  await sql`DELETE FROM report.printed_lines WHERE house_id = ${tx.scope.house} AND year = ${year} AND code <> ALL(${given.map(({ code }) => code)}::text[])`.execute(
    tx.on(),
  );
  await sql`INSERT INTO report.printed_lines (house_id, year, ${columns}) SELECT ${tx.scope.house}, ${year}, ${columns} FROM ${rowset(given, shape)}
    ON CONFLICT (house_id, year, code) DO UPDATE SET ${changes}`.execute(tx.on());
}

/** A link's name in files: one a year and a line, whoever made it. */
export const linkKey = (year: number, line: string): string => `${year} ${line}`;

/** Says what gives a line, and why it differs. `version`: that of the link as it was looked at; null when there was none. */
export async function linkLine(
  tx: Tx,
  line: { year: number; code: string; version: number | null },
  wish: { expression: string; reason: string },
): Promise<boolean> {
  const { rows } =
    line.version === null
      ? await sql`
    INSERT INTO report.line_links (house_id, id, year, line, expression, reason, external_id)
    VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${line.year}, ${line.code}, ${wish.expression}, ${wish.reason}, ${linkKey(line.year, line.code)})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on())
      : await sql`
    UPDATE report.line_links SET expression = ${wish.expression}, reason = ${wish.reason}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND year = ${line.year} AND line = ${line.code} AND version = ${line.version} RETURNING id`.execute(
          tx.on(),
        );
  return rows.length > 0;
}
