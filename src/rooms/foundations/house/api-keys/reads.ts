// The keys by which programs ask: never the key, only who made it and until when it opens.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ApiKeysTable, HouseTables } from "../tables.ts";

export type ApiKey = Omit<ApiKeysTable, "house_id" | "key_hash">;

/** The keys of the house, newest first. */
export const listApiKeys = (tx: Tx): Promise<ApiKey[]> =>
  tx
    .on<HouseTables>()
    .selectFrom("house.api_keys")
    .select(["id", "name", "role", "site_id", "from_day", "to_day", "created_at", "created_by", "revoked_at"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("created_at", "desc")
    .execute();
