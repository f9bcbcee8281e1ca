// The forum of expression: what is read of it, and one function an act.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { endLinks } from "../../../foundations/messages/door.ts";
import type { ContributionsTable, TribuneTables } from "./tables.ts";
import type { CameBy, ContributionForm, Signed } from "./words.ts";

export type ContributionLine = Pick<ContributionsTable, "id" | "signed" | "state" | "reach"> & {
  form: ContributionForm;
  title: string;
  body: string;
  firstName: string | null;
  familyName: string | null;
  cameBy: CameBy;
  consentedOn: string;
  why: string | null;
  publishedOn: string | null;
  createdAt: Date;
  version: number;
};

export const contributionColumns = sql`r.id, r.title, r.body, r.form, r.signed, r.state, r.reach, r.first_name AS "firstName", r.family_name AS "familyName", r.came_by AS "cameBy",
  r.consented_on AS "consentedOn", r.decided_why AS why, r.published_on AS "publishedOn", r.created_at AS "createdAt", r.version`;

/** One contribution; null when the house has none of that identifier. */
export async function contributionById(tx: Tx, id: string): Promise<ContributionLine | null> {
  const { rows } = await sql<ContributionLine>`
    SELECT ${contributionColumns} FROM culture.contributions r WHERE r.house_id = ${tx.scope.house} AND r.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** What strangers read: the published ones, the latest first. */
export async function published(tx: Tx, most: number): Promise<ContributionLine[]> {
  const { rows } = await sql<ContributionLine>`
    SELECT ${contributionColumns} FROM culture.contributions r WHERE r.house_id = ${tx.scope.house} AND r.state = 'published'
     ORDER BY r.published_on DESC, r.id DESC LIMIT ${most}`.execute(tx.on());
  return rows;
}

export type NewContribution = {
  id: string;
  form: ContributionForm;
  title: string;
  body: string;
  signed: Signed;
  firstName: string | null;
  familyName: string | null;
  reach: string | null;
  cameBy: CameBy;
};

/** Takes a contribution in, to be read by the team; false: it came already. */
export async function receive(tx: Tx, wish: NewContribution): Promise<boolean> {
  const made = await tx
    .on<TribuneTables>()
    .insertInto("culture.contributions")
    .values({
      house_id: tx.scope.house,
      id: wish.id,
      form: wish.form,
      title: wish.title,
      body: wish.body,
      first_name: wish.firstName,
      family_name: wish.familyName,
      reach: wish.reach,
      signed: wish.signed,
      came_by: wish.cameBy,
      consented_on: tx.today,
      state: "received",
      created_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/**
 * Publishes a contribution or not; false: it changed since it was looked at, or its author took it back. A picture that nobody put into
 * words, or a contribution of pictures that has none, is not published: the page says so before.
 */
export async function decide(
  tx: Tx,
  wish: { id: string; version: number; publish: boolean; why: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.contributions SET state = ${wish.publish ? "published" : "refused"}, decided_why = ${wish.why},
           published_on = ${wish.publish ? tx.today : null}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${wish.id} AND version = ${wish.version} AND state <> 'withdrawn'
       AND NOT (${wish.publish}::boolean AND EXISTS (SELECT 1 FROM culture.contribution_pictures p WHERE p.house_id = ${tx.scope.house} AND p.contribution_id = ${wish.id} AND p.words = ''))
       AND NOT (${wish.publish}::boolean AND form = 'picture' AND body = '' AND NOT EXISTS (SELECT 1 FROM culture.contribution_pictures p WHERE p.house_id = ${tx.scope.house} AND p.contribution_id = ${wish.id}))
     RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Takes a contribution back as its author asks: no word, no name and no picture of it stays. False: it changed since, or was taken back already. */
export async function withdraw(tx: Tx, id: string, version: number): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.contributions SET state = 'withdrawn', title = '', body = '', first_name = NULL, family_name = NULL, reach = NULL, decided_why = NULL,
           published_on = NULL, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} AND state <> 'withdrawn' RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return false;
  await sql`DELETE FROM culture.contribution_pictures WHERE house_id = ${tx.scope.house} AND contribution_id = ${id}`.execute(
    tx.on(),
  );
  await endLinks(tx, id);
  return true;
}
