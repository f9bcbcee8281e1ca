// Merging two structures into one, and taking the merge back. What hung on the absorbed one moves to the kept one, row by row remembered;
// the absorbed row stays, saying into which it went.
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Moved, moveBack, moveRows } from "../../../../core/hanging.ts";
import type { StructureLink } from "../../../../core/room.ts";
import { communeCode } from "../../people/door.ts";
import { type Structure, structureById } from "../reads.ts";
import type { MergesTable, PartnersTables } from "../tables.ts";
import { type FoundPair, findTwinsAgain, rememberFound } from "../twins/finding.ts";

/** What is chosen when two structures become one. A SIREN goes with its SIRET, the official code with its commune. */
export const chosenFields = [
  "name",
  "type_id",
  "siret",
  "address",
  "postal_code",
  "commune_name",
  "phone",
  "email",
  "website",
  "workforce",
  "founded_on",
  "turnover",
  "balance_total",
  "sector",
  "parent_id",
  "note",
] as const;
export type ChosenField = (typeof chosenFields)[number];

const changedColumns = [...chosenFields, "siren", "commune_code", "aliases"] as const;
type Values = Pick<Structure, (typeof changedColumns)[number]>;

const valuesOf = (structure: Structure): Values =>
  Object.fromEntries(changedColumns.map((column) => [column, structure[column]])) as unknown as Values;

/** The kept structure after the merge. The name that is not chosen becomes another name, so that it is still found. */
export function merged(kept: Structure, absorbed: Structure, from: readonly ChosenField[]): Values {
  const chosen = { ...valuesOf(kept), ...Object.fromEntries(from.map((field) => [field, absorbed[field]])) };
  const names = new Set([...kept.aliases, kept.name, absorbed.name, ...absorbed.aliases]);
  names.delete(chosen.name);
  const sameCommune = chosen.postal_code === kept.postal_code && chosen.commune_name === kept.commune_name;
  return {
    ...chosen,
    // A SIREN without its SIRET is better than nothing.
    siren: chosen.siret?.slice(0, 9) ?? kept.siren ?? absorbed.siren,
    commune_code: sameCommune ? kept.commune_code : communeCode(chosen.postal_code, chosen.commune_name),
    // Neither of the two is the parent of what they become.
    parent_id: chosen.parent_id === absorbed.id || chosen.parent_id === kept.id ? null : chosen.parent_id,
    aliases: [...names],
  };
}

/** Each value as it was before the merge, unless somebody wrote another one since. */
export function unmerged(now: Structure, { before, after }: { before: Values; after: Values }): Values {
  const same = (column: keyof Values): boolean => JSON.stringify(now[column]) === JSON.stringify(after[column]);
  const back = Object.fromEntries(
    changedColumns.map((column) => [column, same(column) ? before[column] : now[column]]),
  ) as unknown as Values;
  return { ...back, siren: back.siret?.slice(0, 9) ?? back.siren };
}

export type MergeWish = {
  kept: string;
  absorbed: string;
  key: string;
  fromAbsorbed: readonly ChosenField[];
  versions: { kept: number; absorbed: number };
};
export type MergeOutcome = { ok: true; merge: string; made: boolean } | { ok: false; sentence: string };

type Remembered = { before: Values; after: Values; twins: FoundPair[] };
type Merge = Omit<MergesTable, "kept_before" | "moved"> & { kept_before: Remembered; moved: Moved };

export async function mergeById(tx: Tx, id: string, lock = false): Promise<Merge | null> {
  let query = tx
    .on<PartnersTables>()
    .selectFrom("partners.merges")
    .selectAll()
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id);
  if (lock) query = query.forUpdate();
  return ((await query.executeTakeFirst()) as Merge | undefined) ?? null;
}

/** Locks both structures, in one order, so that two merges at once wait for each other. */
async function lockBoth(tx: Tx, one: string, other: string): Promise<Map<string, Structure | null>> {
  const rows = new Map<string, Structure | null>();
  for (const id of [one, other].sort()) rows.set(id, await structureById(tx, id, true));
  return rows;
}

const update = (tx: Tx, id: string) =>
  tx
    .on<PartnersTables>()
    .updateTable("partners.structures")
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id);

/** Merges; a refusal is a sentence, null says that one of the two is not in the house. The same form sent twice merges once. */
export async function mergeStructures(
  tx: Tx,
  links: readonly StructureLink[],
  wish: MergeWish,
): Promise<MergeOutcome | null> {
  const rows = await lockBoth(tx, wish.kept, wish.absorbed);
  const kept = rows.get(wish.kept);
  const absorbed = rows.get(wish.absorbed);
  if (!kept || !absorbed || kept.id === absorbed.id) return null;
  const sent = await mergeById(tx, wish.key);
  if (sent?.kept_id === kept.id && sent.absorbed_id === absorbed.id) return { ok: true, merge: sent.id, made: false };
  if (sent) return { ok: false, sentence: "Cette demande a déjà servi à une autre fusion : recommencez." };
  if (kept.merged_into || absorbed.merged_into)
    return { ok: false, sentence: "L’une des deux structures a déjà été fusionnée." };
  if (kept.version !== wish.versions.kept || absorbed.version !== wish.versions.absorbed)
    return {
      ok: false,
      sentence: "L’une des deux structures a changé pendant que vous compariez : regardez-les de nouveau.",
    };
  const after = merged(kept, absorbed, wish.fromAbsorbed);
  const version = kept.version + 1;
  // Written before what hangs moves: the kept one may have had the absorbed one as its parent.
  await update(tx, kept.id)
    .set({ ...after, changed_at: tx.clock.now(), version })
    .execute();
  await update(tx, absorbed.id)
    .set({ merged_into: kept.id, version: absorbed.version + 1 })
    .execute();
  const moved: Moved = [];
  for (const link of links) moved.push(await moveRows(tx, link, absorbed.id, kept.id));
  const twins = await findTwinsAgain(tx, [kept.id]);
  await tx
    .on<PartnersTables>()
    .insertInto("partners.merges")
    .values({
      house_id: tx.scope.house,
      id: wish.key,
      kept_id: kept.id,
      absorbed_id: absorbed.id,
      merged_at: tx.clock.now(),
      merged_by: tx.scope.account,
      kept_before: JSON.stringify({ before: valuesOf(kept), after, twins } satisfies Remembered),
      moved: JSON.stringify(moved),
      kept_version: version,
      undone_at: null,
      undone_by: null,
    })
    .execute();
  return { ok: true, merge: wish.key, made: true };
}

/** Why a merge cannot be taken back, in a sentence; null when it can. */
export async function undoRefusal(tx: Tx, merge: Merge, kept: Structure): Promise<string | null> {
  if (merge.undone_at) return "Cette fusion est déjà annulée.";
  if (kept.merged_into) return "La structure gardée a été fusionnée à son tour : annulez d’abord cette fusion-là.";
  const later = await tx
    .on<PartnersTables>()
    .selectFrom("partners.merges")
    .select("id")
    .where("house_id", "=", tx.scope.house)
    .where("kept_id", "=", kept.id)
    .where("undone_at", "is", null)
    .where("kept_version", ">", merge.kept_version)
    .executeTakeFirst();
  return later ? "Une autre structure a été fusionnée ensuite dans celle-ci : annulez d’abord cette fusion-là." : null;
}

/** Takes a merge back: values, rows that moved, the absorbed structure. What was done to the kept one since stays on it. */
export async function undoMerge(
  tx: Tx,
  id: string,
): Promise<{ ok: true; kept: string; absorbed: string } | { ok: false; sentence: string } | null> {
  const merge = await mergeById(tx, id, true);
  if (!merge) return null;
  const rows = await lockBoth(tx, merge.kept_id, merge.absorbed_id);
  const kept = rows.get(merge.kept_id);
  const absorbed = rows.get(merge.absorbed_id);
  if (!kept || !absorbed) return null;
  const sentence = await undoRefusal(tx, merge, kept);
  if (sentence) return { ok: false, sentence };
  await moveBack(tx, merge.moved, kept.id, absorbed.id);
  await update(tx, absorbed.id)
    .set({ merged_into: null, version: absorbed.version + 1 })
    .execute();
  await update(tx, kept.id)
    .set({ ...unmerged(kept, merge.kept_before), changed_at: tx.clock.now(), version: kept.version + 1 })
    .execute();
  await tx
    .on<PartnersTables>()
    .updateTable("partners.merges")
    .set({ undone_at: tx.clock.now(), undone_by: tx.scope.account })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .execute();
  await findTwinsAgain(tx, [kept.id, absorbed.id]);
  await rememberFound(tx, merge.kept_before.twins);
  return { ok: true, kept: kept.id, absorbed: absorbed.id };
}
