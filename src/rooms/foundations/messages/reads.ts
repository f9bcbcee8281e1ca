// Reads of messages: the list, one with its tries, what is paused, the rules, what short messages cost.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import type {
  AttemptsTable,
  MessageChannel,
  MessageState,
  MessagesTables,
  RulesTable,
  SmsPricesTable,
} from "./tables.ts";
import type { Purpose } from "./words.ts";

export type MessageLine = {
  id: string;
  purpose: string;
  channel: MessageChannel;
  state: MessageState;
  recipient: string | null;
  subject: string | null;
  body: string;
  personId: string | null;
  personCode: string | null;
  link: boolean;
  via: "sent" | "outbox" | null;
  parts: number | null;
  tries: number;
  plannedAt: Date;
  nextAt: Date;
  sentAt: Date | null;
  version: number;
};

/** The columns of a message, over `messageTables`. */
export const messageColumns = sql`
  m.id, m.purpose, m.channel, m.state, m.recipient, m.subject, m.body, m.person_id AS "personId", p.code AS "personCode", m.link_kind IS NOT NULL AS link,
         m.via, m.parts, m.tries, m.planned_at AS "plannedAt", m.next_at AS "nextAt", m.sent_at AS "sentAt", m.version`;

export const messageTables = sql`
  messages.messages m LEFT JOIN people.persons p ON p.house_id = m.house_id AND p.id = m.person_id`;

const lines = sql`SELECT ${messageColumns} FROM ${messageTables}`;

export async function messageById(tx: Tx, id: string): Promise<MessageLine | null> {
  const { rows } = await sql<MessageLine>`${lines} WHERE m.house_id = ${tx.scope.house} AND m.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** Messages about a person, the last first. */
export async function messagesOfPerson(tx: Tx, person: string, most: number): Promise<MessageLine[]> {
  const { rows } =
    await sql<MessageLine>`${lines} WHERE m.house_id = ${tx.scope.house} AND m.person_id = ${person} ORDER BY m.planned_at DESC, m.id DESC LIMIT ${most}`.execute(
      tx.on(),
    );
  return rows;
}

export const attemptsOf = (
  tx: Tx,
  message: string,
): Promise<Pick<AttemptsTable, "number" | "started_at" | "ended_at" | "outcome" | "detail">[]> =>
  tx
    .on<MessagesTables>()
    .selectFrom("messages.attempts")
    .select(["number", "started_at", "ended_at", "outcome", "detail"])
    .where("house_id", "=", tx.scope.house)
    .where("message_id", "=", message)
    .orderBy("number")
    .execute();

export type Pause = {
  id: string;
  purpose: string | null;
  reason: string;
  fromAt: Date;
  fromBy: string | null;
  endedAt: Date | null;
  endedBy: string | null;
};

/** Pauses, those in force first. */
export async function pauses(tx: Tx): Promise<Pause[]> {
  const { rows } = await sql<Pause>`
    SELECT p.id, p.purpose, p.reason, p.from_at AS "fromAt", a.name AS "fromBy", p.ended_at AS "endedAt", b.name AS "endedBy" FROM messages.pauses p
      LEFT JOIN house.accounts a ON a.house_id = p.house_id AND a.id = p.from_by
      LEFT JOIN house.accounts b ON b.house_id = p.house_id AND b.id = p.ended_by
     WHERE p.house_id = ${tx.scope.house} ORDER BY p.ended_at IS NULL DESC, p.from_at DESC, p.id DESC LIMIT 50`.execute(
    tx.on(),
  );
  return rows;
}

/** Quiet hours and keeping, the last said first. */
export const messageRules = (tx: Tx): Promise<RulesTable[]> =>
  tx
    .on<MessagesTables>()
    .selectFrom("messages.rules")
    .selectAll()
    .where("house_id", "=", tx.scope.house)
    .orderBy("from_day", "desc")
    .execute();

export const smsPrices = (tx: Tx): Promise<SmsPricesTable[]> =>
  tx
    .on<MessagesTables>()
    .selectFrom("messages.sms_prices")
    .selectAll()
    .where("house_id", "=", tx.scope.house)
    .orderBy("from_day", "desc")
    .execute();

/** `cost`: null when some of the month's messages have no price of their day. */
export type MonthCost = { month: string; messages: number; parts: number; cost: number | null };

/** Short messages sent, by month of the house's zone, the last first: each part at the price of its day. */
export async function smsCosts(tx: Tx): Promise<MonthCost[]> {
  const { rows } = await sql<MonthCost>`
    WITH sent AS (SELECT (m.sent_at AT TIME ZONE ${tx.scope.zone})::date AS day, m.parts FROM messages.messages m
                   WHERE m.house_id = ${tx.scope.house} AND m.channel = 'sms' AND m.state = 'sent' AND m.sent_at IS NOT NULL)
    SELECT to_char(s.day, 'YYYY-MM') AS month, count(*) AS messages, coalesce(sum(s.parts), 0) AS parts,
           CASE WHEN bool_and(p.price IS NOT NULL AND s.parts IS NOT NULL) THEN sum(s.parts * p.price) END AS cost
      FROM sent s LEFT JOIN LATERAL (SELECT price FROM messages.sms_prices p WHERE p.house_id = ${tx.scope.house} AND p.from_day <= s.day ORDER BY p.from_day DESC LIMIT 1) p ON true
     GROUP BY 1 ORDER BY 1 DESC LIMIT 24`.execute(tx.on());
  return rows;
}

/** How many messages of a purpose were sent in a period, by the record that their link opens. */
export async function sentMessages(
  tx: Tx,
  purpose: Purpose,
  period: { from: string; to: string },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ record: string; count: number }>`
    SELECT m.link_record AS record, count(*) AS count FROM messages.messages m
     WHERE m.house_id = ${tx.scope.house} AND m.purpose = ${purpose} AND m.state = 'sent' AND m.link_record IS NOT NULL
       AND (m.sent_at AT TIME ZONE ${tx.scope.zone})::date BETWEEN ${period.from}::date AND ${period.to}::date
     GROUP BY 1`.execute(tx.on());
  return new Map(rows.map((row) => [row.record, row.count]));
}
