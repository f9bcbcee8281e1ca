// The names of structures by what they are for the house, in a period: what a report lists.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";

/** The roles that a structure may have, in the house's words. */
export async function roleLabels(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ label: string }>`
    SELECT label FROM partners.terms WHERE house_id = ${tx.scope.house} AND kind = 'role' ORDER BY comparable`.execute(
    tx.on(),
  );
  return rows.map(({ label }) => label);
}

/** Of each of these roles, who had it one day at least of the period, by name. */
export async function namesByRole(
  tx: Tx,
  roles: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<Map<string, string[]>> {
  if (roles.length === 0) return new Map();
  const { rows } = await sql<{ role: string; names: string[] }>`
    SELECT t.label AS role, array_agg(DISTINCT s.name ORDER BY s.name) AS names FROM partners.roles r
      JOIN partners.terms t ON t.house_id = r.house_id AND t.id = r.term_id
      JOIN partners.structures s ON s.house_id = r.house_id AND s.id = r.structure_id AND s.merged_into IS NULL
     WHERE r.house_id = ${tx.scope.house} AND t.label = ANY(${[...roles]}::text[])
       AND (r.from_day IS NULL OR r.from_day <= ${to}) AND (r.to_day IS NULL OR r.to_day >= ${from})
       AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)
     GROUP BY t.label`.execute(tx.on());
  return new Map(rows.map(({ role, names }) => [role, names]));
}
