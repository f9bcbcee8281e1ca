// Retention: archived after a time without contact, then made anonymous. The rows that figures count stay; who they were goes.
// Source of the default: CNIL, deliberation 2023-095 of 14 September 2023 (active base: two years after the last contact).
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PersonLink } from "../../../../core/room.ts";
import type { PeopleTables } from "../tables.ts";

export type Rule = { active_months: number; archive_months: number; source: string; from_day: string };

/** The rule in force on a day. */
export async function ruleOn(tx: Tx, day: string): Promise<Rule | null> {
  return (
    (await tx
      .on<PeopleTables>()
      .selectFrom("people.retention_rules")
      .select(["active_months", "archive_months", "source", "from_day"])
      .where("house_id", "=", tx.scope.house)
      .where("category", "=", "persons")
      .where("from_day", "<=", day)
      .orderBy("from_day", "desc")
      .executeTakeFirst()) ?? null
  );
}

const contact = sql`coalesce(p.last_contact_on, p.created_on)`;

/** People whom a run on `day` would archive, or make anonymous. */
export async function duePersons(
  tx: Tx,
  day: string,
  what: "archive" | "anonymise",
  most: number,
): Promise<{ count: number; persons: { id: string; code: string; lastContactOn: string }[] }> {
  const rule = await ruleOn(tx, day);
  if (!rule) return { count: 0, persons: [] };
  const months = what === "archive" ? rule.active_months : rule.active_months + rule.archive_months;
  const due = sql`p.house_id = ${tx.scope.house} AND p.anonymised_at IS NULL AND p.merged_into IS NULL AND ${contact} <= ${day}::date - make_interval(months => ${months})
    ${what === "archive" ? sql`AND p.archived_at IS NULL AND ${contact} > ${day}::date - make_interval(months => ${rule.active_months + rule.archive_months})` : sql``}`;
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM people.persons p WHERE ${due}`.execute(
    tx.on(),
  );
  const { rows: persons } = await sql<{ id: string; code: string; lastContactOn: string }>`
    SELECT p.id, p.code, ${contact} AS "lastContactOn" FROM people.persons p WHERE ${due} ORDER BY 3, 1 LIMIT ${most}`.execute(
    tx.on(),
  );
  return { count: rows[0]?.count ?? 0, persons };
}

/** Makes people anonymous, with the files that were merged into them. It cannot be undone. Rows that hang on them keep what figures count. */
export async function anonymise(tx: Tx, links: readonly PersonLink[], persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return;
  const house = tx.scope.house;
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE gone AS (SELECT id FROM people.persons WHERE house_id = ${house} AND id = ANY(${[...persons]}::uuid[])
      UNION SELECT p.id FROM people.persons p JOIN gone ON p.house_id = ${house} AND p.merged_into = gone.id) SELECT id FROM gone`.execute(
    tx.on(),
  );
  const ids = rows.map((row) => row.id);
  for (const link of links) await link.beforeAnonymising?.(tx, ids);
  const those = sql`house_id = ${house} AND person_id = ANY(${ids}::uuid[])`;
  await sql`DELETE FROM people.external_ids WHERE ${those}`.execute(tx.on());
  await sql`DELETE FROM people.situations WHERE ${those} AND kind IN ('rsa', 'ass', 'rqth', 'nationality')`.execute(
    tx.on(),
  );
  await sql`DELETE FROM people.consents WHERE ${those}`.execute(tx.on());
  await sql`UPDATE people.requests SET answer = NULL WHERE ${those}`.execute(tx.on());
  await sql`DELETE FROM people.twins WHERE house_id = ${house} AND (first_id = ANY(${ids}::uuid[]) OR second_id = ANY(${ids}::uuid[]))`.execute(
    tx.on(),
  );
  await sql`UPDATE people.merges SET kept_before = '{}', moved = '[]' WHERE house_id = ${house} AND (kept_id = ANY(${ids}::uuid[]) OR absorbed_id = ANY(${ids}::uuid[]))`.execute(
    tx.on(),
  );
  await sql`UPDATE core.import_changes SET before = '{}' WHERE house_id = ${house} AND before IS NOT NULL AND record_id = ANY(${ids}::uuid[])`.execute(
    tx.on(),
  );
  await sql`UPDATE people.persons SET family_name = '(anonyme)', given_name = '', birth_name = NULL, birth_date = NULL, phone = NULL, email = NULL, address = NULL,
    archived_at = coalesce(archived_at, ${tx.clock.now()}), anonymised_at = ${tx.clock.now()}, version = version + 1 WHERE house_id = ${house} AND id = ANY(${ids}::uuid[])`.execute(
    tx.on(),
  );
}

/** One run: archives and makes anonymous what is due on the day; the run's counts are kept. */
export async function runRetention(
  tx: Tx,
  links: readonly PersonLink[],
): Promise<{ archived: number; anonymised: number }> {
  const rule = await ruleOn(tx, tx.today);
  if (!rule) return { archived: 0, anonymised: 0 };
  const due = await duePersons(tx, tx.today, "anonymise", 1_000_000);
  for (let from = 0; from < due.persons.length; from += 1000)
    await anonymise(
      tx,
      links,
      due.persons.slice(from, from + 1000).map((person) => person.id),
    );
  const archived = await sql`UPDATE people.persons p SET archived_at = ${tx.clock.now()}, version = version + 1
    WHERE p.house_id = ${tx.scope.house} AND p.anonymised_at IS NULL AND p.archived_at IS NULL AND p.merged_into IS NULL AND ${contact} <= ${tx.today}::date - make_interval(months => ${rule.active_months})`.execute(
    tx.on(),
  );
  const counts = { archived: Number(archived.numAffectedRows ?? 0n), anonymised: due.persons.length };
  await tx
    .on<PeopleTables>()
    .insertInto("people.retention_runs")
    .values({ house_id: tx.scope.house, id: tx.ids.uuid(), at: tx.clock.now(), on_day: tx.today, ...counts })
    .execute();
  return counts;
}
