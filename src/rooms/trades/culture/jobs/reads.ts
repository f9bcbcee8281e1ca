// Reads and writes of jobs in culture.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { JobActionsTable, JobsTables } from "./tables.ts";

export type JobLine = Pick<JobActionsTable, "id" | "kind" | "title" | "state" | "participants"> & {
  day: string;
  structureId: string | null;
  structure: string | null;
  reason: string | null;
  note: string;
  version: number;
};

export const jobColumns = sql`r.id, r.kind, r.title, r.state, r.participants, r.on_day AS day, r.structure_id AS "structureId", s.name AS structure,
  r.cancelled_reason AS reason, r.note, r.version`;
export const jobTables = sql`culture.job_actions r LEFT JOIN partners.structures s ON s.house_id = r.house_id AND s.id = r.structure_id`;

/** One action; null when the house has none of that identifier. */
export async function jobById(tx: Tx, id: string): Promise<JobLine | null> {
  const { rows } = await sql<JobLine>`
    SELECT ${jobColumns} FROM ${jobTables} WHERE r.house_id = ${tx.scope.house} AND r.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

export type JobWish = Pick<
  JobLine,
  "kind" | "title" | "state" | "participants" | "day" | "structureId" | "reason" | "note"
>;

/** Notes an action; false: it was noted already under that identifier. */
export async function planJob(tx: Tx, id: string, wish: JobWish): Promise<boolean> {
  const made = await tx
    .on<JobsTables>()
    .insertInto("culture.job_actions")
    .values({
      house_id: tx.scope.house,
      id,
      kind: wish.kind,
      title: wish.title,
      structure_id: wish.structureId,
      on_day: wish.day,
      state: wish.state,
      cancelled_reason: wish.reason,
      participants: wish.participants,
      note: wish.note,
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** Changes an action as it was looked at; false: it changed since. */
export async function changeJob(tx: Tx, id: string, version: number, wish: JobWish): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.job_actions SET kind = ${wish.kind}, title = ${wish.title}, structure_id = ${wish.structureId}, on_day = ${wish.day}, state = ${wish.state},
           cancelled_reason = ${wish.reason}, participants = ${wish.participants}, note = ${wish.note}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}
