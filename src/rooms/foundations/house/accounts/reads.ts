// The accounts of the house, for those who manage them.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { AccountsTable, GrantsTable, HouseTables } from "../tables.ts";

export type GrantRow = Omit<GrantsTable, "house_id">;
export type Account = Pick<AccountsTable, "id" | "email" | "name" | "created_at" | "closed_at"> & {
  version: number;
  /** A password was chosen. */
  active: boolean;
  totp: boolean;
  passkeys: number;
  sessions: number;
  grants: GrantRow[];
};

/** The accounts of the house, or the one named. */
export async function listAccounts(tx: Tx, only?: string): Promise<Account[]> {
  const db = tx.on<HouseTables>();
  const { house } = tx.scope;
  let accounts = db
    .selectFrom("house.accounts as a")
    .select((is) => [
      "a.id",
      "a.email",
      "a.name",
      "a.created_at",
      "a.closed_at",
      "a.version",
      is("a.password_hash", "is not", null).$castTo<boolean>().as("active"),
      is("a.totp_secret", "is not", null).$castTo<boolean>().as("totp"),
      sql<number>`(SELECT count(*) FROM house.passkeys p WHERE p.house_id = a.house_id AND p.account_id = a.id)`.as(
        "passkeys",
      ),
      sql<number>`(SELECT count(*) FROM house.sessions s WHERE s.house_id = a.house_id AND s.account_id = a.id
        AND s.expires_at > ${tx.clock.now()})`.as("sessions"),
    ])
    .where("a.house_id", "=", house)
    .orderBy("a.name");
  let grants = db
    .selectFrom("house.grants")
    .select(["id", "account_id", "role", "site_id", "programme_id", "from_day", "to_day", "granted_by", "granted_at"])
    .where("house_id", "=", house)
    .orderBy("from_day")
    .orderBy("granted_at");
  if (only) {
    accounts = accounts.where("a.id", "=", only);
    grants = grants.where("account_id", "=", only);
  }
  const [rows, held] = await Promise.all([accounts.execute(), grants.execute()]);
  const byAccount = new Map<string, GrantRow[]>();
  for (const grant of held) byAccount.set(grant.account_id, [...(byAccount.get(grant.account_id) ?? []), grant]);
  return rows.map((row) => ({ ...row, grants: byAccount.get(row.id) ?? [] }));
}

/** One account of the house, or null. */
export const accountById = async (tx: Tx, id: string): Promise<Account | null> =>
  (await listAccounts(tx, id))[0] ?? null;

/** Names of accounts, by identifier: whoever signed a record. Identifiers of another house are left out. */
export async function accountsByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx
    .on<HouseTables>()
    .selectFrom("house.accounts")
    .select(["id", "name"])
    .where("house_id", "=", tx.scope.house)
    .where("id", "in", wanted)
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
