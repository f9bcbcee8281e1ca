// The outlines that the house has: read, and taken in whole.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Outline } from "./reading.ts";
import type { OutlineTables } from "./tables.ts";

export const outlinesOf = (tx: Tx): Promise<Outline[]> =>
  tx
    .on<OutlineTables>()
    .selectFrom("report.outlines")
    .select(["code", "name", "rings"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("code")
    .execute();

export type OutlineSource = { source: string; day: string; count: number };

/** Where they come from, file by file. */
export async function outlineSources(tx: Tx): Promise<OutlineSource[]> {
  const { rows } = await sql<OutlineSource>`
    SELECT source, (max(taken_at) AT TIME ZONE ${tx.scope.zone})::date::text AS day, count(*)::int AS count
      FROM report.outlines WHERE house_id = ${tx.scope.house} GROUP BY source ORDER BY source`.execute(tx.on());
  return rows;
}

/** Takes outlines in; those of the same communes that were there go. */
export async function takeOutlines(tx: Tx, outlines: readonly Outline[], source: string): Promise<void> {
  const codes = outlines.map(({ code }) => code);
  await sql`DELETE FROM report.outlines WHERE house_id = ${tx.scope.house} AND code = ANY(${codes}::text[])`.execute(
    tx.on(),
  );
  const rows = outlines.map(({ code, name, rings }) => ({ code, name, rings: JSON.stringify(rings) }));
  await sql`INSERT INTO report.outlines (house_id, code, name, rings, source, taken_at)
    SELECT ${tx.scope.house}, code, name, rings, ${source}, ${tx.clock.now()} FROM ${rowset(rows, { code: "text", name: "text", rings: "jsonb" })}`.execute(
    tx.on(),
  );
}
