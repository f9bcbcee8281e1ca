// The secret address of an account's calendar: made, changed, revoked. Only its hash is stored.
import type { Tx } from "../../../../core/db/transaction.ts";
import { hashToken } from "../../../../core/http/session.ts";
import type { FeedTables } from "./tables.ts";

/** Makes the account's address; the one before opens nothing any more. Gives its token, this once. */
export async function makeFeed(tx: Tx, account: string, names: boolean): Promise<string> {
  const token = tx.ids.token();
  const row = { token_hash: hashToken(token), names, made_at: tx.clock.now() };
  await tx
    .on<FeedTables>()
    .insertInto("agenda.feeds")
    .values({ house_id: tx.scope.house, account_id: account, ...row })
    .onConflict((conflict) => conflict.columns(["house_id", "account_id"]).doUpdateSet(row))
    .execute();
  return token;
}

/** Takes the address away; false when there was none. */
export async function revokeFeed(tx: Tx): Promise<boolean> {
  const done = await tx
    .on<FeedTables>()
    .deleteFrom("agenda.feeds")
    .where("house_id", "=", tx.scope.house)
    .where("account_id", "=", tx.scope.account ?? "")
    .returning("account_id")
    .execute();
  return done.length > 0;
}
