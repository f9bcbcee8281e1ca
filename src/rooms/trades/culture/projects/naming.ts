// A structure written by hand in a form: its name or its number, and it must be one of the house's.
import type { Tx } from "../../../../core/db/transaction.ts";
import { structuresNamed } from "../../../foundations/partners/door.ts";

export type Named = { ok: true; id: string | null } | { ok: false; sentence: string };

/** Empty: nobody. */
export async function namedStructure(tx: Tx, typed: string): Promise<Named> {
  if (typed === "") return { ok: true, id: null };
  const [first, second] = await structuresNamed(tx, typed);
  if (!first)
    return { ok: false, sentence: "Aucune structure ne porte ce nom\u00a0: ajoutez-la d’abord aux structures." };
  if (second)
    return { ok: false, sentence: "Plusieurs structures portent ce nom\u00a0: donnez le numéro SIRET de la bonne." };
  return { ok: true, id: first.id };
}
