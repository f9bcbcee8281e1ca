// Columns named by hand, kept for the next file with the same headers.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../../core/db/transaction.ts";
import type { ByHand } from "../../core/importing/columns.ts";
import type { ImportKind } from "../../core/importing/kind.ts";

/** Headers may be longer than an index can hold. */
const keyOf = (headers: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(headers)).digest("hex");

/** What was said of the columns of a file with these headers, kind by kind, the latest first. */
export async function keptMappings(
  tx: Tx,
  headers: readonly string[],
): Promise<readonly { kind: string; mapping: ByHand }[]> {
  const { rows } = await sql<{ kind: string; mapping: string[] }>`
    SELECT kind, mapping FROM core.import_mappings WHERE house_id = ${tx.scope.house} AND headers_key = ${keyOf(headers)}
     ORDER BY saved_at DESC, kind`.execute(tx.on());
  return rows;
}

/** What was said of this kind's columns in a file with these headers; null: nothing, they are known by their names. */
export const keptMapping = async (tx: Tx, kind: ImportKind, headers: readonly string[]): Promise<ByHand | null> =>
  (await keptMappings(tx, headers)).find((kept) => kept.kind === kind.kind)?.mapping ?? null;

export async function keepMapping(tx: Tx, kind: string, headers: readonly string[], mapping: ByHand): Promise<void> {
  await sql`INSERT INTO core.import_mappings (house_id, kind, headers_key, mapping, saved_at)
    VALUES (${tx.scope.house}, ${kind}, ${keyOf(headers)}, ${JSON.stringify(mapping)}::jsonb, ${tx.clock.now()})
    ON CONFLICT (house_id, kind, headers_key) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at`.execute(
    tx.on(),
  );
}
