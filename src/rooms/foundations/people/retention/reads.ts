// What retention would do on a day, and by which rule. Source of the default rule: CNIL, deliberation 2023-095 of 14 September 2023
// (active base: two years after the last contact).
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PeopleTables, RetentionRulesTable } from "../tables.ts";

export type Rule = Pick<RetentionRulesTable, "active_months" | "archive_months" | "source" | "from_day"> & {
  notice_days: number;
};
export type DueKind = "archive" | "anonymise";

const rules = (tx: Tx) =>
  tx
    .on<PeopleTables>()
    .selectFrom("people.retention_rules")
    .select(["active_months", "archive_months", "notice_days", "source", "from_day"])
    .where("house_id", "=", tx.scope.house)
    .where("category", "=", "persons")
    .orderBy("from_day", "desc");

/** The rule in force on a day. */
export async function ruleOn(tx: Tx, day: string): Promise<Rule | null> {
  return (await rules(tx).where("from_day", "<=", day).executeTakeFirst()) ?? null;
}

/** Every rule that was, is or will be, the latest first. */
export const allRules = (tx: Tx): Promise<Rule[]> => rules(tx).execute();

const contact = sql`coalesce(p.last_contact_on, p.created_on)`;

/**
 * People (alias p) whom a run on `day` would archive, or make anonymous. Nobody is made anonymous who has not been archived for the days
 * of notice: somebody must have been able to see them coming.
 */
export function dueWhere(tx: Tx, rule: Rule, day: string, what: DueKind): RawBuilder<boolean> {
  const before = (months: number) => sql`${contact} <= ${day}::date - make_interval(months => ${months})`;
  const live = sql`p.house_id = ${tx.scope.house} AND p.anonymised_at IS NULL AND p.merged_into IS NULL`;
  return what === "archive"
    ? sql<boolean>`${live} AND p.archived_at IS NULL AND ${before(rule.active_months)}`
    : sql<boolean>`${live} AND p.archived_at IS NOT NULL AND ${before(rule.active_months + rule.archive_months)}
        AND (p.archived_at AT TIME ZONE ${tx.scope.zone})::date <= ${day}::date - ${rule.notice_days}::int`;
}

export type DuePerson = {
  id: string;
  code: string;
  familyName: string;
  givenName: string;
  lastContactOn: string;
  archivedOn: string | null;
};

/** The query of the people due, those longest without contact first: the first of them, or all in batches for an export. */
export function dueList(tx: Tx, rule: Rule, day: string, what: DueKind, most?: number): RawBuilder<DuePerson> {
  return sql<DuePerson>`
    SELECT p.id, p.code, p.family_name AS "familyName", p.given_name AS "givenName", ${contact} AS "lastContactOn", (p.archived_at AT TIME ZONE ${tx.scope.zone})::date AS "archivedOn"
      FROM people.persons p WHERE ${dueWhere(tx, rule, day, what)} ORDER BY 5, 1 ${most === undefined ? sql`` : sql`LIMIT ${most}`}`;
}

/** How many people are due. */
export async function countDue(tx: Tx, rule: Rule, day: string, what: DueKind): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM people.persons p WHERE ${dueWhere(tx, rule, day, what)}`.execute(tx.on());
  return rows[0]?.count ?? 0;
}
