// The house's tags, and who bears them.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Option } from "../../../../ui/fields.tsx";

/** The tags that somebody bears, by their word, as choices: one that nobody bears any more is no longer offered. */
export async function tagChoices(tx: Tx): Promise<Option[]> {
  const { rows } = await sql<Option>`
    SELECT t.id AS value, t.label FROM people.tags t WHERE t.house_id = ${tx.scope.house}
       AND EXISTS (SELECT 1 FROM people.person_tags b WHERE b.house_id = t.house_id AND b.tag_id = t.id) ORDER BY core.normalise(t.label), t.id`.execute(
    tx.often(),
  );
  return rows;
}

/** The person bears the tag. `person`: SQL that gives the person of a row. */
export const bears = (tx: Tx, person: RawBuilder<unknown>, tag: string): RawBuilder<unknown> =>
  sql`EXISTS (SELECT 1 FROM people.person_tags b WHERE b.house_id = ${tx.scope.house} AND b.person_id = ${person} AND b.tag_id = ${tag}::uuid)`;

/** The words on a person, as SQL text: "rappeler ; mobilité". */
export const tagWords = (tx: Tx, person: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT string_agg(t.label, ' ; ' ORDER BY t.label) FROM people.person_tags b JOIN people.tags t ON t.house_id = b.house_id AND t.id = b.tag_id
    WHERE b.house_id = ${tx.scope.house} AND b.person_id = ${person})`;

export type TagOfPerson = { id: string; label: string; putAt: Date; by: string | null };

export async function tagsOf(tx: Tx, person: string): Promise<TagOfPerson[]> {
  const { rows } = await sql<TagOfPerson>`
    SELECT t.id, t.label, b.put_at AS "putAt", a.name AS by FROM people.person_tags b JOIN people.tags t ON t.house_id = b.house_id AND t.id = b.tag_id
      LEFT JOIN house.accounts a ON a.house_id = b.house_id AND a.id = b.put_by
     WHERE b.house_id = ${tx.scope.house} AND b.person_id = ${person} ORDER BY core.normalise(t.label), t.id`.execute(
    tx.on(),
  );
  return rows;
}
