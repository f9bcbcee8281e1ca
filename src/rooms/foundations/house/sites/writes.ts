// Acts on sites. A site is never removed here: it closes on a day, and what happened in it stays.
import type { Tx } from "../../../../core/db/transaction.ts";
import { codeOfSite } from "../rules.ts";
import type { HouseTables, SitesTable } from "../tables.ts";
import { listSites } from "./reads.ts";

export type SiteWish = Pick<SitesTable, "name" | "kind" | "postal_code" | "commune_name" | "opened_on">;

/** Adds a site, whose identifier is the form's key; false when it exists already (the form was sent twice). */
export async function createSite(tx: Tx, id: string, wish: SiteWish): Promise<boolean> {
  const sites = await listSites(tx);
  const codes = new Set(sites.map((site) => site.code));
  const base = codeOfSite(wish.name);
  let code = base;
  for (let next = 2; codes.has(code); next += 1) code = `${base}-${next}`;
  const done = await tx
    .on<HouseTables>()
    .insertInto("house.sites")
    .values({
      ...wish,
      house_id: tx.scope.house,
      id,
      code,
      commune_code: null,
      position: Math.max(0, ...sites.map((site) => site.position)) + 1,
      closed_on: null,
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Changes a site; false when it was changed since `version`. */
export async function editSite(
  tx: Tx,
  id: string,
  version: number,
  change: Partial<SiteWish & { closed_on: string | null }>,
): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .updateTable("house.sites")
    .set((is) => ({ ...change, version: is("version", "+", 1) }))
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Gives a site another name; false when a site of the house has it already. */
export async function addSiteAlias(tx: Tx, site: string, alias: string): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .insertInto("house.site_aliases")
    .values({ house_id: tx.scope.house, site_id: site, alias })
    .onConflict((conflict) => conflict.columns(["house_id", "comparable"]).doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Takes another name away; false when the site has no such one. */
export async function removeSiteAlias(tx: Tx, site: string, alias: string): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .deleteFrom("house.site_aliases")
    .where("house_id", "=", tx.scope.house)
    .where("site_id", "=", site)
    .where("alias", "=", alias)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}
