// One function an act: a person made, changed, met. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { freeCodes } from "./codes.ts";
import { communeCode } from "./communes.ts";
import { type Person, personById } from "./reads.ts";
import type { PersonFacts } from "./rules.ts";
import type { PeopleTables } from "./tables.ts";
import { findTwinsAgain, findTwinsOf } from "./twins/finding.ts";

const rowOf = (facts: PersonFacts) => ({
  sex: facts.sex,
  family_name: facts.familyName,
  birth_name: facts.birthName,
  given_name: facts.givenName,
  birth_date: facts.birthDate,
  phone: facts.phone,
  email: facts.email,
  address: facts.address,
  postal_code: facts.postalCode,
  commune_name: facts.communeName,
  commune_code: communeCode(facts.postalCode, facts.communeName),
  site_id: facts.siteId,
});

/** Makes a person whose identifier is `key`: sent twice, it is made once. Gives the identifier and whether it was made now. */
export async function createPerson(tx: Tx, facts: PersonFacts, key: string): Promise<{ id: string; made: boolean }> {
  const [code = ""] = await freeCodes(tx, 1);
  const made = await tx
    .on<PeopleTables>()
    .insertInto("people.persons")
    .values({
      house_id: tx.scope.house,
      id: key,
      code,
      ...rowOf(facts),
      created_on: tx.today,
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
      last_contact_on: tx.today,
      archived_at: null,
      anonymised_at: null,
      merged_into: null,
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .returning("id")
    .execute();
  if (made.length > 0) await findTwinsOf(tx, [key]);
  return { id: key, made: made.length > 0 };
}

/**
 * Changes a person, and gives the fields that are no longer what they were. Stale: somebody changed it since `version`; the person as it
 * is now comes back.
 */
export async function changePerson(
  tx: Tx,
  before: Person,
  version: number,
  facts: PersonFacts,
): Promise<{ ok: true; fields: string[] } | { ok: false; now: Person | null }> {
  const row = rowOf(facts);
  const fields = (Object.keys(row) as (keyof typeof row)[]).filter((field) => row[field] !== before[field]);
  if (fields.length === 0 && version === before.version) return { ok: true, fields };
  const changed = await tx
    .on<PeopleTables>()
    .updateTable("people.persons")
    .set({ ...row, version: version + 1 })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", before.id)
    .where("version", "=", version)
    .where("merged_into", "is", null)
    .where("anonymised_at", "is", null)
    .returning("id")
    .execute();
  if (changed.length === 0) return { ok: false, now: await personById(tx, before.id) };
  await findTwinsAgain(tx, [before.id]);
  return { ok: true, fields };
}

/** Somebody was met on a day: the clock of retention starts again, and an archived file is open again. */
export async function touchContact(tx: Tx, person: string, day: string): Promise<void> {
  await sql`UPDATE people.persons SET last_contact_on = ${day}::date, archived_at = NULL
    WHERE house_id = ${tx.scope.house} AND id = ${person} AND (last_contact_on IS NULL OR last_contact_on < ${day}::date)`.execute(
    tx.on(),
  );
}
