// One function an act on an issue and its articles.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { KitTables } from "./tables.ts";

/** Begins an issue; false: it was begun already under that identifier. */
export async function beginIssue(tx: Tx, wish: { id: string; title: string; introduction: string }): Promise<boolean> {
  const made = await tx
    .on<KitTables>()
    .insertInto("culture.kit_issues")
    .values({
      house_id: tx.scope.house,
      ...wish,
      published_on: null,
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** Changes an issue as it was looked at; false: it changed since. */
export async function changeIssue(
  tx: Tx,
  id: string,
  version: number,
  wish: { title: string; introduction: string },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.kit_issues SET title = ${wish.title}, introduction = ${wish.introduction}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Publishes an issue, or takes it off the public page; false: it changed since it was looked at. */
export async function publishIssue(tx: Tx, id: string, version: number, publish: boolean): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.kit_issues SET published_on = ${publish ? tx.today : null}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

export type NewArticle = { id: string; issue: string } & ({ title: string; body: string } | { contribution: string });

/** Adds an article at the end; false: it is there already, or its contribution is. */
export async function addArticle(tx: Tx, wish: NewArticle): Promise<boolean> {
  const said =
    "contribution" in wish ? { title: "", body: "", contribution: wish.contribution } : { ...wish, contribution: null };
  const { rows } = await sql`
    INSERT INTO culture.kit_articles (house_id, id, issue_id, position, title, body, contribution_id)
    SELECT ${tx.scope.house}, ${wish.id}, ${wish.issue}, coalesce(max(position), 0) + 1, ${said.title}, ${said.body}, ${said.contribution}::uuid
      FROM culture.kit_articles WHERE house_id = ${tx.scope.house} AND issue_id = ${wish.issue}
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Changes an article that the team wrote; false: there is no such article. */
export async function changeArticle(
  tx: Tx,
  wish: { id: string; issue: string; title: string; body: string },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.kit_articles SET title = ${wish.title}, body = ${wish.body}
     WHERE house_id = ${tx.scope.house} AND issue_id = ${wish.issue} AND id = ${wish.id} AND contribution_id IS NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Takes an article out of an issue; false: it was out already. What it was in the forum stays there. */
export async function removeArticle(tx: Tx, issue: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM culture.kit_articles WHERE house_id = ${tx.scope.house} AND issue_id = ${issue} AND id = ${id} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}
