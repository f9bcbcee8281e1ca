// Structures that may be one and the same. The score says what the likeness proves:
//   the same SIRET                                                                  0.95
//   the same name (or another name of one of them), in one commune or an unknown   0.90
//   names nearly the same, and the same SIREN or mail                               0.85
//   the same name in two communes                                                   0.70
//   names nearly the same in one commune                                            0.60
// Names that differ by a number ("Relais du Rhône 9", "59") are two places and not one misspelt. From 0.8 on, a pair is called strong.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export const strong = 0.8;
/** So many structures of one name, one number or one mail are branches of one house, not one keyed twice. */
const crowd = 20;

type Wish = {
  name: string;
  siret: string | null;
  siren: string | null;
  email: string | null;
  communeName: string | null;
};

/** By its name: the official code is known of those alone whose postal code is. */
const commune = sql.raw("lower(commune_name)");

/** Structures as they are compared: each of their names, what tells two of one name apart, and how many bear the same. */
const named = (tx: Tx): RawBuilder<unknown> => sql`
  SELECT *, count(*) OVER (PARTITION BY called) AS called_by, count(*) OVER (PARTITION BY siret) AS siret_by, count(*) OVER (PARTITION BY siren) AS siren_by, count(*) OVER (PARTITION BY email) AS email_by
    FROM (SELECT x.*, translate(called, 'abcdefghijklmnopqrstuvwxyz ', '') AS digits FROM (
            SELECT s.id, s.name_key AS called, s.siret, s.siren, s.email, ${commune} AS commune FROM partners.structures s WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL
            UNION SELECT s.id, core.normalise(n), s.siret, s.siren, s.email, ${commune} FROM partners.structures s CROSS JOIN LATERAL unnest(s.aliases) n WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL) x) s`;

const met = (likeness: string, join: string) => `
    SELECT p.id AS one, q.id AS other, l.likeness, p.siret, q.siret AS siret2, p.siren, q.siren AS siren2, p.email, q.email AS email2, p.commune, q.commune AS commune2
      FROM p JOIN q ON ${join} CROSS JOIN LATERAL (SELECT ${likeness} AS likeness) l WHERE q.id IS DISTINCT FROM p.id`;
const near = "similarity(p.called, q.called)";
const another = "q.digits = p.digits AND q.called <> p.called";
const meetings = [
  met("1::real", `q.called = p.called AND p.called <> '' AND q.called_by <= ${crowd}`),
  met(near, `q.siret = p.siret AND q.siret_by <= ${crowd}`),
  `${met(near, `q.commune = p.commune AND ${another} AND left(q.called, 1) = left(p.called, 1)`)} AND l.likeness >= 0.75`,
  `${met(near, `q.siren = p.siren AND q.siren_by <= ${crowd} AND ${another}`)} AND l.likeness >= 0.6`,
  `${met(near, `q.email = p.email AND q.email_by <= ${crowd} AND ${another}`)} AND l.likeness >= 0.6`,
];

/** Pairs of p (those to compare, of whom one may not be written yet) and q (all), with their score and why. */
const judged = sql`
  met AS (${sql.raw(meetings.join(" UNION ALL "))}),
  judged AS (
    SELECT one, other, likeness, coalesce(siret = siret2, false) AS same_siret, coalesce(siren = siren2, false) AS same_siren, coalesce(email = email2, false) AS same_email,
           coalesce(commune = commune2, false) AS same_commune, coalesce(commune <> commune2, false) AS apart,
           -- Two establishments of one firm: two SIRETs and one SIREN.
           coalesce(siret <> siret2, false) AS two_sirets FROM met),
  scored AS (
    SELECT one, other, likeness, same_siret, same_siren AND NOT same_siret AS same_siren, same_email, same_commune,
           CASE WHEN same_siret THEN 0.95
                WHEN likeness = 1 AND NOT apart AND NOT two_sirets THEN 0.9
                WHEN (same_siren AND NOT two_sirets OR same_email) AND likeness >= 0.6 THEN 0.85
                WHEN likeness = 1 THEN 0.7
                ELSE 0.6 END AS score FROM judged),
  pairs AS (
    SELECT one, other, max(score)::real AS score,
           array_remove(ARRAY[CASE WHEN bool_or(same_siret) THEN 'même SIRET' END, CASE WHEN bool_or(same_siren) THEN 'même SIREN' END, CASE WHEN bool_or(same_email) THEN 'même courriel' END,
             CASE WHEN max(likeness) = 1 THEN 'même nom' WHEN max(likeness) >= 0.6 THEN 'noms proches' END, CASE WHEN bool_or(same_commune) THEN 'même commune' END], NULL) AS reasons
      FROM scored GROUP BY one, other)`;

type Who = readonly string[] | { importId: string };

/** Looks for the twins of some structures, or of those that an import wrote; a pair that somebody dismissed stays so. */
export async function findTwinsOf(tx: Tx, who: Who): Promise<void> {
  const house = tx.scope.house;
  const those =
    "importId" in who
      ? sql`id IN (SELECT record_id FROM core.import_changes WHERE house_id = ${house} AND import_id = ${who.importId} AND target = 'partners.structures')`
      : sql`id = ANY(${[...who]}::uuid[])`;
  // Just after an import the server has no statistics of the new rows, and would compare each with all by nested loops.
  if ("importId" in who) await sql`SELECT set_config('enable_nestloop', 'off', true)`.execute(tx.on());
  await sql`
    WITH q AS MATERIALIZED (${named(tx)}), p AS MATERIALIZED (SELECT * FROM q WHERE ${those}), ${judged}
    INSERT INTO partners.twins (house_id, first_id, second_id, score, reasons, found_at)
    SELECT DISTINCT ON (first_id, second_id) ${house}::uuid, first_id, second_id, score, reasons, ${tx.clock.now()}::timestamptz
      FROM (SELECT least(one, other) AS first_id, greatest(one, other) AS second_id, score, reasons FROM pairs) x ORDER BY first_id, second_id, score DESC
    ON CONFLICT (house_id, first_id, second_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons`.execute(
    tx.on(),
  );
  if ("importId" in who) await sql`SELECT set_config('enable_nestloop', 'on', true)`.execute(tx.on());
}

/** A pair and when it was first found. */
export type FoundPair = { first: string; second: string; at: Date | string };

/**
 * After structures were changed: pairs that nobody judged are looked for afresh, and those that are no longer alike go. A pair with one
 * that was merged since sleeps, and comes back when the merge is undone.
 */
export async function findTwinsAgain(tx: Tx, structures: readonly string[]): Promise<FoundPair[]> {
  const ids = sql`ANY(${[...structures]}::uuid[])`;
  const { rows: before } = await sql<FoundPair>`
    DELETE FROM partners.twins t WHERE t.house_id = ${tx.scope.house} AND t.dismissed_at IS NULL AND (t.first_id = ${ids} OR t.second_id = ${ids})
       AND NOT EXISTS (SELECT 1 FROM partners.structures s WHERE s.house_id = t.house_id AND s.id IN (t.first_id, t.second_id) AND s.merged_into IS NOT NULL)
    RETURNING t.first_id AS first, t.second_id AS second, t.found_at AS at`.execute(tx.on());
  await findTwinsOf(tx, structures);
  await rememberFound(tx, before);
  return before;
}

/** Pairs that were there before keep the day on which they came. */
export async function rememberFound(tx: Tx, pairs: readonly FoundPair[]): Promise<void> {
  for (const { first, second, at } of pairs)
    await sql`UPDATE partners.twins SET found_at = ${at} WHERE house_id = ${tx.scope.house} AND first_id = ${first} AND second_id = ${second}`.execute(
      tx.on(),
    );
}

export type Side = { id: string; name: string; siret: string | null; communeName: string | null };
export type Likely = Side & { reasons: string[] };

/** Structures of the house that one about to be entered may already be, nearest first. */
export async function likelyTwins(tx: Tx, wish: Wish): Promise<Likely[]> {
  const { rows } = await sql<Likely>`
    WITH q AS MATERIALIZED (${named(tx)}),
    p AS (SELECT NULL::uuid AS id, core.normalise(${wish.name}) AS called, translate(core.normalise(${wish.name}), 'abcdefghijklmnopqrstuvwxyz ', '') AS digits,
                 ${wish.siret}::text AS siret, ${wish.siren}::text AS siren, ${wish.email}::text AS email, lower(${wish.communeName}::text) AS commune), ${judged}
    SELECT s.id, s.name, s.siret, s.commune_name AS "communeName", x.reasons
      FROM pairs x JOIN partners.structures s ON s.house_id = ${tx.scope.house} AND s.id = x.other ORDER BY x.score DESC, s.name, s.id LIMIT 6`.execute(
    tx.on(),
  );
  return rows;
}

export type TwinPair = { first: Side; second: Side; score: number; reasons: string[] };

const joins = sql`partners.twins t JOIN partners.structures a ON a.house_id = t.house_id AND a.id = t.first_id JOIN partners.structures b ON b.house_id = t.house_id AND b.id = t.second_id`;
const among = (tx: Tx, dismissed: boolean) =>
  sql`t.house_id = ${tx.scope.house} AND (t.dismissed_at IS NOT NULL) = ${dismissed} AND a.merged_into IS NULL AND b.merged_into IS NULL`;

/** The query of the inbox (or of what was dismissed), strongest first: a page of it, or all for an export. */
export function twinList(tx: Tx, dismissed: boolean, page?: { skip: number; most: number }): RawBuilder<TwinPair> {
  const side = (alias: string) =>
    sql.raw(
      `jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name, 'siret', ${alias}.siret, 'communeName', ${alias}.commune_name)`,
    );
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
