import type { At } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { type Person, personById } from "../reads.ts";

/** The person of the address, merged or anonymous too; null when the house has none. */
export const personOf = async (at: At<unknown>): Promise<Person | null> => {
  const id = at.params.person ?? "";
  return isUuid(id) ? personById(at.tx, id) : null;
};

/** The same, as long as the file is one that may still be written in. */
export const livePersonOf = async (at: At<unknown>): Promise<Person | null> => {
  const person = await personOf(at);
  return person && !person.merged_into && !person.anonymised_at ? person : null;
};
