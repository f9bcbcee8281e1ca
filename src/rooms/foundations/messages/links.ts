// Links that somebody without an account holds. The token exists in the message alone; here is its hash, and what it opens.
import type { Deps, Tx } from "../../../core/db/transaction.ts";
import { type FoundHouse, inHouseOf } from "../../../core/http/by-address.ts";
import { hashToken } from "../../../core/http/session.ts";
import type { MessagesTables } from "./tables.ts";

export type LinkWish = { kind: string; record: string; days: number; message?: string | null };

/** Makes a link, and gives its token: this is the one time that it can be read. 128 random bits: it must fit into a short message. */
export async function makeLink(tx: Tx, { kind, record, days, message = null }: LinkWish): Promise<string> {
  const token = tx.ids.token().slice(0, 22);
  await tx
    .on<MessagesTables>()
    .insertInto("messages.links")
    .values({
      house_id: tx.scope.house,
      token_hash: hashToken(token),
      kind,
      record_id: record,
      message_id: message,
      expires_at: new Date(tx.clock.now().getTime() + days * 86_400_000),
    })
    .execute();
  return token;
}

/** Ends every link to a record. */
export const endLinks = (tx: Tx, record: string): Promise<unknown> =>
  tx
    .on<MessagesTables>()
    .deleteFrom("messages.links")
    .where("house_id", "=", tx.scope.house)
    .where("record_id", "=", record)
    .execute();

/** Spends a link: true once, false for whoever comes after. */
export async function spendLink(tx: Tx, token: string): Promise<boolean> {
  const gone = await tx
    .on<MessagesTables>()
    .deleteFrom("messages.links")
    .where("house_id", "=", tx.scope.house)
    .where("token_hash", "=", hashToken(token))
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/**
 * Work of whoever holds a link, in the house that it names and with no role there. Null: it does not exist, has ended or opens something
 * else. No network address is kept: it would tell who answered.
 */
export async function byLink<R>(
  deps: Deps,
  kind: string,
  token: string,
  work: (tx: Tx, record: string) => Promise<R>,
): Promise<R | null> {
  const found = await deps.database.withClient(async (client) => {
    const { rows } = await client.query<FoundHouse & { record_id: string }>({
      name: "open-link",
      text: "SELECT * FROM messages.open_link($1, $2, $3)",
      values: [hashToken(token), kind, deps.clock.now()],
    });
    return rows[0];
  });
  if (!found) return null;
  return inHouseOf(deps, found, { account: null, name: "par un lien", ip: null }, (tx) => work(tx, found.record_id));
}
