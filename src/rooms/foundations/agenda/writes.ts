// One function an act. The desk's act is one statement: at 9:05 it is the one that counts.
import { CompiledQuery, sql } from "kysely";
import type { JournalLine, Tx } from "../../../core/db/transaction.ts";
import { touchContact } from "../people/door.ts";
import { type VisitLine, visitById } from "./reads.ts";
import type { VisitWish } from "./rules.ts";
import type { AgendaTables, TermKind } from "./tables.ts";

// Its text never changes, so that it is prepared once a connection. Checks stand in the statement itself: a site, a person or a word of
// another house, or a word no longer offered, inserts nothing. The person's last contact follows, in the same statement.
// The person's row is held, as the foreign key will hold it: a merge under way is waited for, and then its file is no longer there.
const recordCtes = `
  WITH p AS (
    SELECT p.id FROM people.persons p WHERE p.house_id = $1 AND p.id = $6 AND p.merged_into IS NULL AND p.anonymised_at IS NULL FOR KEY SHARE),
  known AS (
    SELECT s.id AS site,
           $6::uuid IS NULL OR p.id IS NOT NULL AS person_ok,
           ($7::uuid IS NULL OR EXISTS (SELECT 1 FROM agenda.visit_terms t WHERE t.house_id = $1 AND t.id = $7 AND t.kind = 'reason' AND (t.site_id IS NULL OR t.site_id = s.id) AND t.from_day <= $4 AND (t.to_day IS NULL OR t.to_day >= $4)))
       AND ($8::uuid IS NULL OR EXISTS (SELECT 1 FROM agenda.visit_terms t WHERE t.house_id = $1 AND t.id = $8 AND t.kind = 'orientation' AND (t.site_id IS NULL OR t.site_id = s.id) AND t.from_day <= $4 AND (t.to_day IS NULL OR t.to_day >= $4))) AS terms_ok
      FROM house.sites s
      LEFT JOIN p ON true
     WHERE s.house_id = $1 AND s.id = $3 AND (s.closed_on IS NULL OR s.closed_on >= $4)),
  made AS (
    INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, occurred_at, person_id, reason_id, orientation_id, mode, group_id, unnamed_sex, recorded_at, recorded_by)
    SELECT $1, $2, site, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM known WHERE person_ok AND terms_ok
    ON CONFLICT (house_id, id) DO NOTHING RETURNING 1),
  touched AS (
    UPDATE people.persons p SET last_contact_on = greatest(p.last_contact_on, $4), archived_at = NULL FROM made
     WHERE p.house_id = $1 AND p.id = $6 AND (p.last_contact_on IS NULL OR p.last_contact_on < $4 OR p.archived_at IS NOT NULL))`;
const recordSql = `${recordCtes}
  SELECT EXISTS (SELECT 1 FROM made) AS made, EXISTS (SELECT 1 FROM known) AS site_ok,
         coalesce((SELECT person_ok FROM known), true) AS person_ok, coalesce((SELECT terms_ok FROM known), true) AS terms_ok`;

const sentences = {
  site: "Ce lieu n’existe pas, ou il est fermé.",
  term: "Ce motif ou cette orientation n’est pas, ou n’est plus proposé dans ce lieu : choisissez-en un autre.",
};

type Outcome = { made: boolean; site_ok: boolean; person_ok: boolean; terms_ok: boolean };

const parametersOf = (tx: Tx, wish: VisitWish): unknown[] => [
  tx.scope.house,
  wish.id,
  wish.siteId,
  wish.occurredOn,
  wish.occurredAt,
  wish.personId,
  wish.reasonId,
  wish.orientationId,
  wish.mode,
  wish.groupId,
  wish.unnamedSex,
  tx.clock.now(),
  tx.scope.account,
];

/**
 * Records a visit; its identifier is the form's key, so that a second sending makes none. A refusal is a sentence. With `line`, a visit
 * with which nothing else is written, the act leaves at once where it may.
 */
export async function recordVisit(
  tx: Tx,
  wish: VisitWish,
  line?: () => JournalLine,
): Promise<{ ok: true; made: boolean } | { ok: false; sentence: string }> {
  if (line && tx.atOnce) {
    await tx.atOnce({ text: recordCtes, values: parametersOf(tx, wish), line: line() });
    return { ok: true, made: true };
  }
  const { rows } = await tx.often().executeQuery<Outcome>(CompiledQuery.raw(recordSql, parametersOf(tx, wish)));
  const outcome = rows[0];
  if (!outcome?.site_ok) return { ok: false, sentence: sentences.site };
  if (!outcome.person_ok)
    return { ok: false, sentence: "Cette fiche n’existe pas ou plus : cherchez de nouveau la personne." };
  if (!outcome.terms_ok) return { ok: false, sentence: sentences.term };
  return { ok: true, made: outcome.made };
}

/** Keeps the name typed for a visit whose person is still to be found. */
export async function keepName(tx: Tx, visit: string, name: string, birthDate: string | null): Promise<void> {
  await tx
    .on<AgendaTables>()
    .insertInto("agenda.visit_names")
    .values({ house_id: tx.scope.house, visit_id: visit, name, birth_date: birthDate })
    .onConflict((conflict) => conflict.columns(["house_id", "visit_id"]).doNothing())
    .execute();
}

/** What a visit said before it was changed, and why it was. */
const keepBefore = (tx: Tx, visit: string, reason: string, before: Record<string, unknown>): Promise<unknown> =>
  tx
    .on<AgendaTables>()
    .insertInto("agenda.visit_corrections")
    .values({
      house_id: tx.scope.house,
      id: tx.ids.uuid(),
      visit_id: visit,
      at: tx.clock.now(),
      account_id: tx.scope.account,
      reason,
      before: JSON.stringify(before),
    })
    .execute();

/** Gives a visit its person, or another one than was noted by mistake. False: the visit changed meanwhile, or the file is gone. */
export async function attachVisit(tx: Tx, visit: VisitLine, person: string, reason: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE agenda.visits v SET person_id = p.id, frozen_age = NULL, frozen_rsa = NULL, version = v.version + 1 FROM people.persons p
     WHERE v.house_id = ${tx.scope.house} AND v.id = ${visit.id} AND v.version = ${visit.version} AND v.person_id IS DISTINCT FROM p.id
       AND p.house_id = v.house_id AND p.id = ${person} AND p.merged_into IS NULL AND p.anonymised_at IS NULL RETURNING v.id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return false;
  await tx
    .on<AgendaTables>()
    .deleteFrom("agenda.visit_names")
    .where("house_id", "=", tx.scope.house)
    .where("visit_id", "=", visit.id)
    .execute();
  await keepBefore(tx, visit.id, reason, { personId: visit.personId });
  await touchContact(tx, person, visit.occurredOn);
  return true;
}

export type Correction = Pick<
  VisitWish,
  "siteId" | "occurredOn" | "occurredAt" | "reasonId" | "orientationId" | "mode"
> & { reason: string; version: number };

export type Corrected = { ok: true } | { ok: false; stale: VisitLine } | { ok: false; sentence: string };

/**
 * Corrects a visit, keeping what it said. Stale: somebody changed it meanwhile. A site or a word that the visit had already may stay;
 * a new one must be open, or offered, on that day.
 */
export async function correctVisit(tx: Tx, visit: VisitLine, wish: Correction): Promise<Corrected> {
  const { siteId, occurredOn, occurredAt, reasonId, orientationId, mode } = visit;
  if (visit.version !== wish.version) return { ok: false, stale: visit };
  const offered = (kind: TermKind, wished: string | null, had: string | null) =>
    wished === null || wished === had
      ? sql`true`
      : sql`EXISTS (SELECT 1 FROM agenda.visit_terms t WHERE t.house_id = ${tx.scope.house} AND t.id = ${wished} AND t.kind = ${kind}
          AND (t.site_id IS NULL OR t.site_id = ${wish.siteId}) AND t.from_day <= ${wish.occurredOn} AND (t.to_day IS NULL OR t.to_day >= ${wish.occurredOn}))`;
  const { rows: facts } = await sql<{ site_ok: boolean; terms_ok: boolean }>`
    SELECT EXISTS (SELECT 1 FROM house.sites s WHERE s.house_id = ${tx.scope.house} AND s.id = ${wish.siteId}
             AND (s.closed_on IS NULL OR s.closed_on >= ${wish.occurredOn} OR s.id = ${siteId})) AS site_ok,
           ${offered("reason", wish.reasonId, reasonId)} AND ${offered("orientation", wish.orientationId, orientationId)} AS terms_ok`.execute(
    tx.on(),
  );
  if (!facts[0]?.site_ok) return { ok: false, sentence: sentences.site };
  if (!facts[0].terms_ok) return { ok: false, sentence: sentences.term };
  const { rows } = await sql`
    UPDATE agenda.visits v SET site_id = ${wish.siteId}, occurred_on = ${wish.occurredOn}, occurred_at = ${wish.occurredAt}, reason_id = ${wish.reasonId}, orientation_id = ${wish.orientationId},
           mode = ${wish.mode}, version = v.version + 1
     WHERE v.house_id = ${tx.scope.house} AND v.id = ${visit.id} AND v.version = ${wish.version} RETURNING v.id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return { ok: false, stale: (await visitById(tx, visit.id)) ?? visit };
  await keepBefore(tx, visit.id, wish.reason, { siteId, occurredOn, occurredAt, reasonId, orientationId, mode });
  return { ok: true };
}

/** Withdraws a visit: it stays, with why, and is no longer counted. False when it was withdrawn already. */
export async function withdrawVisit(tx: Tx, visit: string, reason: string): Promise<boolean> {
  const done = await tx
    .on<AgendaTables>()
    .insertInto("agenda.visit_withdrawals")
    .values({ house_id: tx.scope.house, visit_id: visit, at: tx.clock.now(), account_id: tx.scope.account, reason })
    .onConflict((conflict) => conflict.columns(["house_id", "visit_id"]).doNothing())
    .returning("visit_id")
    .execute();
  return done.length > 0;
}

/** Puts a withdrawn visit back among those that count; that it was withdrawn, and why, is kept. */
export async function restoreVisit(tx: Tx, visit: string): Promise<boolean> {
  const done = await tx
    .on<AgendaTables>()
    .deleteFrom("agenda.visit_withdrawals")
    .where("house_id", "=", tx.scope.house)
    .where("visit_id", "=", visit)
    .returning("reason")
    .executeTakeFirst();
  if (!done) return false;
  await keepBefore(tx, visit, "remise dans le compte", { withdrawn: done.reason });
  return true;
}

/** Adds a word to the desk's lists, at their end. False when the list has it, for that site or for all. */
export async function addTerm(
  tx: Tx,
  wish: { id: string; kind: TermKind; label: string; site: string | null; fromDay: string },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO agenda.visit_terms (house_id, id, kind, label, site_id, position, from_day)
    SELECT ${tx.scope.house}, ${wish.id}, ${wish.kind}, ${wish.label}, ${wish.site}::uuid, 1 + coalesce(max(position), 0), ${wish.fromDay}
      FROM agenda.visit_terms WHERE house_id = ${tx.scope.house} AND kind = ${wish.kind}
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/**
 * Changes a word: its spelling, its place, the days on which it is offered. It is never deleted: its last day is its end. "taken": the
 * list has another word written so; "stale": somebody changed it meanwhile.
 */
export async function changeTerm(
  tx: Tx,
  term: { id: string; kind: TermKind; site_id: string | null },
  wish: { label: string; position: number; toDay: string | null; version: number },
): Promise<"changed" | "taken" | "stale"> {
  const house = tx.scope.house;
  const { rows } = await sql<{ taken: boolean }>`
    SELECT EXISTS (SELECT 1 FROM agenda.visit_terms t WHERE t.house_id = ${house} AND t.kind = ${term.kind} AND t.id <> ${term.id}
             AND t.site_id IS NOT DISTINCT FROM ${term.site_id}::uuid AND t.comparable = core.normalise(${wish.label})) AS taken`.execute(
    tx.on(),
  );
  if (rows[0]?.taken) return "taken";
  const { rows: changed } = await sql`
    UPDATE agenda.visit_terms SET label = ${wish.label}, position = ${wish.position}, to_day = ${wish.toDay}, version = version + 1
     WHERE house_id = ${house} AND id = ${term.id} AND version = ${wish.version} RETURNING id`.execute(tx.on());
  return changed.length > 0 ? "changed" : "stale";
}
