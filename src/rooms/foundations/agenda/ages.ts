// Before a person is made anonymous, what happened to them keeps the age of its day: an adult of 2020 stays an adult of 2020.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";

const ageOn = (day: string) => sql`extract(year FROM age(${sql.ref(day)}, p.birth_date))`;

/** Of their visits, or of their interviews. */
const freeze =
  (table: "agenda.visits" | "agenda.interviews", day: string) =>
  async (tx: Tx, persons: readonly string[]): Promise<void> => {
    await sql`UPDATE ${sql.table(table)} v SET frozen_age = ${ageOn(`v.${day}`)} FROM people.persons p
       WHERE v.house_id = ${tx.scope.house} AND v.person_id = ANY(${[...persons]}::uuid[]) AND p.house_id = v.house_id AND p.id = v.person_id AND p.birth_date IS NOT NULL AND v.frozen_age IS NULL`.execute(
      tx.on(),
    );
  };
const freezeVisitAges = freeze("agenda.visits", "occurred_on");
export const freezeInterviews = freeze("agenda.interviews", "starts_on");

/** Visits are counted by RSA too, which is erased: they keep what was true on their day. */
export async function freezeVisits(tx: Tx, persons: readonly string[]): Promise<void> {
  await freezeVisitAges(tx, persons);
  await sql`UPDATE agenda.visits v SET frozen_rsa = (SELECT s.value FROM people.situations s WHERE s.house_id = v.house_id AND s.person_id = v.person_id AND s.kind = 'rsa'
        AND s.from_day <= v.occurred_on ORDER BY s.from_day DESC LIMIT 1)
     WHERE v.house_id = ${tx.scope.house} AND v.person_id = ANY(${[...persons]}::uuid[]) AND v.frozen_rsa IS NULL`.execute(
    tx.on(),
  );
}

/** Of the sessions that they came to. */
export async function freezeAttendances(tx: Tx, persons: readonly string[]): Promise<void> {
  await sql`UPDATE agenda.attendances v SET frozen_age = ${ageOn("s.starts_on")} FROM people.persons p, agenda.sessions s
     WHERE v.house_id = ${tx.scope.house} AND v.person_id = ANY(${[...persons]}::uuid[]) AND p.house_id = v.house_id AND p.id = v.person_id AND p.birth_date IS NOT NULL
       AND s.house_id = v.house_id AND s.id = v.session_id AND v.frozen_age IS NULL`.execute(tx.on());
}
