// What hangs on a record that may be merged (a person, a structure): counted, moved to another, moved back row by row.
import { sql } from "kysely";
import type { Tx } from "./db/transaction.ts";

/** A table that hangs on a record by a column; `key` tells its rows apart within the house. */
export type Link = { table: string; column: string; key: readonly string[]; label: string };

/** Rows that a merge moved, by table, as it remembers them. */
export type Moved = { table: string; column: string; key: readonly string[]; rows: Record<string, unknown>[] }[];

/** How many rows of each kind hang on a record, in the order of the links. */
export async function countHanging(
  tx: Tx,
  links: readonly Link[],
  record: string,
): Promise<{ label: string; count: number }[]> {
  const counted: { label: string; count: number }[] = [];
  for (const link of links) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM ${sql.table(link.table)} WHERE house_id = ${tx.scope.house} AND ${sql.ref(link.column)} = ${record}`.execute(
      tx.on(),
    );
    counted.push({ label: link.label, count: rows[0]?.count ?? 0 });
  }
  return counted;
}

/** Moves the rows of one link; a row that would collide with one of the kept record stays where it is. */
export async function moveRows(tx: Tx, link: Link, from: string, to: string): Promise<Moved[number]> {
  const keys = sql.join(link.key.map((column) => sql.ref(column)));
  const others = link.key.filter((column) => column !== link.column);
  const free = link.key.includes(link.column)
    ? sql`AND NOT EXISTS (SELECT 1 FROM ${sql.table(link.table)} k WHERE k.house_id = r.house_id AND k.${sql.ref(link.column)} = ${to} ${sql.join(
        others.map((column) => sql`AND k.${sql.ref(column)} = r.${sql.ref(column)}`),
        sql` `,
      )})`
    : sql``;
  const { rows } = await sql<Record<string, unknown>>`
    UPDATE ${sql.table(link.table)} r SET ${sql.ref(link.column)} = ${to} WHERE r.house_id = ${tx.scope.house} AND r.${sql.ref(link.column)} = ${from} ${free} RETURNING ${keys}`.execute(
    tx.on(),
  );
  return { table: link.table, column: link.column, key: link.key, rows };
}

/** Moves rows back to where they came from; what was given to another since, or taken away, is left as it is. */
export async function moveBack(tx: Tx, moved: Moved, from: string, to: string): Promise<void> {
  for (const { table, column, key, rows } of [...moved].reverse())
    for (const row of rows) {
      const matches = key.filter((name) => name !== column).map((name) => sql`${sql.ref(name)} = ${row[name]}`);
      await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${to}
         WHERE ${sql.join([sql`house_id = ${tx.scope.house}`, sql`${sql.ref(column)} = ${from}`, ...matches], sql` AND `)}`.execute(
        tx.on(),
      );
    }
}
