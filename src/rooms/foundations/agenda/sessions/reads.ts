// Reads of sessions, of who registered and of who came.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { VisitMode } from "../tables.ts";
import type { AttendanceState, RegistrationState, SessionStatus } from "./tables.ts";

export type SessionLine = {
  id: string;
  programmeId: string;
  programme: string;
  kind: string;
  title: string;
  startsOn: string;
  startsAt: string | null;
  minutes: number | null;
  siteId: string;
  site: string;
  placeId: string | null;
  placeName: string | null;
  placeText: string | null;
  mode: VisitMode;
  capacity: number | null;
  status: SessionStatus;
  reason: string | null;
  seriesId: string | null;
  postponedFrom: string | null;
  postponedTo: string | null;
  partners: string[];
  speakers: string | null;
  version: number;
  /** People registered, people who wait, people and heads that came. */
  registered: number;
  waiting: number;
  present: number;
};

/** The columns of a session, over `sessionTables`. */
export const sessionColumns = sql`
  s.id, s.programme_id AS "programmeId", g.title AS programme, s.kind, s.title, s.starts_on AS "startsOn", s.starts_at AS "startsAt", s.minutes, s.site_id AS "siteId", t.name AS site,
         s.place_id AS "placeId", l.name AS "placeName", s.place_text AS "placeText", s.mode, s.capacity, s.status, s.status_reason AS reason, s.series_id AS "seriesId",
         s.postponed_from AS "postponedFrom", n.id AS "postponedTo", s.partners, s.version, k.speakers,
         coalesce(r.registered, 0) AS registered, coalesce(r.waiting, 0) AS waiting, coalesce(c.present, 0) AS present`;

export const sessionTables = sql`
  agenda.sessions s
    JOIN programmes.programmes g ON g.house_id = s.house_id AND g.id = s.programme_id
    JOIN house.sites t ON t.house_id = s.house_id AND t.id = s.site_id
    LEFT JOIN agenda.places l ON l.house_id = s.house_id AND l.id = s.place_id
    LEFT JOIN agenda.sessions n ON n.house_id = s.house_id AND n.postponed_from = s.id
    LEFT JOIN LATERAL (SELECT string_agg(coalesce(a.name, k.name), ', ' ORDER BY coalesce(a.name, k.name)) AS speakers FROM agenda.session_speakers k
      LEFT JOIN house.accounts a ON a.house_id = k.house_id AND a.id = k.account_id WHERE k.house_id = s.house_id AND k.session_id = s.id) k ON true
    LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE r.state = 'registered') AS registered, count(*) FILTER (WHERE r.state = 'waiting') AS waiting FROM agenda.registrations r WHERE r.house_id = s.house_id AND r.session_id = s.id) r ON true
    LEFT JOIN LATERAL (SELECT sum(coalesce(c.heads, 1)) AS present FROM agenda.attendances c WHERE c.house_id = s.house_id AND c.session_id = s.id AND c.state = 'present') c ON true`;

const lines = sql`SELECT ${sessionColumns} FROM ${sessionTables}`;

export type SessionFilter = {
  sites: "all" | readonly string[];
  from: string;
  to: string;
  place?: string | undefined;
  /** An account that leads the session. */
  speaker?: string | undefined;
};

const filtered = (tx: Tx, filter: SessionFilter) => sql`
  s.house_id = ${tx.scope.house} AND s.starts_on BETWEEN ${filter.from}::date AND ${filter.to}::date
  ${filter.sites === "all" ? sql`` : sql`AND s.site_id = ANY(${[...filter.sites]}::uuid[])`}
  ${filter.place ? sql`AND s.place_id = ${filter.place}` : sql``}
  ${filter.speaker ? sql`AND EXISTS (SELECT 1 FROM agenda.session_speakers k WHERE k.house_id = s.house_id AND k.session_id = s.id AND k.account_id = ${filter.speaker})` : sql``}`;

/** The sessions of some days, the latest first. */
export const sessionsOfDays = (tx: Tx, filter: SessionFilter): RawBuilder<SessionLine> => sql<SessionLine>`
  ${lines} WHERE ${filtered(tx, filter)} ORDER BY s.starts_on DESC, coalesce(s.starts_at, '00:00') DESC, s.id DESC`;

/** A session of the house, or null. */
export async function sessionById(tx: Tx, id: string): Promise<SessionLine | null> {
  const { rows } = await sql<SessionLine>`${lines} WHERE s.house_id = ${tx.scope.house} AND s.id = ${id}`.execute(
    tx.often(),
  );
  return rows[0] ?? null;
}

/** The days of a series, in order. */
export async function seriesOf(
  tx: Tx,
  series: string,
): Promise<{ id: string; startsOn: string; status: SessionStatus }[]> {
  const { rows } = await sql<{ id: string; startsOn: string; status: SessionStatus }>`
    SELECT id, starts_on AS "startsOn", status FROM agenda.sessions WHERE house_id = ${tx.scope.house} AND series_id = ${series} ORDER BY starts_on, starts_at, id`.execute(
    tx.on(),
  );
  return rows;
}

/** Words that the house uses for kinds of sessions, the most used first. */
export async function kindsUsed(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    kind: string;
  }>`SELECT kind FROM agenda.sessions WHERE house_id = ${tx.scope.house} GROUP BY kind ORDER BY count(*) DESC, kind LIMIT 20`.execute(
    tx.on(),
  );
  return rows.map((row) => row.kind);
}

export type Speaker = { accountId: string | null; name: string };

export async function speakersOf(tx: Tx, session: string): Promise<Speaker[]> {
  const { rows } = await sql<Speaker>`
    SELECT k.account_id AS "accountId", coalesce(a.name, k.name) AS name FROM agenda.session_speakers k LEFT JOIN house.accounts a ON a.house_id = k.house_id AND a.id = k.account_id
     WHERE k.house_id = ${tx.scope.house} AND k.session_id = ${session} ORDER BY 2`.execute(tx.on());
  return rows;
}

export type Registration = {
  personId: string;
  code: string;
  familyName: string;
  givenName: string;
  groupId: string;
  groupSize: number;
  turn: number;
  state: RegistrationState;
  byLink: boolean;
  hasLink: boolean;
  reason: string | null;
};

/** Who registered, waits or gave up, by name; those who wait in their order. */
export async function registrationsOf(tx: Tx, session: string): Promise<Registration[]> {
  const { rows } = await sql<Registration>`
    SELECT r.person_id AS "personId", p.code, p.family_name AS "familyName", p.given_name AS "givenName", r.group_id AS "groupId",
           count(*) FILTER (WHERE r.state = 'waiting') OVER (PARTITION BY r.group_id) AS "groupSize", r.turn, r.state, r.by_link AS "byLink",
           EXISTS (SELECT 1 FROM agenda.registration_links l WHERE l.house_id = r.house_id AND l.session_id = r.session_id AND l.person_id = r.person_id) AS "hasLink", r.reason
      FROM agenda.registrations r JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id
     WHERE r.house_id = ${tx.scope.house} AND r.session_id = ${session}
     ORDER BY CASE WHEN r.state = 'waiting' THEN r.turn ELSE 0 END, p.family_name, p.given_name, p.id`.execute(tx.on());
  return rows;
}

export type Attendance = {
  personId: string;
  code: string;
  familyName: string;
  givenName: string;
  state: AttendanceState;
};
export type Heads = { sex: "F" | "M" | "X" | null; heads: number };

/** Who came or did not, by name, and the heads counted without a name. */
export async function attendancesOf(tx: Tx, session: string): Promise<{ people: Attendance[]; heads: Heads[] }> {
  const [{ rows: people }, { rows: heads }] = await Promise.all([
    sql<Attendance>`
      SELECT a.person_id AS "personId", p.code, p.family_name AS "familyName", p.given_name AS "givenName", a.state FROM agenda.attendances a JOIN people.persons p ON p.house_id = a.house_id AND p.id = a.person_id
       WHERE a.house_id = ${tx.scope.house} AND a.session_id = ${session} ORDER BY p.family_name, p.given_name, p.id`.execute(
      tx.on(),
    ),
    sql<Heads>`
      SELECT sex, sum(heads) AS heads FROM agenda.attendances WHERE house_id = ${tx.scope.house} AND session_id = ${session} AND person_id IS NULL GROUP BY sex ORDER BY sex`.execute(
      tx.on(),
    ),
  ]);
  return { people, heads };
}

export type SessionChange = {
  id: string;
  at: Date;
  name: string | null;
  reason: string | null;
  before: { status?: SessionStatus; startsOn?: string; startsAt?: string | null; present?: number };
};

/** What a session said before, the last change first. */
export async function sessionChangesOf(tx: Tx, session: string): Promise<SessionChange[]> {
  const { rows } = await sql<SessionChange>`
    SELECT c.id, c.at, a.name, c.reason, c.before FROM agenda.session_changes c LEFT JOIN house.accounts a ON a.house_id = c.house_id AND a.id = c.account_id
     WHERE c.house_id = ${tx.scope.house} AND c.session_id = ${session} ORDER BY c.at DESC, c.id DESC`.execute(tx.on());
  return rows;
}

export type SessionOfPerson = {
  id: string;
  title: string;
  programme: string;
  site: string;
  startsOn: string;
  startsAt: string | null;
  status: SessionStatus;
  registration: RegistrationState | null;
  attendance: AttendanceState | null;
};

/** The sessions for which a person registered or to which they came, the latest first. */
export async function sessionsOfPerson(tx: Tx, person: string, most: number): Promise<SessionOfPerson[]> {
  const { rows } = await sql<SessionOfPerson>`
    SELECT s.id, s.title, g.title AS programme, t.name AS site, s.starts_on AS "startsOn", s.starts_at AS "startsAt", s.status, r.state AS registration, a.state AS attendance
      FROM (SELECT session_id FROM agenda.registrations WHERE house_id = ${tx.scope.house} AND person_id = ${person}
            UNION SELECT session_id FROM agenda.attendances WHERE house_id = ${tx.scope.house} AND person_id = ${person}) x
      JOIN agenda.sessions s ON s.house_id = ${tx.scope.house} AND s.id = x.session_id
      JOIN programmes.programmes g ON g.house_id = s.house_id AND g.id = s.programme_id
      JOIN house.sites t ON t.house_id = s.house_id AND t.id = s.site_id
      LEFT JOIN agenda.registrations r ON r.house_id = s.house_id AND r.session_id = s.id AND r.person_id = ${person}
      LEFT JOIN agenda.attendances a ON a.house_id = s.house_id AND a.session_id = s.id AND a.person_id = ${person}
     ORDER BY s.starts_on DESC, s.starts_at DESC NULLS LAST, s.id DESC LIMIT ${most}`.execute(tx.often());
  return rows;
}
