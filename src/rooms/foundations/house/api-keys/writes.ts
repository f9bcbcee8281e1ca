// Making and revoking the key of a program. The key begins with "trb_", so that a scan of leaked texts knows it.
import type { Tx } from "../../../../core/db/transaction.ts";
import { hashToken } from "../../../../core/http/session.ts";
import type { ApiKeysTable, HouseTables } from "../tables.ts";

export type ApiKeyWish = Pick<ApiKeysTable, "name" | "role" | "site_id" | "from_day" | "to_day">;

/** Makes a key: this is the one time that it can be read. Null when the form was sent before. */
export async function createApiKey(tx: Tx, id: string, wish: ApiKeyWish): Promise<string | null> {
  const key = `trb_${tx.ids.token()}`;
  const done = await tx
    .on<HouseTables>()
    .insertInto("house.api_keys")
    .values({
      ...wish,
      house_id: tx.scope.house,
      id,
      key_hash: hashToken(key),
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
      revoked_at: null,
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n ? key : null;
}

/** Revokes a key; false when there is no such key still open. */
export async function revokeApiKey(tx: Tx, id: string): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .updateTable("house.api_keys")
    .set({ revoked_at: tx.clock.now() })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
