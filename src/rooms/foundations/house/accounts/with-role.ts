// Who works here with one of some roles: those to whom work can be given.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Role } from "../../../../core/rights.ts";

/** Open accounts that hold one of these roles today, by name. */
export const accountsWith = async (tx: Tx, roles: readonly Role[]): Promise<{ id: string; name: string }[]> =>
  (
    await sql<{ id: string; name: string }>`
      SELECT a.id, a.name FROM house.accounts a WHERE a.house_id = ${tx.scope.house} AND a.closed_at IS NULL AND EXISTS (
        SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id AND g.role = ANY(${[...roles]}::text[])
           AND g.from_day <= ${tx.today} AND (g.to_day IS NULL OR g.to_day >= ${tx.today})) ORDER BY a.name, a.id`.execute(
      tx.often(),
    )
  ).rows;
