// Which people and enrolments the chosen lines of a list are about. Only lines that the reader's own list holds are ever chosen.
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import type { Chosen } from "./acts.ts";
import type { AnyList, Asked } from "./list.ts";
import { inOrder, turnsOf } from "./order.ts";
import { conditions } from "./rows.ts";

/** Lines that one act may touch at most. */
export const mostChosen = 5000;

/** `lines`: the identifiers that were ticked, or "all" that the filters show. Null: more than one act may touch. */
export async function chosenOf(
  tx: Tx,
  list: AnyList,
  asked: Asked,
  lines: readonly string[] | "all",
): Promise<Chosen | null> {
  if (!list.person) return { persons: [], enrolments: null };
  const base = list.query(tx, list.right, asked.values);
  const { rows } = await sql<{ person: string | null; enrolment: string | null }>`
    SELECT l."chosen person" AS person, l."chosen enrolment" AS enrolment FROM (
      SELECT ${base.select}, ${list.person} AS "chosen person", ${list.enrolment ?? sql`NULL::uuid`} AS "chosen enrolment", row_number() OVER (ORDER BY ${inOrder(turnsOf(list, asked, base))}) AS "chosen turn"
        FROM ${base.from} WHERE ${conditions(tx, list, asked, base)}) l
     ${lines === "all" ? sql`` : sql`WHERE l.id::text = ANY(${[...lines]}::text[])`}
     ORDER BY l."chosen turn" LIMIT ${mostChosen + 1}`.execute(tx.on());
  if (rows.length > mostChosen) return null;
  const once = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];
  return {
    persons: once(rows.map((row) => row.person)),
    enrolments: list.enrolment ? once(rows.map((row) => row.enrolment)) : null,
  };
}
