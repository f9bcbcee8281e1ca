// One function an act on declared figures.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { stayText } from "../period.ts";
import type { DeclaredLine } from "./reads.ts";
import { stayOf } from "./reads.ts";
import type { DeclaredForm } from "./shapes.ts";

/** What became of an act: done; done before, or changed since; or its code serves another figure of that period. */
export type Done = "done" | "not" | "taken";

const taken = async (tx: Tx, wish: DeclaredForm, but: string): Promise<boolean> => {
  const { rows } = await sql`
    SELECT 1 FROM report.declared_figures WHERE house_id = ${tx.scope.house} AND code = ${wish.code} AND id <> ${but} AND withdrawn_at IS NULL
       AND from_day IS NOT DISTINCT FROM ${wish.periode?.from ?? null}::date AND to_day IS NOT DISTINCT FROM ${wish.periode?.to ?? null}::date`.execute(
    tx.on(),
  );
  return rows.length > 0;
};

/** Writes down a figure that somebody gives. */
export async function declareFigure(tx: Tx, id: string, wish: DeclaredForm): Promise<Done> {
  const { rows } = await sql`
    INSERT INTO report.declared_figures (house_id, id, code, kind, label, value, unit, from_day, to_day, said_by, evidence, said_on, created_at, created_by)
    VALUES (${tx.scope.house}, ${id}, ${wish.code}, ${wish.nature}, ${wish.libelle}, ${wish.valeur}, ${wish.unite}, ${wish.periode?.from ?? null}, ${wish.periode?.to ?? null},
            ${wish.par}, ${wish.preuve}, ${wish.dit}, ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  if (rows.length > 0) return "done";
  return (await taken(tx, wish, id)) ? "taken" : "not";
}

/** The figure in the words of its form, which is what a correction keeps. */
export const saidOf = (line: DeclaredLine): Record<string, string> => ({
  code: line.code,
  nature: line.kind,
  libelle: line.label,
  valeur: String(line.value).replace(".", ","),
  unite: line.unit,
  periode: stayText(stayOf(line)),
  par: line.saidBy,
  preuve: line.evidence,
  dit: line.saidOn,
});

/** Corrects a figure as it was looked at; what it said is kept, with why. */
export async function correctFigure(
  tx: Tx,
  line: DeclaredLine,
  version: number,
  wish: DeclaredForm,
  why: string,
): Promise<Done> {
  if (await taken(tx, wish, line.id)) return "taken";
  const { rows } = await sql`
    UPDATE report.declared_figures SET code = ${wish.code}, kind = ${wish.nature}, label = ${wish.libelle}, value = ${wish.valeur}, unit = ${wish.unite},
           from_day = ${wish.periode?.from ?? null}, to_day = ${wish.periode?.to ?? null}, said_by = ${wish.par}, evidence = ${wish.preuve}, said_on = ${wish.dit}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${line.id} AND version = ${version} AND withdrawn_at IS NULL RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return "not";
  await sql`
    INSERT INTO report.declared_corrections (house_id, figure_id, version, before, why, corrected_at, corrected_by)
    VALUES (${tx.scope.house}, ${line.id}, ${version}, ${JSON.stringify(saidOf(line))}, ${why}, ${tx.clock.now()}, ${tx.scope.account})`.execute(
    tx.on(),
  );
  return "done";
}

/** Withdraws a figure as it was looked at: it stays to be read, and stands for nothing. */
export async function withdrawFigure(tx: Tx, id: string, version: number, why: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE report.declared_figures SET withdrawn_at = ${tx.clock.now()}, withdrawn_by = ${tx.scope.account}, withdrawn_why = ${why}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} AND withdrawn_at IS NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}
