// One function an act: completing an entry, noting what became of somebody. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Answers, Check, CheckMoment, CheckSituation } from "./facts.ts";
import type { FundingTables } from "./tables.ts";

export type EntryFacts = { status?: string; since?: string; diploma?: string };

/** Completes what was true at the entry; what it says already stays. False: the enrolment was changed meanwhile. */
export async function completeEntry(tx: Tx, enrolment: string, version: number, facts: EntryFacts): Promise<boolean> {
  const { rows } = await sql`
    UPDATE programmes.enrolments SET entry = ${JSON.stringify(facts)}::jsonb || entry, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${enrolment} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

export type CheckFacts = Omit<Check, "situation"> & { situation: CheckSituation };

/**
 * Notes what became of somebody, under `key`, in place of the check that was last seen (null: there was none).
 * "again": this very form was written before; "stale": somebody wrote another meanwhile.
 */
export async function recordCheck(
  tx: Tx,
  enrolment: string,
  wish: { key: string; moment: CheckMoment; day: string; replaces: string | null; facts: CheckFacts },
): Promise<"written" | "again" | "stale"> {
  const written = await tx
    .on<FundingTables>()
    .insertInto("programmes.funding_checks")
    .values({
      house_id: tx.scope.house,
      id: wish.key,
      enrolment_id: enrolment,
      moment: wish.moment,
      on_day: wish.day,
      ...wish.facts,
      replaces_id: wish.replaces,
      recorded_at: tx.clock.now(),
      recorded_by: tx.scope.account,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (written) return "written";
  const same = await tx
    .on<FundingTables>()
    .selectFrom("programmes.funding_checks")
    .select("id")
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", wish.key)
    .where("enrolment_id", "=", enrolment)
    .executeTakeFirst();
  return same ? "again" : "stale";
}

/** Writes the answers whole, over the version that was read (0: none). False: they were changed meanwhile. */
export async function recordAnswers(tx: Tx, enrolment: string, version: number, answers: Answers): Promise<boolean> {
  const text = JSON.stringify(answers);
  const { rows } =
    version === 0
      ? await sql`INSERT INTO programmes.funding_answers (house_id, enrolment_id, answers, recorded_at, recorded_by)
          VALUES (${tx.scope.house}, ${enrolment}, ${text}::jsonb, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING RETURNING version`.execute(
          tx.on(),
        )
      : await sql`UPDATE programmes.funding_answers SET answers = ${text}::jsonb, recorded_at = ${tx.clock.now()}, recorded_by = ${tx.scope.account}, version = version + 1
          WHERE house_id = ${tx.scope.house} AND enrolment_id = ${enrolment} AND version = ${version} RETURNING version`.execute(
          tx.on(),
        );
  return rows.length > 0;
}
