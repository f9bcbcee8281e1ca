// Reads of interviews, of their notes and of the texts that notes start from.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { may } from "../../../../core/rights.ts";
import { rights } from "../rights.ts";
import type { VisitMode } from "../tables.ts";
import type { InterviewStatus, InterviewTables, NoteReader } from "./tables.ts";

export type InterviewLine = {
  id: string;
  siteId: string;
  site: string;
  programmeId: string | null;
  programme: string | null;
  personId: string;
  personCode: string;
  familyName: string;
  givenName: string;
  accountId: string | null;
  adviser: string | null;
  startsOn: string;
  startsAt: string | null;
  minutes: number | null;
  mode: VisitMode;
  placeId: string | null;
  place: string | null;
  status: InterviewStatus;
  reason: string | null;
  version: number;
};

/** The columns of an interview, over `interviewTables`. */
export const interviewColumns = sql`
  i.id, i.site_id AS "siteId", s.name AS site, i.programme_id AS "programmeId", g.title AS programme, i.person_id AS "personId",
         p.code AS "personCode", p.family_name AS "familyName", p.given_name AS "givenName", i.account_id AS "accountId", a.name AS adviser,
         i.starts_on AS "startsOn", i.starts_at AS "startsAt", i.minutes, i.mode, i.place_id AS "placeId", l.name AS place, i.status,
         i.status_reason AS reason, i.version`;

export const interviewTables = sql`
  agenda.interviews i
    JOIN house.sites s ON s.house_id = i.house_id AND s.id = i.site_id
    JOIN people.persons p ON p.house_id = i.house_id AND p.id = i.person_id
    LEFT JOIN programmes.programmes g ON g.house_id = i.house_id AND g.id = i.programme_id
    LEFT JOIN house.accounts a ON a.house_id = i.house_id AND a.id = i.account_id
    LEFT JOIN agenda.places l ON l.house_id = i.house_id AND l.id = i.place_id`;

const lines = sql`SELECT ${interviewColumns} FROM ${interviewTables}`;

export type InterviewFilter = {
  sites: "all" | readonly string[];
  from: string;
  to: string;
  adviser?: string | undefined;
  place?: string | undefined;
};

const filtered = (tx: Tx, filter: InterviewFilter) => sql`
  i.house_id = ${tx.scope.house} AND i.starts_on BETWEEN ${filter.from}::date AND ${filter.to}::date
  ${filter.sites === "all" ? sql`` : sql`AND i.site_id = ANY(${[...filter.sites]}::uuid[])`}
  ${filter.adviser ? sql`AND i.account_id = ${filter.adviser}` : sql``}
  ${filter.place ? sql`AND i.place_id = ${filter.place}` : sql``}`;

/** The interviews of some days, the latest first. */
export const interviewsOfDays = (tx: Tx, filter: InterviewFilter): RawBuilder<InterviewLine> => sql<InterviewLine>`
  ${lines} WHERE ${filtered(tx, filter)} ORDER BY i.starts_on DESC, coalesce(i.starts_at, '00:00') DESC, i.id DESC`;

/** An interview of the house, or null. */
export async function interviewById(tx: Tx, id: string): Promise<InterviewLine | null> {
  const { rows } = await sql<InterviewLine>`${lines} WHERE i.house_id = ${tx.scope.house} AND i.id = ${id}`.execute(
    tx.often(),
  );
  return rows[0] ?? null;
}

/** Interviews of a person, the latest first. */
export async function interviewsOfPerson(tx: Tx, person: string, most: number): Promise<InterviewLine[]> {
  const { rows } =
    await sql<InterviewLine>`${lines} WHERE i.house_id = ${tx.scope.house} AND i.person_id = ${person} ORDER BY i.starts_on DESC, i.starts_at DESC NULLS LAST, i.id DESC LIMIT ${most}`.execute(
      tx.often(),
    );
  return rows;
}

export type InterviewChange = {
  id: string;
  at: Date;
  name: string | null;
  reason: string | null;
  before: { status?: InterviewStatus; startsOn?: string; startsAt?: string | null };
};

/** What an interview said before, the last change first. */
export async function changesOf(tx: Tx, interview: string): Promise<InterviewChange[]> {
  const { rows } = await sql<InterviewChange>`
    SELECT c.id, c.at, a.name, c.reason, c.before FROM agenda.interview_changes c LEFT JOIN house.accounts a ON a.house_id = c.house_id AND a.id = c.account_id
     WHERE c.house_id = ${tx.scope.house} AND c.interview_id = ${interview} ORDER BY c.at DESC, c.id DESC`.execute(
    tx.on(),
  );
  return rows;
}

export type Note = {
  id: string;
  text: string;
  reader: NoteReader;
  authorId: string;
  author: string;
  writtenAt: Date;
};

/**
 * The notes of an interview that this account may read. A referent of a person is an account that receives them: the adviser of one of
 * their interviews that was not cancelled.
 */
export async function notesOf(tx: Tx, interview: Pick<InterviewLine, "id" | "siteId" | "personId">): Promise<Note[]> {
  if (!may(tx.scope, rights["note.read"], { site: interview.siteId })) return [];
  const { house, account } = tx.scope;
  const { rows } = await sql<Note>`
    SELECT n.id, n.text, n.reader, n.author_id AS "authorId", a.name AS author, n.written_at AS "writtenAt"
      FROM agenda.interview_notes n JOIN house.accounts a ON a.house_id = n.house_id AND a.id = n.author_id
     WHERE n.house_id = ${house} AND n.interview_id = ${interview.id}
       AND (n.reader = 'team' OR n.author_id = ${account}::uuid OR (n.reader = 'referents' AND EXISTS (
         SELECT 1 FROM agenda.interviews i WHERE i.house_id = n.house_id AND i.person_id = ${interview.personId} AND i.account_id = ${account}::uuid AND i.status <> 'cancelled')))
     ORDER BY n.written_at, n.id`.execute(tx.on());
  return rows;
}

/** What the notes on a person say, for the person who asks: theirs to read whoever they were written for (GDPR, article 15). */
export async function notesOfPerson(tx: Tx, person: string): Promise<{ interview: string; text: string }[]> {
  const { rows } = await sql<{ interview: string; text: string }>`
    SELECT n.interview_id AS interview, n.text FROM agenda.interview_notes n JOIN agenda.interviews i ON i.house_id = n.house_id AND i.id = n.interview_id
     WHERE n.house_id = ${tx.scope.house} AND i.person_id = ${person} ORDER BY n.written_at, n.id`.execute(tx.on());
  return rows;
}

export type Template = { id: string; title: string; text: string; to_day: string | null; version: number };

/** The texts that notes start from; with `offered`, those of today only. */
export function listTemplates(tx: Tx, offered = false): Promise<Template[]> {
  let query = tx
    .on<InterviewTables>()
    .selectFrom("agenda.note_templates")
    .select(["id", "title", "text", "to_day", "version"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("title");
  if (offered) query = query.where((is) => is.or([is("to_day", "is", null), is("to_day", ">=", tx.today)]));
  return query.execute();
}
