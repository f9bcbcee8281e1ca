// The accounts of the house, for those who manage them.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { isAlive } from "../sign-in/reads.ts";
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

/** Those of the account `a` that a structure holds are kept on its sheet, beside what they open. */
export const ofTheTeam = sql<boolean>`NOT EXISTS (SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id AND g.structure_id IS NOT NULL)`;

/** The accounts of the team, or the one named, whoever it is for. */
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
        AND ${isAlive(tx.clock.now(), "s")})`.as("sessions"),
    ])
    .where("a.house_id", "=", house)
    .orderBy("a.name");
  let grants = db
    .selectFrom("house.grants")
    .select([
      "id",
      "account_id",
      "role",
      "site_id",
      "programme_id",
      "structure_id",
      "from_day",
      "to_day",
      "granted_by",
      "granted_at",
    ])
    .where("house_id", "=", house)
    .orderBy("from_day")
    .orderBy("granted_at");
  if (!only) accounts = accounts.where(ofTheTeam);
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

/**
 * Who can administer the house on a day: open accounts, with a password, whose role is held for the whole house. The house's row is
 * locked first: two administrators who remove each other at the same moment wait for their turn, and the second sees what the first did.
 */
export async function administratorsOn(tx: Tx, day: string): Promise<{ account: string; grant: string }[]> {
  const db = tx.on<HouseTables>();
  const { house } = tx.scope;
  await db.selectFrom("house.houses").select("house_id").where("house_id", "=", house).forNoKeyUpdate().execute();
  return db
    .selectFrom("house.grants as g")
    .innerJoin("house.accounts as a", (join) =>
      join.onRef("a.house_id", "=", "g.house_id").onRef("a.id", "=", "g.account_id"),
    )
    .select(["g.account_id as account", "g.id as grant"])
    .where("g.house_id", "=", house)
    .where("g.role", "=", "administrator")
    .where("g.site_id", "is", null)
    .where("g.programme_id", "is", null)
    .where("g.from_day", "<=", day)
    .where((is) => is.or([is("g.to_day", "is", null), is("g.to_day", ">=", day)]))
    .where("a.closed_at", "is", null)
    .where("a.password_hash", "is not", null)
    .execute();
}
