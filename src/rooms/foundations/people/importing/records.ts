// People as a file writes them: read set-based, written set-based.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ChangedRecord, NewRecord } from "../../../../core/importing/keyed.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { situationKinds } from "./reading.ts";

const columns = [
  "sex",
  "family_name",
  "given_name",
  "birth_date",
  "address",
  "postal_code",
  "commune_name",
  "commune_code",
  "phone",
  "email",
  "site_id",
  "created_on",
] as const;
const shape =
  "id uuid, code text, sex text, family_name text, given_name text, birth_date date, address text, postal_code text, commune_name text, commune_code text, phone text, email text, site_id uuid, created_on date";

type SituationRow = { p: string; k: string; v: string; f: string; s: string | null };

/** "job_seeker|2020-01-01|2019-07-09" -> a situation's row. */
function situationsOf(id: string, values: Values): SituationRow[] {
  return situationKinds.flatMap((kind) => {
    const [value, from, since] = (values[kind] ?? "").split("|");
    return value && from ? [{ p: id, k: kind, v: value, f: from, s: since || null }] : [];
  });
}

async function writeSituations(tx: Tx, rows: readonly SituationRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`INSERT INTO people.situations (house_id, person_id, kind, from_day, value, since_day, recorded_at, recorded_by)
    SELECT ${tx.scope.house}, p, k, f, v, s, ${tx.clock.now()}, ${tx.scope.account}::uuid FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(p uuid, k text, v text, f date, s date)
    ON CONFLICT (house_id, person_id, kind, from_day) DO UPDATE SET value = excluded.value, since_day = excluded.since_day`.execute(
    tx.on(),
  );
}

/** The people as they are, in the words of the file. A situation is the first that is known of its kind: the file's. */
export async function currentPersons(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT p.id, p.version, jsonb_strip_nulls(jsonb_build_object('sex', p.sex, 'family_name', p.family_name, 'given_name', p.given_name, 'birth_date', p.birth_date, 'address', p.address,
             'postal_code', p.postal_code, 'commune_name', p.commune_name, 'commune_code', p.commune_code, 'phone', p.phone, 'email', p.email, 'site_id', p.site_id, 'created_on', p.created_on))
           || coalesce((SELECT jsonb_object_agg(s.kind, s.value || '|' || s.from_day || '|' || coalesce(s.since_day::text, '')) FROM (
                SELECT DISTINCT ON (kind) kind, value, from_day, since_day FROM people.situations WHERE house_id = p.house_id AND person_id = p.id ORDER BY kind, from_day) s), '{}') AS values
      FROM people.persons p WHERE p.house_id = ${tx.scope.house} AND p.id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

export async function createPersons(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ id: record.id, code: tx.ids.shortCode(), ...record.values }));
  const house = tx.scope.house;
  await sql`INSERT INTO people.persons (house_id, id, code, ${sql.raw(columns.join(", "))}, created_at, created_by, last_contact_on)
    SELECT ${house}, id, code, ${sql.raw(columns.join(", "))}, ${tx.clock.now()}, ${tx.scope.account}::uuid, created_on FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(${sql.raw(shape)})`.execute(
    tx.on(),
  );
  await sql`INSERT INTO people.external_ids (house_id, system, external_id, person_id)
    SELECT ${house}, 'import', e, p FROM jsonb_to_recordset(${JSON.stringify(records.map((record) => ({ e: record.key, p: record.id })))}::jsonb) AS x(e text, p uuid)`.execute(
    tx.on(),
  );
  await writeSituations(
    tx,
    records.flatMap((record) => situationsOf(record.id, record.values)),
  );
}

export async function changePersons(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ id: record.id, ...record.after }));
  await sql`UPDATE people.persons p SET ${sql.raw(columns.map((column) => `${column} = x.${column}`).join(", "))}, version = p.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(${sql.raw(shape)}) WHERE p.house_id = ${tx.scope.house} AND p.id = x.id`.execute(
    tx.on(),
  );
  // A situation that the file no longer says, or says of another day, goes; what it says now is written.
  const gone = records.flatMap((record) =>
    situationKinds.flatMap((kind) => {
      const from = (record.before[kind] ?? "").split("|")[1];
      return from && record.before[kind] !== record.after[kind] ? [{ p: record.id, k: kind, f: from }] : [];
    }),
  );
  if (gone.length > 0)
    await sql`DELETE FROM people.situations s USING jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) AS x(p uuid, k text, f date)
      WHERE s.house_id = ${tx.scope.house} AND s.person_id = x.p AND s.kind = x.k AND s.from_day = x.f`.execute(
      tx.on(),
    );
  await writeSituations(
    tx,
    records.flatMap((record) => situationsOf(record.id, record.after)),
  );
}

/** Takes away the people that an import created, with what is theirs alone. */
export async function removePersons(tx: Tx, importId: string): Promise<void> {
  const house = tx.scope.house;
  const made = sql`SELECT record_id FROM core.import_changes WHERE house_id = ${house} AND import_id = ${importId} AND target = 'people.persons' AND before IS NULL`;
  await sql`DELETE FROM people.twins WHERE house_id = ${house} AND (first_id IN (${made}) OR second_id IN (${made}))`.execute(
    tx.on(),
  );
  await sql`DELETE FROM people.situations WHERE house_id = ${house} AND person_id IN (${made})`.execute(tx.on());
  await sql`DELETE FROM people.external_ids WHERE house_id = ${house} AND person_id IN (${made})`.execute(tx.on());
  await sql`DELETE FROM people.persons WHERE house_id = ${house} AND id IN (${made})`.execute(tx.on());
}
