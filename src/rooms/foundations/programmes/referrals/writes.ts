// One function an act: a person referred, what happens next noted, delays ruled. Each queues the letters that let the others know.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { addDays } from "../../../../core/time.ts";
import { cancelMessages, endLinks, linkMark, queueMessage } from "../../messages/door.ts";
import { consentOf } from "../../people/door.ts";
import { type ReferralLine, referralById, referralRules } from "./reads.ts";
import { mayFollow, stateAfter } from "./rules.ts";
import type { ReferralTables } from "./tables.ts";
import { type EventKind, type ReferralState, reasonWords, stateWords } from "./words.ts";

/** The path under which an organisation outside answers. */
export const linkKind = "orientation";

export type ReferralWish = {
  id: string;
  person: string;
  /** An organisation that sent the person to us; null: whoever writes this sends them. */
  fromName: string | null;
  to: { programme: string } | { name: string; email: string };
  purpose: string;
  shared: string | null;
};

export type Sent = { ok: true; made: boolean } | { ok: false; field: string; sentence: string };

/** Refers a person. Nothing is told to the outside of somebody who has not agreed to it. */
export async function sendReferral(tx: Tx, wish: ReferralWish): Promise<Sent> {
  const outside = "name" in wish.to ? wish.to : null;
  if (outside && (await consentOf(tx, wish.person, "share")) !== "given")
    return {
      ok: false,
      field: "vers",
      sentence:
        "La personne n’a pas donné son accord au partage avec les partenaires : demandez-le-lui et notez-le dans « Données personnelles » avant de l’orienter au-dehors.",
    };
  const rule = (await referralRules(tx)).find((one) => one.from_day <= tx.today);
  if (!rule)
    return { ok: false, field: "vers", sentence: "La maison n’a pas dit ses délais de réponse : notez-les d’abord." };
  const made = await tx
    .on<ReferralTables>()
    .insertInto("programmes.referrals")
    .values({
      house_id: tx.scope.house,
      id: wish.id,
      person_id: wish.person,
      from_account: wish.fromName === null ? tx.scope.account : null,
      from_name: wish.fromName,
      to_programme_id: outside ? null : (wish.to as { programme: string }).programme,
      to_name: outside?.name ?? null,
      to_email: outside?.email ?? null,
      structure_id: null,
      purpose: wish.purpose,
      shared: outside ? wish.shared : null,
      sent_on: tx.today,
      late_on: addDays(tx.today, rule.late_days),
      expires_on: addDays(tx.today, rule.expire_days),
      created_at: tx.clock.now(),
      created_by: tx.scope.account,
    })
    .onConflict((conflict) => conflict.columns(["house_id", "id"]).doNothing())
    .returning("id")
    .execute();
  if (made.length === 0) return { ok: true, made: false };
  await addEvent(tx, wish.id, { kind: "sent", number: 1, byLink: false, reason: null, note: null });
  if (outside)
    await writeToOutside(tx, {
      referral: wish.id,
      email: outside.email,
      person: wish.person,
      round: 1,
      days: rule.expire_days,
    });
  return { ok: true, made: true };
}

type Event = { kind: EventKind; number: number; byLink: boolean; reason: string | null; note: string | null };

const addEvent = (tx: Tx, referral: string, event: Event): Promise<unknown> =>
  tx
    .on<ReferralTables>()
    .insertInto("programmes.referral_events")
    .values({
      house_id: tx.scope.house,
      id: tx.ids.uuid(),
      referral_id: referral,
      number: event.number,
      kind: event.kind,
      on_day: tx.today,
      at: tx.clock.now(),
      account_id: tx.scope.account,
      by_link: event.byLink,
      reason: event.reason,
      note: event.note,
    })
    .execute();

export type Step = {
  kind: EventKind;
  /** How many things had happened when the form was made. */
  after: number;
  reason: string | null;
  note: string | null;
};

/** Notes what happens next to a referral, one after the other. "stale": something else happened meanwhile, or it may not follow. */
export async function followReferral(
  tx: Tx,
  id: string,
  step: Step,
  who: "link" | "house" | "calendar",
): Promise<ReferralLine | "stale"> {
  // Held, so that of two who answer at once the second sees what the first said.
  await sql`SELECT 1 FROM programmes.referrals WHERE house_id = ${tx.scope.house} AND id = ${id} FOR NO KEY UPDATE`.execute(
    tx.on(),
  );
  const referral = await referralById(tx, id);
  if (referral?.number !== step.after || !mayFollow(referral.state, who).includes(step.kind)) return "stale";
  const reason = step.kind === "refused" ? step.reason : null;
  const number = referral.number + 1;
  await addEvent(tx, id, { kind: step.kind, number, byLink: who === "link", reason, note: step.note });
  const state = stateAfter(step.kind);
  if (step.kind === "withdrawn") {
    await cancelMessages(tx, id);
    await endLinks(tx, id);
  }
  if (step.kind === "reopened" && referral.toEmail) {
    const days = Math.max(1, Math.round((Date.parse(referral.expiresOn) - Date.parse(referral.sentOn)) / 86_400_000));
    const { toEmail: email, personId: person } = referral;
    await writeToOutside(tx, { referral: id, email, person, round: number, days });
  }
  if (referral.fromAccount && referral.fromAccount !== tx.scope.account && step.kind !== "reopened")
    await writeToSender(tx, referral, { state, number, reason });
  return referral;
}

/** The letter says nothing of the person: mail is read by others. What may be told stands behind the link. */
const writeToOutside = (
  tx: Tx,
  facts: { referral: string; email: string; person: string; round: number; days: number },
): Promise<unknown> =>
  queueMessage(tx, {
    key: `referral:${facts.referral}:${facts.round}`,
    purpose: "referral",
    channel: "mail",
    person: facts.person,
    personal: false,
    recipient: facts.email,
    subject: `${tx.scope.houseName} vous oriente une personne`,
    body: [
      "Bonjour,",
      "",
      `${tx.scope.houseName} souhaite vous orienter une personne. Voyez de quoi il s’agit et répondez à cette adresse, sans compte ni mot de passe\u00a0:`,
      "",
      linkMark,
      "",
      `Le lien est fait pour vous seul\u00a0: ne le faites pas suivre. Il s’ouvre pendant ${facts.days} jours.`,
      "",
    ].join("\n"),
    link: { kind: linkKind, record: facts.referral, days: facts.days },
  });

async function writeToSender(
  tx: Tx,
  referral: ReferralLine,
  { state, number, reason }: { state: ReferralState; number: number; reason: string | null },
): Promise<void> {
  const { rows } = await sql<{ email: string }>`
    SELECT email FROM house.accounts WHERE house_id = ${tx.scope.house} AND id = ${referral.fromAccount} AND closed_at IS NULL`.execute(
    tx.on(),
  );
  const [account] = rows;
  if (!account) return;
  const why =
    reason && Object.hasOwn(reasonWords, reason) ? ` (${reasonWords[reason as keyof typeof reasonWords]})` : "";
  await queueMessage(tx, {
    key: `referral-answer:${referral.id}:${number}`,
    purpose: "referral-answer",
    channel: "mail",
    person: referral.personId,
    personal: false,
    recipient: account.email,
    subject: `Une orientation est ${stateWords[state]}`,
    body: [
      "Bonjour,",
      "",
      `L’orientation que vous avez faite vers ${referral.to} (fiche ${referral.personCode}) est ${stateWords[state]}${why}.`,
      "",
      "La suite est dans la liste « Orientations ».",
      "",
    ].join("\n"),
  });
}

/** Ends what nobody answered in time; who sent it is told. */
export async function expireReferrals(tx: Tx): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string; number: number }>`
    SELECT r.id, e.number FROM programmes.referrals r JOIN LATERAL (
      SELECT e.number, e.kind, e.on_day FROM programmes.referral_events e WHERE e.house_id = r.house_id AND e.referral_id = r.id ORDER BY e.number DESC LIMIT 1) e ON true
     WHERE r.house_id = ${tx.scope.house} AND r.expires_on < ${tx.today}::date
       AND (e.kind IN ('sent', 'received') OR (e.kind = 'reopened' AND e.on_day + (r.expires_on - r.sent_on) < ${tx.today}::date))
     ORDER BY r.id`.execute(tx.on());
  let expired = 0;
  for (const { id, number } of rows) {
    const done = await followReferral(tx, id, { kind: "expired", after: number, reason: null, note: null }, "calendar");
    if (done === "stale") continue;
    await endLinks(tx, id);
    await cancelMessages(tx, id);
    tx.journal({ act: "referral.expired", subject: { kind: "referral", id } });
    expired += 1;
  }
  return { expired };
}

/** Says how long an answer may take, from a day on. Referrals already sent keep the delays of their day. */
export async function ruleReferrals(
  tx: Tx,
  wish: { fromDay: string; lateDays: number; expireDays: number; source: string },
): Promise<void> {
  await sql`INSERT INTO programmes.referral_rules (house_id, from_day, late_days, expire_days, source)
    VALUES (${tx.scope.house}, ${wish.fromDay}, ${wish.lateDays}, ${wish.expireDays}, ${wish.source})
    ON CONFLICT (house_id, from_day) DO UPDATE SET late_days = excluded.late_days, expire_days = excluded.expire_days, source = excluded.source`.execute(
    tx.on(),
  );
}

/** Before people are made anonymous: why they were sent, and what was told of them, goes; that they were sent stays. */
export async function forgetReferred(tx: Tx, persons: readonly string[]): Promise<void> {
  const theirs = sql`house_id = ${tx.scope.house} AND person_id = ANY(${[...persons]}::uuid[])`;
  await sql`UPDATE programmes.referral_events SET note = NULL WHERE house_id = ${tx.scope.house} AND note IS NOT NULL
     AND referral_id IN (SELECT id FROM programmes.referrals WHERE ${theirs})`.execute(tx.on());
  await sql`UPDATE programmes.referrals SET purpose = '', shared = NULL WHERE ${theirs}`.execute(tx.on());
}
