// Reads of structures: one of them, the list with its filters, the house's words.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import type { PartnersTables, StructuresTable, TermKind, TermsTable } from "./tables.ts";

export type Structure = Omit<StructuresTable, "version" | "aliases" | "name_key" | "search_text"> & {
  version: number;
  aliases: string[];
};

const columns = [
  "house_id",
  "id",
  "name",
  "aliases",
  "type_id",
  "parent_id",
  "siret",
  "siren",
  "siret_to_check",
  "address",
  "postal_code",
  "commune_name",
  "commune_code",
  "phone",
  "email",
  "website",
  "workforce",
  "founded_on",
  "turnover",
  "balance_total",
  "sector",
  "note",
  "created_at",
  "created_by",
  "changed_at",
  "merged_into",
  "version",
] as const;

/** One structure of the house, a merged one too; null when there is none. */
export async function structureById(tx: Tx, id: string, lock = false): Promise<Structure | null> {
  let query = tx
    .on<PartnersTables>()
    .selectFrom("partners.structures")
    .select(columns)
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id);
  if (lock) query = query.forUpdate();
  return (await query.executeTakeFirst()) ?? null;
}

export type Term = Pick<TermsTable, "id" | "kind" | "label" | "to_day"> & { version: number; used: number };

/** The words of the house, with how many structures have each. */
export async function listTerms(tx: Tx): Promise<Term[]> {
  const { rows } = await sql<Term>`
    SELECT t.id, t.kind, t.label, t.to_day, t.version,
           CASE t.kind WHEN 'type' THEN (SELECT count(*) FROM partners.structures s WHERE s.house_id = t.house_id AND s.type_id = t.id AND s.merged_into IS NULL)
             ELSE (SELECT count(DISTINCT r.structure_id) FROM partners.roles r WHERE r.house_id = t.house_id AND r.term_id = t.id
                    AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)) END AS used
      FROM partners.terms t WHERE t.house_id = ${tx.scope.house} ORDER BY t.kind, t.comparable`.execute(tx.on());
  return rows;
}

/** The words of one list that may be chosen today, and `had`, which may stay though it is no longer offered. */
export const offered = (terms: readonly Term[], kind: TermKind, today: string, had: string | null = null) =>
  terms
    .filter((term) => term.kind === kind && (term.id === had || term.to_day === null || term.to_day >= today))
    .map((term) => ({ value: term.id, label: term.label }));

export type StructureLine = {
  id: string;
  name: string;
  aliases: string[];
  type: string | null;
  roles: string[];
  siret: string | null;
  siren: string | null;
  address: string | null;
  postalCode: string | null;
  communeName: string | null;
  communeCode: string | null;
  phone: string | null;
  email: string | null;
  website: string | null;
  workforce: number | null;
  sector: string | null;
  parent: string | null;
  closedOn: string | null;
  changedAt: Date;
  externalIds: string[];
};

/** A role that holds today, `r` of the structure `s`. */
export const inForce = (tx: Tx) => sql`r.house_id = s.house_id AND r.structure_id = s.id
  AND (r.from_day IS NULL OR r.from_day <= ${tx.today}) AND (r.to_day IS NULL OR r.to_day >= ${tx.today})
  AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)`;

/** The columns of a structure, over `structureTables`. */
export const structureColumns = (tx: Tx): RawBuilder<unknown> => sql`
  s.id, s.name, s.aliases, (SELECT t.label FROM partners.terms t WHERE t.house_id = s.house_id AND t.id = s.type_id) AS type,
  ARRAY(SELECT DISTINCT t.label FROM partners.roles r JOIN partners.terms t ON t.house_id = r.house_id AND t.id = r.term_id WHERE ${inForce(tx)} ORDER BY 1) AS roles,
  s.siret, s.siren, s.address, s.postal_code AS "postalCode", s.commune_name AS "communeName", s.commune_code AS "communeCode", s.phone, s.email, s.website, s.workforce, s.sector,
  (SELECT p.name FROM partners.structures p WHERE p.house_id = s.house_id AND p.id = s.parent_id) AS parent, c.closed_on AS "closedOn", s.changed_at AS "changedAt",
  ARRAY(SELECT e.external_id FROM partners.external_ids e WHERE e.house_id = s.house_id AND e.structure_id = s.id ORDER BY 1) AS "externalIds"`;

/** Structures and their closure of today, those near to what is `searched` (`f`) where something is. */
export const structureTables = (tx: Tx, searched: string): RawBuilder<unknown> => sql`
  partners.structures s ${searched === "" ? sql`` : sql`JOIN partners.find(${searched}) f ON f.id = s.id`}
  LEFT JOIN partners.closures c ON c.house_id = s.house_id AND c.structure_id = s.id AND c.reopened_at IS NULL AND c.closed_on <= ${tx.today}`;

/** The communes in which the house has structures. */
export async function structureCommunes(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT DISTINCT commune_name AS name FROM partners.structures WHERE house_id = ${tx.scope.house} AND commune_name IS NOT NULL AND merged_into IS NULL ORDER BY 1`.execute(
    tx.on(),
  );
  return rows.map((row) => row.name);
}

export type Closure = { id: string; closed_on: string; reason: string };

/** The closure that stands on a structure, whatever its day. */
export const closureOf = async (tx: Tx, structure: string): Promise<Closure | null> =>
  (await tx
    .on<PartnersTables>()
    .selectFrom("partners.closures")
    .select(["id", "closed_on", "reason"])
    .where("house_id", "=", tx.scope.house)
    .where("structure_id", "=", structure)
    .where("reopened_at", "is", null)
    .executeTakeFirst()) ?? null;

export const childrenOf = (tx: Tx, structure: string): Promise<{ id: string; name: string }[]> =>
  tx
    .on<PartnersTables>()
    .selectFrom("partners.structures")
    .select(["id", "name"])
    .where("house_id", "=", tx.scope.house)
    .where("parent_id", "=", structure)
    .where("merged_into", "is", null)
    .orderBy("name")
    .execute();

export async function externalIdsOf(tx: Tx, structure: string): Promise<string[]> {
  const rows = await tx
    .on<PartnersTables>()
    .selectFrom("partners.external_ids")
    .select("external_id")
    .where("house_id", "=", tx.scope.house)
    .where("structure_id", "=", structure)
    .orderBy("external_id")
    .execute();
  return rows.map((row) => row.external_id);
}

/** Structures by the identifiers of the house's old files; what was merged leads to the structure that took it in. */
export async function structuresByExternalId(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ external_id: string; structure_id: string }>`
    SELECT external_id, structure_id FROM partners.external_ids WHERE house_id = ${tx.scope.house} AND external_id = ANY(${[...ids]}::text[])`.execute(
    tx.on(),
  );
  return new Map(rows.map((row) => [row.external_id, row.structure_id]));
}

/** Those whose name, other name or number is exactly that: for a form in which a structure is named. */
export async function structuresNamed(tx: Tx, typed: string): Promise<{ id: string; name: string }[]> {
  const digits = typed.replace(/[\s\u00A0\u202F]/g, "");
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT s.id, s.name FROM partners.structures s WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL
       AND (s.siret = ${digits} OR s.siren = ${digits} OR EXISTS (SELECT 1 FROM unnest(s.name || s.aliases) n WHERE core.normalise(n) = core.normalise(${typed})))
     ORDER BY s.name, s.id LIMIT 3`.execute(tx.on());
  return rows;
}

/** Up to five names that contain what was written, or look like it: for whoever misspelt one. */
export async function structuresNear(tx: Tx, typed: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT s.name FROM partners.structures s, LATERAL (SELECT core.normalise(s.name) AS called, core.normalise(${typed}) AS typed) q
     WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL AND length(q.typed) >= 3
       AND (position(q.typed IN q.called) > 0 OR similarity(q.called, q.typed) >= 0.4 OR word_similarity(q.typed, q.called) >= 0.6)
     GROUP BY s.name, q.called, q.typed ORDER BY similarity(q.called, q.typed) DESC, s.name LIMIT 5`.execute(tx.on());
  return rows.map(({ name }) => name);
}

/** What is true of a structure on a day, as far as a programme asks: labels as the house writes them, money in whole euros. */
export type StructureSituation = {
  workforce?: number;
  turnover?: number;
  balance?: number;
  founded?: string;
  type?: string;
  roles?: string[];
  commune?: string;
  postal_code?: string;
};

/** The situation of a structure on a day; its roles are those of that day, the rest is what is known now. */
export async function structureSituation(tx: Tx, id: string, day: string): Promise<StructureSituation> {
  const { rows } = await sql<{ situation: StructureSituation }>`
    SELECT jsonb_strip_nulls(jsonb_build_object('workforce', s.workforce, 'turnover', s.turnover, 'balance', s.balance_total, 'founded', s.founded_on, 'type', t.label,
             'commune', s.commune_code, 'postal_code', s.postal_code,
             'roles', (SELECT jsonb_agg(DISTINCT x.label) FROM partners.roles r JOIN partners.terms x ON x.house_id = r.house_id AND x.id = r.term_id
                        WHERE r.house_id = s.house_id AND r.structure_id = s.id AND (r.from_day IS NULL OR r.from_day <= ${day}) AND (r.to_day IS NULL OR r.to_day >= ${day})
                          AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)))) AS situation
      FROM partners.structures s LEFT JOIN partners.terms t ON t.house_id = s.house_id AND t.id = s.type_id
     WHERE s.house_id = ${tx.scope.house} AND s.id = ${id}`.execute(tx.on());
  return rows[0]?.situation ?? {};
}
