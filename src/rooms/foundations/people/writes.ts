// One function an act: a person made, changed, their situation recorded. The journal line is the route's.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { communeCode } from "./communes.ts";
import { type Person, personById } from "./reads.ts";
import type { PersonFacts } from "./rules.ts";
import type { PeopleTables, SituationKind } from "./tables.ts";
import { findTwinsOf } from "./twins/reads.ts";

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
  for (let turn = 0; turn < 5; turn++) {
    const code = tx.ids.shortCode();
    const { rows } = await sql<{
      taken: boolean;
    }>`SELECT EXISTS (SELECT 1 FROM people.persons WHERE house_id = ${tx.scope.house} AND code = ${code}) AS taken`.execute(
      tx.on(),
    );
    if (rows[0]?.taken) continue;
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
  throw new Error("no free short code");
}

/** Changes a person. Stale: somebody changed it since `version`; the person as it is now comes back. */
export async function changePerson(
  tx: Tx,
  id: string,
  version: number,
  facts: PersonFacts,
): Promise<{ ok: true } | { ok: false; now: Person | null }> {
  const changed = await tx
    .on<PeopleTables>()
    .updateTable("people.persons")
    .set({ ...rowOf(facts), version: version + 1 })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .where("version", "=", version)
    .where("merged_into", "is", null)
    .where("anonymised_at", "is", null)
    .returning("id")
    .execute();
  if (changed.length === 0) return { ok: false, now: await personById(tx, id) };
  await findTwinsOf(tx, [id]);
  return { ok: true };
}

/** Records what is true from a day on; the same kind on the same day is replaced. */
export async function recordSituation(
  tx: Tx,
  person: string,
  wish: { kind: SituationKind; value: string; fromDay: string; sinceDay: string | null },
): Promise<void> {
  const told = {
    value: wish.value,
    since_day: wish.sinceDay,
    recorded_at: tx.clock.now(),
    recorded_by: tx.scope.account,
  };
  await tx
    .on<PeopleTables>()
    .insertInto("people.situations")
    .values({ house_id: tx.scope.house, person_id: person, kind: wish.kind, from_day: wish.fromDay, ...told })
    .onConflict((conflict) => conflict.columns(["house_id", "person_id", "kind", "from_day"]).doUpdateSet(told))
    .execute();
}

/** Somebody was met on a day: the clock of retention starts again, and an archived file is open again. */
export async function touchContact(tx: Tx, person: string, day: string): Promise<void> {
  await sql`UPDATE people.persons SET last_contact_on = greatest(last_contact_on, ${day}::date), archived_at = NULL
    WHERE house_id = ${tx.scope.house} AND id = ${person} AND (last_contact_on IS NULL OR last_contact_on < ${day}::date OR archived_at IS NOT NULL)`.execute(
    tx.on(),
  );
}
