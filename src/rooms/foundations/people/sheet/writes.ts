// What is true of a person from a day on: recorded, taken away when it was a mistake, put back. Nothing that was written is lost.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PeopleTables, SituationKind } from "../tables.ts";

export type SituationWish = { kind: SituationKind; value: string; fromDay: string; sinceDay: string | null };

/** Why a row is kept aside when another of the same day takes its place. */
const replaced = "remplacée par une autre du même jour";

/** Records what is true from a day on. What was noted of the same kind for the same day is kept among what was withdrawn. */
export async function recordSituation(tx: Tx, person: string, wish: SituationWish): Promise<"recorded" | "same"> {
  const before = await tx
    .on<PeopleTables>()
    .selectFrom("people.situations")
    .select(["value", "since_day"])
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .where("kind", "=", wish.kind)
    .where("from_day", "=", wish.fromDay)
    .forUpdate()
    .executeTakeFirst();
  if (before?.value === wish.value && before.since_day === wish.sinceDay) return "same";
  if (before) await withdrawSituation(tx, person, wish.kind, wish.fromDay, replaced);
  await tx
    .on<PeopleTables>()
    .insertInto("people.situations")
    .values({
      house_id: tx.scope.house,
      person_id: person,
      kind: wish.kind,
      from_day: wish.fromDay,
      value: wish.value,
      since_day: wish.sinceDay,
      recorded_at: tx.clock.now(),
      recorded_by: tx.scope.account,
    })
    .execute();
  return "recorded";
}

/** Takes away a situation noted by mistake: it is no longer true of any day, and stays readable with why. False: it is not there. */
export async function withdrawSituation(
  tx: Tx,
  person: string,
  kind: SituationKind,
  fromDay: string,
  reason: string,
): Promise<boolean> {
  const { rows } = await sql`
    WITH gone AS (DELETE FROM people.situations s WHERE s.house_id = ${tx.scope.house} AND s.person_id = ${person} AND s.kind = ${kind} AND s.from_day = ${fromDay}::date RETURNING s.*)
    INSERT INTO people.situation_withdrawals (house_id, id, person_id, kind, from_day, value, since_day, recorded_at, recorded_by, withdrawn_at, withdrawn_by, reason)
    SELECT house_id, ${tx.ids.uuid()}::uuid, person_id, kind, from_day, value, since_day, recorded_at, recorded_by, ${tx.clock.now()}, ${tx.scope.account}::uuid, ${reason} FROM gone
    RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Puts a withdrawn situation back as it was. A refusal is a sentence. */
export async function restoreSituation(
  tx: Tx,
  person: string,
  withdrawal: string,
): Promise<{ ok: true; kind: SituationKind; fromDay: string } | { ok: false; sentence: string } | null> {
  const found = await tx
    .on<PeopleTables>()
    .selectFrom("people.situation_withdrawals")
    .selectAll()
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .where("id", "=", withdrawal)
    .forUpdate()
    .executeTakeFirst();
  if (!found) return null;
  const { house_id, person_id, kind, from_day, value, since_day, recorded_at, recorded_by } = found;
  const back = await tx
    .on<PeopleTables>()
    .insertInto("people.situations")
    .values({ house_id, person_id, kind, from_day, value, since_day, recorded_at, recorded_by })
    .onConflict((conflict) => conflict.columns(["house_id", "person_id", "kind", "from_day"]).doNothing())
    .returning("kind")
    .execute();
  if (back.length === 0)
    return {
      ok: false,
      sentence: "Autre chose est noté pour ce jour-là : retirez-le d’abord, puis remettez celle-ci.",
    };
  await tx
    .on<PeopleTables>()
    .deleteFrom("people.situation_withdrawals")
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", withdrawal)
    .execute();
  return { ok: true, kind, fromDay: from_day };
}
