// Acts on rooms. A room is never deleted: it closes on a day, and the meetings that it held keep its name.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { InterviewTables } from "../interviews/tables.ts";
import type { Place } from "./reads.ts";

/** Adds a room under the form's key: "there": the form was sent twice; "taken": the site has a room of that name. */
export async function addPlace(
  tx: Tx,
  wish: { id: string; siteId: string; name: string; capacity: number | null },
): Promise<"added" | "there" | "taken"> {
  const done = await tx
    .on<InterviewTables>()
    .insertInto("agenda.places")
    .values({
      house_id: tx.scope.house,
      id: wish.id,
      site_id: wish.siteId,
      name: wish.name,
      capacity: wish.capacity,
      closed_on: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .execute();
  if (done.length > 0) return "added";
  const { rows } =
    await sql`SELECT 1 FROM agenda.places WHERE house_id = ${tx.scope.house} AND id = ${wish.id} AND site_id = ${wish.siteId}`.execute(
      tx.on(),
    );
  return rows.length > 0 ? "there" : "taken";
}

/** Changes a room: "taken": the site has another of that name; "stale": somebody changed it since `version`. */
export async function changePlace(
  tx: Tx,
  place: Place,
  wish: { name: string; capacity: number | null; closedOn: string | null; version: number },
): Promise<"changed" | "taken" | "stale"> {
  const { rows: others } =
    await sql`SELECT 1 FROM agenda.places WHERE house_id = ${tx.scope.house} AND site_id = ${place.siteId} AND id <> ${place.id} AND comparable = core.normalise(${wish.name})`.execute(
      tx.on(),
    );
  if (others.length > 0) return "taken";
  const { rows } = await sql`
    UPDATE agenda.places SET name = ${wish.name}, capacity = ${wish.capacity}::smallint, closed_on = ${wish.closedOn}::date, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${place.id} AND version = ${wish.version} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0 ? "changed" : "stale";
}
