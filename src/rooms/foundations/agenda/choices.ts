// What the forms of meetings let choose: sites, rooms, advisers, programmes.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { may, type Right } from "../../../core/rights.ts";
import type { Option } from "../../../ui/fields.tsx";
import { listSites } from "../house/door.ts";
import { listProgrammes } from "../programmes/door.ts";
import { placesOf } from "./places/reads.ts";

export type Choices = {
  sites: readonly Option[];
  places: readonly (Option & { site: string })[];
  accounts: readonly Option[];
  programmes: readonly Option[];
};

/** The sites for which this scope holds a right. Those that are closed today only with `closed`. */
export async function sitesHeld(tx: Tx, right: Right, closed = false): Promise<Option[]> {
  return (await listSites(tx))
    .filter((site) => closed || site.closed_on === null || site.closed_on >= tx.today)
    .filter((site) => may(tx.scope, right, { site: site.id }))
    .map((site) => ({ value: site.id, label: site.name }));
}

/** Open accounts that receive people or lead sessions, by name: a role that meets nobody is left out. */
export async function accountsThatMeet(tx: Tx, right: Right): Promise<Option[]> {
  const { rows } = await sql<Option>`
    SELECT a.id AS value, a.name AS label FROM house.accounts a
     WHERE a.house_id = ${tx.scope.house} AND a.closed_at IS NULL AND EXISTS (SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id
           AND g.role = ANY(${[...right.roles]}::text[]) AND g.from_day <= ${tx.today}::date AND (g.to_day IS NULL OR g.to_day >= ${tx.today}::date))
     ORDER BY a.name, a.id`.execute(tx.on());
  return rows;
}

/** The programmes of the house, as choices. */
export const programmeChoices = async (tx: Tx): Promise<Option[]> =>
  (await listProgrammes(tx)).map(({ id, label }) => ({ value: id, label }));

/** What a form offers to somebody who holds `right`. */
export async function choicesFor(tx: Tx, right: Right): Promise<Choices> {
  const sites = await sitesHeld(tx, right);
  const [places, accounts, programmes] = await Promise.all([
    placesOf(tx, { open: true }),
    accountsThatMeet(tx, right),
    programmeChoices(tx),
  ]);
  return {
    sites,
    places: places
      .filter((place) => sites.some((site) => site.value === place.siteId))
      .map((place) => ({
        value: place.id,
        label: sites.length > 1 ? `${place.name} (${place.site})` : place.name,
        site: place.siteId,
      })),
    accounts,
    programmes,
  };
}
