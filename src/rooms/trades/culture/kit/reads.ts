// Reads of the kit: issues, their articles as they are read, what became of their letters.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Signed } from "../tribune/words.ts";

export type IssueLine = {
  id: string;
  title: string;
  introduction: string;
  publishedOn: string | null;
  version: number;
  articles: number;
  letters: number;
  left: number;
};

export const issueColumns = sql`r.id, r.title, r.introduction, r.published_on AS "publishedOn", r.version,
  (SELECT count(*)::int FROM culture.kit_articles a WHERE a.house_id = r.house_id AND a.issue_id = r.id) AS articles,
  (SELECT count(*)::int FROM culture.kit_letters l WHERE l.house_id = r.house_id AND l.issue_id = r.id) AS letters,
  (SELECT count(*)::int FROM culture.kit_refusals f WHERE f.house_id = r.house_id AND f.issue_id = r.id) AS left`;

/** One issue; null when the house has none of that identifier. */
export async function issueById(tx: Tx, id: string): Promise<IssueLine | null> {
  const { rows } = await sql<IssueLine>`
    SELECT ${issueColumns} FROM culture.kit_issues r WHERE r.house_id = ${tx.scope.house} AND r.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export type Article = {
  id: string;
  position: number;
  title: string;
  body: string;
  contribution: string | null;
  signed: Signed;
  firstName: string | null;
  familyName: string | null;
  /** Of the forum, and not published there now: nobody reads it here either. */
  missing: boolean;
};

/** The articles of an issue, in order; one of the forum says what the forum says of it. */
export async function articlesOf(tx: Tx, issue: string): Promise<Article[]> {
  const { rows } = await sql<Article>`
    SELECT a.id, a.position, CASE WHEN a.contribution_id IS NULL THEN a.title ELSE coalesce(c.title, '') END AS title,
           CASE WHEN a.contribution_id IS NULL THEN a.body ELSE coalesce(c.body, '') END AS body, a.contribution_id AS contribution,
           coalesce(c.signed, 'none') AS signed, c.first_name AS "firstName", c.family_name AS "familyName",
           a.contribution_id IS NOT NULL AND c.id IS NULL AS missing
      FROM culture.kit_articles a
      LEFT JOIN culture.contributions c ON c.house_id = a.house_id AND c.id = a.contribution_id AND c.state = 'published'
     WHERE a.house_id = ${tx.scope.house} AND a.issue_id = ${issue} ORDER BY a.position, a.id`.execute(tx.on());
  return rows;
}

/** Published contributions of the forum that the issue has not taken yet. */
export async function contributionsToTake(tx: Tx, issue: string): Promise<{ value: string; label: string }[]> {
  const { rows } = await sql<{ value: string; label: string }>`
    SELECT c.id::text AS value, c.title AS label FROM culture.contributions c WHERE c.house_id = ${tx.scope.house} AND c.state = 'published'
       AND NOT EXISTS (SELECT 1 FROM culture.kit_articles a WHERE a.house_id = c.house_id AND a.issue_id = ${issue} AND a.contribution_id = c.id)
     ORDER BY c.published_on DESC, c.id DESC LIMIT 200`.execute(tx.on());
  return rows;
}

/** The published issues, the latest first. */
export async function publishedIssues(
  tx: Tx,
  most: number,
): Promise<Pick<IssueLine, "id" | "title" | "publishedOn">[]> {
  const { rows } = await sql<Pick<IssueLine, "id" | "title" | "publishedOn">>`
    SELECT r.id, r.title, r.published_on AS "publishedOn" FROM culture.kit_issues r
     WHERE r.house_id = ${tx.scope.house} AND r.published_on IS NOT NULL ORDER BY r.published_on DESC, r.id DESC LIMIT ${most}`.execute(
    tx.on(),
  );
  return rows;
}

export type MailingLine = {
  id: string;
  at: Date;
  by: string | null;
  chosen: string;
  letters: number;
  served: number;
  refused: number;
  sent: number;
  waiting: number;
  failed: number;
};

/** The mailings of an issue with what became of their letters, the latest first. */
export async function mailingsOf(tx: Tx, issue: string): Promise<MailingLine[]> {
  const { rows } = await sql<MailingLine>`
    SELECT m.id, m.at, a.name AS by, m.chosen, m.letters, m.served, m.refused, coalesce(x.sent, 0) AS sent, coalesce(x.waiting, 0) AS waiting, coalesce(x.failed, 0) AS failed
      FROM culture.kit_mailings m LEFT JOIN house.accounts a ON a.house_id = m.house_id AND a.id = m.account_id
      LEFT JOIN LATERAL (SELECT (count(*) FILTER (WHERE g.state = 'sent'))::int AS sent, (count(*) FILTER (WHERE g.state IN ('waiting', 'sending')))::int AS waiting,
             (count(*) FILTER (WHERE g.state IN ('failed', 'doubtful')))::int AS failed
        FROM culture.kit_letters l JOIN messages.messages g ON g.house_id = l.house_id AND g.key = 'kit/' || encode(l.print, 'hex') || '/' || l.issue_id
       WHERE l.house_id = m.house_id AND l.mailing_id = m.id) x ON true
     WHERE m.house_id = ${tx.scope.house} AND m.issue_id = ${issue} ORDER BY m.at DESC, m.id DESC`.execute(tx.on());
  return rows;
}
