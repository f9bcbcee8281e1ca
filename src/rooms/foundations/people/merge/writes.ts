// Merging two files into one, and taking the merge back. What hung on the absorbed person moves to the kept one, row by row remembered;
// the absorbed row stays, saying into whom it went.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { personById } from "../reads.ts";
import type { Moved, PeopleTables } from "../tables.ts";
import { findTwinsOf } from "../twins/reads.ts";

/** Fields whose value is chosen when two files become one. */
export const chosenFields = [
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
] as const;
export type ChosenField = (typeof chosenFields)[number];

const parts = (table: string) => sql.table(table.split(".").length === 2 ? table : `people.${table}`);

/** How many rows of each kind hang on a person. */
export async function countHanging(
  tx: Tx,
  links: readonly PersonLink[],
  person: string,
): Promise<{ label: string; count: number }[]> {
  const counted: { label: string; count: number }[] = [];
  for (const link of links) {
    const { rows } = await sql<{
      count: number;
    }>`SELECT count(*) AS count FROM ${parts(link.table)} WHERE house_id = ${tx.scope.house} AND ${sql.ref(link.column)} = ${person}`.execute(
      tx.on(),
    );
    counted.push({ label: link.label, count: rows[0]?.count ?? 0 });
  }
  return counted;
}

export type MergeWish = {
  kept: string;
  absorbed: string;
  key: string;
  fromAbsorbed: readonly ChosenField[];
  versions: { kept: number; absorbed: number };
};

/** Merges; a refusal is a sentence. Both rows are locked first, in one order, so that two merges at once wait for each other. */
export async function mergePersons(
  tx: Tx,
  links: readonly PersonLink[],
  wish: MergeWish,
): Promise<{ ok: true; merge: string } | { ok: false; sentence: string }> {
  const house = tx.scope.house;
  const rows = new Map<string, Awaited<ReturnType<typeof personById>>>();
  for (const id of [wish.kept, wish.absorbed].sort()) rows.set(id, await personById(tx, id, true));
  const kept = rows.get(wish.kept);
  const absorbed = rows.get(wish.absorbed);
  if (!kept || !absorbed || kept.id === absorbed.id)
    return { ok: false, sentence: "L’une des deux fiches n’existe pas." };
  if (kept.merged_into || absorbed.merged_into)
    return { ok: false, sentence: "L’une des deux fiches a déjà été fusionnée." };
  if (kept.anonymised_at || absorbed.anonymised_at)
    return { ok: false, sentence: "L’une des deux fiches a été effacée." };
  if (kept.version !== wish.versions.kept || absorbed.version !== wish.versions.absorbed)
    return {
      ok: false,
      sentence: "L’une des deux fiches a changé pendant que vous compariez : regardez-les de nouveau.",
    };
  const moved: Moved = [];
  for (const link of links) moved.push(await moveRows(tx, link, wish.absorbed, wish.kept));
  const chosen = Object.fromEntries(wish.fromAbsorbed.map((field) => [field, absorbed[field]]));
  const lastContact =
    [kept.last_contact_on, absorbed.last_contact_on]
      .filter((day) => day !== null)
      .sort()
      .at(-1) ?? null;
  const [createdOn = kept.created_on] = [kept.created_on, absorbed.created_on].sort();
  await tx
    .on<PeopleTables>()
    .updateTable("people.persons")
    .set({ ...chosen, last_contact_on: lastContact, created_on: createdOn, version: kept.version + 1 })
    .where("house_id", "=", house)
    .where("id", "=", kept.id)
    .execute();
  await tx
    .on<PeopleTables>()
    .updateTable("people.persons")
    .set({ merged_into: kept.id, version: absorbed.version + 1 })
    .where("house_id", "=", house)
    .where("id", "=", absorbed.id)
    .execute();
  const before = {
    ...Object.fromEntries(chosenFields.map((field) => [field, kept[field]])),
    last_contact_on: kept.last_contact_on,
    created_on: kept.created_on,
  };
  await tx
    .on<PeopleTables>()
    .insertInto("people.merges")
    .values({
      house_id: house,
      id: wish.key,
      kept_id: kept.id,
      absorbed_id: absorbed.id,
      merged_at: tx.clock.now(),
      merged_by: tx.scope.account,
      kept_before: JSON.stringify(before),
      moved: JSON.stringify(moved),
      undone_at: null,
      undone_by: null,
    })
    .execute();
  return { ok: true, merge: wish.key };
}

/** Moves the rows of one link; a row that would collide with one of the kept person stays where it is. */
async function moveRows(tx: Tx, link: PersonLink, from: string, to: string): Promise<Moved[number]> {
  const keys = sql.join(link.key.map((column) => sql.ref(column)));
  const inKey = link.key.includes(link.column);
  const others = link.key.filter((column) => column !== link.column);
  const free = inKey
    ? sql`AND NOT EXISTS (SELECT 1 FROM ${parts(link.table)} k WHERE k.house_id = r.house_id AND k.${sql.ref(link.column)} = ${to} ${sql.join(
        others.map((column) => sql`AND k.${sql.ref(column)} = r.${sql.ref(column)}`),
        sql` `,
      )})`
    : sql``;
  const { rows } = await sql<Record<string, unknown>>`
    UPDATE ${parts(link.table)} r SET ${sql.ref(link.column)} = ${to} WHERE r.house_id = ${tx.scope.house} AND r.${sql.ref(link.column)} = ${from} ${free} RETURNING ${keys}`.execute(
    tx.on(),
  );
  return { table: link.table, column: link.column, key: link.key, rows };
}

/** Takes a merge back, exactly: values, rows that moved, the absorbed file. A refusal is a sentence. */
export async function undoMerge(
  tx: Tx,
  id: string,
): Promise<{ ok: true; kept: string; absorbed: string } | { ok: false; sentence: string }> {
  const house = tx.scope.house;
  const merge = await tx
    .on<PeopleTables>()
    .selectFrom("people.merges")
    .selectAll()
    .where("house_id", "=", house)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!merge) return { ok: false, sentence: "Cette fusion n’existe pas." };
  if (merge.undone_at) return { ok: false, sentence: "Cette fusion est déjà annulée." };
  const kept = await personById(tx, merge.kept_id, true);
  const absorbed = await personById(tx, merge.absorbed_id, true);
  if (!kept || !absorbed || kept.anonymised_at || absorbed.anonymised_at)
    return { ok: false, sentence: "La fiche a été effacée depuis : la fusion ne peut plus être annulée." };
  if (kept.merged_into)
    return { ok: false, sentence: "La fiche gardée a été fusionnée à son tour : annulez d’abord cette fusion-là." };
  const later = await tx
    .on<PeopleTables>()
    .selectFrom("people.merges")
    .select("id")
    .where("house_id", "=", house)
    .where("kept_id", "=", kept.id)
    .where("undone_at", "is", null)
    .where("merged_at", ">", merge.merged_at)
    .executeTakeFirst();
  if (later)
    return {
      ok: false,
      sentence: "Une autre fiche a été fusionnée ensuite dans celle-ci : annulez d’abord cette fusion-là.",
    };
  for (const { table, column, key, rows } of [...merge.moved].reverse())
    for (const row of rows) {
      const matches = sql.join(
        key.map((name) => sql`${sql.ref(name)} = ${name === column ? kept.id : row[name]}`),
        sql` AND `,
      );
      await sql`UPDATE ${parts(table)} SET ${sql.ref(column)} = ${absorbed.id} WHERE house_id = ${house} AND ${matches}`.execute(
        tx.on(),
      );
    }
  await tx
    .on<PeopleTables>()
    .updateTable("people.persons")
    .set({ ...merge.kept_before, version: kept.version + 1 })
    .where("house_id", "=", house)
    .where("id", "=", kept.id)
    .execute();
  await tx
    .on<PeopleTables>()
    .updateTable("people.persons")
    .set({ merged_into: null, version: absorbed.version + 1 })
    .where("house_id", "=", house)
    .where("id", "=", absorbed.id)
    .execute();
  await tx
    .on<PeopleTables>()
    .updateTable("people.merges")
    .set({ undone_at: tx.clock.now(), undone_by: tx.scope.account })
    .where("house_id", "=", house)
    .where("id", "=", id)
    .execute();
  await findTwinsOf(tx, [kept.id, absorbed.id]);
  return { ok: true, kept: kept.id, absorbed: absorbed.id };
}
