// A structure written by hand in a form of the team: its name or its number, and it must be one of the house's.
import type { Tx } from "../../../core/db/transaction.ts";
import { structuresNamed, structuresNear } from "../../foundations/partners/door.ts";

/** `near`: names of the house that look like what was written. */
export type Named = { ok: true; id: string | null } | { ok: false; sentence: string; near: readonly string[] };

/** What is said of a name that no structure has. */
export const nearWords = (near: readonly string[]): string =>
  near.length === 0
    ? "cherchez-la dans la liste des structures."
    : `vouliez-vous dire\u00a0: ${near.map((name) => `«\u00a0${name}\u00a0»`).join(", ")}\u00a0?`;

/** Empty: nobody. */
export async function namedStructure(tx: Tx, typed: string): Promise<Named> {
  if (typed === "") return { ok: true, id: null };
  const [first, second] = await structuresNamed(tx, typed);
  if (first && !second) return { ok: true, id: first.id };
  if (first)
    return {
      ok: false,
      sentence: "Plusieurs structures portent ce nom\u00a0: donnez le numéro SIRET de la bonne.",
      near: [],
    };
  const near = await structuresNear(tx, typed);
  return { ok: false, sentence: `Aucune structure ne porte ce nom\u00a0: ${nearWords(near)}`, near };
}
