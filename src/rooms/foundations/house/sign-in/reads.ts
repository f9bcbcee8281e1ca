// What sign-in asks before a house is known: functions of the owner, each giving no more than the question needs.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Services } from "../../../../core/http/route.ts";
import { hashToken, idleHours } from "../../../../core/http/session.ts";
import type { HouseTables } from "../tables.ts";
import type { Passkey } from "./passkeys.ts";
import { checkPassword } from "./secrets.ts";

/** An account that an address may open: one a house. */
export type Candidate = {
  house_id: string;
  house_code: string;
  house_name: string;
  zone: string;
  account_id: string;
  account_name: string;
  email: string;
  password_hash: string | null;
  totp_secret: string | null;
  totp_last_step: number | null;
  passkeys: number;
};

export const hasSecondStep = (account: Candidate): boolean => account.totp_secret !== null || account.passkeys > 0;

/** The open accounts of an address. */
export async function candidatesFor(services: Services, email: string): Promise<Candidate[]> {
  return services.database.withClient(async (client) => {
    const { rows } = await client.query<Candidate>({
      name: "accounts-to-sign-in",
      text: "SELECT * FROM house.accounts_to_sign_in($1)",
      values: [email],
    });
    return rows;
  });
}

/** An account of a partner structure that an address may open by a link: one a house. */
export type PartnerCandidate = Omit<Candidate, "password_hash" | "totp_secret" | "totp_last_step" | "passkeys"> & {
  second_step: boolean;
};

/** The open accounts of an address that work for partner structures, and for the house in nothing. `day`: when their roles must hold. */
export async function partnerCandidatesFor(
  services: Services,
  email: string,
  day: string,
): Promise<PartnerCandidate[]> {
  return services.database.withClient(async (client) => {
    const { rows } = await client.query<PartnerCandidate>({
      name: "partner-accounts-to-sign-in",
      text: "SELECT * FROM house.partner_accounts_to_sign_in($1, $2)",
      values: [email, day],
    });
    return rows;
  });
}

/** Those whose password this is. At least one hash is always computed: an unknown address answers as slowly as a known one. */
export async function withPassword(candidates: readonly Candidate[], password: string): Promise<Candidate[]> {
  if (candidates.length === 0) await checkPassword(null, password);
  const fitting: Candidate[] = [];
  for (const candidate of candidates)
    if (await checkPassword(candidate.password_hash, password)) fitting.push(candidate);
  return fitting;
}

export type OpenInvitation = {
  house_id: string;
  house_code: string;
  house_name: string;
  zone: string;
  invitation_id: string;
  account_id: string;
  account_name: string;
  email: string;
  purpose: "invitation" | "reset";
  has_second_factor: boolean;
};

/** The invitation of a link, or null: unknown, used, or past its day. */
export async function openInvitation(services: Services, token: string): Promise<OpenInvitation | null> {
  return services.database.withClient(async (client) => {
    const { rows } = await client.query<OpenInvitation>("SELECT * FROM house.open_invitation($1, $2)", [
      hashToken(token),
      services.clock.now(),
    ]);
    return rows[0] ?? null;
  });
}

/** The passkeys of an account. */
export const passkeysOf = (tx: Tx, account: string): Promise<(Passkey & { name: string; created_at: Date })[]> =>
  tx
    .on<HouseTables>()
    .selectFrom("house.passkeys")
    .select(["id", "credential_id", "public_key", "counter", "transports", "last_used_at", "name", "created_at"])
    .where("house_id", "=", tx.scope.house)
    .where("account_id", "=", account)
    .orderBy("created_at")
    .execute();

/** Sessions that would still be opened: neither past their end nor idle for too long. `s` is the table's name in the query. */
export const isAlive = (now: Date, s: "s" | "house.sessions") =>
  sql<boolean>`(${sql.table(s)}.expires_at > ${now} AND ${sql.table(s)}.last_seen_at > ${new Date(now.getTime() - idleHours * 3_600_000)})`;

/** The form kept with a session, or null. */
export async function keptForm(tx: Tx): Promise<HouseTables["house.sessions"]["kept_form"]["__select__"]> {
  if (!tx.scope.session) return null;
  const row = await tx
    .on<HouseTables>()
    .selectFrom("house.sessions")
    .select("kept_form")
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", tx.scope.session)
    .executeTakeFirst();
  return row?.kept_form ?? null;
}
