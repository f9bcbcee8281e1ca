// The answers to a fund's questionnaire, as they are noted of an enrolment.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Answers } from "./facts.ts";
import type { FundingTables } from "./tables.ts";

/** Version 0: nothing is noted yet. */
export async function answersOf(tx: Tx, enrolment: string): Promise<{ answers: Answers; version: number }> {
  const found = await tx
    .on<FundingTables>()
    .selectFrom("programmes.funding_answers")
    .select(["answers", "version"])
    .where("house_id", "=", tx.scope.house)
    .where("enrolment_id", "=", enrolment)
    .executeTakeFirst();
  return found ?? { answers: {}, version: 0 };
}
