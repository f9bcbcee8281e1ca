// Who comes by a secret address and by no account: a person by the link that their adviser gave, a calendar by its feed. The secret names
// the house; its holder has no role there, and the acts that it opens are those of its own pages alone.
import { inTransaction, type Tx } from "../../../core/db/transaction.ts";
import type { Services } from "../../../core/http/route.ts";
import { mintScope } from "../../../core/rights.ts";
import { dayIn } from "../../../core/time.ts";

export type HouseOfSecret = { house_id: string; house_code: string; house_name: string; zone: string };

/** Work in the house that a secret opened. `account`: whose calendar it is; null for a person. */
export const inHouseOf = <R>(
  services: Services,
  found: HouseOfSecret,
  who: { account: string | null; name: string; ip: string },
  work: (tx: Tx) => Promise<R>,
): Promise<R> =>
  inTransaction(
    services,
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
    dayIn(found.zone, services.clock.now()),
    work,
  );
