// Before people are made anonymous, what happened on their paths keeps the age of its day. What an enrolment was entered and left with
// has it already.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";

const onPaths = [
  ["programmes.stages_reached", "on_day"],
  ["programmes.steps", "starts_on"],
  ["programmes.outcomes", "on_day"],
] as const;

export async function freezePathAges(tx: Tx, persons: readonly string[]): Promise<void> {
  for (const [table, day] of onPaths)
    await sql`UPDATE ${sql.table(table)} x SET frozen_age = extract(year FROM age(${sql.ref(`x.${day}`)}, p.birth_date))
      FROM programmes.enrolments e JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
     WHERE e.house_id = ${tx.scope.house} AND e.person_id = ANY(${[...persons]}::uuid[]) AND x.house_id = e.house_id AND x.enrolment_id = e.id
       AND p.birth_date IS NOT NULL AND x.frozen_age IS NULL`.execute(tx.on());
}

export async function freezeReferralAges(tx: Tx, persons: readonly string[]): Promise<void> {
  await sql`UPDATE programmes.referrals x SET frozen_age = extract(year FROM age(x.sent_on, p.birth_date)) FROM people.persons p
     WHERE x.house_id = ${tx.scope.house} AND x.person_id = ANY(${[...persons]}::uuid[]) AND p.house_id = x.house_id AND p.id = x.person_id
       AND p.birth_date IS NOT NULL AND x.frozen_age IS NULL`.execute(tx.on());
}
