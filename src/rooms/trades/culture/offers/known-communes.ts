// Communes that were typed, against those where the house knows a structure: places kept for a slip of the pen are kept for nobody.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { list } from "../../../../ui/words.ts";

/** The communes as the structures have them, whatever the case that was typed, and those where no structure is. */
export async function knownCommunes(
  tx: Tx,
  typed: readonly string[],
): Promise<{ communes: string[]; unknown: string[] }> {
  const { rows } = await sql<{ typed: string; known: string | null }>`
    SELECT x.typed, (SELECT min(s.commune_name) FROM partners.structures s
                      WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL AND lower(s.commune_name) = lower(x.typed)) AS known
      FROM unnest(${[...typed]}::text[]) WITH ORDINALITY AS x(typed, n) ORDER BY x.n`.execute(tx.on());
  return {
    communes: [...new Set(rows.map((row) => row.known ?? row.typed))],
    unknown: rows.filter((row) => row.known === null).map((row) => row.typed),
  };
}

/** "Aucune structure n’est à Nulleville : vérifiez le nom." */
export const unknownWords = (unknown: readonly string[]): string =>
  `Aucune structure n’est à ${list(unknown)} : vérifiez le nom.`;
