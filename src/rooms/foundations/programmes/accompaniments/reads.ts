// Structures in programmes, as they are read: one whole, those of a structure, and what a check of conditions needs to know.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type StructureSituation, structureSituation } from "../../partners/door.ts";
import type { Facts, Verdict } from "../eligibility/checking.ts";

export type Accompaniment = {
  id: string;
  version: number;
  programme: string;
  programmeCode: string;
  programmeTitle: string;
  structure: string;
  structureName: string;
  site: string | null;
  siteName: string | null;
  entryOn: string;
  exitOn: string | null;
  exitWord: string | null;
  exitNote: string | null;
  entry: StructureSituation;
  leaving: StructureSituation | null;
  check: Verdict[];
  inSpiteOf: string | null;
  withdrawn: string | null;
};

export const accompanimentColumns: RawBuilder<unknown> = sql`
  e.id, e.version, e.programme_id AS programme, g.code AS "programmeCode", g.title AS "programmeTitle", e.structure_id AS structure, c.name AS "structureName",
  e.site_id AS site, s.name AS "siteName", e.entry_on AS "entryOn", e.exit_on AS "exitOn", w.label AS "exitWord", e.exit_note AS "exitNote", e.entry, e.leaving,
  e.eligibility_check AS "check", e.in_spite_of AS "inSpiteOf", e.withdrawn_reason AS withdrawn`;

/** `e`: the accompaniment, `c`: the structure, `g`: the programme, `s`: the site. */
export const accompanimentTables: RawBuilder<unknown> = sql`
  programmes.accompaniments e JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id
  JOIN partners.structures c ON c.house_id = e.house_id AND c.id = e.structure_id
  LEFT JOIN house.sites s ON s.house_id = e.house_id AND s.id = e.site_id
  LEFT JOIN programmes.outcome_words w ON w.house_id = e.house_id AND w.id = e.exit_word_id`;

export async function accompanimentById(tx: Tx, id: string): Promise<Accompaniment | null> {
  const { rows } = await sql<Accompaniment>`
    SELECT ${accompanimentColumns} FROM ${accompanimentTables} WHERE e.house_id = ${tx.scope.house} AND e.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** Those of a structure, latest entry first; withdrawn ones are left out. */
export const accompanimentsOf = async (tx: Tx, structure: string): Promise<Accompaniment[]> =>
  (
    await sql<Accompaniment>`SELECT ${accompanimentColumns} FROM ${accompanimentTables}
      WHERE e.house_id = ${tx.scope.house} AND e.structure_id = ${structure} AND e.withdrawn_at IS NULL ORDER BY e.entry_on DESC, e.id DESC LIMIT 50`.execute(
      tx.on(),
    )
  ).rows;

export const stagesPassed = async (tx: Tx, accompaniment: string): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ stage: string; day: string }>`
    SELECT stage_id AS stage, on_day AS day FROM programmes.accompaniment_stages WHERE house_id = ${tx.scope.house} AND accompaniment_id = ${accompaniment}`.execute(
    tx.on(),
  );
  return new Map(rows.map((row) => [row.stage, row.day]));
};

/** What is true of a structure on a day, for a check of conditions. */
export async function structureFactsOn(tx: Tx, structure: string, day: string): Promise<Omit<Facts, "day" | "said">> {
  const situation = await structureSituation(tx, structure, day);
  const { rows } = await sql<{ code: string }>`
    SELECT DISTINCT g.code FROM programmes.accompaniments e JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id
     WHERE e.house_id = ${tx.scope.house} AND e.structure_id = ${structure} AND e.withdrawn_at IS NULL AND e.entry_on <= ${day} AND (e.exit_on IS NULL OR e.exit_on >= ${day})`.execute(
    tx.on(),
  );
  const { commune, postal_code } = situation;
  return {
    structure: situation,
    situation: { ...(commune ? { commune } : {}), ...(postal_code ? { postal_code } : {}) },
    programmes: rows.map((row) => row.code),
  };
}
