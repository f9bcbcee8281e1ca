// People who may be one and the same. The score is a sum of likenesses, each worth what it proves:
//   the same birth date with the same names (accents, case, order and spaces aside)      0.95
//   the same birth date with names that differ by a letter or two                        0.55 to 0.85
//   day and month of birth the other way round, with the same names                      0.75
//   the same telephone or mail with the same given name                                  0.80
//   the same names, and one of the two without a birth date                              0.60
// A shared telephone, mail or address adds 0.05 each, up to 0.99. From 0.8 on, a pair is called strong.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PersonLine } from "../reads.ts";

export const strong = 0.8;

/** Looks for the twins of some people (or of all) and keeps the pairs; a pair that somebody dismissed stays dismissed. */
export async function findTwinsOf(tx: Tx, persons: readonly string[] | "all"): Promise<number> {
  const house = tx.scope.house;
  const many = persons === "all" || persons.length > 200;
  // Just after a large import the server has no statistics of the new rows, and would compare each with all by nested loops.
  if (many)
    await sql`SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`.execute(tx.on());
  const those = persons === "all" ? sql`true` : sql`p.id = ANY(${[...persons]}::uuid[])`;
  const { rows } = await sql<{ count: number }>`
    WITH p AS MATERIALIZED (
      SELECT p.id, p.birth_date, p.phone, p.email, core.normalise(coalesce(p.address, '')) AS address,
             core.normalise(p.given_name) AS given, core.normalise(p.family_name) AS family
        FROM people.persons p WHERE p.house_id = ${house} AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND ${those}),
    pairs AS (
      SELECT p.id AS one, q.id AS other, 'birth' AS how FROM p JOIN people.persons q
        ON q.house_id = ${house} AND q.birth_date = p.birth_date AND q.id <> p.id AND q.merged_into IS NULL AND q.anonymised_at IS NULL
      UNION
      SELECT p.id, q.id, 'turned' FROM p JOIN people.persons q
        ON q.house_id = ${house} AND extract(day FROM p.birth_date) <= 12 AND extract(day FROM p.birth_date) <> extract(month FROM p.birth_date)
       AND q.birth_date = make_date(extract(year FROM p.birth_date)::int, extract(day FROM p.birth_date)::int, least(extract(month FROM p.birth_date)::int, 12))
       AND q.id <> p.id AND q.merged_into IS NULL AND q.anonymised_at IS NULL
      UNION
      SELECT p.id, q.id, 'phone' FROM p JOIN people.persons q
        ON q.house_id = ${house} AND q.phone = p.phone AND q.id <> p.id AND q.merged_into IS NULL AND q.anonymised_at IS NULL),
    judged AS (
      SELECT least(x.one, x.other) AS first_id, greatest(x.one, x.other) AS second_id, x.how,
             (p.given = n.given AND p.family = n.family) OR (p.given = n.family AND p.family = n.given) AS same_names,
             p.given = n.given AS same_given,
             similarity(p.given || ' ' || p.family, n.given || ' ' || n.family) AS likeness,
             p.phone IS NOT NULL AND p.phone = q.phone AS same_phone, p.email IS NOT NULL AND p.email = q.email AS same_email,
             p.address <> '' AND p.address = core.normalise(coalesce(q.address, '')) AS same_address
        FROM pairs x JOIN p ON p.id = x.one JOIN people.persons q ON q.house_id = ${house} AND q.id = x.other
       CROSS JOIN LATERAL (SELECT core.normalise(q.given_name) AS given, core.normalise(q.family_name) AS family) n),
    scored AS (
      SELECT first_id, second_id,
             max(least(0.99, base + CASE WHEN base > 0 THEN 0.05 * (same_phone::int + same_email::int + same_address::int) ELSE 0 END)) AS score,
             array_remove(array_agg(DISTINCT CASE how WHEN 'birth' THEN 'même date de naissance' WHEN 'turned' THEN 'jour et mois de naissance inversés' END), NULL)
             || CASE WHEN bool_or(same_names) THEN ARRAY['mêmes noms'] ELSE ARRAY['noms proches'] END
             || CASE WHEN bool_or(same_phone) THEN ARRAY['même téléphone'] ELSE '{}' END || CASE WHEN bool_or(same_email) THEN ARRAY['même courriel'] ELSE '{}' END
             || CASE WHEN bool_or(same_address) THEN ARRAY['même adresse'] ELSE '{}' END AS reasons
        FROM judged CROSS JOIN LATERAL (SELECT CASE
               WHEN how = 'birth' AND same_names THEN 0.95
               WHEN how = 'birth' AND likeness >= 0.6 THEN 0.55 + (likeness - 0.6) * 0.75
               WHEN how = 'turned' AND same_names THEN 0.75
               WHEN how = 'phone' AND same_given AND likeness >= 0.5 THEN 0.8
               ELSE 0 END AS base) b
       GROUP BY first_id, second_id HAVING max(base) > 0),
    kept AS (
      INSERT INTO people.twins (house_id, first_id, second_id, score, reasons, found_at)
      SELECT ${house}, first_id, second_id, score, reasons, ${tx.clock.now()} FROM scored
      ON CONFLICT (house_id, first_id, second_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons
      RETURNING 1)
    SELECT count(*) AS count FROM kept`.execute(tx.on());
  if (many) await sql`SELECT set_config('enable_nestloop', 'on', true)`.execute(tx.on());
  return rows[0]?.count ?? 0;
}

export type TwinLine = PersonLine & { score: number; reasons: string[] };

/** People of the house that somebody about to be entered may already be, nearest first. */
export async function likelyTwins(
  tx: Tx,
  wish: { familyName: string; givenName: string; birthDate: string | null; phone: string | null },
): Promise<TwinLine[]> {
  const { rows } = await sql<TwinLine>`
    WITH w AS (SELECT core.normalise(${wish.givenName}) AS given, core.normalise(${wish.familyName}) AS family),
    near AS MATERIALIZED (
      SELECT p.id FROM people.persons p WHERE p.house_id = ${tx.scope.house} AND p.birth_date = ${wish.birthDate}::date AND p.merged_into IS NULL AND p.anonymised_at IS NULL
      UNION SELECT p.id FROM people.persons p WHERE p.house_id = ${tx.scope.house} AND p.phone = ${wish.phone} AND p.merged_into IS NULL
      UNION SELECT f.id FROM people.find(string_to_array((SELECT given || ' ' || family FROM w), ' '), NULL, NULL, false, 20) f)
    SELECT * FROM (
      SELECT p.id, p.code, p.family_name AS "familyName", p.given_name AS "givenName", p.sex, p.birth_date AS "birthDate", p.commune_name AS "communeName",
             p.last_contact_on AS "lastContactOn", p.phone,
             similarity(w.given || ' ' || w.family, core.normalise(p.given_name || ' ' || p.family_name)) AS likeness,
             CASE WHEN p.birth_date = ${wish.birthDate}::date THEN ARRAY['même date de naissance'] ELSE '{}' END
             || CASE WHEN p.phone = ${wish.phone} THEN ARRAY['même téléphone'] ELSE '{}' END AS reasons, 0::real AS score
        FROM near JOIN people.persons p ON p.house_id = ${tx.scope.house} AND p.id = near.id, w) found
     WHERE (likeness >= 0.45 AND (cardinality(reasons) > 0 OR "birthDate" IS NULL OR ${wish.birthDate}::date IS NULL)) OR likeness >= 0.95
     ORDER BY cardinality(reasons) DESC, likeness DESC LIMIT 6`.execute(tx.on());
  return rows;
}

export type TwinPair = { first: PersonLine; second: PersonLine; score: number; reasons: string[]; dismissed: boolean };

/** The inbox: pairs still to be judged, strongest first, and how many there are. */
export async function twinPairs(
  tx: Tx,
  dismissed = false,
  most = 100,
): Promise<{ pairs: TwinPair[]; count: number; strong: number }> {
  const side = (alias: string) =>
    sql.raw(`jsonb_build_object('id', ${alias}.id, 'code', ${alias}.code, 'familyName', ${alias}.family_name, 'givenName', ${alias}.given_name,
    'sex', ${alias}.sex, 'birthDate', ${alias}.birth_date, 'communeName', ${alias}.commune_name, 'lastContactOn', ${alias}.last_contact_on, 'phone', ${alias}.phone)`);
  const open = sql`t.house_id = ${tx.scope.house} AND (t.dismissed_at IS NOT NULL) = ${dismissed} AND a.merged_into IS NULL AND b.merged_into IS NULL AND a.anonymised_at IS NULL AND b.anonymised_at IS NULL`;
  const joins = sql`people.twins t JOIN people.persons a ON a.house_id = t.house_id AND a.id = t.first_id JOIN people.persons b ON b.house_id = t.house_id AND b.id = t.second_id`;
  const { rows: pairs } = await sql<TwinPair>`
    SELECT ${side("a")} AS first, ${side("b")} AS second, t.score, t.reasons, t.dismissed_at IS NOT NULL AS dismissed FROM ${joins} WHERE ${open}
     ORDER BY t.score DESC, t.first_id, t.second_id LIMIT ${most}`.execute(tx.on());
  const { rows } = await sql<{
    count: number;
    strong: number;
  }>`SELECT count(*) AS count, count(*) FILTER (WHERE t.score >= ${strong}) AS strong FROM ${joins} WHERE ${open}`.execute(
    tx.on(),
  );
  return { pairs, count: rows[0]?.count ?? 0, strong: rows[0]?.strong ?? 0 };
}
