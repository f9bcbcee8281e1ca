// Merging two files into one, and taking the merge back. What hung on the absorbed person moves to the kept one, row by row remembered;
// the absorbed row stays, saying into whom it went.
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Moved, moveBack, moveRows } from "../../../../core/hanging.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { communeCode } from "../communes.ts";
import { type Person, personById } from "../reads.ts";
import type { MergesTable, PeopleTables } from "../tables.ts";
import { type FoundPair, findTwinsAgain, rememberFound } from "../twins/finding.ts";
import { type Before, beforeOf, type ChosenField, restored } from "./rules.ts";

export type MergeWish = {
  kept: string;
  absorbed: string;
  key: string;
  fromAbsorbed: readonly ChosenField[];
  versions: { kept: number; absorbed: number };
};
export type MergeOutcome = { ok: true; merge: string; made: boolean } | { ok: false; sentence: string };

type Merge = Pick<MergesTable, "id" | "kept_id" | "absorbed_id" | "undone_at"> & {
  kept_version: number;
  kept_before: Before & { twins?: FoundPair[] };
  moved: Moved;
};

async function mergeById(tx: Tx, id: string): Promise<Merge | null> {
  const found = await tx
    .on<PeopleTables>()
    .selectFrom("people.merges")
    .selectAll()
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return (found as Merge | undefined) ?? null;
}

/** Locks both files, in one order, so that two merges at once wait for each other. */
async function lockBoth(tx: Tx, one: string, other: string): Promise<Map<string, Person | null>> {
  const rows = new Map<string, Person | null>();
  for (const id of [one, other].sort()) rows.set(id, await personById(tx, id, true));
  return rows;
}

/** The official code of the chosen commune: the one that its file had, or what the chosen postal code and name say together. */
function chosenCode(kept: Person, absorbed: Person, from: readonly ChosenField[]): string | null {
  const [postal, name] = [from.includes("postal_code"), from.includes("commune_name")];
  if (postal === name) return postal ? absorbed.commune_code : kept.commune_code;
  return communeCode((postal ? absorbed : kept).postal_code, (name ? absorbed : kept).commune_name);
}

/** Merges; a refusal is a sentence, null says that one of the two is not in the house. The same form sent twice merges once. */
export async function mergePersons(
  tx: Tx,
  links: readonly PersonLink[],
  wish: MergeWish,
): Promise<MergeOutcome | null> {
  const house = tx.scope.house;
  const rows = await lockBoth(tx, wish.kept, wish.absorbed);
  const kept = rows.get(wish.kept);
  const absorbed = rows.get(wish.absorbed);
  if (!kept || !absorbed || kept.id === absorbed.id) return null;
  const sent = await mergeById(tx, wish.key);
  if (sent?.kept_id === kept.id && sent.absorbed_id === absorbed.id) return { ok: true, merge: sent.id, made: false };
  if (sent) return { ok: false, sentence: "Cette demande a déjà servi à une autre fusion : recommencez." };
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
  for (const link of links) moved.push(await moveRows(tx, link, absorbed.id, kept.id));
  const chosen = Object.fromEntries(wish.fromAbsorbed.map((field) => [field, absorbed[field]]));
  const [lastContact = null] = [kept.last_contact_on, absorbed.last_contact_on]
    .filter((day) => day !== null)
    .sort()
    .reverse();
  const [createdOn = kept.created_on] = [kept.created_on, absorbed.created_on].sort();
  const version = kept.version + 1;
  const update = (id: string) =>
    tx.on<PeopleTables>().updateTable("people.persons").where("house_id", "=", house).where("id", "=", id);
  await update(kept.id)
    .set({
      ...chosen,
      commune_code: chosenCode(kept, absorbed, wish.fromAbsorbed),
      last_contact_on: lastContact,
      created_on: createdOn,
      archived_at: absorbed.archived_at === null ? null : kept.archived_at,
      version,
    })
    .execute();
  await update(absorbed.id)
    .set({ merged_into: kept.id, version: absorbed.version + 1 })
    .execute();
  const twins = await findTwinsAgain(tx, [kept.id]);
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
      kept_before: JSON.stringify({ ...beforeOf(kept), twins }),
      moved: JSON.stringify(moved),
      kept_version: version,
      undone_at: null,
      undone_by: null,
    })
    .execute();
  return { ok: true, merge: wish.key, made: true };
}

/** Why a merge cannot be taken back, in a sentence; null when it can. */
export async function undoRefusal(
  tx: Tx,
  merge: Pick<Merge, "id" | "undone_at" | "kept_version">,
  kept: Person | null,
  absorbed: Person | null,
): Promise<string | null> {
  if (merge.undone_at) return "Cette fusion est déjà annulée.";
  if (!kept || !absorbed || kept.anonymised_at || absorbed.anonymised_at)
    return "La fiche a été effacée depuis : la fusion ne peut plus être annulée.";
  if (kept.merged_into) return "La fiche gardée a été fusionnée à son tour : annulez d’abord cette fusion-là.";
  const later = await tx
    .on<PeopleTables>()
    .selectFrom("people.merges")
    .select("id")
    .where("house_id", "=", tx.scope.house)
    .where("kept_id", "=", kept.id)
    .where("undone_at", "is", null)
    .where("kept_version", ">", merge.kept_version)
    .executeTakeFirst();
  return later ? "Une autre fiche a été fusionnée ensuite dans celle-ci : annulez d’abord cette fusion-là." : null;
}

/**
 * Takes a merge back, exactly: values, rows that moved, the absorbed file. What was done to the kept file since the merge (a new
 * telephone, a visit) stays on it. A refusal is a sentence; null when there is no such merge.
 */
export async function undoMerge(
  tx: Tx,
  id: string,
): Promise<{ ok: true; kept: string; absorbed: string } | { ok: false; sentence: string } | null> {
  const house = tx.scope.house;
  const merge = await mergeById(tx, id);
  if (!merge) return null;
  const rows = await lockBoth(tx, merge.kept_id, merge.absorbed_id);
  const kept = rows.get(merge.kept_id) ?? null;
  const absorbed = rows.get(merge.absorbed_id) ?? null;
  const sentence = await undoRefusal(tx, merge, kept, absorbed);
  if (sentence || !kept || !absorbed) return { ok: false, sentence: sentence ?? "" };
  await moveBack(tx, merge.moved, kept.id, absorbed.id);
  const update = (who: string) =>
    tx.on<PeopleTables>().updateTable("people.persons").where("house_id", "=", house).where("id", "=", who);
  await update(kept.id)
    .set({ ...restored(merge.kept_before, kept, absorbed), version: kept.version + 1 })
    .execute();
  await update(absorbed.id)
    .set({ merged_into: null, version: absorbed.version + 1 })
    .execute();
  await tx
    .on<PeopleTables>()
    .updateTable("people.merges")
    .set({ undone_at: tx.clock.now(), undone_by: tx.scope.account })
    .where("house_id", "=", house)
    .where("id", "=", id)
    .execute();
  await findTwinsAgain(tx, [kept.id, absorbed.id]);
  await rememberFound(tx, merge.kept_before.twins ?? []);
  return { ok: true, kept: kept.id, absorbed: absorbed.id };
}
