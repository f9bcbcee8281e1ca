// Which site a desk is at: the one asked for, the one that the role is held for, the one where this account last noted a visit, the first.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { isUuid } from "../../../core/ids.ts";
import { sitesFor } from "../../../core/rights.ts";
import { agendaRights } from "../../foundations/agenda/door.ts";
import { listSites } from "../../foundations/house/door.ts";

export type DeskSite = { id: string; name: string };

/** The sites where this scope may record, and the one chosen. Null: none. */
export async function deskSites(
  tx: Tx,
  asked: string | undefined,
): Promise<{ site: DeskSite; all: DeskSite[] } | null> {
  const held = sitesFor(tx.scope, agendaRights["visit.record"]);
  const open = (await listSites(tx)).filter((site) => site.closed_on === null || site.closed_on >= tx.today);
  const all = open
    .filter((site) => (held === "all" ? true : held.includes(site.id)))
    .map(({ id, name }) => ({ id, name }));
  const [first] = all;
  if (!first) return null;
  const wanted = asked && isUuid(asked) ? all.find((site) => site.id === asked) : undefined;
  if (wanted || all.length === 1) return { site: wanted ?? first, all };
  const { rows } = await sql<{ site_id: string | null }>`
    SELECT details->>'site' AS site_id FROM core.journal
     WHERE house_id = ${tx.scope.house} AND account_id = ${tx.scope.account} AND act = 'visit.recorded' AND at > ${tx.clock.now()}::timestamptz - interval '12 hours'
     ORDER BY at DESC LIMIT 1`.execute(tx.on());
  return { site: all.find((site) => site.id === rows[0]?.site_id) ?? first, all };
}
