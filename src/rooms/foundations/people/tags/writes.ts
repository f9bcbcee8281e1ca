// Putting a tag on people, and taking it off.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";

/** The tag of that word, made where the house has none; in capitals or not it is the same word. */
export async function tagNamed(tx: Tx, label: string): Promise<string> {
  const house = tx.scope.house;
  const found = () =>
    sql<{
      id: string;
    }>`SELECT id FROM people.tags WHERE house_id = ${house} AND (label = ${label} OR core.normalise(label) = core.normalise(${label})) ORDER BY label = ${label} DESC LIMIT 1`.execute(
      tx.on(),
    );
  const [known] = (await found()).rows;
  if (known) return known.id;
  const id = tx.ids.uuid();
  await sql`INSERT INTO people.tags (house_id, id, label, created_at, created_by) VALUES (${house}, ${id}, ${label}, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING`.execute(
    tx.on(),
  );
  // Another made it at the same moment: theirs is the word.
  return (await found()).rows[0]?.id ?? id;
}

export const tagById = async (tx: Tx, id: string): Promise<{ id: string; label: string } | null> =>
  (
    await sql<{
      id: string;
      label: string;
    }>`SELECT id, label FROM people.tags WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on())
  ).rows[0] ?? null;

/** Puts a tag on people who are neither merged nor anonymous; gives how many did not bear it. `act`: the act on several, if it is one. */
export async function putTag(tx: Tx, tag: string, persons: readonly string[], act: string | null): Promise<number> {
  const { rows } = await sql`
    INSERT INTO people.person_tags (house_id, person_id, tag_id, put_at, put_by, act_id)
    SELECT p.house_id, p.id, ${tag}, ${tx.clock.now()}, ${tx.scope.account}::uuid, ${act}::uuid FROM people.persons p
     WHERE p.house_id = ${tx.scope.house} AND p.id = ANY(${[...persons]}::uuid[]) AND p.merged_into IS NULL AND p.anonymised_at IS NULL
    ON CONFLICT DO NOTHING RETURNING person_id`.execute(tx.on());
  return rows.length;
}

/** Takes a tag off a person; false: they did not bear it. */
export async function takeTag(tx: Tx, person: string, tag: string): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM people.person_tags WHERE house_id = ${tx.scope.house} AND person_id = ${person} AND tag_id = ${tag} RETURNING tag_id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Takes off what one act put; what was taken off since, or put again by hand, is left. */
export async function takeBackTags(tx: Tx, act: string): Promise<number> {
  const { rows } = await sql`
    DELETE FROM people.person_tags WHERE house_id = ${tx.scope.house} AND act_id = ${act} RETURNING person_id`.execute(
    tx.on(),
  );
  return rows.length;
}

/** Before people are made anonymous: a word put on somebody tells of them. */
export async function forgetTags(tx: Tx, persons: readonly string[]): Promise<void> {
  await sql`DELETE FROM people.person_tags WHERE house_id = ${tx.scope.house} AND person_id = ANY(${[...persons]}::uuid[])`.execute(
    tx.on(),
  );
}
