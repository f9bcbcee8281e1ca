// Rows that hang on a structure: read, added, changed, taken away and put back. One function an act, whatever the kind.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Stored } from "../fields.tsx";
import { overlap } from "../rules.ts";
import type { Part } from "./kinds.ts";

export type Row = Record<string, Stored> & {
  id: string;
  structure_id: string;
  version: number;
  name: string;
  from_day: string | null;
  to_day: string | null;
  /** Why it was taken away; null: it stands. */
  withdrawn: string | null;
};

const select = (tx: Tx, part: Part, condition: RawBuilder<unknown>) => sql<Row>`
  SELECT ${sql.join([
    ...part.fields.map((field) => sql.ref(`r.${field.column}`)),
    ...["id", "structure_id", "version", "from_day", "to_day"].map((column) => sql.ref(`r.${column}`)),
  ])}, ${sql.raw(part.name)} AS name, w.reason AS withdrawn
    FROM ${sql.table(part.table)} r LEFT JOIN partners.withdrawals w ON w.house_id = r.house_id AND w.row_id = r.id
   WHERE r.house_id = ${tx.scope.house} AND ${condition}`;

/** The rows of one kind of a structure, those that last last, what was taken away at the end. */
export async function partsOf(tx: Tx, part: Part, structure: string): Promise<Row[]> {
  const { rows } = await sql<Row>`${select(tx, part, sql`r.structure_id = ${structure}`)}
    ORDER BY w.reason IS NOT NULL, r.to_day DESC NULLS FIRST, name, r.id`.execute(tx.on());
  return rows;
}

export async function partById(tx: Tx, part: Part, id: string): Promise<Row | null> {
  const { rows } = await select(tx, part, sql`r.id = ${id}`).execute(tx.on());
  return rows[0] ?? null;
}

export type Mistake = { field: string; sentence: string };

/** What keeps a row from being written as it is wished. */
async function mistakeIn(
  tx: Tx,
  part: Part,
  structure: string,
  id: string,
  values: Readonly<Record<string, Stored>>,
): Promise<Mistake | null> {
  const days = { from_day: values.from_day as string | null, to_day: values.to_day as string | null };
  if (days.from_day && days.to_day && days.to_day < days.from_day)
    return { field: "au", sentence: "Le dernier jour vient avant le premier." };
  if (part.kind !== "role") return null;
  const { rows: known } = await sql`
    SELECT 1 FROM partners.terms WHERE house_id = ${tx.scope.house} AND kind = 'role' AND id = ${values.term_id}`.execute(
    tx.on(),
  );
  if (known.length === 0) return { field: "role", sentence: "Ce rôle n’est pas dans la liste de la maison." };
  const there = await partsOf(tx, part, structure);
  const same = there.some(
    (row) => row.id !== id && row.withdrawn === null && row.term_id === values.term_id && overlap(row, days),
  );
  return same ? { field: "role", sentence: "Cette structure a déjà ce rôle à ces dates." } : null;
}

/** The structure's row is held: two people who add the same role at once are two after each other, and a merge under way is waited for. */
const hold = async (tx: Tx, structure: string): Promise<boolean> => {
  const { rows } = await sql`
    SELECT 1 FROM partners.structures WHERE house_id = ${tx.scope.house} AND id = ${structure} AND merged_into IS NULL FOR UPDATE`.execute(
    tx.on(),
  );
  return rows.length > 0;
};

/** Adds a row whose identifier is the form's key: sent twice, it is made once. Null: the structure was merged meanwhile. */
export async function addPart(
  tx: Tx,
  part: Part,
  structure: string,
  id: string,
  values: Readonly<Record<string, Stored>>,
): Promise<{ made: boolean } | Mistake | null> {
  if (!(await hold(tx, structure))) return null;
  const mistake = await mistakeIn(tx, part, structure, id, values);
  if (mistake) return mistake;
  const columns = part.fields.map((field) => field.column);
  const { rows } = await sql`
    INSERT INTO ${sql.table(part.table)} (house_id, id, structure_id, ${sql.join(columns.map((column) => sql.ref(column)))})
    VALUES (${tx.scope.house}, ${id}, ${structure}, ${sql.join(columns.map((column) => sql`${values[column] ?? null}`))})
    ON CONFLICT (house_id, id) DO NOTHING RETURNING id`.execute(tx.on());
  return { made: rows.length > 0 };
}

/** Changes a row. Null: somebody changed it since `version`. */
export async function changePart(
  tx: Tx,
  part: Part,
  row: Row,
  version: number,
  values: Readonly<Record<string, Stored>>,
): Promise<{ columns: string[] } | Mistake | null> {
  await hold(tx, row.structure_id);
  const mistake = await mistakeIn(tx, part, row.structure_id, row.id, values);
  if (mistake) return mistake;
  const columns = part.fields.map((field) => field.column).filter((column) => (values[column] ?? null) !== row[column]);
  if (columns.length === 0 && version === row.version) return { columns };
  const sets = part.fields.map(({ column }) => sql`${sql.ref(column)} = ${values[column] ?? null}`);
  const { rows } = await sql`
    UPDATE ${sql.table(part.table)} SET ${sql.join(sets)}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${row.id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0 ? { columns } : null;
}

/** Takes a row away: it stays readable, with why, and counts nowhere. False when it was taken away already. */
export async function withdrawPart(tx: Tx, part: Part, row: Row, reason: string): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO partners.withdrawals (house_id, row_id, kind, at, account_id, reason)
    VALUES (${tx.scope.house}, ${row.id}, ${part.kind}, ${tx.clock.now()}, ${tx.scope.account}, ${reason})
    ON CONFLICT DO NOTHING RETURNING row_id`.execute(tx.on());
  return rows.length > 0;
}

/** Puts a row back as it was; a role that the structure has again meanwhile is a mistake. */
export async function restorePart(tx: Tx, part: Part, row: Row): Promise<Mistake | null> {
  await hold(tx, row.structure_id);
  const mistake = await mistakeIn(tx, part, row.structure_id, row.id, row);
  if (mistake) return mistake;
  await sql`DELETE FROM partners.withdrawals WHERE house_id = ${tx.scope.house} AND row_id = ${row.id}`.execute(
    tx.on(),
  );
  return null;
}

/** Erases a contact for good: who asks for it is a person (GDPR, article 17). */
export async function eraseContact(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM partners.withdrawals WHERE house_id = ${tx.scope.house} AND row_id = ${id}`.execute(tx.on());
  await sql`DELETE FROM partners.contacts WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
}
