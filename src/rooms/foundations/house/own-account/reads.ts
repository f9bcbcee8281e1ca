// What somebody sees of their own account.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Role } from "../../../../core/rights.ts";
import { holdsOn } from "../rules.ts";
import { isAlive, passkeysOf } from "../sign-in/reads.ts";
import type { HouseTables } from "../tables.ts";

export type OwnAccount = {
  id: string;
  name: string;
  email: string;
  version: number;
  password_hash: string | null;
  totp_secret: string | null;
  roles: Role[];
  passkeys: { id: string; name: string; created_at: Date; last_used_at: Date | null }[];
  sessions: { id: string; created_at: Date; last_seen_at: Date; ip: string | null; agent: string | null }[];
};

/** The account of this scope; null for a program's key, which has none. */
export async function ownAccount(tx: Tx): Promise<OwnAccount | null> {
  const { house, account } = tx.scope;
  if (!account) return null;
  const db = tx.on<HouseTables>();
  const found = await db
    .selectFrom("house.accounts")
    .select(["id", "name", "email", "version", "password_hash", "totp_secret"])
    .where("house_id", "=", house)
    .where("id", "=", account)
    .executeTakeFirst();
  if (!found) return null;
  const [grants, sessions, passkeys] = await Promise.all([
    db
      .selectFrom("house.grants")
      .select(["role", "from_day", "to_day"])
      .where("house_id", "=", house)
      .where("account_id", "=", account)
      .execute(),
    db
      .selectFrom("house.sessions")
      .select(["id", "created_at", "last_seen_at", "ip", "agent"])
      .where("house_id", "=", house)
      .where("account_id", "=", account)
      .where(isAlive(tx.clock.now(), "house.sessions"))
      .orderBy("last_seen_at", "desc")
      .execute(),
    passkeysOf(tx, account),
  ]);
  const roles = [...new Set(grants.filter((grant) => holdsOn(grant, tx.today)).map((grant) => grant.role))];
  return { ...found, roles, passkeys, sessions };
}
