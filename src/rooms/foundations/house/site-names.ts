// The names by which files and people call a site: its code, its name with or without "Antenne", its other names.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";

/** Comparison form of a site's name: no accent, no case, single spaces. */
export const comparableSite = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** Site identifiers by comparable name. A name that two sites share is given to neither. */
export async function sitesByName(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string; rank: number }>`
    SELECT id, code AS name, 0 AS rank FROM house.sites WHERE house_id = ${tx.scope.house}
    UNION ALL SELECT site_id, alias, 1 FROM house.site_aliases WHERE house_id = ${tx.scope.house}
    UNION ALL SELECT id, name, 2 FROM house.sites WHERE house_id = ${tx.scope.house}
    ORDER BY rank`.execute(tx.on());
  const found = new Map<string, { id: string | null; rank: number }>();
  const put = (name: string, id: string, rank: number): void => {
    const there = found.get(name);
    if (!there) found.set(name, { id, rank });
    else if (there.id !== id && there.rank === rank) there.id = null;
  };
  for (const { id, name, rank } of rows) put(comparableSite(name), id, rank);
  for (const { id, name } of rows) put(comparableSite(name).replace(/^antenne (de |du |d )?/, ""), id, 3);
  return new Map([...found].flatMap(([name, { id }]) => (id ? [[name, id] as const] : [])));
}
