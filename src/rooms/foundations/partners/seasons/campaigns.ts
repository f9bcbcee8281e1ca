// Campaigns: the structures of one side are asked, once each, whether they take part in a season; and what they answered.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { addDays } from "../../../../core/time.ts";
import { dayWithoutWeekday } from "../../../../ui/words.ts";
import { linkMark, queueMessage } from "../../messages/door.ts";
import type { PartnerSide } from "../accounts/reads.ts";
import { seasonRules } from "./reads.ts";
import { seasonWords } from "./rules.ts";
import type { CampaignLettersTable, CampaignsTable } from "./tables.ts";
import { ruleWords } from "./words.ts";
import { openMembership } from "./writes.ts";

/** The word of the address of a link that answers: /renouvellement/<token>. */
export const renewalKind = "renouvellement";
/** A link still opens for so many days after the day by which an answer was asked for. */
const graceDays = 30;

/** The house's words for the role of each side, as a new house has them. */
const sideTerms: Readonly<Record<PartnerSide, string>> = {
  social: "coopérateur social",
  cultural: "coopérateur culturel",
};

/**
 * Whom a campaign would ask: structures that the house works with, that took part in the season before or have that role today, and are not
 * registered yet. `recipient`: the latest contact with an address, or else the structure's own.
 */
const toAsk = (tx: Tx, season: number, side: PartnerSide) => sql<{ id: string; recipient: string | null }>`
  SELECT s.id, coalesce((SELECT c.email FROM partners.contacts c WHERE c.house_id = s.house_id AND c.structure_id = s.id AND c.email IS NOT NULL
             AND (c.to_day IS NULL OR c.to_day >= ${tx.today}) AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = c.house_id AND w.row_id = c.id)
           ORDER BY c.from_day DESC NULLS LAST, c.id DESC LIMIT 1), s.email) AS recipient
    FROM partners.structures s
   WHERE s.house_id = ${tx.scope.house} AND s.merged_into IS NULL
     AND NOT EXISTS (SELECT 1 FROM partners.closures c WHERE c.house_id = s.house_id AND c.structure_id = s.id AND c.reopened_at IS NULL AND c.closed_on <= ${tx.today})
     AND NOT EXISTS (SELECT 1 FROM partners.memberships m WHERE m.house_id = s.house_id AND m.structure_id = s.id AND m.side = ${side} AND m.season = ${season})
     AND (EXISTS (SELECT 1 FROM partners.memberships m WHERE m.house_id = s.house_id AND m.structure_id = s.id AND m.side = ${side} AND m.season = ${season - 1} AND m.ended_on IS NULL)
       OR EXISTS (SELECT 1 FROM partners.roles r JOIN partners.terms t ON t.house_id = r.house_id AND t.id = r.term_id
                   WHERE r.house_id = s.house_id AND r.structure_id = s.id AND t.comparable = core.normalise(${sideTerms[side]})
                     AND (r.from_day IS NULL OR r.from_day <= ${tx.today}) AND (r.to_day IS NULL OR r.to_day >= ${tx.today})
                     AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id)))
   ORDER BY s.name_key, s.id`;

/** How many structures a campaign would ask, and how many of them have no address. */
export async function countToAsk(tx: Tx, season: number, side: PartnerSide): Promise<{ all: number; silent: number }> {
  const { rows } = await toAsk(tx, season, side).execute(tx.on());
  return { all: rows.length, silent: rows.filter(({ recipient }) => recipient === null).length };
}

export type NewCampaign = { id: string; season: number; side: PartnerSide; answerBy: string; word: string | null };

/** Starts a campaign and writes its letters, all of them or none. Null: one was started for that season and side; it is not started twice. */
export async function startCampaign(tx: Tx, wish: NewCampaign): Promise<{ asked: number; silent: number } | null> {
  const house = tx.scope.house;
  const { rows: made } = await sql`
    INSERT INTO partners.campaigns (house_id, id, season, side, answer_by, word, started_at, started_by)
    VALUES (${house}, ${wish.id}, ${wish.season}, ${wish.side}, ${wish.answerBy}, ${wish.word}, ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  if (made.length === 0) return null;
  const { rows } = await toAsk(tx, wish.season, wish.side).execute(tx.on());
  const rule = (await seasonRules(tx, wish.season)).find(({ side }) => side === wish.side);
  const days = Math.round((Date.parse(wish.answerBy) - Date.parse(tx.today)) / 86_400_000) + graceDays;
  for (const { id, recipient } of rows) {
    const letter = tx.ids.uuid();
    await sql`INSERT INTO partners.campaign_letters (house_id, id, campaign_id, structure_id, recipient) VALUES (${house}, ${letter}, ${wish.id}, ${id}, ${recipient})`.execute(
      tx.on(),
    );
    if (recipient === null) continue;
    await queueMessage(tx, {
      key: `season ${wish.id} ${id}`,
      purpose: "season",
      channel: "mail",
      person: null,
      personal: false,
      recipient,
      subject: `Saison ${seasonWords(wish.season)} : votre structure en est-elle ?`,
      body: [
        "Bonjour,",
        "",
        ...(wish.word ? [wish.word, ""] : []),
        `Votre structure participe-t-elle à la saison ${seasonWords(wish.season)} avec ${tx.scope.houseName}\u00a0? Répondez par ce lien, sans mot de passe, avant le ${dayWithoutWeekday(wish.answerBy)}\u00a0:`,
        "",
        linkMark,
        "",
        ...(rule ? [ruleWords(rule), ""] : []),
      ].join("\n"),
      link: { kind: renewalKind, record: letter, days },
      uselessAt: new Date(Date.parse(`${addDays(wish.answerBy, graceDays)}T00:00:00Z`)),
    });
  }
  return { asked: rows.length, silent: rows.filter(({ recipient }) => recipient === null).length };
}

export type Campaign = Omit<CampaignsTable, "house_id"> & {
  asked: number;
  yes: number;
  no: number;
  silent: number;
};

/** The campaigns of the house with their answers, the latest first. */
export async function campaigns(tx: Tx): Promise<Campaign[]> {
  const { rows } = await sql<Campaign>`
    SELECT c.id, c.season, c.side, c.answer_by, c.word, c.started_at, c.started_by, count(l.id) AS asked, count(*) FILTER (WHERE l.answer = 'yes') AS yes,
           count(*) FILTER (WHERE l.answer = 'no') AS no, count(*) FILTER (WHERE l.id IS NOT NULL AND l.recipient IS NULL) AS silent
      FROM partners.campaigns c LEFT JOIN partners.campaign_letters l ON l.house_id = c.house_id AND l.campaign_id = c.id
     WHERE c.house_id = ${tx.scope.house} GROUP BY c.house_id, c.id ORDER BY c.season DESC, c.side`.execute(tx.on());
  return rows;
}

export type Asked = Pick<
  CampaignLettersTable,
  "id" | "recipient" | "answer" | "answered_at" | "answered_by" | "note"
> & {
  version: number;
  structureId: string;
  structure: string;
  season: number;
  side: PartnerSide;
  answerBy: string;
  word: string | null;
};

/** One letter of a campaign: who was asked what, and their answer. */
export async function letterById(tx: Tx, id: string): Promise<Asked | null> {
  const { rows } = await sql<Asked>`
    SELECT l.id, l.recipient, l.answer, l.answered_at, l.answered_by, l.note, l.version, s.id AS "structureId", s.name AS structure, c.season, c.side,
           c.answer_by AS "answerBy", c.word
      FROM partners.campaign_letters l
      JOIN partners.campaigns c ON c.house_id = l.house_id AND c.id = l.campaign_id
      JOIN partners.structures s ON s.house_id = l.house_id AND s.id = l.structure_id
     WHERE l.house_id = ${tx.scope.house} AND l.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

/**
 * Notes the answer to a letter, by its link or by somebody who called; a yes registers the structure for the season, with the dues of its
 * rule. "again": that answer was there already. "stale": another was given since.
 */
export async function answerLetter(
  tx: Tx,
  letter: Asked,
  wish: { version: number; answer: "yes" | "no"; by: string | null; note: string | null; byLink: boolean },
): Promise<"done" | "again" | "stale"> {
  const { rows } = await sql`
    UPDATE partners.campaign_letters SET answer = ${wish.answer}, answered_at = ${tx.clock.now()}, answered_by = ${wish.by}, note = ${wish.note}, by_link = ${wish.byLink},
           version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${letter.id} AND version = ${wish.version} RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) {
    const now = await letterById(tx, letter.id);
    return now?.answer === wish.answer && now.answered_by === wish.by ? "again" : "stale";
  }
  if (wish.answer === "yes") {
    const rule = (await seasonRules(tx, letter.season)).find(({ side }) => side === letter.side);
    await openMembership(tx, {
      id: tx.ids.uuid(),
      structure: letter.structureId,
      side: letter.side,
      season: letter.season,
      convention: null,
      duesCents: rule?.duesCents ?? 0,
    });
  }
  return "done";
}
