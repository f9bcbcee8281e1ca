// The accounts that partner structures have here: who signs in for which structure, on which side, from when to when.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Right, structuresFor } from "../../../../core/rights.ts";
import { closureOf, type Structure, structureById } from "../reads.ts";

/** What a structure is here: it takes people out, or it gives places. */
export type PartnerSide = "social" | "cultural";
export const roleOfSide = { social: "social-partner", cultural: "cultural-partner" } as const;

export type PartnerAccount = {
  /** The account. */
  id: string;
  grant: string;
  name: string;
  email: string;
  side: PartnerSide;
  fromDay: string;
  toDay: string | null;
  hasPassword: boolean;
  lastSeenAt: Date | null;
};

/** Who signs in for a structure, those whose time has ended too; the latest first. */
export async function accountsOf(tx: Tx, structure: string): Promise<PartnerAccount[]> {
  const { rows } = await sql<PartnerAccount>`
    SELECT a.id, g.id AS grant, a.name, a.email, CASE g.role WHEN 'social-partner' THEN 'social' ELSE 'cultural' END AS side,
           g.from_day AS "fromDay", g.to_day AS "toDay", a.password_hash IS NOT NULL AS "hasPassword",
           (SELECT max(s.last_seen_at) FROM house.sessions s WHERE s.house_id = a.house_id AND s.account_id = a.id) AS "lastSeenAt"
      FROM house.grants g JOIN house.accounts a ON a.house_id = g.house_id AND a.id = g.account_id AND a.closed_at IS NULL
     WHERE g.house_id = ${tx.scope.house} AND g.structure_id = ${structure} AND (g.to_day IS NULL OR g.to_day >= g.from_day)
     ORDER BY g.to_day DESC NULLS FIRST, a.name, g.id`.execute(tx.on());
  return rows;
}

/** What an address is already in this house: the roles that it holds today, and for which structure. */
export async function addressInUse(
  tx: Tx,
  email: string,
): Promise<{ account: string; closed: boolean; team: boolean; structures: string[] } | null> {
  const { rows } = await sql<{ account: string; closed: boolean; team: boolean; structures: string[] }>`
    SELECT a.id AS account, a.closed_at IS NOT NULL AS closed,
           NOT EXISTS (SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id AND g.structure_id IS NOT NULL)
             OR EXISTS (SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id AND g.structure_id IS NULL
                         AND (g.to_day IS NULL OR g.to_day >= ${tx.today})) AS team,
           ARRAY(SELECT DISTINCT g.structure_id::text FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id
                    AND g.structure_id IS NOT NULL AND (g.to_day IS NULL OR g.to_day >= ${tx.today})) AS structures
      FROM house.accounts a WHERE a.house_id = ${tx.scope.house} AND a.email = lower(${email})`.execute(tx.on());
  return rows[0] ?? null;
}

/** The address of whoever signs in today for each of these structures; the first one opened, where several do. */
export async function accountAddresses(tx: Tx, structures: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (structures.length === 0) return new Map();
  const { rows } = await sql<{ structure: string; email: string }>`
    SELECT DISTINCT ON (g.structure_id) g.structure_id AS structure, a.email
      FROM house.grants g JOIN house.accounts a ON a.house_id = g.house_id AND a.id = g.account_id AND a.closed_at IS NULL
     WHERE g.house_id = ${tx.scope.house} AND g.structure_id = ANY(${[...structures]}::uuid[]) AND g.from_day <= ${tx.today} AND (g.to_day IS NULL OR g.to_day >= ${tx.today})
     ORDER BY g.structure_id, g.from_day, a.id`.execute(tx.on());
  return new Map(rows.map((row) => [row.structure, row.email]));
}

/**
 * The structure in whose name somebody asks, as long as the house works with it. Null: they hold the right for none, or it was closed. An
 * account works for one structure at a time.
 */
export async function ownStructure(tx: Tx, right: Right): Promise<Structure | null> {
  const [id] = structuresFor(tx.scope, right);
  if (!id) return null;
  const structure = await structureById(tx, id);
  if (!structure || structure.merged_into) return null;
  const closure = await closureOf(tx, id);
  return closure && closure.closed_on <= tx.today ? null : structure;
}

/** Whom a link of an account lets in: somebody who works today for a structure and for the house in nothing, without a second step. */
export async function linkHolder(tx: Tx, account: string): Promise<{ name: string; structure: string } | null> {
  const { rows } = await sql<{ name: string; structure: string }>`
    SELECT a.name, s.name AS structure
      FROM house.accounts a
      JOIN house.grants g ON g.house_id = a.house_id AND g.account_id = a.id AND g.from_day <= ${tx.today} AND (g.to_day IS NULL OR g.to_day >= ${tx.today})
      LEFT JOIN partners.structures s ON s.house_id = g.house_id AND s.id = g.structure_id
     WHERE a.house_id = ${tx.scope.house} AND a.id = ${account} AND a.closed_at IS NULL AND a.totp_secret IS NULL
       AND NOT EXISTS (SELECT 1 FROM house.passkeys p WHERE p.house_id = a.house_id AND p.account_id = a.id)
     ORDER BY s.name NULLS FIRST`.execute(tx.on());
  const [first] = rows;
  return first?.structure ? first : null;
}
