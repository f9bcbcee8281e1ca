// The enrolments that somebody accompanies today.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { At } from "../../../../core/http/route.ts";
import type { ListQuery, Turn } from "../../../../core/lists/list.ts";
import { inOrder } from "../../../../core/lists/order.ts";
import type { Right } from "../../../../core/rights.ts";
import { rights } from "../rights.ts";
import { withinSight } from "./filters.ts";

export type CaseloadLine = {
  id: string;
  person: string;
  name: string;
  programme: string;
  site: string | null;
  entryOn: string;
  lastContact: string | null;
};

/** Those not met for longest first; `p` is the person. */
export const caseloadOrder: readonly Turn[] = [
  { by: sql`p.last_contact_on`, nulls: "first" },
  { by: sql`p.family_name` },
  { by: sql`p.given_name` },
];

/** The enrolments `e` of which somebody is the referent today. `referent` null: those that have none. */
export function caseloadQuery(
  { scope, tx }: Pick<At<unknown>, "scope" | "tx">,
  referent: string | null,
  right: Right = rights["enrolment.see"],
): ListQuery {
  const { house } = scope;
  // Written into the statement, which changes once a day: a plan made once knows how few paths are open.
  const today = sql.lit(tx.today);
  const tables = sql`${
    referent === null
      ? sql`programmes.enrolments e`
      : sql`programmes.referents r JOIN programmes.enrolments e ON e.house_id = r.house_id AND e.id = r.enrolment_id`
  } JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id`;
  return {
    select: sql`e.id, e.person_id AS person, trim(p.given_name || ' ' || p.family_name) AS name, g.title AS programme, s.name AS site, e.entry_on AS "entryOn", p.last_contact_on AS "lastContact"`,
    from: sql`${tables}
      JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id
      LEFT JOIN house.sites s ON s.house_id = e.house_id AND s.id = e.site_id`,
    countFrom: tables,
    where: [
      sql`e.house_id = ${house} AND (e.exit_on IS NULL OR e.exit_on >= ${today}) AND e.followed`,
      sql`NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)`,
      referent === null
        ? sql`NOT EXISTS (SELECT 1 FROM programmes.referents r WHERE r.house_id = e.house_id AND r.enrolment_id = e.id AND r.to_day IS NULL)`
        : sql`r.house_id = ${house} AND r.account_id = ${referent} AND (r.path_exit_on IS NULL OR r.path_exit_on >= ${today}) AND r.from_day <= ${today} AND (r.to_day IS NULL OR r.to_day >= ${today})`,
      ...(referent !== null && referent === scope.account ? [] : withinSight(scope, right)),
    ],
  };
}

/** The whole of it, in its order. */
export async function caseload(
  at: Pick<At<unknown>, "scope" | "tx">,
  referent: string | null,
): Promise<CaseloadLine[]> {
  const { select, from, where } = caseloadQuery(at, referent);
  const { rows } = await sql<CaseloadLine>`SELECT ${select} FROM ${from} WHERE ${sql.join(
    [...where],
    sql` AND `,
  )} ORDER BY ${inOrder(caseloadOrder)}, e.id`.execute(at.tx.on());
  return rows;
}

/** The furthest stage that each of these enrolments has reached. */
export async function furthestStages(tx: Tx, enrolments: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (enrolments.length === 0) return new Map();
  const { rows } = await sql<{ enrolment: string; stage: string }>`
    SELECT DISTINCT ON (x.enrolment_id) x.enrolment_id AS enrolment, t.label AS stage
      FROM programmes.stages_reached x JOIN programmes.stages t ON t.house_id = x.house_id AND t.id = x.stage_id
     WHERE x.house_id = ${tx.scope.house} AND x.enrolment_id = ANY(${[...enrolments]}::uuid[]) ORDER BY x.enrolment_id, t.position DESC`.execute(
    tx.often(),
  );
  return new Map(rows.map((row) => [row.enrolment, row.stage]));
}
