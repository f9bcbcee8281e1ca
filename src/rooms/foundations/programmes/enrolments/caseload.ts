// The enrolments that somebody accompanies today.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { At } from "../../../../core/http/route.ts";
import { rights, seenBy } from "../rights.ts";

export type CaseloadLine = {
  id: string;
  person: string;
  name: string;
  programme: string;
  site: string | null;
  entryOn: string;
  lastContact: string | null;
};

/** The enrolments of which somebody is the referent today, those not met for longest first. `referent` null: those that have none. */
export const caseload = (at: Pick<At<unknown>, "scope" | "tx">, referent: string | null) => {
  const within = seenBy(at.scope, rights["enrolment.see"]);
  return sql<CaseloadLine>`
    SELECT e.id, e.person_id AS person, trim(p.given_name || ' ' || p.family_name) AS name, g.title AS programme, s.name AS site, e.entry_on AS "entryOn", p.last_contact_on AS "lastContact"
      FROM ${
        referent === null
          ? sql`programmes.enrolments e`
          : sql`programmes.referents r JOIN programmes.enrolments e ON e.house_id = r.house_id AND e.id = r.enrolment_id`
      }
      JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
      JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id
      LEFT JOIN house.sites s ON s.house_id = e.house_id AND s.id = e.site_id
     WHERE e.house_id = ${at.scope.house} AND coalesce(e.exit_on, 'infinity') >= ${at.tx.today} AND e.followed
       AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)
       ${
         referent === null
           ? sql`AND NOT EXISTS (SELECT 1 FROM programmes.referents r WHERE r.house_id = e.house_id AND r.enrolment_id = e.id AND r.to_day IS NULL)`
           : sql`AND r.house_id = ${at.scope.house} AND r.account_id = ${referent} AND r.from_day <= ${at.tx.today} AND coalesce(r.to_day, 'infinity') >= ${at.tx.today}`
       }
       ${within === null ? sql`` : sql`AND (e.site_id = ANY(${within.sites}::uuid[]) OR e.programme_id = ANY(${within.programmes}::uuid[]) OR ${referent !== null && referent === at.scope.account})`}
     ORDER BY p.last_contact_on NULLS FIRST, p.family_name, p.given_name, e.id`;
};

/** The furthest stage that each of these enrolments has reached. */
export async function furthestStages(tx: Tx, enrolments: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (enrolments.length === 0) return new Map();
  const { rows } = await sql<{ enrolment: string; stage: string }>`
    SELECT DISTINCT ON (x.enrolment_id) x.enrolment_id AS enrolment, t.label AS stage
      FROM programmes.stages_reached x JOIN programmes.stages t ON t.house_id = x.house_id AND t.id = x.stage_id
     WHERE x.house_id = ${tx.scope.house} AND x.enrolment_id = ANY(${[...enrolments]}::uuid[]) ORDER BY x.enrolment_id, t.position DESC`.execute(
    tx.on(),
  );
  return new Map(rows.map((row) => [row.enrolment, row.stage]));
}
