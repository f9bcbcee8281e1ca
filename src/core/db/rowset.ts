// Many rows as the parameters of one statement: an array a column, which the server unfolds at a fifth of what JSON costs it.
import { type RawBuilder, sql } from "kysely";

type Value = string | number | null | undefined;

/**
 * `FROM ${rowset(rows, { id: "uuid", name: "text" })}` reads as a table x(id, name). Names and types are the program's own words,
 * never a user's. A value that is left out is NULL.
 */
export function rowset<Shape extends Readonly<Record<string, string>>>(
  rows: readonly { readonly [Name in keyof Shape]?: Value }[],
  shape: Shape,
): RawBuilder<unknown> {
  const names = Object.keys(shape);
  const arrays = names.map((name) => sql`${rows.map((row) => row[name] ?? null)}::${sql.raw(shape[name] ?? "text")}[]`);
  return sql`unnest(${sql.join(arrays)}) AS x(${sql.raw(names.join(", "))})`;
}
