// One function an act on a structure. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { type Structure, structureById } from "./reads.ts";
import type { StructureFacts } from "./structure.ts";
import type { PartnersTables } from "./tables.ts";
import { findTwinsAgain, findTwinsOf } from "./twins/finding.ts";

export type Wrong = { ok: false; field: string; sentence: string };

/** What keeps these facts from being written: a type that is not the house's, a parent that hangs on the structure itself. */
async function objectionTo(tx: Tx, facts: StructureFacts, self: string): Promise<Wrong | null> {
  const { rows } = await sql<{ type_ok: boolean; circle: boolean }>`
    WITH RECURSIVE above AS (
      SELECT ${facts.parent_id}::uuid AS id
      UNION SELECT s.parent_id FROM above a JOIN partners.structures s ON s.house_id = ${tx.scope.house} AND s.id = a.id WHERE s.parent_id IS NOT NULL)
    SELECT ${facts.type_id}::uuid IS NULL OR EXISTS (SELECT 1 FROM partners.terms t WHERE t.house_id = ${tx.scope.house} AND t.id = ${facts.type_id} AND t.kind = 'type') AS type_ok,
           EXISTS (SELECT 1 FROM above WHERE id = ${self}) AS circle`.execute(tx.on());
  if (!rows[0]?.type_ok) return { ok: false, field: "type", sentence: "Ce type n’est pas dans la liste de la maison." };
  if (rows[0].circle)
    return {
      ok: false,
      field: "mere",
      sentence: "Cette structure dépend déjà de celle-ci : l’une des deux est la mère.",
    };
  return null;
}

/** Makes a structure whose identifier is `key`: sent twice, it is made once. */
export async function createStructure(
  tx: Tx,
  facts: StructureFacts,
  key: string,
): Promise<{ ok: true; made: boolean } | Wrong> {
  const wrong = await objectionTo(tx, facts, key);
  if (wrong) return wrong;
  const made = await tx
    .on<PartnersTables>()
    .insertInto("partners.structures")
    .values({
      house_id: tx.scope.house,
      id: key,
      ...facts,
      siret_to_check: null,
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
      changed_at: tx.clock.now(),
      merged_into: null,
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .returning("id")
    .execute();
  if (made.length > 0) await findTwinsOf(tx, [key]);
  return { ok: true, made: made.length > 0 };
}

/** Changes a structure and gives the columns that are no longer what they were. Stale: somebody changed it since `version`. */
export async function changeStructure(
  tx: Tx,
  before: Structure,
  version: number,
  facts: StructureFacts,
): Promise<{ ok: true; columns: string[] } | { ok: false; stale: Structure | null } | Wrong> {
  const wrong = await objectionTo(tx, facts, before.id);
  if (wrong) return wrong;
  const columns = (Object.keys(facts) as (keyof StructureFacts)[]).filter(
    (column) => JSON.stringify(facts[column]) !== JSON.stringify(before[column]),
  );
  if (columns.length === 0 && version === before.version) return { ok: true, columns };
  const changed = await tx
    .on<PartnersTables>()
    .updateTable("partners.structures")
    .set({
      ...facts,
      // Who gave a number, or took it away, has looked at what the file said.
      siret_to_check: facts.siret === before.siret ? before.siret_to_check : null,
      changed_at: tx.clock.now(),
      version: version + 1,
    })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", before.id)
    .where("version", "=", version)
    .where("merged_into", "is", null)
    .returning("id")
    .execute();
  if (changed.length === 0) return { ok: false, stale: await structureById(tx, before.id) };
  await findTwinsAgain(tx, [before.id]);
  return { ok: true, columns };
}

/** A closure or its end is an act on the structure: a form opened before it is stale. */
const raise = (tx: Tx, structure: string) =>
  sql`UPDATE partners.structures SET version = version + 1, changed_at = ${tx.clock.now()} WHERE house_id = ${tx.scope.house} AND id = ${structure}`.execute(
    tx.on(),
  );

/** Closes a structure from a day on: it stays, its past counts, it is no longer offered. False when it is closed already. */
export async function closeStructure(
  tx: Tx,
  structure: string,
  wish: { id: string; closedOn: string; reason: string },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO partners.closures (house_id, id, structure_id, closed_on, reason, at, account_id)
    SELECT s.house_id, ${wish.id}, s.id, ${wish.closedOn}, ${wish.reason}, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM (SELECT house_id, id FROM partners.structures WHERE house_id = ${tx.scope.house} AND id = ${structure} AND merged_into IS NULL FOR UPDATE) s
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  if (rows.length > 0) await raise(tx, structure);
  return rows.length > 0;
}

/** Ends the closure that stands; that it was closed, and why, is kept. False when none stands. */
export async function reopenStructure(tx: Tx, structure: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE partners.closures SET reopened_at = ${tx.clock.now()}, reopened_by = ${tx.scope.account}
     WHERE house_id = ${tx.scope.house} AND structure_id = ${structure} AND reopened_at IS NULL RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length > 0) await raise(tx, structure);
  return rows.length > 0;
}

/** Adds a word to a list. False when the list has it. */
export async function addTerm(tx: Tx, wish: { id: string; kind: string; label: string }): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO partners.terms (house_id, id, kind, label) VALUES (${tx.scope.house}, ${wish.id}, ${wish.kind}, ${wish.label})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Changes the spelling of a word, or its last day: it is never deleted. */
export async function changeTerm(
  tx: Tx,
  term: { id: string; kind: string },
  wish: { label: string; toDay: string | null; version: number },
): Promise<"changed" | "taken" | "stale"> {
  const house = tx.scope.house;
  const { rows } = await sql`
    SELECT 1 FROM partners.terms WHERE house_id = ${house} AND kind = ${term.kind} AND id <> ${term.id} AND comparable = core.normalise(${wish.label})`.execute(
    tx.on(),
  );
  if (rows.length > 0) return "taken";
  const { rows: changed } = await sql`
    UPDATE partners.terms SET label = ${wish.label}, to_day = ${wish.toDay}::date, version = version + 1
     WHERE house_id = ${house} AND id = ${term.id} AND version = ${wish.version} RETURNING id`.execute(tx.on());
  return changed.length > 0 ? "changed" : "stale";
}
