// The rooms of a site where people meet.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export type Place = {
  id: string;
  siteId: string;
  site: string;
  name: string;
  capacity: number | null;
  closedOn: string | null;
  version: number;
};

/** The rooms of the house, site by site; with `open`, those that are used today. */
export async function placesOf(tx: Tx, wish: { open?: boolean } = {}): Promise<Place[]> {
  const { rows } = await sql<Place>`
    SELECT l.id, l.site_id AS "siteId", s.name AS site, l.name, l.capacity, l.closed_on AS "closedOn", l.version
      FROM agenda.places l JOIN house.sites s ON s.house_id = l.house_id AND s.id = l.site_id
     WHERE l.house_id = ${tx.scope.house} ${wish.open ? sql`AND (l.closed_on IS NULL OR l.closed_on >= ${tx.today}::date)` : sql``}
     ORDER BY s.position, s.name, l.name`.execute(tx.on());
  return rows;
}
