// What a house gets on its first day from every room: lists, rules. Asking twice changes nothing.
import { inTransaction } from "../core/db/transaction.ts";
import type { Services } from "../core/http/route.ts";
import { houseScope } from "./commands/house-scope.ts";
import { rooms } from "./rooms.ts";

/** @throws Refused when the house does not exist. */
export async function furnishHouse(services: Services, code: string): Promise<void> {
  const { scope, today } = await houseScope(services, code);
  await inTransaction(services, scope, today, async (tx) => {
    for (const room of rooms) await room.furnish?.(tx);
    tx.journal({ act: "house.furnished" });
  });
}
