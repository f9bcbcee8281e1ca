// Opening a session, and what proves that somebody may: each with its journal line in one transaction.
import { GiveUp, type Tx } from "../../../../core/db/transaction.ts";
import { inHouseOf } from "../../../../core/http/by-address.ts";
import type { Services } from "../../../../core/http/route.ts";
import { hashToken, sessionHours } from "../../../../core/http/session.ts";
import type { HouseTables } from "../tables.ts";
import type { Back } from "./back.ts";
import type { Candidate, OpenInvitation } from "./reads.ts";
import { hashPassword } from "./secrets.ts";

type Known = Pick<Candidate, "house_id" | "house_code" | "house_name" | "zone" | "account_id" | "account_name">;

/** Work in the transaction of somebody who is signing in: no role yet, only their own house and account. */
export const asSigningIn = <R>(
  services: Services,
  account: Known,
  ip: string,
  work: (tx: Tx) => Promise<R>,
): Promise<R> => inHouseOf(services, account, { account: account.account_id, name: account.account_name, ip }, work);

export type From = { ip: string; agent: string | null };
export type Opened = { token: string };

/** Opens a session: only the hash of its token is stored. A form that waited is kept with it. */
export async function openSession(
  tx: Tx,
  facts: { from: From; secondFactor: boolean; back: Back | null },
): Promise<Opened> {
  const token = tx.ids.token();
  const now = tx.clock.now();
  const id = tx.ids.uuid();
  await tx
    .on<HouseTables>()
    .insertInto("house.sessions")
    .values({
      house_id: tx.scope.house,
      id,
      account_id: tx.scope.account ?? "",
      token_hash: hashToken(token),
      second_factor: facts.secondFactor,
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + sessionHours * 3_600_000),
      ip: facts.from.ip,
      agent: facts.from.agent?.slice(0, 300) ?? null,
      kept_form: facts.back?.typed ? JSON.stringify({ back: facts.back.to, typed: facts.back.typed }) : null,
    })
    .execute();
  tx.journal({
    act: "session.opened",
    subject: { kind: "session", id },
    details: { secondFactor: facts.secondFactor },
  });
  return { token };
}

/** Spends a TOTP step: true once, false when that code (or a later one) was used before. */
export async function spendTotpStep(tx: Tx, account: string, step: number): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .updateTable("house.accounts")
    .set({ totp_last_step: step })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", account)
    .where((is) => is.or([is("totp_last_step", "is", null), is("totp_last_step", "<", step)]))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Notes the use of a passkey; false when another request used it meanwhile. */
export async function spendPasskey(
  tx: Tx,
  key: { id: string; counter: number },
  newCounter: number,
  issued: number,
): Promise<boolean> {
  const done = await tx
    .on<HouseTables>()
    .updateTable("house.passkeys")
    .set({ counter: newCounter, last_used_at: tx.clock.now() })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", key.id)
    .where("counter", "=", key.counter)
    .where((is) => is.or([is("last_used_at", "is", null), is("last_used_at", "<", new Date(issued))]))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Notes a failure in the journal of each house that knows the address. */
export async function journalRefusal(
  services: Services,
  accounts: readonly Known[],
  ip: string,
  step: string,
): Promise<void> {
  for (const account of accounts)
    await asSigningIn(services, account, ip, async (tx) =>
      tx.journal({ act: "session.refused", subject: { kind: "account", id: account.account_id }, details: { step } }),
    );
}

/**
 * Uses an invitation: the password is set, the link and the account's other links are spent, its sessions end, and a new session opens
 * unless a second step is still owed. Null: the link was used meanwhile.
 */
export async function useInvitation(
  services: Services,
  invitation: OpenInvitation,
  password: string,
  from: From,
): Promise<Opened | "second-step" | null> {
  const password_hash = await hashPassword(password);
  return asSigningIn<Opened | "second-step" | null>(services, invitation, from.ip, async (tx) => {
    const now = tx.clock.now();
    const spent = await tx
      .on<HouseTables>()
      .updateTable("house.invitations")
      .set({ used_at: now })
      .where("house_id", "=", tx.scope.house)
      .where("account_id", "=", invitation.account_id)
      .where("used_at", "is", null)
      .returning("id")
      .execute();
    if (!spent.some((row) => row.id === invitation.invitation_id)) throw new GiveUp(null);
    await tx
      .on<HouseTables>()
      .updateTable("house.accounts")
      .set((set) => ({ password_hash, version: set("version", "+", 1) }))
      .where("house_id", "=", tx.scope.house)
      .where("id", "=", invitation.account_id)
      .execute();
    await tx
      .on<HouseTables>()
      .deleteFrom("house.sessions")
      .where("house_id", "=", tx.scope.house)
      .where("account_id", "=", invitation.account_id)
      .execute();
    tx.journal({
      act: "invitation.used",
      subject: { kind: "account", id: invitation.account_id },
      details: { purpose: invitation.purpose },
    });
    if (invitation.has_second_factor) return "second-step";
    return openSession(tx, { from, secondFactor: false, back: null });
  });
}

/** Takes the kept form away from the session. */
export const dropKeptForm = (tx: Tx): Promise<unknown> =>
  tx
    .on<HouseTables>()
    .updateTable("house.sessions")
    .set({ kept_form: null })
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", tx.scope.session)
    .execute();

/** Ends the session of this request. */
export const endOwnSession = (tx: Tx): Promise<unknown> =>
  tx
    .on<HouseTables>()
    .deleteFrom("house.sessions")
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", tx.scope.session)
    .execute();

/** Ends the sessions of an account, but the one named; gives how many. */
export async function endSessions(tx: Tx, account: string, except: string | null = null): Promise<number> {
  let query = tx
    .on<HouseTables>()
    .deleteFrom("house.sessions")
    .where("house_id", "=", tx.scope.house)
    .where("account_id", "=", account);
  if (except) query = query.where("id", "<>", except);
  const done = await query.executeTakeFirst();
  return Number(done.numDeletedRows);
}
