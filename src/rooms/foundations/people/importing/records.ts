// People as a file writes them: read set-based, written set-based.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ChangedRecord, NewRecord } from "../../../../core/importing/keyed.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { personFields, situationKinds } from "./reading.ts";

/** The columns of a person that a file fills, with their types. */
const columns = {
  sex: "text",
  family_name: "text",
  given_name: "text",
  birth_date: "date",
  address: "text",
  postal_code: "text",
  commune_name: "text",
  commune_code: "text",
  phone: "text",
  email: "text",
  site_id: "uuid",
  created_on: "date",
} as const;
const names = Object.keys(columns);
/** Half a name is a name: what the file leaves empty is kept empty. */
const unnamed = { family_name: "", given_name: "" };

const situationShape = { p: "uuid", k: "text", v: "text", f: "date", s: "date" } as const;
type SituationRow = { p: string; k: string; v: string; f: string; s: string | null; told: string };

/** A situation's row from "job_seeker|2020-01-01|2019-07-09". */
function situationOf(id: string, kind: string, values: Values): SituationRow[] {
  const told = values[kind] ?? "";
  const [value, from, since] = told.split("|");
  return value && from ? [{ p: id, k: kind, v: value, f: from, s: since || null, told }] : [];
}

/** When and by whom a situation was noted, where the values know it: then it is put back and not written anew. */
function notedIn(values: Values, { k, told }: SituationRow): { at: string | null; by: string | null } {
  const noted = values[`${k}@`] ?? "";
  const [at, by] = noted.startsWith(`${told}|`) ? noted.slice(told.length + 1).split("|") : [];
  return { at: at || null, by: by || null };
}

/**
 * The people as they are, in the words of the file. A situation is the first that is known of its kind: the file's. Beside it, under
 * "status@", stands the same with when and by whom it was noted, so that an undo gives that back too.
 */
export async function currentPersons(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT p.id, p.version, jsonb_strip_nulls(jsonb_build_object('sex', p.sex, 'family_name', p.family_name, 'given_name', p.given_name, 'birth_date', p.birth_date, 'address', p.address,
             'postal_code', p.postal_code, 'commune_name', p.commune_name, 'commune_code', p.commune_code, 'phone', p.phone, 'email', p.email, 'site_id', p.site_id, 'created_on', p.created_on))
           || coalesce(s.values, '{}') AS values
      FROM people.persons p LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(kind, told) || jsonb_object_agg(kind || '@', told || '|' || recorded_at || '|' || coalesce(recorded_by::text, '')) AS values FROM (
          SELECT DISTINCT ON (kind) kind, value || '|' || from_day || '|' || coalesce(since_day::text, '') AS told, recorded_at, recorded_by
            FROM people.situations WHERE house_id = p.house_id AND person_id = p.id ORDER BY kind, from_day) first) s ON true
     WHERE p.house_id = ${tx.scope.house} AND p.id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

/** `codes`: one a record, that nobody bears. */
export async function createPersons(tx: Tx, records: readonly NewRecord[], codes: readonly string[]): Promise<void> {
  const house = tx.scope.house;
  const rows = records.map((record, at) => ({
    ...unnamed,
    ...record.values,
    id: record.id,
    code: codes[at],
    key: record.key,
  }));
  const situations = records.flatMap((record) =>
    situationKinds.flatMap((kind) => situationOf(record.id, kind, record.values)),
  );
  // Sent together, done in this order.
  await Promise.all([
    sql`INSERT INTO people.persons (house_id, id, code, ${sql.raw(names.join(", "))}, created_at, created_by, last_contact_on)
      SELECT ${house}, id, code, ${sql.raw(names.join(", "))}, ${tx.clock.now()}, ${tx.scope.account}::uuid, created_on
        FROM ${rowset(rows, { ...columns, id: "uuid", code: "text" })}`.execute(tx.on()),
    sql`INSERT INTO people.external_ids (house_id, system, external_id, person_id)
      SELECT ${house}, 'import', key, id FROM ${rowset(rows, { key: "text", id: "uuid" })}`.execute(tx.on()),
    sql`INSERT INTO people.situations (house_id, person_id, kind, from_day, value, since_day, recorded_at, recorded_by)
      SELECT ${house}, p, k, f, v, s, ${tx.clock.now()}, ${tx.scope.account}::uuid FROM ${rowset(situations, situationShape)}`.execute(
      tx.on(),
    ),
  ]);
}

export async function changePersons(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const house = tx.scope.house;
  const rows = records.map((record) => ({ ...unnamed, ...record.after, id: record.id }));
  const changed = records.flatMap(({ id, before, after }) =>
    situationKinds.filter((kind) => before[kind] !== after[kind]).map((kind) => ({ id, kind, before, after })),
  );
  // A situation that the file no longer says, or says of another day, goes; what it says now is written.
  const gone = changed.flatMap(({ id, kind, before, after }) => {
    const from = before[kind]?.split("|")[1];
    return from && from !== after[kind]?.split("|")[1] ? [{ p: id, k: kind, f: from }] : [];
  });
  const said = changed.flatMap(({ id, kind, after }) =>
    situationOf(id, kind, after).map((row) => ({ ...row, ...notedIn(after, row) })),
  );
  await sql`UPDATE people.persons p SET ${sql.raw(names.map((name) => `${name} = x.${name}`).join(", "))}, version = p.version + 1
    FROM ${rowset(rows, { ...columns, id: "uuid" })} WHERE p.house_id = ${house} AND p.id = x.id`.execute(tx.on());
  if (gone.length > 0)
    await sql`DELETE FROM people.situations s USING ${rowset(gone, { p: "uuid", k: "text", f: "date" })}
      WHERE s.house_id = ${house} AND s.person_id = x.p AND s.kind = x.k AND s.from_day = x.f`.execute(tx.on());
  if (said.length > 0)
    await sql`INSERT INTO people.situations (house_id, person_id, kind, from_day, value, since_day, recorded_at, recorded_by)
      SELECT ${house}, p, k, f, v, s, coalesce(at, ${tx.clock.now()}), CASE WHEN at IS NULL THEN ${tx.scope.account}::uuid ELSE by END
        FROM ${rowset(said, { ...situationShape, at: "timestamptz", by: "uuid" })}
      ON CONFLICT (house_id, person_id, kind, from_day) DO UPDATE SET value = excluded.value, since_day = excluded.since_day, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`.execute(
      tx.on(),
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

/**
 * Situations noted by hand on people that the import created: its marks say which kinds it wrote, one row each, and a row more is
 * somebody's work, which goes with the person when the import is undone.
 */
export async function situationsSince(tx: Tx, importId: string): Promise<string[]> {
  const first = personFields.findIndex((field) => situationKinds.some((kind) => kind === field.key)) + 1;
  const { rows } = await sql<{ count: number; lines: number[] }>`
    SELECT count(*) AS count, (array_agg(c.line ORDER BY c.line))[1:5] AS lines FROM core.import_changes c
     WHERE c.house_id = ${tx.scope.house} AND c.import_id = ${importId} AND c.target = 'people.persons' AND c.before IS NULL
       AND (SELECT count(*) FROM people.situations s WHERE s.house_id = c.house_id AND s.person_id = c.record_id)
        <> cardinality(array_remove((string_to_array(c.written, '.'))[${first}:], ''))`.execute(tx.on());
  const found = rows[0];
  if (!found || found.count === 0) return [];
  const who = found.count === 1 ? "d’une personne qu’il a créée" : `de ${found.count} personnes qu’il a créées`;
  return [
    `Depuis cet import, la situation ${who} a été complétée ou corrigée (ligne ${found.lines.join(", ")}${found.count > found.lines.length ? "…" : ""} du fichier) : annuler effacerait ce travail.`,
  ];
}
