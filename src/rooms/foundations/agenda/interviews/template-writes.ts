// Acts on the texts that notes start from. One that is no longer offered keeps its row.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { InterviewTables } from "./tables.ts";

/** Adds a text under the form's key: "there": the form was sent twice; "taken": the house has one of that title. */
export async function addTemplate(
  tx: Tx,
  wish: { id: string; title: string; text: string },
): Promise<"added" | "there" | "taken"> {
  const done = await tx
    .on<InterviewTables>()
    .insertInto("agenda.note_templates")
    .values({ house_id: tx.scope.house, ...wish, to_day: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .execute();
  if (done.length > 0) return "added";
  const { rows } =
    await sql`SELECT 1 FROM agenda.note_templates WHERE house_id = ${tx.scope.house} AND id = ${wish.id}`.execute(
      tx.on(),
    );
  return rows.length > 0 ? "there" : "taken";
}

/** Changes a text: "taken": the house has another of that title; "stale": somebody changed it since `version`. */
export async function changeTemplate(
  tx: Tx,
  id: string,
  wish: { title: string; text: string; toDay: string | null; version: number },
): Promise<"changed" | "taken" | "stale"> {
  const house = tx.scope.house;
  const { rows: others } =
    await sql`SELECT 1 FROM agenda.note_templates WHERE house_id = ${house} AND id <> ${id} AND comparable = core.normalise(${wish.title})`.execute(
      tx.on(),
    );
  if (others.length > 0) return "taken";
  const { rows } = await sql`
    UPDATE agenda.note_templates SET title = ${wish.title}, text = ${wish.text}, to_day = ${wish.toDay}::date, version = version + 1
     WHERE house_id = ${house} AND id = ${id} AND version = ${wish.version} RETURNING id`.execute(tx.on());
  return rows.length > 0 ? "changed" : "stale";
}
