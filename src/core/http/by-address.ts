// Who comes by an address and by no session: somebody who passes by, a person by the link that they were given, a calendar by its feed,
// whoever is signing in. The address names the house; they have no role there, and the acts that it opens are those of its own pages alone.
import { type Deps, inTransaction, type Tx } from "../db/transaction.ts";
import { mintScope } from "../rights.ts";
import { dayIn } from "../time.ts";

/** The house that an address opened, as the database names it. */
export type FoundHouse = { house_id: string; house_code: string; house_name: string; zone: string };

/**
 * Work in that house. `account`: whose address it is; null for a person. `ip`: null where it would tell who answered.
 */
export const inHouseOf = <R>(
  deps: Deps,
  found: FoundHouse,
  who: { account: string | null; name: string; ip: string | null },
  work: (tx: Tx) => Promise<R>,
): Promise<R> =>
  inTransaction(
    deps,
    mintScope({
      house: found.house_id,
      houseCode: found.house_code,
      houseName: found.house_name,
      zone: found.zone,
      account: who.account,
      name: who.name,
      session: null,
      secondFactor: false,
      grants: [],
      ip: who.ip,
    }),
    dayIn(found.zone, deps.clock.now()),
    work,
  );
