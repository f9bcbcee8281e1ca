// Reads of declared figures.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Period } from "../../../../core/figures/ask.ts";
import type { Stay } from "../period.ts";
import type { DeclaredKind } from "./words.ts";

export type DeclaredLine = {
  id: string;
  code: string;
  kind: DeclaredKind;
  label: string;
  value: number;
  unit: string;
  from: string | null;
  to: string | null;
  saidBy: string;
  evidence: string;
  saidOn: string;
  withdrawnWhy: string | null;
  withdrawnOn: string | null;
  version: number;
};

export const declaredColumns = sql`r.id, r.code, r.kind, r.label, r.value::float8 AS value, r.unit, r.from_day AS "from", r.to_day AS "to", r.said_by AS "saidBy",
  r.evidence, r.said_on AS "saidOn", r.withdrawn_why AS "withdrawnWhy", r.withdrawn_at::date::text AS "withdrawnOn", r.version`;

export const stayOf = ({ from, to }: Pick<DeclaredLine, "from" | "to">): Stay => (from && to ? { from, to } : null);

/** One figure; null when the house has none of that identifier. */
export async function declaredById(tx: Tx, id: string): Promise<DeclaredLine | null> {
  const { rows } = await sql<DeclaredLine>`
    SELECT ${declaredColumns} FROM report.declared_figures r WHERE r.house_id = ${tx.scope.house} AND r.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** The figures that stand, those of some codes. */
export async function standingDeclared(tx: Tx, codes: readonly string[]): Promise<DeclaredLine[]> {
  if (codes.length === 0) return [];
  const { rows } = await sql<DeclaredLine>`
    SELECT ${declaredColumns} FROM report.declared_figures r
     WHERE r.house_id = ${tx.scope.house} AND r.withdrawn_at IS NULL AND r.code = ANY(${[...codes]}::text[]) ORDER BY r.code, r.from_day NULLS FIRST`.execute(
    tx.on(),
  );
  return rows;
}

/** The figures that stand, those of a period and those that are true whatever the day. */
export async function declaredOf(tx: Tx, period: Period): Promise<DeclaredLine[]> {
  const { rows } = await sql<DeclaredLine>`
    SELECT ${declaredColumns} FROM report.declared_figures r
     WHERE r.house_id = ${tx.scope.house} AND r.withdrawn_at IS NULL AND (r.from_day IS NULL OR (r.from_day <= ${period.to}::date AND r.to_day >= ${period.from}::date))
     ORDER BY r.code, r.from_day NULLS FIRST`.execute(tx.on());
  return rows;
}

export type Correction = {
  version: number;
  before: Record<string, string>;
  why: string;
  at: string;
  by: string | null;
};

/** What the figure said before each correction, latest first. */
export async function correctionsOf(tx: Tx, figure: string): Promise<Correction[]> {
  const { rows } = await sql<Correction>`
    SELECT c.version, c.before, c.why, (c.corrected_at AT TIME ZONE ${tx.scope.zone})::date::text AS at, a.name AS by FROM report.declared_corrections c
      LEFT JOIN house.accounts a ON a.house_id = c.house_id AND a.id = c.corrected_by
     WHERE c.house_id = ${tx.scope.house} AND c.figure_id = ${figure} ORDER BY c.version DESC`.execute(tx.on());
  return rows;
}
