// Reads of referrals: the list, one with what happened to it, the rule of a day.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ReferralEventsTable, ReferralRulesTable, ReferralTables } from "./tables.ts";
import type { ReferralState } from "./words.ts";

/** Joins the state of the referral `alias`: the last thing that happened to it. */
export const stateJoin = (alias: string): string =>
  `JOIN LATERAL (SELECT e.id, e.number, e.on_day, e.reason, CASE e.kind WHEN 'reopened' THEN 'sent' ELSE e.kind END AS state
     FROM programmes.referral_events e WHERE e.house_id = ${alias}.house_id AND e.referral_id = ${alias}.id ORDER BY e.number DESC LIMIT 1) last ON true`;

export type ReferralLine = {
  id: string;
  personId: string;
  personCode: string;
  familyName: string;
  givenName: string;
  fromAccount: string | null;
  /** Who sent it, account or organisation. */
  from: string;
  fromOutside: boolean;
  programmeId: string | null;
  /** The programme, or the organisation outside. */
  to: string;
  toEmail: string | null;
  purpose: string;
  shared: string | null;
  sentOn: string;
  lateOn: string;
  expiresOn: string;
  state: ReferralState;
  stateOn: string;
  reason: string | null;
  /** How many things have happened: a form that was made before another one does not overrun it. */
  number: number;
};

/** The columns of a referral, over `referralTables`; `last`: its state. */
export const referralColumns = sql`
  r.id, r.person_id AS "personId", p.code AS "personCode", p.family_name AS "familyName", p.given_name AS "givenName", r.from_account AS "fromAccount",
         coalesce(r.from_name, a.name) AS "from", r.from_name IS NOT NULL AS "fromOutside", r.to_programme_id AS "programmeId", coalesce(r.to_name, g.title) AS "to",
         r.to_email AS "toEmail", r.purpose, r.shared, r.sent_on AS "sentOn", r.late_on AS "lateOn", r.expires_on AS "expiresOn", last.state, last.on_day AS "stateOn", last.reason, last.number`;

export const referralTables = sql`
  programmes.referrals r
    JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id
    LEFT JOIN house.accounts a ON a.house_id = r.house_id AND a.id = r.from_account
    LEFT JOIN programmes.programmes g ON g.house_id = r.house_id AND g.id = r.to_programme_id
    ${sql.raw(stateJoin("r"))}`;

const lines = sql`SELECT ${referralColumns} FROM ${referralTables}`;

const seenBy = (seen: "all" | readonly string[]) =>
  seen === "all" ? sql`` : sql`AND r.to_programme_id = ANY(${[...seen]}::uuid[])`;

export async function referralById(
  tx: Tx,
  id: string,
  seen: "all" | readonly string[] = "all",
): Promise<ReferralLine | null> {
  const { rows } =
    await sql<ReferralLine>`${lines} WHERE r.house_id = ${tx.scope.house} AND r.id = ${id} ${seenBy(seen)}`.execute(
      tx.on(),
    );
  return rows[0] ?? null;
}

export async function referralsOfPerson(tx: Tx, person: string): Promise<ReferralLine[]> {
  const { rows } =
    await sql<ReferralLine>`${lines} WHERE r.house_id = ${tx.scope.house} AND r.person_id = ${person} ORDER BY r.sent_on DESC, r.id DESC`.execute(
      tx.often(),
    );
  return rows;
}

export type ReferralEvent = Pick<
  ReferralEventsTable,
  "id" | "number" | "kind" | "on_day" | "at" | "by_link" | "reason" | "note"
> & { name: string | null };

/** What happened to a referral, in order. */
export async function eventsOf(tx: Tx, referral: string): Promise<ReferralEvent[]> {
  const { rows } = await sql<ReferralEvent>`
    SELECT e.id, e.number, e.kind, e.on_day, e.at, e.by_link, e.reason, e.note, a.name FROM programmes.referral_events e
      LEFT JOIN house.accounts a ON a.house_id = e.house_id AND a.id = e.account_id
     WHERE e.house_id = ${tx.scope.house} AND e.referral_id = ${referral} ORDER BY e.number`.execute(tx.on());
  return rows;
}

/** Delays, the last said first. */
export const referralRules = (tx: Tx): Promise<ReferralRulesTable[]> =>
  tx
    .on<ReferralTables>()
    .selectFrom("programmes.referral_rules")
    .selectAll()
    .where("house_id", "=", tx.scope.house)
    .orderBy("from_day", "desc")
    .execute();
