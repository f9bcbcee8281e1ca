// Conditions that several lists share.
import { sql } from "kysely";
import type { Sql } from "./list.ts";

/** Each word of the text is somewhere in the value, in whatever order, without regard to accents or capitals. No sign means a pattern. */
export const holds = (value: Sql, text: string): Sql =>
  sql.join(
    text
      .split(/\s+/)
      .filter(Boolean)
      .slice(0, 8)
      .map((word) => sql`position(core.normalise(${word}) IN core.normalise(${value})) > 0`),
    sql` AND `,
  );

/** The column is one of those; "all" narrows nothing. */
export const oneOf = (column: Sql, held: "all" | readonly string[]): Sql[] =>
  held === "all" ? [] : [sql`${column} = ANY(${[...held]}::uuid[])`];

/** A day between two, both included; null: no limit on that side. */
export const between =
  (day: Sql) =>
  (from: string | null, to: string | null): Sql =>
    sql`(${from}::date IS NULL OR ${day} >= ${from}::date) AND (${to}::date IS NULL OR ${day} <= ${to}::date)`;
