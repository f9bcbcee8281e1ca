// People who may be one and the same. The score is the likeness of the two, by what it proves:
//   the same birth date with the same names (accents, case, order and spaces aside)      0.95
//   the same telephone or mail with the same given name                                  0.80
//   day and month of birth the other way round, with the same names                      0.75
//   the same birth date with names that differ by a letter, or two side by side          0.55 to 0.85
//   the same names, and one of the two without a birth date                              0.60
// A shared telephone, mail or address adds 0.05 each, up to 0.99. From 0.8 on, a pair is called strong.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export const strong = 0.8;

/**
 * A birth date that so many people bear is a tool's way of saying that it is not known (01/01/1980): there, only the same names are
 * compared. Without this, a file of 100 000 people born on one day would make five thousand million pairs.
 */
const crowd = 300;
/** So many people with one telephone, one mail, or the same names and birth date are not one person keyed twice. */
const crowdOfNames = 20;

type Who = readonly string[] | { importId: string };

const alive = (tx: Tx, alias: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${alias}.house_id`)} = ${tx.scope.house} AND ${sql.ref(`${alias}.merged_into`)} IS NULL AND ${sql.ref(`${alias}.anonymised_at`)} IS NULL`;

/**
 * Names in their comparison form. A name that is compared with thousands is taken from `search_text`, which is made already: the
 * telephone stands behind it and is cut off. A name at birth stands there too: then the names are made anew.
 */
function names(alias: string): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`CASE WHEN ${column("birth_name")} IS NULL THEN rtrim(${column("search_text")}, '0123456789 ') ELSE core.normalise(${column("given_name")} || ' ' || ${column("family_name")}) END`;
}

/** Whom each of a few people is to be compared with: (one, other, how, likeness). The likeness is worked out when they are judged. */
const candidatesOfFew = sql`SELECT p.id AS one, c.other, c.how, NULL::real AS likeness FROM p CROSS JOIN LATERAL people.twin_candidates(p.id) c`;

/** The same for many people at once: the house is read once, as `q`, and names are compared where they meet. */
const candidatesOfMany = sql`
      -- Two of them meet once, from the first to the second. Names that share neither the first initial nor the last are not compared: it
      -- is the comparison that costs.
      SELECT p.id AS one, q.id AS other, 'birth' AS how, similarity(p.names, q.names) AS likeness
        FROM p JOIN q ON q.birth_date = p.birth_date
       WHERE q.id <> p.id AND (NOT q.fresh OR q.id > p.id) AND p.plain_birth_date
         AND (q.first IN (p.first, p.last) OR q.last IN (p.first, p.last)) AND (p.names = q.names OR similarity(p.names, q.names) >= 0.6)
      UNION ALL
      SELECT p.id, c.id, 'birth', 1 FROM p JOIN crowd c ON c.birth_date = p.birth_date AND c.names = p.names AND c.id <> p.id WHERE c.many <= ${crowdOfNames}
      UNION ALL
      -- The same names whatever their order: as many signs, and the same trigrams.
      SELECT p.id, q.id, 'turned', 1 FROM p JOIN q ON q.birth_date = p.turned AND q.size = p.size
       WHERE q.id <> p.id AND p.plain_birth_date AND (p.names = q.names OR similarity(p.names, q.names) = 1)
      UNION ALL
      SELECT p.id, q.id, 'phone', similarity(p.names, q.names) FROM p JOIN q ON q.phone = p.phone
       WHERE q.id <> p.id AND p.plain_phone AND similarity(p.names, q.names) >= 0.5
      UNION ALL
      SELECT p.id, q.id, 'mail', similarity(p.names, q.names) FROM p JOIN q ON q.email = p.email
       WHERE q.id <> p.id AND p.plain_email AND similarity(p.names, q.names) >= 0.5
      UNION ALL
      -- Names of somebody without a birth date.
      SELECT p.id, a.id, 'names', 1 FROM p JOIN alike a ON a.names = p.names
       WHERE a.id <> p.id AND a.many <= ${crowdOfNames} AND (p.birth_date IS NULL OR a.birth_date IS NULL)`;

/** Looks for the twins of some people, or of those that an import wrote, and keeps the pairs; one that somebody dismissed stays so. */
export async function findTwinsOf(tx: Tx, persons: Who): Promise<void> {
  const house = tx.scope.house;
  const many = "importId" in persons || persons.length > 200;
  const those =
    "importId" in persons
      ? sql`p.id IN (SELECT record_id FROM core.import_changes WHERE house_id = ${house} AND import_id = ${persons.importId} AND target = 'people.persons')`
      : sql`p.id = ANY(${[...persons]}::uuid[])`;
  const turned = sql`CASE WHEN extract(day FROM birth_date) <= 12 AND extract(day FROM birth_date) <> extract(month FROM birth_date)
                  THEN make_date(extract(year FROM birth_date)::int, extract(day FROM birth_date)::int, extract(month FROM birth_date)::int) END AS turned`;
  const crowded = (column: string, most: number) =>
    sql`${sql.table(`crowded_${column}`)} AS MATERIALIZED (SELECT ${sql.ref(column)} FROM q WHERE ${sql.ref(column)} IS NOT NULL GROUP BY 1 HAVING count(*) > ${most})`;
  const plain = (column: string) =>
    sql`${sql.ref(column)} NOT IN (SELECT ${sql.ref(column)} FROM ${sql.table(`crowded_${column}`)}) AS ${sql.ref(`plain_${column}`)}`;
  const ofMany = sql`
    q AS MATERIALIZED (
      SELECT p.*, left(names, 1) AS first, left(split_part(names, ' ', -1), 1) AS last, length(names) AS size FROM (
        SELECT p.id, p.birth_date, p.phone, p.email, ${names("p")} AS names, ${those} AS fresh FROM people.persons p WHERE ${alive(tx, "p")} OFFSET 0) p),
    ${crowded("birth_date", crowd)}, ${crowded("phone", crowdOfNames)}, ${crowded("email", crowdOfNames)},
    crowd AS MATERIALIZED (
      SELECT id, birth_date, names, count(*) OVER (PARTITION BY birth_date, names) AS many FROM q WHERE birth_date IN (SELECT birth_date FROM crowded_birth_date)),
    alike AS MATERIALIZED (
      SELECT id, birth_date, names, count(*) OVER (PARTITION BY names) AS many FROM q WHERE names IN (SELECT names FROM q WHERE birth_date IS NULL)),
    p AS MATERIALIZED (SELECT *, ${plain("birth_date")}, ${plain("phone")}, ${plain("email")}, ${turned} FROM q WHERE fresh)`;
  // Just after a large import the server has no statistics of the new rows, and would compare each with all by nested loops.
  if (many)
    await sql`SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`.execute(tx.on());
  await sql`
    WITH ${many ? ofMany : sql`p AS MATERIALIZED (SELECT p.id FROM people.persons p WHERE ${alive(tx, "p")} AND ${those})`},
    pairs AS (${many ? candidatesOfMany : candidatesOfFew}),
    judged AS (
      SELECT least(x.one, x.other) AS first_id, greatest(x.one, x.other) AS second_id, x.how,
             coalesce(x.likeness, similarity(m.given || ' ' || m.family, n.given || ' ' || n.family)) AS likeness,
             (m.given = n.given AND m.family = n.family) OR (m.given = n.family AND m.family = n.given) AS same_names,
             m.given = n.given AS same_given,
             p.phone IS NOT NULL AND p.phone = q.phone AS same_phone, p.email IS NOT NULL AND p.email = q.email AS same_email,
             p.address <> '' AND core.normalise(p.address) = core.normalise(q.address) AS same_address
        FROM pairs x JOIN people.persons p ON p.house_id = ${house} AND p.id = x.one JOIN people.persons q ON q.house_id = ${house} AND q.id = x.other
       CROSS JOIN LATERAL (SELECT core.normalise(p.given_name) AS given, core.normalise(p.family_name) AS family OFFSET 0) m
       CROSS JOIN LATERAL (SELECT core.normalise(q.given_name) AS given, core.normalise(q.family_name) AS family OFFSET 0) n),
    scored AS (
      SELECT first_id, second_id,
             max(least(0.99, base + CASE WHEN base > 0 THEN 0.05 * (coalesce(same_phone, false)::int + coalesce(same_email, false)::int + coalesce(same_address, false)::int) ELSE 0 END)) AS score,
             array_remove(array_agg(DISTINCT CASE how WHEN 'birth' THEN 'même date de naissance' WHEN 'turned' THEN 'jour et mois de naissance inversés' WHEN 'names' THEN 'une date de naissance manque' END), NULL)
             || CASE WHEN bool_or(same_names) THEN ARRAY['mêmes noms'] ELSE ARRAY['noms proches'] END
             || CASE WHEN bool_or(same_phone) THEN ARRAY['même téléphone'] ELSE '{}' END || CASE WHEN bool_or(same_email) THEN ARRAY['même courriel'] ELSE '{}' END
             || CASE WHEN bool_or(same_address) THEN ARRAY['même adresse'] ELSE '{}' END AS reasons
        FROM judged CROSS JOIN LATERAL (SELECT CASE
               WHEN how = 'birth' AND same_names THEN 0.95
               WHEN how = 'birth' AND likeness >= 0.6 THEN 0.55 + (likeness - 0.6) * 0.75
               WHEN how = 'turned' AND same_names THEN 0.75
               WHEN how IN ('phone', 'mail') AND same_given AND likeness >= 0.5 THEN 0.8
               WHEN how = 'names' AND same_names THEN 0.6
               ELSE 0 END AS base) b
       GROUP BY first_id, second_id HAVING max(base) > 0)
    INSERT INTO people.twins (house_id, first_id, second_id, score, reasons, found_at)
    SELECT ${house}, first_id, second_id, score, reasons, ${tx.clock.now()} FROM scored
    ON CONFLICT (house_id, first_id, second_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons`.execute(
    tx.on(),
  );
  if (many) await sql`SELECT set_config('enable_nestloop', 'on', true)`.execute(tx.on());
}

/**
 * After people were corrected: pairs that nobody judged are looked for afresh, and those that are no longer alike go. A pair with a file
 * that was merged since sleeps, and comes back as it was when the merge is undone.
 */
export async function findTwinsAgain(tx: Tx, persons: readonly string[]): Promise<FoundPair[]> {
  const house = tx.scope.house;
  const ids = sql`ANY(${[...persons]}::uuid[])`;
  const { rows: before } = await sql<FoundPair>`
    DELETE FROM people.twins t WHERE t.house_id = ${house} AND t.dismissed_at IS NULL AND (t.first_id = ${ids} OR t.second_id = ${ids})
       AND NOT EXISTS (SELECT 1 FROM people.persons p WHERE p.house_id = t.house_id AND p.id IN (t.first_id, t.second_id) AND p.merged_into IS NOT NULL)
    RETURNING t.first_id AS first, t.second_id AS second, t.found_at AS at`.execute(tx.on());
  await findTwinsOf(tx, persons);
  await rememberFound(tx, before);
  return before;
}

/** A pair and when it was first found. */
export type FoundPair = { first: string; second: string; at: Date | string };

/** Pairs that were there before keep the day on which they came. */
export async function rememberFound(tx: Tx, pairs: readonly FoundPair[]): Promise<void> {
  for (const { first, second, at } of pairs)
    await sql`UPDATE people.twins SET found_at = ${at} WHERE house_id = ${tx.scope.house} AND first_id = ${first} AND second_id = ${second}`.execute(
      tx.on(),
    );
}
