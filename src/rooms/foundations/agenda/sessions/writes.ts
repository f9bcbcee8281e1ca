// One function an act on the session itself: programmed alone or in a series, changed, cancelled, postponed, closed.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { retractReminders } from "../reminders/reminding.ts";
import type { VisitMode } from "../tables.ts";
import { attendancesOf, type Heads, type SessionLine, sessionById } from "./reads.ts";
import { holdSession, letIn } from "./registering.ts";
import type { AttendanceState, SessionStatus, SessionTables } from "./tables.ts";

export type SessionWish = {
  programmeId: string;
  kind: string;
  title: string;
  startsAt: string | null;
  minutes: number | null;
  siteId: string;
  placeId: string | null;
  placeText: string | null;
  mode: VisitMode;
  capacity: number | null;
};
export type Speakers = { accounts: readonly string[]; names: readonly string[] };

export type Recorded = { ok: true; made: boolean } | { ok: false; field: string; sentence: string };
export type Changed = { ok: true } | { ok: false; stale: SessionLine } | { ok: false; field: string; sentence: string };

/** Why the parts of a wish do not go together, by field; null when they do. What the session had already may stay. */
async function refusalOf(
  tx: Tx,
  wish: SessionWish,
  day: string,
  speakers: Speakers,
  had: SessionLine | null,
): Promise<{ field: string; sentence: string } | null> {
  const house = tx.scope.house;
  const { rows } = await sql<{ site: boolean; place: boolean; programme: boolean; accounts: boolean }>`
    SELECT EXISTS (SELECT 1 FROM house.sites s WHERE s.house_id = ${house} AND s.id = ${wish.siteId} AND (s.closed_on IS NULL OR s.closed_on >= ${day}::date OR s.id = ${had?.siteId ?? null}::uuid)) AS site,
           ${wish.placeId}::uuid IS NULL OR EXISTS (SELECT 1 FROM agenda.places l WHERE l.house_id = ${house} AND l.id = ${wish.placeId}::uuid AND l.site_id = ${wish.siteId}
             AND (l.closed_on IS NULL OR l.closed_on >= ${day}::date OR l.id = ${had?.placeId ?? null}::uuid)) AS place,
           EXISTS (SELECT 1 FROM programmes.programmes g WHERE g.house_id = ${house} AND g.id = ${wish.programmeId}) AS programme,
           NOT EXISTS (SELECT 1 FROM unnest(${[...speakers.accounts]}::uuid[]) k WHERE NOT EXISTS (SELECT 1 FROM house.accounts a WHERE a.house_id = ${house} AND a.id = k)) AS accounts`.execute(
    tx.on(),
  );
  const [found] = rows;
  if (!found?.site) return { field: "lieu", sentence: "Ce lieu n’existe pas, ou il est fermé ce jour-là." };
  if (!found.place) return { field: "salle", sentence: "Cette salle n’est pas de ce lieu, ou n’est plus utilisée." };
  if (!found.programme) return { field: "dispositif", sentence: "Ce dispositif n’existe pas." };
  if (!found.accounts) return { field: "animateurs", sentence: "Un de ces comptes n’existe pas." };
  return null;
}

async function insertSessions(
  tx: Tx,
  sessions: readonly { id: string; day: string; series: string | null; from: string | null }[],
  wish: SessionWish,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO agenda.sessions (house_id, id, programme_id, kind, title, starts_on, starts_at, minutes, site_id, place_id, place_text, mode, capacity, status, series_id, postponed_from, recorded_at, recorded_by)
    SELECT ${tx.scope.house}, x.id, ${wish.programmeId}::uuid, ${wish.kind}, ${wish.title}, x.day, ${wish.startsAt}::time, ${wish.minutes}::smallint, ${wish.siteId}::uuid, ${wish.placeId}::uuid, ${wish.placeText}, ${wish.mode},
           ${wish.capacity}::smallint, 'planned', x.series, x.origin, ${tx.clock.now()}::timestamptz, ${tx.scope.account}::uuid
      FROM ${rowset(
        sessions.map(({ id, day, series, from }) => ({ id, day, series, origin: from })),
        { id: "uuid", day: "date", series: "uuid", origin: "uuid" },
      )}
    ON CONFLICT (house_id, id) DO NOTHING RETURNING id`.execute(tx.on());
  return rows.map((row) => row.id);
}

async function insertSpeakers(tx: Tx, sessions: readonly string[], speakers: Speakers): Promise<void> {
  const rows = sessions.flatMap((session) => [
    ...speakers.accounts.map((account) => ({ id: tx.ids.uuid(), session, account, name: null })),
    ...speakers.names.map((name) => ({ id: tx.ids.uuid(), session, account: null, name })),
  ]);
  if (rows.length === 0) return;
  await sql`INSERT INTO agenda.session_speakers (house_id, id, session_id, account_id, name)
    SELECT ${tx.scope.house}, id, session, account, name FROM ${rowset(rows, { id: "uuid", session: "uuid", account: "uuid", name: "text" })}`.execute(
    tx.on(),
  );
}

/** Programmes a session a day; the first bears the form's key, so that a second sending makes none. Several days are a series. */
export async function recordSessions(
  tx: Tx,
  key: string,
  days: readonly string[],
  wish: SessionWish,
  speakers: Speakers,
): Promise<Recorded> {
  for (const day of days) {
    const refused = await refusalOf(tx, wish, day, speakers, null);
    if (refused) return { ok: false, ...refused };
  }
  const series = days.length > 1 ? key : null;
  const sessions = days.map((day, turn) => ({ id: turn === 0 ? key : tx.ids.uuid(), day, series, from: null }));
  const [first, ...rest] = sessions;
  if (!first || (await insertSessions(tx, [first], wish)).length === 0) return { ok: true, made: false };
  if (rest.length > 0) await insertSessions(tx, rest, wish);
  await insertSpeakers(
    tx,
    sessions.map((session) => session.id),
    speakers,
  );
  return { ok: true, made: true };
}

const keepBefore = (tx: Tx, session: string, reason: string | null, before: Record<string, unknown>) =>
  tx
    .on<SessionTables>()
    .insertInto("agenda.session_changes")
    .values({
      house_id: tx.scope.house,
      id: tx.ids.uuid(),
      session_id: session,
      at: tx.clock.now(),
      account_id: tx.scope.account,
      reason,
      before: JSON.stringify(before),
    })
    .execute();

const staleOf = async (tx: Tx, session: SessionLine): Promise<Changed> => ({
  ok: false,
  stale: (await sessionById(tx, session.id)) ?? session,
});

/** Changes a session. More places let in those who wait; fewer than are registered are refused. */
export async function changeSession(
  tx: Tx,
  session: SessionLine,
  version: number,
  day: string,
  wish: SessionWish,
  speakers: Speakers,
): Promise<Changed> {
  const held = await holdSession(tx, session.id);
  const now = await sessionById(tx, session.id);
  if (!held || !now || now.version !== version) return staleOf(tx, session);
  const refused = await refusalOf(tx, wish, day, speakers, now);
  if (refused) return { ok: false, ...refused };
  if (wish.capacity !== null && wish.capacity < now.registered)
    return {
      ok: false,
      field: "places",
      sentence: `${now.registered} personnes sont déjà inscrites : désinscrivez d’abord, ou gardez ces places.`,
    };
  await sql`
    UPDATE agenda.sessions SET programme_id = ${wish.programmeId}::uuid, kind = ${wish.kind}, title = ${wish.title}, starts_on = ${day}::date, starts_at = ${wish.startsAt}::time, minutes = ${wish.minutes}::smallint,
           site_id = ${wish.siteId}::uuid, place_id = ${wish.placeId}::uuid, place_text = ${wish.placeText}, mode = ${wish.mode}, capacity = ${wish.capacity}::smallint, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${session.id}`.execute(tx.on());
  await retractReminders(tx, session.id);
  const { programmeId, kind, title, startsOn, startsAt, minutes, siteId, placeId, placeText, mode, capacity } = now;
  await keepBefore(tx, session.id, null, {
    programmeId,
    kind,
    title,
    startsOn,
    startsAt,
    minutes,
    siteId,
    placeId,
    placeText,
    mode,
    capacity,
    speakers: now.speakers,
  });
  await sql`DELETE FROM agenda.session_speakers WHERE house_id = ${tx.scope.house} AND session_id = ${session.id}`.execute(
    tx.on(),
  );
  await insertSpeakers(tx, [session.id], speakers);
  await letIn(tx, { ...held, capacity: wish.capacity });
  return { ok: true };
}

/** Cancels or postpones a session, or puts it back among those to come; what it was is kept. */
export async function changeSessionStatus(
  tx: Tx,
  session: SessionLine,
  version: number,
  to: SessionStatus,
  reason: string | null,
): Promise<Changed> {
  const { rows } = await sql`
    UPDATE agenda.sessions SET status = ${to}, status_reason = ${reason}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${session.id} AND version = ${version} RETURNING id`.execute(tx.on());
  if (rows.length === 0) return staleOf(tx, session);
  await retractReminders(tx, session.id);
  await keepBefore(tx, session.id, reason, { status: session.status, reason: session.reason });
  return { ok: true };
}

/**
 * Postpones a session to another day: the first stays, postponed; a new one takes over its people, in their order. `id`: the new one's
 * identifier, the form's key.
 */
export async function postponeSession(
  tx: Tx,
  session: SessionLine,
  version: number,
  wish: { id: string; day: string; at: string | null; reason: string },
): Promise<Changed> {
  const changed = await changeSessionStatus(tx, session, version, "postponed", wish.reason);
  if (!changed.ok) return changed;
  const { id, day, at } = wish;
  await insertSessions(tx, [{ id, day, series: session.seriesId, from: session.id }], { ...session, startsAt: at });
  await sql`INSERT INTO agenda.session_speakers (house_id, id, session_id, account_id, name)
    SELECT house_id, gen_random_uuid(), ${id}, account_id, name FROM agenda.session_speakers WHERE house_id = ${tx.scope.house} AND session_id = ${session.id}`.execute(
    tx.on(),
  );
  await sql`INSERT INTO agenda.registrations (house_id, session_id, person_id, group_id, turn, state, by_link, asked_at, asked_by, entered_at)
    SELECT house_id, ${id}, person_id, group_id, turn, state, by_link, asked_at, asked_by, entered_at FROM agenda.registrations
     WHERE house_id = ${tx.scope.house} AND session_id = ${session.id} AND state <> 'cancelled'`.execute(tx.on());
  return { ok: true };
}

export type Closing = {
  people: readonly { person: string; state: AttendanceState }[];
  heads: readonly Heads[];
};

/**
 * Says who came: all attendances of a session, its heads and the contact that it was, in one statement. Said again, it corrects: what
 * was counted before is kept. False: somebody changed the session since `version`, or it is cancelled.
 */
export async function closeSession(tx: Tx, session: SessionLine, version: number, closing: Closing): Promise<boolean> {
  const house = tx.scope.house;
  const before = session.status === "held" ? await attendancesOf(tx, session.id) : null;
  const people = closing.people.map(({ person, state }) => ({ id: tx.ids.uuid(), person, state }));
  const had = new Map((before?.heads ?? []).map(({ sex, heads }) => [sex, heads]));
  // A count that did not change keeps its rows, and with them the lines of the file that they came from.
  const heads = closing.heads
    .filter(({ sex, heads: count }) => (had.get(sex) ?? 0) !== count)
    .map(({ sex, heads: count }) => ({ id: tx.ids.uuid(), sex: sex ?? "-", count }));
  const counted = heads.filter(({ count }) => count > 0);
  const { rows } = await sql<{ closed: number }>`
    WITH s AS (
      UPDATE agenda.sessions SET status = 'held', status_reason = NULL, version = version + 1
       WHERE house_id = ${house} AND id = ${session.id} AND version = ${version} AND status IN ('planned', 'held') RETURNING id, starts_on),
    named AS (
      INSERT INTO agenda.attendances (house_id, id, session_id, person_id, state, recorded_at, recorded_by)
      SELECT ${house}, x.id, s.id, x.person, x.state, ${tx.clock.now()}::timestamptz, ${tx.scope.account}::uuid FROM s, ${rowset(people, { id: "uuid", person: "uuid", state: "text" })}
      ON CONFLICT (house_id, session_id, person_id) DO UPDATE SET state = excluded.state, version = attendances.version + 1 WHERE attendances.state <> excluded.state),
    gone AS (
      DELETE FROM agenda.attendances a USING s WHERE a.house_id = ${house} AND a.session_id = s.id AND a.person_id IS NULL AND coalesce(a.sex, '-') = ANY(${heads.map(({ sex }) => sex)}::text[])),
    counted AS (
      INSERT INTO agenda.attendances (house_id, id, session_id, sex, heads, state, recorded_at, recorded_by)
      SELECT ${house}, x.id, s.id, nullif(x.sex, '-'), x.count, 'present', ${tx.clock.now()}::timestamptz, ${tx.scope.account}::uuid FROM s, ${rowset(counted, { id: "uuid", sex: "text", count: "smallint" })}),
    met AS (
      UPDATE people.persons p SET last_contact_on = s.starts_on, archived_at = NULL FROM s, ${rowset(
        people.filter(({ state }) => state === "present"),
        { person: "uuid" },
      )} WHERE p.house_id = ${house} AND p.id = x.person AND (p.last_contact_on IS NULL OR p.last_contact_on < s.starts_on))
    SELECT count(*) AS closed FROM s`.execute(tx.on());
  if (!rows[0]?.closed) return false;
  if (before) {
    const present = before.people.filter(({ state }) => state === "present").length;
    await keepBefore(tx, session.id, null, {
      status: session.status,
      present: present + before.heads.reduce((all, { heads: count }) => all + count, 0),
    });
  }
  return true;
}
