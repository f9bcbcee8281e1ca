// One of the team with all that its form holds.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { isUuid } from "../../../../core/ids.ts";
import { type Member, memberColumns, memberTables } from "./reads.ts";

export type MemberRecord = Member & { siteId: string | null };

export async function memberRecord(tx: Tx, id: string): Promise<MemberRecord | null> {
  if (!isUuid(id)) return null;
  const { rows } = await sql<MemberRecord>`
    SELECT ${memberColumns}, s.site_id AS "siteId" FROM ${memberTables} WHERE s.house_id = ${tx.scope.house} AND s.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}
