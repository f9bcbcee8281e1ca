// Territories and their delegations: what is known of them, and one function an act.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

export type Territory = { id: string; name: string; communes: string[]; version: number };
export type Delegation = {
  id: string;
  structureId: string;
  structure: string;
  fromDay: string;
  toDay: string | null;
  endedWhy: string | null;
  version: number;
};

export async function territoryById(tx: Tx, id: string, lock = false): Promise<Territory | null> {
  const { rows } = await sql<Territory>`
    SELECT id, name, communes, version FROM culture.territories WHERE house_id = ${tx.scope.house} AND id = ${id} ${lock ? sql`FOR UPDATE` : sql``}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** To whom a territory was handed over, the latest first. */
export async function delegationsOf(tx: Tx, territory: string): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`
    SELECT g.id, s.id AS "structureId", s.name AS structure, g.from_day AS "fromDay", g.to_day AS "toDay", g.ended_why AS "endedWhy", g.version
      FROM culture.delegations g JOIN partners.structures s ON s.house_id = g.house_id AND s.id = g.structure_id
     WHERE g.house_id = ${tx.scope.house} AND g.territory_id = ${territory} ORDER BY g.from_day DESC, g.id`.execute(
    tx.on(),
  );
  return rows;
}

/** Adds a territory. False: the house has one of that name, or the same form came twice. */
export async function addTerritory(tx: Tx, wish: Omit<Territory, "version">): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.territories (house_id, id, name, communes) VALUES (${tx.scope.house}, ${wish.id}, ${wish.name}, ${wish.communes}::text[])
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Changes its name and communes. "taken": another has the name; "stale": it changed since. */
export async function changeTerritory(tx: Tx, wish: Territory): Promise<"changed" | "taken" | "stale"> {
  const { rows: others } = await sql`
    SELECT 1 FROM culture.territories WHERE house_id = ${tx.scope.house} AND name = ${wish.name} AND id <> ${wish.id}`.execute(
    tx.on(),
  );
  if (others.length > 0) return "taken";
  const { rows } = await sql`
    UPDATE culture.territories SET name = ${wish.name}, communes = ${wish.communes}::text[], version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${wish.id} AND version = ${wish.version} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0 ? "changed" : "stale";
}

/** Hands a territory over from a day on. "held": somebody has it on that day or later; "again": the same form came twice. */
export async function delegate(
  tx: Tx,
  wish: { id: string; territory: string; structure: string; fromDay: string },
): Promise<"done" | "held" | "again"> {
  // Two who hand it over at once wait for each other.
  await territoryById(tx, wish.territory, true);
  const { rows: held } = await sql<{ id: string }>`
    SELECT id FROM culture.delegations WHERE house_id = ${tx.scope.house} AND territory_id = ${wish.territory} AND (to_day IS NULL OR to_day >= ${wish.fromDay}::date)`.execute(
    tx.on(),
  );
  if (held.some(({ id }) => id === wish.id)) return "again";
  if (held.length > 0) return "held";
  await sql`INSERT INTO culture.delegations (house_id, id, territory_id, structure_id, from_day, created_at, created_by)
    VALUES (${tx.scope.house}, ${wish.id}, ${wish.territory}, ${wish.structure}, ${wish.fromDay}, ${tx.clock.now()}, ${tx.scope.account})`.execute(
    tx.on(),
  );
  return "done";
}

/** Ends a delegation on a last day, with why; false: it changed since, or had ended. */
export async function endDelegation(
  tx: Tx,
  wish: { id: string; version: number; lastDay: string; why: string },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.delegations SET to_day = ${wish.lastDay}, ended_why = ${wish.why}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${wish.id} AND version = ${wish.version} AND to_day IS NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Whom a structure of that commune speaks with today, where its territory was handed over; null: the house itself. */
export async function delegateFor(
  tx: Tx,
  commune: string | null,
): Promise<{ territory: string; structure: string; phone: string | null; email: string | null } | null> {
  if (commune === null) return null;
  const { rows } = await sql<{ territory: string; structure: string; phone: string | null; email: string | null }>`
    SELECT t.name AS territory, s.name AS structure, s.phone, s.email
      FROM culture.territories t JOIN culture.delegations g ON g.house_id = t.house_id AND g.territory_id = t.id
      JOIN partners.structures s ON s.house_id = g.house_id AND s.id = g.structure_id
     WHERE t.house_id = ${tx.scope.house} AND ${commune} = ANY(t.communes) AND g.from_day <= ${tx.today} AND (g.to_day IS NULL OR g.to_day >= ${tx.today})
     ORDER BY g.from_day DESC LIMIT 1`.execute(tx.on());
  return rows[0] ?? null;
}
