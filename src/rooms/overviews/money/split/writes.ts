// One function an act that gives entries their funder and their programme.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { RuleForm } from "./shapes.ts";

/** Says whose an entry is, as it was looked at; false when it has changed since. */
export async function splitEntry(
  tx: Tx,
  id: string,
  version: number,
  { funder, programme }: { funder: string; programme: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE money.entries SET funder = ${funder || null}, programme_id = ${programme}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Writes a rule down; "taken" when another says something of the same account and words. */
export async function addRule(
  tx: Tx,
  { key, compte, mots, financeur, dispositif }: RuleForm,
): Promise<"done" | "not" | "taken"> {
  const { rows: there } = await sql<{ id: string }>`
    SELECT id FROM money.split_rules WHERE house_id = ${tx.scope.house} AND (id = ${key} OR (account = ${compte} AND core.normalise(words) = core.normalise(${mots})))`.execute(
    tx.on(),
  );
  if (there.some(({ id }) => id === key)) return "not";
  if (there.length > 0) return "taken";
  await sql`INSERT INTO money.split_rules (house_id, id, account, words, funder, programme_id, created_at, created_by)
    VALUES (${tx.scope.house}, ${key}, ${compte}, ${mots}, ${financeur || null}, ${dispositif}, ${tx.clock.now()}, ${tx.scope.account})`.execute(
    tx.on(),
  );
  return "done";
}

/** Takes a rule away; what it gave to entries stays. */
export async function removeRule(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM money.split_rules WHERE house_id = ${tx.scope.house} AND id = ${id} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/**
 * Fills what entries do not say, by the nearest rule of each: the longest account, then the longest words. What somebody said stays.
 * @returns how many entries were given something.
 */
export async function applyRules(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    WITH near AS (
      SELECT DISTINCT ON (e.id) e.id, r.funder, r.programme_id
        FROM money.entries e JOIN money.split_rules r
          ON r.house_id = e.house_id AND starts_with(e.account, r.account) AND position(core.normalise(r.words) IN core.normalise(e.label)) > 0
       WHERE e.house_id = ${tx.scope.house} AND (e.funder IS NULL OR e.programme_id IS NULL)
       ORDER BY e.id, length(r.account) DESC, length(r.words) DESC, r.id),
    given AS (
      UPDATE money.entries e SET funder = coalesce(e.funder, near.funder), programme_id = coalesce(e.programme_id, near.programme_id), version = e.version + 1
        FROM near WHERE e.house_id = ${tx.scope.house} AND e.id = near.id
         AND ((e.funder IS NULL AND near.funder IS NOT NULL) OR (e.programme_id IS NULL AND near.programme_id IS NOT NULL))
      RETURNING e.id)
    SELECT count(*)::int AS count FROM given`.execute(tx.on());
  return rows[0]?.count ?? 0;
}
