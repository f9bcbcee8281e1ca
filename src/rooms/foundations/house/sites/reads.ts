// The sites of the house.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { HouseTables, SitesTable } from "../tables.ts";

export type Site = Omit<SitesTable, "position" | "version"> & { position: number; version: number };
export type SiteWithAliases = Site & { aliases: string[] };

// Named one by one: what is prepared must give the same columns when a later version adds some.
const columns = [
  "house_id",
  "id",
  "code",
  "name",
  "kind",
  "postal_code",
  "commune_name",
  "commune_code",
  "position",
  "opened_on",
  "closed_on",
  "version",
] as const;

/** All sites of the house, closed ones too, in the house's order. */
export const listSites = (tx: Tx): Promise<Site[]> =>
  tx
    .often<HouseTables>()
    .selectFrom("house.sites")
    .select(columns)
    .where("house_id", "=", tx.scope.house)
    .orderBy("position")
    .orderBy("name")
    .execute();

/** The other names of sites, by site. */
export async function aliasesBySite(tx: Tx): Promise<Map<string, string[]>> {
  const rows = await tx
    .on<HouseTables>()
    .selectFrom("house.site_aliases")
    .select(["site_id", "alias"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("alias")
    .execute();
  const bySite = new Map<string, string[]>();
  for (const { site_id, alias } of rows) bySite.set(site_id, [...(bySite.get(site_id) ?? []), alias]);
  return bySite;
}

/** One site of the house with its other names, or null. */
export async function siteById(tx: Tx, id: string): Promise<SiteWithAliases | null> {
  const site = (await listSites(tx)).find((one) => one.id === id);
  return site ? { ...site, aliases: (await aliasesBySite(tx)).get(id) ?? [] } : null;
}
