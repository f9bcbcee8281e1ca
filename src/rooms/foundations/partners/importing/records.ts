// Structures as a file writes them: read set-based, written set-based.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ChangedRecord, NewRecord } from "../../../../core/importing/keyed.ts";
import type { Values } from "../../../../core/importing/written.ts";

/** The columns of a structure that a file fills, with their types. */
const columns = {
  name: "text",
  type_id: "uuid",
  siret: "text",
  siren: "text",
  siret_to_check: "text",
  address: "text",
  postal_code: "text",
  commune_name: "text",
  commune_code: "text",
  phone: "text",
  email: "text",
  website: "text",
  workforce: "int",
  sector: "text",
} as const;
const names = Object.keys(columns);
/** A SIRET holds its SIREN; a file that gives a SIREN alone gives no SIRET. */
const written = sql.raw(names.map((name) => (name === "siren" ? "coalesce(left(siret, 9), siren)" : name)).join(", "));

const closedByFile = "inactive dans le fichier importé";

/**
 * The structures as they are, in the words of the file: "roles" holds the words in force today, "active" is "no" for a closed one. Beside
 * them "roles@" and "closure@" keep the rows themselves, so that an undo gives them back as they were.
 */
export async function currentStructures(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT s.id, s.version, jsonb_strip_nulls(jsonb_build_object('name', s.name, 'type_id', s.type_id, 'siret', s.siret, 'siren', CASE WHEN s.siret IS NULL THEN s.siren END,
             'siret_to_check', s.siret_to_check, 'address', s.address, 'postal_code', s.postal_code, 'commune_name', s.commune_name, 'commune_code', s.commune_code, 'phone', s.phone,
             'email', s.email, 'website', s.website, 'workforce', s.workforce::text, 'sector', s.sector, 'roles', roles.now, 'active', CASE WHEN c.id IS NOT NULL THEN 'no' END,
             'roles@', roles.rows, 'closure@', c.id)) AS values
      FROM partners.structures s
      LEFT JOIN partners.closures c ON c.house_id = s.house_id AND c.structure_id = s.id AND c.reopened_at IS NULL
      LEFT JOIN LATERAL (
        SELECT string_agg(DISTINCT r.term_id::text, ';' ORDER BY r.term_id::text) FILTER (WHERE (r.from_day IS NULL OR r.from_day <= ${tx.today}) AND (r.to_day IS NULL OR r.to_day >= ${tx.today})) AS now,
               (jsonb_agg(jsonb_build_object('id', r.id, 'structure', r.structure_id, 'term', r.term_id, 'from', r.from_day, 'to', r.to_day) ORDER BY r.id) FILTER (WHERE r.imported))::text AS rows
          FROM partners.roles r WHERE r.house_id = s.house_id AND r.structure_id = s.id
           AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)) roles ON true
     WHERE s.house_id = ${tx.scope.house} AND s.id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

const wordsOf = (values: Values): string[] => (values.roles ? values.roles.split(";") : []);

const addRoles = (tx: Tx, roles: readonly { structure: string; term: string }[]) =>
  // A role that comes back begins anew; one that was never noted holds since ever, as far as the file tells.
  sql`INSERT INTO partners.roles (house_id, id, structure_id, term_id, from_day, imported)
    SELECT ${tx.scope.house}, x.id, x.structure, x.term,
           CASE WHEN EXISTS (SELECT 1 FROM partners.roles r WHERE r.house_id = ${tx.scope.house} AND r.structure_id = x.structure AND r.term_id = x.term) THEN ${tx.today}::date END, true
      FROM ${rowset(
        roles.map((role) => ({ ...role, id: tx.ids.uuid() })),
        { id: "uuid", structure: "uuid", term: "uuid" },
      )}`.execute(tx.on());

const close = (tx: Tx, structures: readonly string[]) =>
  sql`INSERT INTO partners.closures (house_id, id, structure_id, closed_on, reason, at, account_id)
    SELECT ${tx.scope.house}, x.id, x.structure, ${tx.today}, ${closedByFile}, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(
        structures.map((structure) => ({ id: tx.ids.uuid(), structure })),
        { id: "uuid", structure: "uuid" },
      )} ON CONFLICT DO NOTHING`.execute(tx.on());

export async function createStructures(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const house = tx.scope.house;
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  const roles = records.flatMap(({ id, values }) => wordsOf(values).map((term) => ({ structure: id, term })));
  const closed = records.filter((record) => record.values.active === "no").map((record) => record.id);
  // Sent together, done in this order.
  await Promise.all([
    sql`INSERT INTO partners.structures (house_id, id, ${sql.raw(names.join(", "))}, created_at, created_by, changed_at)
      SELECT ${house}, id, ${written}, ${tx.clock.now()}, ${tx.scope.account}::uuid, ${tx.clock.now()}
        FROM ${rowset(rows, { ...columns, id: "uuid" })}`.execute(tx.on()),
    sql`INSERT INTO partners.external_ids (house_id, system, external_id, structure_id)
      SELECT ${house}, 'import', key, id FROM ${rowset(rows, { key: "text", id: "uuid" })}`.execute(tx.on()),
    addRoles(tx, roles),
    close(tx, closed),
  ]);
}

/** Writes what a file changes, or puts back what an import had changed: then the rows beside the words differ from those that stand. */
export async function changeStructures(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const house = tx.scope.house;
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE partners.structures s SET (${sql.raw(names.join(", "))}) = (SELECT ${sql.raw(
    names.map((name) => (name === "siren" ? "coalesce(left(x.siret, 9), x.siren)" : `x.${name}`)).join(", "),
  )}), changed_at = ${tx.clock.now()}, version = s.version + 1
    FROM ${rowset(rows, { ...columns, id: "uuid" })} WHERE s.house_id = ${house} AND s.id = x.id`.execute(tx.on());
  await restore(
    tx,
    records.filter(({ before, after }) => before["roles@"] !== after["roles@"]),
  );
  const byFile = records.filter(({ before, after }) => before["roles@"] === after["roles@"]);
  const added = byFile.flatMap(({ id, before, after }) =>
    wordsOf(after).flatMap((term) => (wordsOf(before).includes(term) ? [] : [{ structure: id, term }])),
  );
  const ended = byFile.flatMap(({ id, before, after }) =>
    wordsOf(before).flatMap((term) => (wordsOf(after).includes(term) ? [] : [{ structure: id, term }])),
  );
  if (ended.length > 0)
    await sql`UPDATE partners.roles r SET to_day = greatest(r.from_day, ${tx.today}::date - 1) FROM ${rowset(ended, { structure: "uuid", term: "uuid" })}
      WHERE r.house_id = ${house} AND r.structure_id = x.structure AND r.term_id = x.term AND (r.to_day IS NULL OR r.to_day >= ${tx.today})`.execute(
      tx.on(),
    );
  if (added.length > 0) await addRoles(tx, added);
  await changeClosures(tx, records);
}

/** Roles as an earlier state had them: those that came since go, those that ended since go on. */
async function restore(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const house = tx.scope.house;
  type Role = { id: string; structure: string; term: string; from: string | null; to: string | null };
  const roles = records.flatMap(({ after }) => JSON.parse(after["roles@"] ?? "[]") as Role[]);
  await sql`DELETE FROM partners.roles r WHERE r.house_id = ${house} AND r.imported AND r.structure_id = ANY(${records.map((record) => record.id)}::uuid[])
     AND NOT r.id = ANY(${roles.map((role) => role.id)}::uuid[])`.execute(tx.on());
  if (roles.length > 0)
    await sql`UPDATE partners.roles r SET from_day = x."from", to_day = x."to" FROM ${rowset(
      roles.map((role) => ({ id: role.id, '"from"': role.from, '"to"': role.to })),
      { id: "uuid", '"from"': "date", '"to"': "date" },
    )} WHERE r.house_id = ${house} AND r.id = x.id`.execute(tx.on());
}

async function changeClosures(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const house = tx.scope.house;
  const changed = records.filter(({ before, after }) => before.active !== after.active);
  const closed = changed.filter(({ after }) => after.active === "no");
  const back = closed.flatMap(({ before, after }) =>
    before["closure@"] ? [] : after["closure@"] ? [after["closure@"]] : [],
  );
  if (back.length > 0)
    await sql`UPDATE partners.closures SET reopened_at = NULL, reopened_by = NULL WHERE house_id = ${house} AND id = ANY(${back}::uuid[])`.execute(
      tx.on(),
    );
  const anew = closed.filter(({ after }) => !after["closure@"]).map((record) => record.id);
  if (anew.length > 0) await close(tx, anew);
  const opened = changed.filter(({ after }) => after.active !== "no");
  // What a file closed and an undo takes back never was; what a file opens again was closed until now.
  const undone = opened.filter(({ after }) => !after["closure@"]).map((record) => record.id);
  const reopened = opened.filter(({ after }) => after["closure@"]).map((record) => record.id);
  if (undone.length > 0)
    await sql`DELETE FROM partners.closures WHERE house_id = ${house} AND reopened_at IS NULL AND structure_id = ANY(${undone}::uuid[])`.execute(
      tx.on(),
    );
  if (reopened.length > 0)
    await sql`UPDATE partners.closures SET reopened_at = ${tx.clock.now()}, reopened_by = ${tx.scope.account}
      WHERE house_id = ${house} AND reopened_at IS NULL AND structure_id = ANY(${reopened}::uuid[])`.execute(tx.on());
}

/** Takes away the structures that an import created, with what is theirs alone, and the words that nothing has any more. */
export async function removeStructures(tx: Tx, importId: string): Promise<void> {
  const house = tx.scope.house;
  const made = (target: string) =>
    sql`SELECT record_id FROM core.import_changes WHERE house_id = ${house} AND import_id = ${importId} AND target = ${target} AND before IS NULL`;
  const those = made("partners.structures");
  await sql`DELETE FROM partners.twins WHERE house_id = ${house} AND (first_id IN (${those}) OR second_id IN (${those}))`.execute(
    tx.on(),
  );
  for (const table of ["roles", "closures", "external_ids"])
    await sql`DELETE FROM ${sql.table(`partners.${table}`)} WHERE house_id = ${house} AND structure_id IN (${those})`.execute(
      tx.on(),
    );
  await sql`DELETE FROM partners.structures WHERE house_id = ${house} AND id IN (${those})`.execute(tx.on());
  await sql`DELETE FROM partners.terms t WHERE t.house_id = ${house} AND t.id IN (${made("partners.terms")})
     AND NOT EXISTS (SELECT 1 FROM partners.structures s WHERE s.house_id = t.house_id AND s.type_id = t.id)
     AND NOT EXISTS (SELECT 1 FROM partners.roles r WHERE r.house_id = t.house_id AND r.term_id = t.id)`.execute(
    tx.on(),
  );
}

/** Roles noted, changed or taken away by hand on structures that the import created: undoing it would lose that work. */
export async function rolesSince(tx: Tx, importId: string): Promise<string[]> {
  const { rows } = await sql<{ count: number; lines: number[] }>`
    SELECT count(DISTINCT c.record_id) AS count, (array_agg(DISTINCT c.line))[1:5] AS lines FROM core.import_changes c
      JOIN partners.roles r ON r.house_id = c.house_id AND r.structure_id = c.record_id
     WHERE c.house_id = ${tx.scope.house} AND c.import_id = ${importId} AND c.target = 'partners.structures' AND c.before IS NULL
       AND (NOT r.imported OR r.version > 1 OR EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id))`.execute(
    tx.on(),
  );
  const found = rows[0];
  if (!found || found.count === 0) return [];
  const which = found.count === 1 ? "d’une structure qu’il a créée" : `de ${found.count} structures qu’il a créées`;
  return [
    `Depuis cet import, les rôles ${which} ont été complétés ou corrigés (ligne ${found.lines.join(", ")}${found.count > found.lines.length ? "…" : ""} du fichier) : annuler effacerait ce travail.`,
  ];
}
