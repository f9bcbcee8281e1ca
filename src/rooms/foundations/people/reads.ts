// Reads of people: the search, one person, what was true of them.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { may } from "../../../core/rights.ts";
import { rights } from "./rights.ts";
import { readQuery } from "./search/query.ts";
import type {
  ConsentsTable,
  PeopleTables,
  PersonsTable,
  SituationsTable,
  SituationWithdrawalsTable,
} from "./tables.ts";

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
  archived?: boolean;
};

/** The lines of a search; the telephone only for those who may see how to reach people. */
const lineOf = (found: RawBuilder<unknown>, tx: Tx, most: number) => sql<PersonLine>`
    SELECT p.id, p.code, p.family_name AS "familyName", p.given_name AS "givenName", p.sex, p.birth_date AS "birthDate",
           p.commune_name AS "communeName", p.last_contact_on AS "lastContactOn", ${may(tx.scope, rights["person.contact"]) ? sql`p.phone` : sql`NULL`} AS phone, p.archived_at IS NOT NULL AS archived
      FROM (SELECT id, max(closeness) AS closeness FROM ${found} GROUP BY id) f
      JOIN people.persons p ON p.house_id = ${tx.scope.house} AND p.id = f.id
     ORDER BY f.closeness DESC, p.family_name, p.given_name, p.id LIMIT ${most}`;

/** People that fit what was typed, nearest first, at most `most`. */
export async function findPersons(tx: Tx, typed: string, most = 20): Promise<PersonLine[]> {
  const { words, birth, external } = readQuery(typed, tx.today);
  if (words.join("").length < 2 && !birth && !external) return [];
  const found = sql`people.find(${words}::text[], ${birth}::date, ${external}, true, ${most})`;
  return (await lineOf(found, tx, most).execute(tx.often())).rows;
}

/**
 * The one person that bears a short code or another tool's identifier, or null when none or several do. The code of a file that was
 * merged leads to the file that took it in.
 */
export async function personByCode(tx: Tx, code: string): Promise<PersonLine | null> {
  const found = sql`people.find('{}'::text[], NULL, ${code.trim()}, false, 2)`;
  const { rows } = await lineOf(found, tx, 2).execute(tx.on());
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/** People by the identifiers that an older tool gave them; who was merged is the one that took them in. */
export async function personsByExternalId(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(keys)].filter((key) => key !== "");
  const { rows } = await sql<{ external_id: string; id: string }>`
    SELECT e.external_id, coalesce(p.merged_into, p.id) AS id FROM people.external_ids e JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
     WHERE e.house_id = ${tx.scope.house} AND e.system = 'import' AND e.external_id = ANY(${wanted}::text[])`.execute(
    tx.on(),
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
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
    .often<PeopleTables>()
    .selectFrom("people.persons")
    .select(columns)
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id);
  if (lock) query = query.forUpdate();
  return (await query.executeTakeFirst()) ?? null;
}

/** Some people with all the files that were merged into theirs, one into another. */
export async function withAbsorbed(tx: Tx, persons: readonly string[]): Promise<string[]> {
  const house = tx.scope.house;
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE all_of AS (SELECT id FROM people.persons WHERE house_id = ${house} AND id = ANY(${[...persons]}::uuid[])
      UNION SELECT p.id FROM people.persons p JOIN all_of ON p.house_id = ${house} AND p.merged_into = all_of.id) SELECT id FROM all_of`.execute(
    tx.on(),
  );
  return rows.map((row) => row.id);
}

/** Situations of a person, newest first. */
export function situationsOf(
  tx: Tx,
  person: string,
): Promise<Pick<SituationsTable, "kind" | "from_day" | "value" | "since_day">[]> {
  return tx
    .often<PeopleTables>()
    .selectFrom("people.situations")
    .select(["kind", "from_day", "value", "since_day"])
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .orderBy("kind")
    .orderBy("from_day", "desc")
    .execute();
}

export type Withdrawal = Omit<SituationWithdrawalsTable, "house_id" | "person_id" | "recorded_by" | "withdrawn_by"> & {
  name: string | null;
};

/** Situations that were taken away, with who did and why, the last first. */
export async function withdrawalsOf(tx: Tx, person: string): Promise<Withdrawal[]> {
  const { rows } = await sql<Withdrawal>`
    SELECT w.id, w.kind, w.from_day, w.value, w.since_day, w.recorded_at, w.withdrawn_at, w.reason, a.name FROM people.situation_withdrawals w
      LEFT JOIN house.accounts a ON a.house_id = w.house_id AND a.id = w.withdrawn_by
     WHERE w.house_id = ${tx.scope.house} AND w.person_id = ${person} ORDER BY w.withdrawn_at DESC, w.id`.execute(
    tx.often(),
  );
  return rows;
}

/** Identifiers that other tools gave. */
export async function externalIdsOf(tx: Tx, person: string): Promise<{ system: string; external_id: string }[]> {
  return tx
    .often<PeopleTables>()
    .selectFrom("people.external_ids")
    .select(["system", "external_id"])
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .orderBy("external_id")
    .execute();
}

export type Reader = { id: string; at: Date; act: string; name: string | null };

/** Lines of a file's journal: who opened or changed it. Who looked at this very list stands in the journal, and is not of the list. */
const ofFile = (tx: Tx, person: string) =>
  sql`j.house_id = ${tx.scope.house} AND j.subject_id = ${person} AND j.act NOT IN ('person.readers-listed', 'person.readers-exported')`;

/** Who opened or changed a file, the last first. */
export const readersQuery = (tx: Tx, person: string): RawBuilder<Reader> => sql<Reader>`
    SELECT j.id, j.at, j.act, a.name FROM core.journal j
      LEFT JOIN house.accounts a ON a.house_id = j.house_id AND a.id = j.account_id
     WHERE ${ofFile(tx, person)} ORDER BY j.at DESC, j.id DESC`;

export const readersOf = async (tx: Tx, person: string, most: number): Promise<Reader[]> =>
  (await sql<Reader>`${readersQuery(tx, person)} LIMIT ${most}`.execute(tx.on())).rows;

export async function countReaders(tx: Tx, person: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM core.journal j WHERE ${ofFile(tx, person)}`.execute(tx.on());
  return rows[0]?.count ?? 0;
}

/** The last answer that a person gave about a purpose ("share", "contact"), or null when nobody has noted one. */
export async function consentOf(tx: Tx, person: string, purpose: string): Promise<ConsentsTable["answer"] | null> {
  const found = await tx
    .often<PeopleTables>()
    .selectFrom("people.consents")
    .select("answer")
    .where("house_id", "=", tx.scope.house)
    .where("person_id", "=", person)
    .where("purpose", "=", purpose)
    .orderBy("on_day", "desc")
    .orderBy("recorded_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.answer ?? null;
}
