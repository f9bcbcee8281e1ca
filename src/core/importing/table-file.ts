// A file whose rows are the records of one table, an identifier a row: what most such files have in common. A room gives the columns of its
// table and how a row is read.
import { sql } from "kysely";
import { rowset } from "../db/rowset.ts";
import type { Tx } from "../db/transaction.ts";
import { byExternalId, removeCreated } from "./created.ts";
import { type Known, keyedKind, type Reading } from "./keyed.ts";
import type { ImportKind, ImportRow } from "./kind.ts";
import { oneLine } from "./values.ts";
import type { Values } from "./written.ts";

export type TableFile = Pick<ImportKind, "kind" | "label" | "columns"> & {
  /** The program's own word: "board.mandates". It has house_id, id, external_id and version. */
  table: string;
  /** Columns with their types; texts that may not be null are empty without a value. */
  shape: Readonly<Record<string, "text" | "date" | "numeric" | "int">>;
  nullable: readonly string[];
  /** Columns that a new record has beside those of the file: who wrote it, and when. */
  stamp?: (tx: Tx) => Readonly<Record<string, { type: string; value: string | null }>>;
  labels: Readonly<Record<string, string>>;
  after?: readonly string[];
  /** How rows are read, once what they need was looked up. `first`: the rows of the first batch, before any is read. */
  open: (tx: Tx) => Promise<RowReader> | RowReader;
  /** Records that a file must not change, with why, by their identifier in the file. */
  untouchable?: (tx: Tx, keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
};
export type RowReader = { read: (row: ImportRow) => Reading; first?: (rows: readonly ImportRow[]) => void };

/** The cell of a column as one line; empty where there is none. */
export const cellsOf =
  (row: ImportRow) =>
  (key: string): string =>
    oneLine(row.cells[key] ?? "");

/** Values without the empty ones. */
export const filled = (values: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));

export function tableKind(wish: TableFile): ImportKind {
  const { table, shape, nullable, labels, open, stamp, untouchable, after = [], ...file } = wish;
  const names = Object.keys(shape);
  const into = sql.raw(table);
  const full = { id: "uuid", ...shape };
  const needed = (name: string): boolean => !nullable.includes(name) && shape[name] === "text";
  const value = (name: string, of = ""): string => (needed(name) ? `coalesce(${of}${name}, '')` : `${of}${name}`);
  const pairs = sql.raw(
    names.map((name) => `'${name}', ${needed(name) ? `nullif(${name}, '')` : `${name}::text`}`).join(", "),
  );
  const current = async (tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> => {
    const { rows } = await sql<{ id: string; version: number; values: Values }>`
      SELECT id, version, jsonb_strip_nulls(jsonb_build_object(${pairs})) AS values FROM ${into} WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(
      tx.on(),
    );
    return new Map(rows.map((row) => [row.id, row]));
  };
  return keyedKind({
    ...file,
    target: table,
    own: [],
    after,
    fields: Object.entries(labels).map(([key, label]) => ({ key, label })),
    current,
    async change(tx, records) {
      const rows = records.map((record) => ({ ...record.after, id: record.id }));
      const sets = sql.raw(names.map((name) => `${name} = ${value(name, "x.")}`).join(", "));
      await sql`UPDATE ${into} t SET ${sets}, version = t.version + 1 FROM ${rowset(rows, full)} WHERE t.house_id = ${tx.scope.house} AND t.id = x.id`.execute(
        tx.on(),
      );
    },
    async open(tx) {
      const reader = await open(tx);
      const stamped = Object.entries(stamp?.(tx) ?? {});
      let begun = false;
      return {
        async prepare(rows) {
          if (!begun) reader.first?.(rows);
          begun = true;
        },
        read: reader.read,
        async known(keys) {
          const found: Map<string, Known> = await byExternalId(tx, table, keys);
          for (const [key, why] of (await untouchable?.(tx, keys)) ?? []) {
            const one = found.get(key);
            if (one) found.set(key, { ...one, untouchable: why });
          }
          return found;
        },
        current: (ids) => current(tx, ids),
        async create(records) {
          const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
          const more = sql.join(
            stamped.map(([, { type, value: said }]) => sql`, ${said}::${sql.raw(type)}`),
            sql``,
          );
          await sql`INSERT INTO ${into} (house_id, id, external_id, ${sql.raw([...names, ...stamped.map(([name]) => name)].join(", "))})
            SELECT ${tx.scope.house}, id, key, ${sql.raw(names.map((name) => value(name)).join(", "))} ${stamped.length > 0 ? more : sql``} FROM ${rowset(rows, { ...full, key: "text" })}`.execute(
            tx.on(),
          );
        },
      };
    },
    remove: (tx, importId) => removeCreated(tx, importId, table),
  });
}
