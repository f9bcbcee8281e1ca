// Retention: archived after a time without contact, then made anonymous. The rows that figures count stay; who they were goes.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { forgetImported } from "../../../../core/importing/undo.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { freeCodes } from "../codes.ts";
import { withAbsorbed } from "../reads.ts";
import type { PeopleTables, RetentionRulesTable } from "../tables.ts";
import { type DueKind, dueWhere, ruleOn } from "./reads.ts";

/** Makes people anonymous, with the files that were merged into them. It cannot be undone. Rows that hang on them keep what figures count. */
export async function anonymise(tx: Tx, links: readonly PersonLink[], persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return;
  const house = tx.scope.house;
  const ids = await withAbsorbed(tx, persons);
  for (const link of links) await link.beforeAnonymising?.(tx, ids);
  const those = sql`house_id = ${house} AND person_id = ANY(${ids}::uuid[])`;
  const either = (one: string, other: string) =>
    sql`house_id = ${house} AND (${sql.ref(one)} = ANY(${ids}::uuid[]) OR ${sql.ref(other)} = ANY(${ids}::uuid[]))`;
  for (const question of [
    sql`DELETE FROM people.external_ids WHERE ${those}`,
    sql`DELETE FROM people.situations WHERE ${those} AND kind IN ('rsa', 'ass', 'rqth', 'nationality')`,
    sql`UPDATE people.situations SET since_day = NULL WHERE ${those} AND since_day IS NOT NULL`,
    sql`DELETE FROM people.situation_withdrawals WHERE ${those}`,
    sql`DELETE FROM people.consents WHERE ${those}`,
    sql`UPDATE people.requests SET answer = NULL WHERE ${those}`,
    sql`DELETE FROM people.twins WHERE ${either("first_id", "second_id")}`,
    sql`UPDATE people.merges SET kept_before = '{}', moved = '[]' WHERE ${either("kept_id", "absorbed_id")}`,
  ])
    await question.execute(tx.on());
  await forgetImported(tx, ids);
  // The short code stands on papers: the file gets another, which nobody was ever told.
  const codes = await freeCodes(tx, ids.length);
  await sql`UPDATE people.persons p SET family_name = '(anonyme)', given_name = '', birth_name = NULL, birth_date = NULL, phone = NULL, email = NULL, address = NULL, code = x.code,
      archived_at = coalesce(archived_at, ${tx.clock.now()}), anonymised_at = ${tx.clock.now()}, version = version + 1
    FROM unnest(${ids}::uuid[], ${codes}::text[]) AS x(id, code) WHERE p.house_id = ${house} AND p.id = x.id`.execute(
    tx.on(),
  );
}

export type Run = { archived: number; anonymised: number };

/** One run: makes anonymous and archives what is due on the day; the run's counts are kept. */
export async function runRetention(tx: Tx, links: readonly PersonLink[]): Promise<Run> {
  const house = tx.scope.house;
  const rule = await ruleOn(tx, tx.today);
  if (!rule) return { archived: 0, anonymised: 0 };
  const due = (what: DueKind) => dueWhere(tx, rule, tx.today, what);
  // Somebody whose old records were read in since they were archived is no longer without contact.
  await sql`UPDATE people.persons p SET archived_at = NULL WHERE p.house_id = ${house} AND p.archived_at IS NOT NULL AND p.anonymised_at IS NULL
     AND coalesce(p.last_contact_on, p.created_on) > ${tx.today}::date - make_interval(months => ${rule.active_months})`.execute(
    tx.on(),
  );
  let anonymised = 0;
  while (true) {
    const { rows } = await sql<{
      id: string;
    }>`SELECT p.id FROM people.persons p WHERE ${due("anonymise")} ORDER BY p.id LIMIT 1000`.execute(tx.on());
    if (rows.length === 0) break;
    await anonymise(
      tx,
      links,
      rows.map((row) => row.id),
    );
    anonymised += rows.length;
  }
  const archived =
    await sql`UPDATE people.persons p SET archived_at = ${tx.clock.now()}, version = version + 1 WHERE ${due("archive")}`.execute(
      tx.on(),
    );
  const counts = { archived: Number(archived.numAffectedRows ?? 0n), anonymised };
  await tx
    .on<PeopleTables>()
    .insertInto("people.retention_runs")
    .values({ house_id: house, id: tx.ids.uuid(), at: tx.clock.now(), on_day: tx.today, ...counts })
    .execute();
  return counts;
}

export type RuleWish = Pick<RetentionRulesTable, "from_day" | "active_months" | "archive_months" | "source"> & {
  notice_days: number;
};

/** Says how long files are kept from a day on; a rule of the same day is replaced. */
export async function ruleRetention(tx: Tx, wish: RuleWish): Promise<void> {
  await tx
    .on<PeopleTables>()
    .insertInto("people.retention_rules")
    .values({ house_id: tx.scope.house, category: "persons", ...wish })
    .onConflict((conflict) =>
      conflict.columns(["house_id", "category", "from_day"]).doUpdateSet({
        active_months: wish.active_months,
        archive_months: wish.archive_months,
        notice_days: wish.notice_days,
        source: wish.source,
      }),
    )
    .execute();
}
