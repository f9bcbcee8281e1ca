// Acts on accounts. Roles are given and ended, never removed: who could do what on a past day can always be told.
import type { Config } from "../../../../core/config/config.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { hashToken } from "../../../../core/http/session.ts";
import type { Role } from "../../../../core/rights.ts";
import { hashPassword } from "../sign-in/secrets.ts";
import type { AccountsTable, HouseTables } from "../tables.ts";

/** A role to give. `site` and `programme` both absent: for the whole house. */
export type NewGrant = {
  role: Role;
  site?: string | null;
  programme?: string | null;
  /** A partner structure: for the roles of its own accounts, and for them alone. */
  structure?: string | null;
  fromDay: string;
  toDay?: string | null;
};
export type NewAccount = { id?: string; email: string; name: string; password?: string; grants: readonly NewGrant[] };

/** Days during which a link opens. */
export const linkDays = { invitation: 7, reset: 1 } as const;

/** Creates an account with its roles. "exists": the identifier is there already; "taken": another account has the address. */
export async function createAccount(
  tx: Tx,
  wish: NewAccount,
): Promise<{ outcome: "created" | "exists" | "taken"; account: string }> {
  const id = wish.id ?? tx.ids.uuid();
  const { house } = tx.scope;
  const done = await tx
    .on<HouseTables>()
    .insertInto("house.accounts")
    .values({
      house_id: house,
      id,
      email: wish.email.trim().toLowerCase(),
      name: wish.name,
      password_hash: wish.password === undefined ? null : await hashPassword(wish.password),
      totp_secret: null,
      totp_last_step: null,
      created_at: tx.clock.now(),
      closed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows !== 1n) {
    const there = await tx
      .on<HouseTables>()
      .selectFrom("house.accounts")
      .select("id")
      .where("house_id", "=", house)
      .where("id", "=", id)
      .executeTakeFirst();
    return { outcome: there ? "exists" : "taken", account: id };
  }
  await giveRoles(tx, id, wish.grants);
  return { outcome: "created", account: id };
}

/** Gives roles to an account of the house. */
export async function giveRoles(tx: Tx, account: string, grants: readonly NewGrant[]): Promise<void> {
  if (grants.length === 0) return;
  await tx
    .on<HouseTables>()
    .insertInto("house.grants")
    .values(
      grants.map((grant) => ({
        house_id: tx.scope.house,
        id: tx.ids.uuid(),
        account_id: account,
        role: grant.role,
        site_id: grant.site ?? null,
        programme_id: grant.programme ?? null,
        structure_id: grant.structure ?? null,
        from_day: grant.fromDay,
        to_day: grant.toDay ?? null,
        granted_by: tx.scope.account,
        granted_at: tx.clock.now(),
      })),
    )
    .execute();
}

/** Ends a role on a day; the rules were asked before. */
export const endGrant = (tx: Tx, grant: string, lastDay: string): Promise<unknown> =>
  tx
    .on<HouseTables>()
    .updateTable("house.grants")
    .set({ to_day: lastDay })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", grant)
    .execute();

/** Makes a link by which the account chooses a password. Only its hash is stored: this is the one time that it can be read. */
export async function makeLink(
  tx: Tx,
  config: Pick<Config, "publicUrl">,
  account: string,
  purpose: "invitation" | "reset",
): Promise<string> {
  const token = tx.ids.token();
  const now = tx.clock.now();
  await tx
    .on<HouseTables>()
    .insertInto("house.invitations")
    .values({
      house_id: tx.scope.house,
      id: tx.ids.uuid(),
      account_id: account,
      token_hash: hashToken(token),
      purpose,
      created_at: now,
      expires_at: new Date(now.getTime() + linkDays[purpose] * 86_400_000),
      used_at: null,
    })
    .execute();
  return `${config.publicUrl}/invitation/${token}`;
}

/** Creates an account and its invitation link, for the command line. */
export async function inviteAccount(
  tx: Tx,
  config: Pick<Config, "publicUrl">,
  wish: { email: string; name: string; role: Role; fromDay: string },
): Promise<{ ok: true; account: string; link: string } | { ok: false; sentence: string }> {
  const { outcome, account } = await createAccount(tx, {
    email: wish.email,
    name: wish.name,
    grants: [{ role: wish.role, fromDay: wish.fromDay }],
  });
  if (outcome !== "created")
    return { ok: false, sentence: `Un compte de cette maison a déjà l’adresse ${wish.email}.` };
  tx.journal({ act: "account.created", subject: { kind: "account", id: account }, details: { roles: [wish.role] } });
  return { ok: true, account, link: await makeLink(tx, config, account, "invitation") };
}

type Change = Partial<Pick<AccountsTable, "name" | "email" | "closed_at" | "totp_secret" | "totp_last_step">>;

/** Changes an account; with `version`, false when it was changed since. */
export async function editAccount(tx: Tx, id: string, change: Change, version?: number): Promise<boolean> {
  let query = tx
    .on<HouseTables>()
    .updateTable("house.accounts")
    .set((is) => ({ ...change, version: is("version", "+", 1) }))
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id);
  if (version !== undefined) query = query.where("version", "=", version);
  const done = await query.executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** True when another account of the house has that address. */
export async function emailTaken(tx: Tx, email: string, except: string): Promise<boolean> {
  const row = await tx
    .on<HouseTables>()
    .selectFrom("house.accounts")
    .select("id")
    .where("house_id", "=", tx.scope.house)
    .where("email", "=", email)
    .where("id", "<>", except)
    .executeTakeFirst();
  return row !== undefined;
}

/** Spends the links of an account that were not used: a closed account must not come back by an old letter. */
export const spendLinks = (tx: Tx, account: string): Promise<unknown> =>
  tx
    .on<HouseTables>()
    .updateTable("house.invitations")
    .set({ used_at: tx.clock.now() })
    .where("house_id", "=", tx.scope.house)
    .where("account_id", "=", account)
    .where("used_at", "is", null)
    .execute();

/** Removes the second step of an account: its code and its passkeys. */
export async function resetSecondFactor(tx: Tx, account: string): Promise<void> {
  await editAccount(tx, account, { totp_secret: null, totp_last_step: null });
  await tx
    .on<HouseTables>()
    .deleteFrom("house.passkeys")
    .where("house_id", "=", tx.scope.house)
    .where("account_id", "=", account)
    .execute();
}
