// One function an act: a message written, settled by a human, paused, ruled. Sending is in `sending.ts`.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import type { MessageChannel, MessageState, MessagesTables } from "./tables.ts";
import type { Purpose } from "./words.ts";

export type NewMessage = {
  /** What it is about, once: asked for again, nothing is written. */
  key: string;
  purpose: Purpose;
  channel: MessageChannel;
  /** Whose data the text holds; a merge moves it and an erasure empties it. */
  person: string | null;
  /** It goes to the person themselves: quiet hours hold. */
  personal: boolean;
  recipient: string;
  subject: string;
  /** With `linkMark` where the link stands. */
  body: string;
  /** The path is `/<kind>/<token>`. */
  link?: {
    kind: string;
    record: string;
    days: number;
    /** The reader leaves by it, and mail programs are told so. */
    leaves?: true;
  };
  plannedAt?: Date;
  /** After that it is of no use, and is not sent. */
  uselessAt?: Date;
};

/** Messages written in one statement: well under what a statement takes of parameters. */
const portion = 500;

/** Writes a message to be sent. Null when one with that key is there already. */
export const queueMessage = async (tx: Tx, wish: NewMessage): Promise<string | null> =>
  (await insertMessages(tx, [wish]))[0] ?? null;

/** Writes many at once; how many there were not already. */
export async function queueMessages(tx: Tx, wishes: readonly NewMessage[]): Promise<number> {
  let made = 0;
  for (let from = 0; from < wishes.length; from += portion)
    made += (await insertMessages(tx, wishes.slice(from, from + portion))).length;
  return made;
}

async function insertMessages(tx: Tx, wishes: readonly NewMessage[]): Promise<string[]> {
  const now = tx.clock.now();
  const made = await tx
    .on<MessagesTables>()
    .insertInto("messages.messages")
    .values(
      wishes.map((wish) => ({
        house_id: tx.scope.house,
        id: tx.ids.uuid(),
        key: wish.key,
        purpose: wish.purpose,
        channel: wish.channel,
        person_id: wish.person,
        personal: wish.personal,
        recipient: wish.recipient,
        subject: wish.channel === "mail" ? wish.subject : null,
        body: wish.body,
        link_kind: wish.link?.kind ?? null,
        link_record: wish.link?.record ?? null,
        link_days: wish.link?.days ?? null,
        link_leaves: wish.link?.leaves ?? false,
        planned_at: wish.plannedAt ?? now,
        next_at: wish.plannedAt ?? now,
        useless_at: wish.uselessAt ?? null,
        state: "waiting" as const,
        lease_until: null,
        sent_at: null,
        via: null,
        parts: null,
        created_at: now,
        created_by: tx.scope.account,
      })),
    )
    .onConflict((conflict) => conflict.columns(["house_id", "key"]).doNothing())
    .returning("id")
    .execute();
  return made.map(({ id }) => id);
}

/** Messages about a record that have not left are no longer sent. */
export const cancelMessages = (tx: Tx, record: string): Promise<unknown> =>
  sql`UPDATE messages.messages SET state = 'cancelled', version = version + 1
     WHERE house_id = ${tx.scope.house} AND link_record = ${record} AND state = 'waiting'`.execute(tx.on());

/** Messages whose key begins so and that have not left are no longer sent; as they never left, their keys are free again. */
export const cancelKeyed = (tx: Tx, beginning: string): Promise<unknown> =>
  sql`UPDATE messages.messages SET state = 'cancelled', key = key || ' ' || id, version = version + 1
     WHERE house_id = ${tx.scope.house} AND starts_with(key, ${beginning}) AND state = 'waiting'`.execute(tx.on());

/** The same for a reader who wants none any more: what failed is not sent again by hand either, and no text or address of theirs stays. */
export const cancelLeft = (tx: Tx, beginning: string): Promise<unknown> =>
  sql`UPDATE messages.messages SET recipient = NULL, subject = NULL, body = '', version = version + 1,
        state = CASE WHEN state IN ('waiting', 'failed') THEN 'cancelled' ELSE state END
     WHERE house_id = ${tx.scope.house} AND starts_with(key, ${beginning}) AND state <> 'sending'`.execute(tx.on());

export type Settlement = "again" | "arrived" | "cancel";

const settlements: Readonly<Partial<Record<MessageState, readonly Settlement[]>>> = {
  waiting: ["cancel"],
  doubtful: ["arrived", "again"],
  failed: ["again", "cancel"],
};

/** What a human may decide of a message: nobody but a human sends again what may have left. A text that was erased cannot leave. */
export const settlementsOf = (message: { state: MessageState; body: string }): readonly Settlement[] =>
  (settlements[message.state] ?? []).filter((choice) => choice !== "again" || message.body !== "");

/** Settles a message; false when it changed since it was looked at. */
export async function settleMessage(
  tx: Tx,
  message: { id: string; version: number; state: MessageState },
  choice: Settlement,
): Promise<boolean> {
  const state = { again: "waiting", arrived: "sent", cancel: "cancelled" }[choice];
  const now = tx.clock.now();
  const { rows } = await sql`
    UPDATE messages.messages SET state = ${state}, version = version + 1,
           next_at = coalesce(${choice === "again" ? now : null}::timestamptz, next_at),
           useless_at = CASE WHEN ${choice === "again"}::boolean THEN NULL ELSE useless_at END,
           sent_at = CASE WHEN ${choice === "arrived"}::boolean THEN (SELECT max(a.started_at) FROM messages.attempts a WHERE a.house_id = ${tx.scope.house} AND a.message_id = ${message.id}) ELSE sent_at END,
           via = CASE WHEN ${choice === "arrived"}::boolean THEN 'sent' ELSE via END
     WHERE house_id = ${tx.scope.house} AND id = ${message.id} AND version = ${message.version} AND state = ${message.state}
     RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Pauses a purpose, or everything (null). False when it is paused already. */
export async function pause(tx: Tx, purpose: Purpose | null, reason: string): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO messages.pauses (house_id, id, purpose, reason, from_at, from_by)
    VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${purpose}, ${reason}, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Ends a pause; what waited leaves. False when it had ended. */
export async function resume(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE messages.pauses SET ended_at = ${tx.clock.now()}, ended_by = ${tx.scope.account}
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND ended_at IS NULL RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

export type RuleWish = {
  fromDay: string;
  quietFrom: string;
  quietTo: string;
  quietSunday: boolean;
  keepMonths: number;
  source: string;
};

/** Says the quiet hours and how long texts are kept, from a day on; a rule of the same day is replaced. */
export async function ruleMessages(tx: Tx, wish: RuleWish): Promise<void> {
  await sql`INSERT INTO messages.rules (house_id, from_day, quiet_from, quiet_to, quiet_sunday, keep_months, source)
    VALUES (${tx.scope.house}, ${wish.fromDay}, ${wish.quietFrom}, ${wish.quietTo}, ${wish.quietSunday}, ${wish.keepMonths}, ${wish.source})
    ON CONFLICT (house_id, from_day) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, quiet_sunday = excluded.quiet_sunday,
      keep_months = excluded.keep_months, source = excluded.source`.execute(tx.on());
}

/** Says what one part of a short message costs, in euros, from a day on. */
export async function priceSms(tx: Tx, wish: { fromDay: string; price: number; source: string }): Promise<void> {
  await sql`INSERT INTO messages.sms_prices (house_id, from_day, price, source) VALUES (${tx.scope.house}, ${wish.fromDay}, ${wish.price}, ${wish.source})
    ON CONFLICT (house_id, from_day) DO UPDATE SET price = excluded.price, source = excluded.source`.execute(tx.on());
}

/** Empties texts and addresses of messages older than the rule says; that they were sent stays. Links that have ended go. */
export async function forgetMessages(tx: Tx): Promise<Record<string, number>> {
  const house = tx.scope.house;
  const texts = await sql`
    UPDATE messages.messages m SET recipient = NULL, subject = NULL, body = '', version = version + 1
      FROM (SELECT keep_months FROM messages.rules WHERE house_id = ${house} AND from_day <= ${tx.today} ORDER BY from_day DESC LIMIT 1) r
     WHERE m.house_id = ${house} AND m.state NOT IN ('waiting', 'sending') AND m.body <> ''
       AND m.planned_at < ${tx.clock.now()}::timestamptz - make_interval(months => r.keep_months)`.execute(tx.on());
  const links =
    await sql`DELETE FROM messages.links WHERE house_id = ${house} AND expires_at <= ${tx.clock.now()}`.execute(
      tx.on(),
    );
  return { texts: Number(texts.numAffectedRows ?? 0n), links: Number(links.numAffectedRows ?? 0n) };
}

/** Before people are made anonymous: nothing more is sent to them, and what was sent no longer tells who they are. */
export async function forgetPersons(tx: Tx, persons: readonly string[]): Promise<void> {
  const house = tx.scope.house;
  const theirs = sql`house_id = ${house} AND person_id = ANY(${[...persons]}::uuid[])`;
  await sql`DELETE FROM messages.links WHERE house_id = ${house} AND message_id IN (SELECT id FROM messages.messages WHERE ${theirs})`.execute(
    tx.on(),
  );
  await sql`UPDATE messages.messages SET recipient = NULL, subject = NULL, body = '', version = version + 1,
      state = CASE WHEN state IN ('waiting', 'failed') THEN 'cancelled' ELSE state END WHERE ${theirs}`.execute(
    tx.on(),
  );
}
