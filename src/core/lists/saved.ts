// Filters kept under a name: one's own, and those that colleagues of the same work share.
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import type { Role } from "../rights.ts";

/** With whom a filter is shared: null, nobody; else who holds the role at the site (null: anywhere in the house). */
export type Team = { role: Role; site: string | null } | null;

export type SavedFilter = {
  id: string;
  list: string;
  name: string;
  query: string;
  mine: boolean;
  /** Who saved it. */
  owner: string | null;
  role: Role | null;
  site: string | null;
  version: number;
};

/** The teams of which the reader is: a role held for the house is of the role's team everywhere. */
const ofMyTeams = (tx: Tx) =>
  sql.join(
    [
      sql`false`,
      ...tx.scope.grants.map(({ role, site }) =>
        site === null
          ? sql`f.team_role = ${role}`
          : sql`(f.team_role = ${role} AND (f.team_site IS NULL OR f.team_site = ${site}::uuid))`,
      ),
    ],
    sql` OR `,
  );

/** The filters that the reader may use, their own first; of one list, or of all. `mine`: their own alone. */
export async function savedFilters(tx: Tx, of: { list?: string; mine?: true } = {}): Promise<SavedFilter[]> {
  const { house, account } = tx.scope;
  if (account === null) return [];
  const { rows } = await sql<SavedFilter>`
    SELECT f.id, f.list, f.name, f.query, f.account_id = ${account}::uuid AS mine, a.name AS owner, f.team_role AS role, f.team_site AS site, f.version
      FROM core.saved_filters f LEFT JOIN house.accounts a ON a.house_id = f.house_id AND a.id = f.account_id
     WHERE f.house_id = ${house} AND (f.account_id = ${account}::uuid ${of.mine ? sql`` : sql`OR ${ofMyTeams(tx)}`})
       ${of.list === undefined ? sql`` : sql`AND f.list = ${of.list}`}
     ORDER BY mine DESC, f.list, core.normalise(f.name), f.id LIMIT 200`.execute(tx.often());
  return rows;
}

type Kept = "kept" | "taken";

/** Keeps a filter. The same key again keeps nothing more; "taken": its owner has another of that name on that list. */
export async function saveFilter(
  tx: Tx,
  wish: { id: string; list: string; name: string; query: string; team: Team },
): Promise<Kept> {
  const { rows } = await sql<{ id: string }>`
    WITH made AS (
      INSERT INTO core.saved_filters (house_id, id, account_id, list, name, query, team_role, team_site, saved_at)
      VALUES (${tx.scope.house}, ${wish.id}, ${tx.scope.account}, ${wish.list}, ${wish.name}, ${wish.query}, ${wish.team?.role ?? null}, ${wish.team?.site ?? null}, ${tx.clock.now()})
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT id FROM made UNION ALL SELECT id FROM core.saved_filters WHERE house_id = ${tx.scope.house} AND id = ${wish.id} AND account_id = ${tx.scope.account}::uuid`.execute(
    tx.on(),
  );
  return rows.length > 0 ? "kept" : "taken";
}

/** Gives one's own filter another name or another team. */
export async function changeFilter(
  tx: Tx,
  wish: { id: string; name: string; team: Team; version: number },
): Promise<Kept | "gone" | "changed"> {
  const { house, account } = tx.scope;
  // All of the owner's are held: two that are given one name at once wait for one another.
  const { rows } = await sql<{ id: string; list: string; name: string; version: number }>`
    SELECT f.id, f.list, f.name, f.version FROM core.saved_filters f WHERE f.house_id = ${house} AND f.account_id = ${account}::uuid ORDER BY f.id FOR UPDATE`.execute(
    tx.on(),
  );
  const now = rows.find((row) => row.id === wish.id);
  if (!now) return "gone";
  if (now.version !== wish.version) return "changed";
  if (rows.some((row) => row.list === now.list && row.name === wish.name && row.id !== now.id)) return "taken";
  await sql`UPDATE core.saved_filters SET name = ${wish.name}, team_role = ${wish.team?.role ?? null}, team_site = ${wish.team?.site ?? null}, version = version + 1
     WHERE house_id = ${house} AND id = ${wish.id} AND account_id = ${account}::uuid`.execute(tx.on());
  return "kept";
}

/** Takes one's own filter away; gives where it led, so that it can be saved again. Null: there is none. */
export async function removeFilter(tx: Tx, id: string): Promise<{ list: string; query: string } | null> {
  const { rows } = await sql<{ list: string; query: string }>`
    DELETE FROM core.saved_filters WHERE house_id = ${tx.scope.house} AND id = ${id} AND account_id = ${tx.scope.account}::uuid RETURNING list, query`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}
