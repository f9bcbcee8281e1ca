// The record of acts on several lines: made once whatever is sent twice, taken back once.
import { sql } from "kysely";
import type { Tx } from "../../core/db/transaction.ts";

export type ActRecord = {
  id: string;
  act: string;
  list: string;
  account: string | null;
  by: string | null;
  at: Date;
  day: string;
  chosen: number;
  done: number;
  said: string;
  undoneAt: Date | null;
  undoneBy: string | null;
  undoneSaid: string | null;
};

export const actColumns = sql`g.id, g.act, g.list, g.account_id AS account, a.name AS by, g.at, g.chosen, g.done, g.said, g.undone_at AS "undoneAt", u.name AS "undoneBy", g.undone_said AS "undoneSaid"`;
export const actTables = sql`core.group_acts g LEFT JOIN house.accounts a ON a.house_id = g.house_id AND a.id = g.account_id LEFT JOIN house.accounts u ON u.house_id = g.house_id AND u.id = g.undone_by`;

export async function actById(tx: Tx, id: string): Promise<ActRecord | null> {
  const { rows } = await sql<ActRecord>`
    SELECT ${actColumns} FROM ${actTables} WHERE g.house_id = ${tx.scope.house} AND g.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

/** Opens an act; false: its form was sent before. */
export async function openAct(
  tx: Tx,
  wish: { id: string; act: string; list: string; chosen: number },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO core.group_acts (house_id, id, act, list, account_id, at, chosen)
    VALUES (${tx.scope.house}, ${wish.id}, ${wish.act}, ${wish.list}, ${tx.scope.account}, ${tx.clock.now()}, ${wish.chosen}) ON CONFLICT DO NOTHING RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

export const tellAct = (tx: Tx, id: string, { done, said }: { done: number; said: string }): Promise<unknown> =>
  sql`UPDATE core.group_acts SET done = ${done}, said = ${said} WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(
    tx.on(),
  );

/** Marks an act as taken back; false: it was already, or there is none. Two who ask at once wait for one another. */
export async function closeAct(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE core.group_acts SET undone_at = ${tx.clock.now()}, undone_by = ${tx.scope.account} WHERE house_id = ${tx.scope.house} AND id = ${id} AND undone_at IS NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

export const tellUndone = (tx: Tx, id: string, said: string): Promise<unknown> =>
  sql`UPDATE core.group_acts SET undone_said = ${said} WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(
    tx.on(),
  );
