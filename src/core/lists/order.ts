// The order of a list, and the rows that come after one of them in it. A page begins after the last row of the page before: what was read
// is never read again, however deep one goes, and a row that comes meanwhile pushes none onto two pages.
import { sql } from "kysely";
import type { AnyList, Asked, ListColumn, ListQuery, Sql, Turn } from "./list.ts";

type Orderable = Pick<AnyList, "usual" | "tie"> & {
  columns: readonly Pick<ListColumn<never>, "key" | "sort" | "nulls">[];
};

/** The order chosen, else the usual one; between equals, always the same. */
export function turnsOf(list: Orderable, asked: Asked, base: ListQuery): readonly Turn[] {
  const column = list.columns.find((one) => one.key === asked.sort?.key);
  if (column?.sort) {
    const { nulls } = column;
    const way = { ...(asked.sort?.down ? { down: true as const } : {}), ...(nulls ? { nulls } : {}) };
    const chosen = Array.isArray(column.sort) ? (column.sort as readonly Sql[]) : [column.sort as Sql];
    // Equals in the same direction: turned round, the list is the same list read from its end.
    return [...chosen.map((by) => ({ by, ...way })), { by: list.tie.by, ...(way.down ? { down: true } : {}) }];
  }
  return [...(base.nearest ? [base.nearest] : []), ...list.usual, list.tie];
}

/** What stands after ORDER BY. */
export const inOrder = (turns: readonly Turn[]): Sql =>
  sql.join(
    turns.map(
      ({ by, down, nulls }) =>
        sql`${by}${sql.raw(`${down ? " DESC" : ""}${nulls ? ` NULLS ${nulls.toUpperCase()}` : ""}`)}`,
    ),
    sql`, `,
  );

/** Where a row stands in an order: the text of each of its turns. */
export type Place = readonly (string | null)[];

/** The turns as columns `turn_0`, `turn_1` …, which `placeIn` reads. */
export const turnColumns = (turns: readonly Turn[]): Sql =>
  sql.join(turns.map(({ by }, at) => sql`(${by})::text AS ${sql.ref(`turn_${at}`)}`));
export const placeIn = (row: Readonly<Record<string, string | null>>, turns: readonly Turn[]): Place =>
  turns.map((_, at) => row[`turn_${at}`] ?? null);

/** The rows strictly after a place. */
export function after(turns: readonly Turn[], place: Place): Sql {
  const [first] = turns;
  const [value = null] = place;
  if (!first || value === null || first.nulls) return beyondAll(turns, place);
  // Said of the first turn alone too: an index of it, whatever follows it there, begins at the place.
  return sql`${first.by} ${sql.raw(first.down ? "<=" : ">=")} ${value} AND ${beyondAll(turns, place)}`;
}

function beyondAll(turns: readonly Turn[], place: Place): Sql {
  const [first] = turns;
  const plain = place.every((value) => value !== null) && turns.every(({ nulls }) => nulls === undefined);
  if (first && plain && turns.every(({ down }) => down === first.down)) {
    // One comparison of rows: an index in the whole order begins at the very row.
    const columns = sql.join(turns.map(({ by }) => by));
    return sql`(${columns}) ${sql.raw(first.down ? "<" : ">")} (${sql.join(place.map((value) => sql`${value}`))})`;
  }
  return turns.reduceRight<Sql>((rest, turn, at) => {
    const value = place[at] ?? null;
    const same = value === null ? sql`${turn.by} IS NULL` : sql`${turn.by} = ${value}`;
    return sql`(${beyond(turn, value)} OR (${same} AND ${rest}))`;
  }, sql`false`);
}

/** The values of one turn that come after a value of it. */
function beyond({ by, down, nulls }: Turn, value: string | null): Sql {
  // Where the order does not say it, PostgreSQL puts what is absent above everything.
  const last = (nulls ?? (down ? "first" : "last")) === "last";
  if (value === null) return last ? sql`false` : sql`${by} IS NOT NULL`;
  const further = sql`${by} ${sql.raw(down ? "<" : ">")} ${value}`;
  return last ? sql`(${further} OR ${by} IS NULL)` : further;
}
