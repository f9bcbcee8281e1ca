// What files with identifiers of their own have in common in SQL: the records that bear them, and those that an import created.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/transaction.ts";

/** Records of a table by the identifier that their file gave them. `table` is the program's own word. */
export async function byExternalId(
  tx: Tx,
  table: string,
  keys: readonly string[],
): Promise<Map<string, { id: string }>> {
  const { rows } = await sql<{ external_id: string; id: string }>`
    SELECT external_id, id FROM ${sql.table(table)} WHERE house_id = ${tx.scope.house} AND external_id = ANY(${[...keys]}::text[])`.execute(
    tx.on(),
  );
  return new Map(rows.map(({ external_id, id }) => [external_id, { id }]));
}

/** Identifiers of the records that an import created, as a sub-query. */
export const createdBy = (tx: Tx, importId: string, target: string): RawBuilder<unknown> =>
  sql`(SELECT record_id FROM core.import_changes WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND target = ${target} AND before IS NULL)`;

/** Takes away the rows of a table that an import created. */
export async function removeCreated(tx: Tx, importId: string, table: string): Promise<void> {
  await sql`DELETE FROM ${sql.table(table)} WHERE house_id = ${tx.scope.house} AND id IN ${createdBy(tx, importId, table)}`.execute(
    tx.on(),
  );
}
