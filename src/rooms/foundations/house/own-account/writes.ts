// What somebody changes of their own account.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { HouseTables } from "../tables.ts";

type Change = Partial<Pick<HouseTables["house.accounts"], "name" | "password_hash" | "totp_secret" | "totp_last_step">>;

/** Changes the account of this scope. With `version`: false when somebody changed it meanwhile. */
export async function changeOwnAccount(tx: Tx, change: Change, version?: number): Promise<boolean> {
  let query = tx
    .on<HouseTables>()
    .updateTable("house.accounts")
    .set((is) => ({ ...change, version: is("version", "+", 1) }))
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", tx.scope.account);
  if (version !== undefined) query = query.where("version", "=", version);
  const done = await query.executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export type NewPasskey = {
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
};

/** Adds a passkey; false when it is known already. */
export async function addPasskey(tx: Tx, id: string, key: NewPasskey): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .insertInto("house.passkeys")
    .values({
      ...key,
      house_id: tx.scope.house,
      id,
      account_id: tx.scope.account ?? "",
      created_at: tx.clock.now(),
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Removes one of the account's passkeys; false when it has no such one. */
export async function removePasskey(tx: Tx, id: string): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .deleteFrom("house.passkeys")
    .where("house_id", "=", tx.scope.house)
    .where("account_id", "=", tx.scope.account ?? "")
    .where("id", "=", id)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** Ends one of the account's sessions; false when it has no such one. */
export async function endSession(tx: Tx, id: string): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .deleteFrom("house.sessions")
    .where("house_id", "=", tx.scope.house)
    .where("account_id", "=", tx.scope.account ?? "")
    .where("id", "=", id)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}
