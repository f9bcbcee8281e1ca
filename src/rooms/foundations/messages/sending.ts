// The job that sends. Three commits a message: it is marked "sending" (with a lease), it leaves, what became of it is written. Whoever dies
// between the second and the third leaves a lease that runs out: the message is then told to a human as "doubtful" and never sent again
// by itself. Two copies of the program never take the same message (SKIP LOCKED).
import { sql } from "kysely";
import { inTransaction, type Tx } from "../../../core/db/transaction.ts";
import type { Services } from "../../../core/http/route.ts";
import type { Errand } from "../../../core/jobs/job.ts";
import { SendingFault } from "../../../core/mail/fault.ts";
import type { Scope } from "../../../core/rights.ts";
import { makeLink } from "./links.ts";
import { backOff, isQuiet, leaseMinutes, withLink } from "./rules.ts";
import { plainText, smsParts } from "./sms-parts.ts";
import type { MessageChannel, MessagesTable, MessagesTables } from "./tables.ts";

/** Messages sent in one turn, so that one house does not keep the others waiting. */
const most = 500;

type Claimed = Pick<MessagesTable, "id" | "purpose" | "channel" | "subject" | "body" | "recipient"> & {
  link_kind: string | null;
  link_record: string | null;
  link_days: number | null;
  link_leaves: boolean;
  tries: number;
};

type Outcome = {
  outcome: "sent" | "outbox" | "delayed" | "refused" | "unknown";
  detail: string | null;
  down?: boolean;
};

export const sendMessages: Errand = {
  name: "messages.send",
  cron: "* * * * *",
  sentence: "Envoie les courriels et les SMS qui attendent.",
  leave: sendDue,
};

/** Sends what is due in a house, one message at a time. */
export async function sendDue(services: Services, scope: Scope, today: string): Promise<Record<string, number>> {
  const inHouse = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => inTransaction(services, scope, today, work);
  const counts = { doubtful: 0, expired: 0, sent: 0, delayed: 0, refused: 0 };
  await inHouse(async (tx) => {
    counts.doubtful = await doubtLost(tx);
    counts.expired = await giveUpLate(tx);
  });
  // A server that is down is not asked again for each message of this turn.
  const down = new Set<MessageChannel>();
  for (let turn = 0; turn < most; turn += 1) {
    const claimed = await inHouse((tx) => claimNext(tx, down, services.config.publicUrl));
    if (!claimed) break;
    const text = claimed.channel === "sms" ? plainText(claimed.text) : claimed.text;
    const parts = claimed.channel === "sms" ? smsParts(text).parts : null;
    const what = await leave(services, claimed, text);
    await inHouse((tx) => record(tx, claimed, what, parts));
    if (what.down) down.add(claimed.channel);
    if (what.outcome === "delayed") counts.delayed += 1;
    else if (what.outcome === "refused") counts.refused += 1;
    else if (what.outcome === "unknown") counts.doubtful += 1;
    else counts.sent += 1;
  }
  return counts;
}

async function leave(services: Services, message: Claimed & Written, text: string): Promise<Outcome> {
  const { id, channel, recipient, subject } = message;
  const leaving = message.link_leaves && message.link ? { leaveBy: message.link } : {};
  try {
    const outcome =
      channel === "mail"
        ? await services.mail.send({ to: recipient ?? "", subject: subject ?? "", text, id, ...leaving })
        : await services.sms.send({ to: recipient ?? "", text, id });
    return { outcome, detail: null };
  } catch (error) {
    if (error instanceof SendingFault) return { outcome: error.kind, detail: error.message, down: error.down };
    return { outcome: "unknown", detail: String(error).slice(0, 300) };
  }
}

/** Tries whose lease ran out: the program died while sending. */
async function doubtLost(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    UPDATE messages.messages SET state = 'doubtful', lease_until = NULL, version = version + 1
     WHERE house_id = ${tx.scope.house} AND state = 'sending' AND lease_until < ${tx.clock.now()} RETURNING id`.execute(
    tx.on(),
  );
  for (const { id } of rows) tx.journal({ act: "message.doubted", subject: { kind: "message", id } });
  return rows.length;
}

/** A reminder of yesterday's appointment is not sent. */
async function giveUpLate(tx: Tx): Promise<number> {
  const { rows } = await sql`
    UPDATE messages.messages SET state = 'expired', version = version + 1
     WHERE house_id = ${tx.scope.house} AND state = 'waiting' AND useless_at <= ${tx.clock.now()} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length;
}

/** Marks the next message as being sent, with a fresh link where it has one; null when nothing is due. */
async function claimNext(
  tx: Tx,
  down: ReadonlySet<MessageChannel>,
  publicUrl: string,
): Promise<(Claimed & Written) | null> {
  const house = tx.scope.house;
  const now = tx.clock.now();
  const { rows: rules } = await sql<{ quiet_from: string; quiet_to: string; quiet_sunday: boolean }>`
    SELECT quiet_from, quiet_to, quiet_sunday FROM messages.rules WHERE house_id = ${house} AND from_day <= ${tx.today} ORDER BY from_day DESC LIMIT 1`.execute(
    tx.on(),
  );
  const quiet = isQuiet(rules[0] ?? null, tx.scope.zone, now);
  // Materialised: run again inside of a join, a LIMIT gives other rows each time, and several would be marked.
  const { rows } = await sql<Claimed>`
    WITH due AS MATERIALIZED (
      SELECT id FROM messages.messages w
       WHERE w.house_id = ${house} AND w.state = 'waiting' AND w.next_at <= ${now} AND w.recipient IS NOT NULL
         AND w.channel <> ALL(${[...down]}::text[]) AND NOT (w.personal AND ${quiet}::boolean)
         AND NOT EXISTS (SELECT 1 FROM messages.pauses p WHERE p.house_id = w.house_id AND p.ended_at IS NULL AND (p.purpose IS NULL OR p.purpose = w.purpose))
       ORDER BY w.next_at, w.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE messages.messages m SET state = 'sending', tries = m.tries + 1, lease_until = ${new Date(now.getTime() + leaseMinutes * 60_000)}, version = m.version + 1
      FROM due WHERE m.house_id = ${house} AND m.id = due.id
    RETURNING m.id, m.purpose, m.channel, m.subject, m.body, m.recipient, m.link_kind, m.link_record, m.link_days, m.link_leaves, m.tries`.execute(
    tx.on(),
  );
  const [claimed] = rows;
  if (!claimed) return null;
  await sql`INSERT INTO messages.attempts (house_id, message_id, number, started_at) VALUES (${house}, ${claimed.id}, ${claimed.tries}, ${now})`.execute(
    tx.on(),
  );
  return { ...claimed, ...(await textOf(tx, claimed, publicUrl)) };
}

/** The text as it leaves, and the link in it. */
type Written = { text: string; link: string | null };

/** The text as it leaves: its link is made now, and one that an earlier try had made opens no more. */
async function textOf(
  tx: Tx,
  message: Pick<Claimed, "id" | "body" | "link_kind" | "link_record" | "link_days">,
  publicUrl: string,
): Promise<Written> {
  const { link_kind: kind, link_record: subject, link_days: days } = message;
  if (!kind || !subject || !days) return { text: message.body, link: null };
  await sql`DELETE FROM messages.links WHERE house_id = ${tx.scope.house} AND message_id = ${message.id}`.execute(
    tx.on(),
  );
  const token = await makeLink(tx, { kind, record: subject, days, message: message.id });
  const link = `${publicUrl}/${kind}/${token}`;
  return { text: withLink(message.body, link), link };
}

/** The text of a message for somebody who sends it by hand. */
export async function freshText(tx: Tx, id: string, publicUrl: string): Promise<string> {
  const message = await tx
    .on<MessagesTables>()
    .selectFrom("messages.messages")
    .select(["id", "body", "link_kind", "link_record", "link_days"])
    .where("house_id", "=", tx.scope.house)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return (await textOf(tx, message, publicUrl)).text;
}

async function record(
  tx: Tx,
  { id, tries, channel, purpose }: Claimed,
  { outcome, detail }: Outcome,
  parts: number | null,
): Promise<void> {
  const house = tx.scope.house;
  const now = tx.clock.now();
  const left = outcome === "sent" || outcome === "outbox";
  const state = left ? "sent" : { delayed: "waiting", refused: "failed", unknown: "doubtful" }[outcome];
  const again = outcome === "delayed" ? new Date(now.getTime() + backOff(tries) * 60_000) : null;
  // A copy that was thought dead and comes back knows what became of it, unless a human has settled it since.
  await sql`
    UPDATE messages.messages SET state = ${state}, lease_until = NULL, version = version + 1,
           next_at = coalesce(${again}::timestamptz, next_at), sent_at = ${left ? now : null}::timestamptz, via = ${left ? outcome : null}, parts = ${left ? parts : null}::int
     WHERE house_id = ${house} AND id = ${id} AND tries = ${tries} AND state IN ('sending', 'doubtful')`.execute(
    tx.on(),
  );
  await sql`UPDATE messages.attempts SET ended_at = ${now}, outcome = ${outcome}, detail = ${detail}
     WHERE house_id = ${house} AND message_id = ${id} AND number = ${tries}`.execute(tx.on());
  const facts = { subject: { kind: "message", id }, details: { channel, purpose } };
  if (left) tx.journal({ act: "message.sent", ...facts });
  else if (outcome === "refused") tx.journal({ act: "message.refused", ...facts });
  else if (outcome === "unknown") tx.journal({ act: "message.doubted", ...facts });
}
