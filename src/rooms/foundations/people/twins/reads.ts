// Pairs to judge, and who somebody about to be entered may already be.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PersonLine } from "../reads.ts";
import { strong } from "./finding.ts";

export type TwinLine = PersonLine & { score: number; reasons: string[] };

export type Newcomer = {
  familyName: string;
  givenName: string;
  birthName?: string | null;
  birthDate: string | null;
  phone: string | null;
  email?: string | null;
};

/** People of the house that somebody about to be entered may already be, nearest first. */
export async function likelyTwins(tx: Tx, wish: Newcomer): Promise<TwinLine[]> {
  const house = tx.scope.house;
  const [birth, phone, email] = [wish.birthDate, wish.phone, wish.email ?? null];
  // Day and month of birth the other way round: a slip of the hand, or a form of another country.
  const turned =
    birth && Number(birth.slice(8)) <= 12 ? `${birth.slice(0, 4)}-${birth.slice(8)}-${birth.slice(5, 7)}` : null;
  const alive = sql`p.house_id = ${house} AND p.merged_into IS NULL AND p.anonymised_at IS NULL`;
  const reason = (holds: RawBuilder<unknown>, words: string) =>
    sql`CASE WHEN ${holds} THEN ARRAY[${sql.lit(words)}] ELSE '{}' END`;
  const { rows } = await sql<TwinLine>`
    WITH w AS (SELECT core.normalise(${`${wish.givenName} ${wish.familyName}`}) AS names, core.normalise(${`${wish.givenName} ${wish.birthName ?? wish.familyName}`}) AS born),
    near AS MATERIALIZED (
      (SELECT p.id FROM people.persons p WHERE ${alive} AND p.birth_date IN (${birth}::date, ${turned}::date) LIMIT 500)
      UNION (SELECT p.id FROM people.persons p WHERE ${alive} AND p.phone = ${phone} LIMIT 50)
      UNION (SELECT p.id FROM people.persons p WHERE ${alive} AND p.email = ${email} LIMIT 50)
      UNION SELECT f.id FROM people.find(string_to_array((SELECT names FROM w), ' '), NULL, NULL, true, 20) f)
    SELECT id, code, "familyName", "givenName", sex, "birthDate", "communeName", "lastContactOn", phone, reasons, score FROM (
      SELECT p.id, p.code, p.family_name AS "familyName", p.given_name AS "givenName", p.sex, p.birth_date AS "birthDate", p.commune_name AS "communeName",
             p.last_contact_on AS "lastContactOn", p.phone,
             (SELECT max(similarity(mine, theirs)) FROM unnest(ARRAY[w.names, w.born]) mine, unnest(ARRAY[core.normalise(p.given_name || ' ' || p.family_name), core.normalise(p.given_name || ' ' || p.birth_name)]) theirs) AS score,
             ${reason(sql`p.birth_date = ${birth}::date`, "même date de naissance")}
             || ${reason(sql`p.birth_date <> ${birth}::date AND p.birth_date = ${turned}::date`, "jour et mois de naissance inversés")}
             || ${reason(sql`p.phone = ${phone}`, "même téléphone")} || ${reason(sql`p.email = ${email}`, "même courriel")} AS reasons
        FROM near JOIN people.persons p ON p.house_id = ${house} AND p.id = near.id, w) found
     WHERE (score >= 0.45 AND (cardinality(reasons) > 0 OR "birthDate" IS NULL OR ${birth}::date IS NULL)) OR score >= 0.95
     ORDER BY cardinality(reasons) DESC, score DESC, id LIMIT 6`.execute(tx.on());
  return rows;
}

export type TwinPair = { first: PersonLine; second: PersonLine; score: number; reasons: string[] };

const joins = sql`people.twins t JOIN people.persons a ON a.house_id = t.house_id AND a.id = t.first_id JOIN people.persons b ON b.house_id = t.house_id AND b.id = t.second_id`;
const among = (tx: Tx, dismissed: boolean) =>
  sql`t.house_id = ${tx.scope.house} AND (t.dismissed_at IS NOT NULL) = ${dismissed} AND a.merged_into IS NULL AND b.merged_into IS NULL AND a.anonymised_at IS NULL AND b.anonymised_at IS NULL`;

/** The query of the inbox (or of what was dismissed), strongest first: a page of it, or all in batches for an export. */
export function twinList(tx: Tx, dismissed: boolean, page?: { skip: number; most: number }): RawBuilder<TwinPair> {
  const side = (alias: string) =>
    sql.raw(`jsonb_build_object('id', ${alias}.id, 'code', ${alias}.code, 'familyName', ${alias}.family_name, 'givenName', ${alias}.given_name,
    'sex', ${alias}.sex, 'birthDate', ${alias}.birth_date, 'communeName', ${alias}.commune_name, 'lastContactOn', ${alias}.last_contact_on, 'phone', ${alias}.phone)`);
  return sql<TwinPair>`
    SELECT ${side("a")} AS first, ${side("b")} AS second, t.score, t.reasons FROM ${joins} WHERE ${among(tx, dismissed)}
     ORDER BY t.score DESC, t.first_id, t.second_id ${page ? sql`LIMIT ${page.most} OFFSET ${page.skip}` : sql``}`;
}

/** How many pairs there are, and how many of them are strong. */
export async function countTwins(tx: Tx, dismissed: boolean): Promise<{ count: number; strong: number }> {
  const { rows } = await sql<{ count: number; strong: number }>`
    SELECT count(*) AS count, count(*) FILTER (WHERE t.score >= ${strong}) AS strong FROM ${joins} WHERE ${among(tx, dismissed)}`.execute(
    tx.on(),
  );
  return rows[0] ?? { count: 0, strong: 0 };
}
