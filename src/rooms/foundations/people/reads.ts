// Reads of people: the search, one person, what was true of them.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { readQuery } from "./rules.ts";
import type { PeopleTables, PersonsTable, SituationsTable } from "./tables.ts";

export type PersonLine = {
  id: string;
  code: string;
  familyName: string;
  givenName: string;
  sex: string | null;
  birthDate: string | null;
  communeName: string | null;
  lastContactOn: string | null;
  phone: string | null;
};

/** People that fit what was typed, nearest first, at most `most`. */
export async function findPersons(tx: Tx, typed: string, most = 20): Promise<PersonLine[]> {
  const wish = readQuery(typed);
  if (wish.words.join("").length < 2 && !wish.birth && !wish.external) return [];
  const { rows } = await sql<PersonLine>`
    SELECT p.id, p.code, p.family_name AS "familyName", p.given_name AS "givenName", p.sex, p.birth_date AS "birthDate",
           p.commune_name AS "communeName", p.last_contact_on AS "lastContactOn", p.phone
      FROM (SELECT id, max(closeness) AS closeness FROM people.find(${wish.words}::text[], ${wish.birth}::date, ${wish.external}, true, ${most}) GROUP BY id) f
      JOIN people.persons p ON p.house_id = ${tx.scope.house} AND p.id = f.id
     ORDER BY f.closeness DESC, p.family_name, p.given_name, p.id LIMIT ${most}`.execute(tx.on());
  return rows;
}

export type Person = Omit<PersonsTable, "version" | "search_text"> & { version: number };

const columns = [
  "house_id",
  "id",
  "code",
  "sex",
  "family_name",
  "birth_name",
  "given_name",
  "birth_date",
  "phone",
  "email",
  "address",
  "postal_code",
  "commune_name",
  "commune_code",
  "site_id",
  "created_on",
  "created_at",
  "created_by",
  "last_contact_on",
  "archived_at",
  "anonymised_at",
  "merged_into",
  "version",
] as const;

/** One person of the house, merged or anonymous ones too; null when there is none. */
export async function personById(tx: Tx, id: string, lock = false): Promise<Person | null> {
  let query = tx
    .on<PeopleTables>()
    .selectFrom("people.persons")
    .select(columns)
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id);
  if (lock) query = query.forUpdate();
  return (await query.executeTakeFirst()) ?? null;
}

/** Situations of a person, newest first. */
export function situationsOf(
  tx: Tx,
  person: string,
): Promise<Pick<SituationsTable, "kind" | "from_day" | "value" | "since_day">[]> {
  return tx
    .on<PeopleTables>()
    .selectFrom("people.situations")
    .select(["kind", "from_day", "value", "since_day"])
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .orderBy("kind")
    .orderBy("from_day", "desc")
    .execute();
}

/** Identifiers that other tools gave. */
export async function externalIdsOf(tx: Tx, person: string): Promise<{ system: string; external_id: string }[]> {
  return tx
    .on<PeopleTables>()
    .selectFrom("people.external_ids")
    .select(["system", "external_id"])
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .orderBy("external_id")
    .execute();
}

/** Who opened or changed this file, newest first. */
export async function readersOf(
  tx: Tx,
  person: string,
  most = 50,
): Promise<{ at: Date; act: string; name: string | null }[]> {
  const { rows } = await sql<{ at: Date; act: string; name: string | null }>`
    SELECT j.at, j.act, a.name FROM core.journal j
      LEFT JOIN house.accounts a ON a.house_id = j.house_id AND a.id = j.account_id
     WHERE j.house_id = ${tx.scope.house} AND j.subject_id = ${person} ORDER BY j.at DESC LIMIT ${most}`.execute(
    tx.on(),
  );
  return rows;
}
