// Rows of a list in SQL: the page, the count and the export share one condition.
import { sql } from "kysely";
import { readInBatches, type Tx } from "../db/transaction.ts";
import type { Right } from "../rights.ts";
import type { AnyList, Asked, Counted, List, ListColumn, ListQuery, Sql } from "./list.ts";

type Readable<Row extends { id: string }> = Pick<
  List<Row>,
  "filters" | "columns" | "query" | "usual" | "tie" | "enrich" | "often"
>;

/** The address says nothing of its own: the statement has the text that it has every time. */
const isPlain = <Row extends { id: string }>(list: Readable<Row>, asked: Asked): boolean =>
  list.often === true && asked.sort === null && Object.values(asked.typed).every((said) => said === "");

/** Where a page or a count of the list is read. */
const readerOf = <Row extends { id: string }>(tx: Tx, list: Readable<Row>, asked: Asked) =>
  isPlain(list, asked) ? tx.often() : tx.on();

/** All that a row must be: the conditions of the list, and those of the filters in force. */
export function conditions(tx: Tx, list: Pick<AnyList, "filters">, asked: Asked, base: ListQuery): Sql {
  const all = [...base.where];
  for (const filter of list.filters) {
    const value = asked.values[filter.key] ?? "";
    if (filter.kind === "days") all.push(filter.where(value || null, asked.values.a || null, tx));
    else if (value !== "") {
      const one = filter.kind === "yes-no" ? filter.where(value === "oui") : filter.where(value, tx);
      if (one) all.push(one);
    }
  }
  return sql.join(all, sql` AND `);
}

/** The order chosen, else the usual one; between equals, always the same. */
export function order(
  list: Pick<AnyList, "usual" | "tie"> & { columns: readonly Pick<ListColumn<never>, "key" | "sort" | "nulls">[] },
  asked: Asked,
  base: ListQuery,
): Sql {
  const column = list.columns.find((one) => one.key === asked.sort?.key);
  if (column?.sort) {
    const nulls = column.nulls ? sql.raw(` NULLS ${column.nulls === "first" ? "FIRST" : "LAST"}`) : sql``;
    return sql`${column.sort} ${sql.raw(asked.sort?.down ? "DESC" : "ASC")}${nulls}, ${list.tie}`;
  }
  return base.nearest ? sql`${base.nearest}, ${list.usual}, ${list.tie}` : sql`${list.usual}, ${list.tie}`;
}

type Cut = { skip: number; most: number };

/** The whole list in its order, or a page of it. `more`: selected beside. */
export function rowsOf<Row extends { id: string }>(
  tx: Tx,
  list: Readable<Row>,
  asked: Asked,
  right: Right,
  cut?: Cut,
  more: Sql = sql``,
) {
  const base = list.query(tx, right, asked.values);
  return sql<Row>`SELECT ${base.select} ${more} FROM ${base.from} WHERE ${conditions(tx, list, asked, base)} ORDER BY ${order(list, asked, base)} ${
    cut ? sql`LIMIT ${cut.most} OFFSET ${cut.skip}` : sql``
  }`;
}

/** The same, all of it, read through a cursor: memory is bounded by a batch. */
export async function* allRows<Row extends { id: string }>(
  tx: Tx,
  list: Readable<Row>,
  asked: Asked,
  right: Right,
): AsyncGenerator<Row[]> {
  for await (const rows of readInBatches<Row>(tx, { compile: () => rowsOf(tx, list, asked, right).compile(tx.on()) }))
    yield list.enrich ? await list.enrich(tx, rows) : rows;
}

const tallied = "tally_";

/** Numbers of a row of sums, by name. */
const talliesIn = (row: Readonly<Record<string, unknown>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, sum]) =>
      name.startsWith(tallied) ? [[name.slice(tallied.length), Number(sum)]] : [],
    ),
  );

/** A page, and how many rows the list has. A page after the last is the last. */
export async function pageAndCount<Row extends { id: string }>(
  tx: Tx,
  list: Readable<Row>,
  asked: Asked,
  right: Right,
  size: number,
): Promise<{ rows: Row[]; number: number; counted: Counted }> {
  const cutOf = (number: number): Cut => ({ skip: number * size, most: size });
  const read = async (number: number): Promise<Row[]> =>
    (await rowsOf(tx, list, asked, right, cutOf(number)).execute(readerOf(tx, list, asked))).rows;
  const together = await pageWithCount(tx, list, asked, right, cutOf(asked.page));
  if (together) return { ...together, number: asked.page };
  const [counted, wished] = await Promise.all([countRows(tx, list, asked, right), read(asked.page)]);
  const number = Math.min(asked.page, Math.max(0, Math.ceil(counted.count / size) - 1));
  return { rows: number === asked.page ? wished : await read(number), number, counted };
}

/** Both from one statement, which reads every row of the list; null for a list that is not small, and for an empty page. */
async function pageWithCount<Row extends { id: string }>(
  tx: Tx,
  list: Readable<Row>,
  asked: Asked,
  right: Right,
  cut: Cut,
): Promise<{ rows: Row[]; counted: Counted } | null> {
  if (!isPlain(list, asked)) return null;
  const asides = Object.entries(list.query(tx, right, asked.values).tallies ?? {}).map(([name, tally]) =>
    "sum" in tally ? sql`, sum(${tally.sum}) OVER () AS ${sql.ref(tallied + name)}` : null,
  );
  if (asides.includes(null)) return null;
  const more = sql`, count(*) OVER ()::int AS "counted" ${sql.join(
    asides.filter((sum) => sum !== null),
    sql` `,
  )}`;
  const { rows } = await rowsOf(tx, list, asked, right, cut, more).execute(tx.often());
  const sums: Readonly<Record<string, unknown>> | undefined = rows[0];
  return sums ? { rows, counted: { count: Number(sums.counted), tallies: talliesIn(sums) } } : null;
}

/** How many rows there are, and the sums that the list declares. */
export async function countRows<Row extends { id: string }>(
  tx: Tx,
  list: Readable<Row>,
  asked: Asked,
  right: Right,
): Promise<Counted> {
  const base = list.query(tx, right, asked.values);
  const tallies = Object.entries(base.tallies ?? {}).map(([name, tally]) => {
    const sum = "sum" in tally ? sql`coalesce(sum(${tally.sum}), 0)` : tally;
    return sql`, ${sum} AS ${sql.ref(tallied + name)}`;
  });
  const { rows } = await sql<Record<string, number>>`SELECT count(*)::int AS count ${sql.join(tallies, sql` `)}
    FROM ${base.countFrom ?? base.from} WHERE ${conditions(tx, list, asked, base)}`.execute(readerOf(tx, list, asked));
  const [sums = {}] = rows;
  return { count: sums.count ?? 0, tallies: talliesIn(sums) };
}
