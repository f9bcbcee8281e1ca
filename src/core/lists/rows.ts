// Rows of a list in SQL: the page, the count and the export share one condition.
import { sql } from "kysely";
import { readInBatches, type Tx } from "../db/transaction.ts";
import { isUuid } from "../ids.ts";
import type { Right } from "../rights.ts";
import type { AnyList, Asked, Counted, List, ListQuery, Sql } from "./list.ts";
import { after, inOrder, type Place, placeIn, turnColumns, turnsOf } from "./order.ts";

type Readable<Row extends { id: string }> = Pick<
  List<Row>,
  "filters" | "columns" | "query" | "usual" | "tie" | "enrich" | "often"
>;

/** The address says nothing of its own: the statement has the text that it has every time. */
const isPlain = <Row extends { id: string }>(list: Readable<Row>, asked: Asked): boolean =>
  list.often === true &&
  asked.sort === null &&
  asked.after === null &&
  Object.values(asked.typed).every((said) => said === "");

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
      const one = filter.kind === "yes-no" ? filter.where(value === "oui", tx) : filter.where(value, tx);
      if (one) all.push(one);
    }
  }
  return sql.join(all, sql` AND `);
}

/** `after`: where the row before the first one stands; null: from the beginning. */
type Cut = { after: Place | null; most: number };

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
  const turns = turnsOf(list, asked, base);
  const begun = cut?.after ? sql`AND ${after(turns, cut.after)}` : sql``;
  return sql<Row>`SELECT ${base.select} ${more} FROM ${base.from} WHERE ${conditions(tx, list, asked, base)} ${begun} ORDER BY ${inOrder(turns)} ${
    cut ? sql`LIMIT ${cut.most}` : sql``
  }`;
}

/**
 * Where the row stands after which the address's page begins. It is found whatever the filters say of it now, so that a row that was
 * changed meanwhile loses nobody their place; null: there is no such row, or the address names none.
 */
export async function placeOf<Row extends { id: string }>(
  tx: Tx,
  list: Readable<Row>,
  asked: Asked,
  right: Right,
): Promise<Place | null> {
  if (asked.after === null) return null;
  const base = list.query(tx, right, asked.values);
  const turns = turnsOf(list, asked, base);
  const row = isUuid(asked.after) ? sql`${list.tie.by} = ${asked.after}` : sql`(${list.tie.by})::text = ${asked.after}`;
  const { rows } = await sql<Record<string, string | null>>`SELECT ${turnColumns(turns)} FROM ${base.from}
     WHERE ${base.where[0] ?? sql`true`} AND ${row} LIMIT 1`.execute(tx.on());
  return rows[0] ? placeIn(rows[0], turns) : null;
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

export type ListPage<Row> = {
  rows: Row[];
  counted: Counted;
  /** It is not the first page. */
  further: boolean;
  /** The row after which the next page begins; null: there is none. */
  next: string | null;
};

/** A page, and how many rows the list has. A page after the last, or after a row that is gone, is the first. */
export async function pageAndCount<Row extends { id: string }>(
  tx: Tx,
  list: Readable<Row>,
  asked: Asked,
  right: Right,
  size: number,
): Promise<ListPage<Row>> {
  const read = async (place: Place | null): Promise<Row[]> => {
    const cut = { after: place, most: size + 1 };
    return (await rowsOf(tx, list, asked, right, cut).execute(readerOf(tx, list, asked))).rows;
  };
  const paged = (found: readonly Row[], counted: Counted, further: boolean): ListPage<Row> => {
    const rows = found.slice(0, size);
    return { rows, counted, further, next: found.length > size ? (rows.at(-1)?.id ?? null) : null };
  };
  const together = await pageWithCount(tx, list, asked, right, { after: null, most: size + 1 });
  if (together) return paged(together.rows, together.counted, false);
  // The first page is asked for beside the count; another one waits for its place.
  const begun = async (): Promise<{ place: Place | null; found: Row[] }> => {
    const place = await placeOf(tx, list, asked, right);
    return { place, found: await read(place) };
  };
  const [counted, { place, found }] = await Promise.all([countRows(tx, list, asked, right), begun()]);
  return place && found.length === 0 ? paged(await read(null), counted, false) : paged(found, counted, place !== null);
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
