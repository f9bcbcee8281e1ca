// Conditions that several lists share.
import { sql } from "kysely";
import type { Sql } from "./list.ts";

/**
 * Each word of the text is somewhere in the value, in whatever order, without regard to accents, capitals or punctuation. No sign means a
 * pattern; a text without a letter or a digit is found nowhere.
 */
export const holds = (value: Sql, text: string): Sql => {
  const words = text.split(/\s+/).filter(Boolean).slice(0, 8);
  // A normalised word is letters and digits only: nothing in it means something to LIKE.
  const patterns = words.map((word) => sql`'%' || core.normalise(${word}) || '%'`);
  return sql`core.normalise(${text}) <> '' AND core.normalise(${value}) LIKE ALL (ARRAY[${sql.join(patterns)}])`;
};

/** The column is one of those; "all" narrows nothing. */
export const oneOf = (column: Sql, held: "all" | readonly string[]): Sql[] =>
  held === "all" ? [] : [sql`${column} = ANY(${[...held]}::uuid[])`];

/** A day between two, both included; null: no limit on that side. */
export const between =
  (day: Sql) =>
  (from: string | null, to: string | null): Sql =>
    sql`(${from}::date IS NULL OR ${day} >= ${from}::date) AND (${to}::date IS NULL OR ${day} <= ${to}::date)`;
