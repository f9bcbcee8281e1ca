// Reads of visits and of the desk's lists.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import type { AgendaTables, TermKind, VisitMode, VisitTermsTable } from "./tables.ts";

export type Term = Pick<VisitTermsTable, "id" | "kind" | "label" | "site_id" | "position" | "from_day" | "to_day"> & {
  version: number;
};

/** The desk's lists, in their order. With `day` and `site`: only what is offered there on that day. */
export function listTerms(tx: Tx, offered?: { day: string; site: string }): Promise<Term[]> {
  let query = tx
    .often<AgendaTables>()
    .selectFrom("agenda.visit_terms")
    .select(["id", "kind", "label", "site_id", "position", "from_day", "to_day", "version"])
    .where("house_id", "=", tx.scope.house)
    .orderBy("kind")
    .orderBy("position")
    .orderBy("label");
  if (offered)
    query = query
      .where("from_day", "<=", offered.day)
      .where((where) => where.or([where("to_day", "is", null), where("to_day", ">=", offered.day)]))
      .where((where) => where.or([where("site_id", "is", null), where("site_id", "=", offered.site)]));
  return query.execute();
}

export const termsOf = (terms: readonly Term[], kind: TermKind): Term[] => terms.filter((term) => term.kind === kind);

export type VisitLine = {
  id: string;
  siteId: string;
  site: string;
  occurredOn: string;
  occurredAt: string | null;
  personId: string | null;
  familyName: string | null;
  givenName: string | null;
  personCode: string | null;
  reasonId: string | null;
  reason: string | null;
  orientationId: string | null;
  orientation: string | null;
  mode: VisitMode;
  groupId: string | null;
  unnamedSex: string | null;
  recordedBy: string | null;
  version: number;
  withdrawn: string | null;
  nameToAttach: string | null;
  birthToAttach: string | null;
};

/** The columns of a visit, over `visitTables`. */
export const visitColumns = sql`
  v.id, v.site_id AS "siteId", s.name AS site, v.occurred_on AS "occurredOn", v.occurred_at AS "occurredAt", v.person_id AS "personId",
         p.family_name AS "familyName", p.given_name AS "givenName", p.code AS "personCode", v.reason_id AS "reasonId", r.label AS reason, v.orientation_id AS "orientationId", o.label AS orientation, v.mode,
         v.group_id AS "groupId", v.unnamed_sex AS "unnamedSex", a.name AS "recordedBy", v.version, w.reason AS withdrawn, n.name AS "nameToAttach", n.birth_date AS "birthToAttach"`;

export const visitTables = sql`
  agenda.visits v
    JOIN house.sites s ON s.house_id = v.house_id AND s.id = v.site_id
    LEFT JOIN people.persons p ON p.house_id = v.house_id AND p.id = v.person_id
    LEFT JOIN agenda.visit_terms r ON r.house_id = v.house_id AND r.id = v.reason_id
    LEFT JOIN agenda.visit_terms o ON o.house_id = v.house_id AND o.id = v.orientation_id
    LEFT JOIN house.accounts a ON a.house_id = v.house_id AND a.id = v.recorded_by
    LEFT JOIN agenda.visit_withdrawals w ON w.house_id = v.house_id AND w.visit_id = v.id
    LEFT JOIN agenda.visit_names n ON n.house_id = v.house_id AND n.visit_id = v.id`;

const linesWith = (more: RawBuilder<unknown>) => sql`SELECT ${more} ${visitColumns} FROM ${visitTables}`;
const lines = linesWith(sql``);

export type VisitFilter = {
  sites: "all" | readonly string[];
  from: string;
  to: string;
};

const filtered = (tx: Tx, filter: VisitFilter) => sql`
  v.house_id = ${tx.scope.house} AND v.occurred_on BETWEEN ${filter.from}::date AND ${filter.to}::date
  ${filter.sites === "all" ? sql`` : sql`AND v.site_id = ANY(${[...filter.sites]}::uuid[])`}`;

/** A visit of the house, or null. */
export async function visitById(tx: Tx, id: string): Promise<VisitLine | null> {
  const { rows } = await sql<VisitLine>`${lines} WHERE v.house_id = ${tx.scope.house} AND v.id = ${id}`.execute(
    tx.often(),
  );
  return rows[0] ?? null;
}

/** The query of a list of visits, newest first: for a page or, in batches, for an export. `before` is the last row of the page before. */
export const visitList = (
  tx: Tx,
  filter: VisitFilter,
  page?: { before: string | null; most: number },
) => sql<VisitLine>`
  ${lines} WHERE ${filtered(tx, filter)}
  ${page?.before ? sql`AND (v.occurred_on, coalesce(v.occurred_at, '00:00'), v.id) < (SELECT b.occurred_on, coalesce(b.occurred_at, '00:00'), b.id FROM agenda.visits b WHERE b.house_id = ${tx.scope.house} AND b.id = ${page.before})` : sql``}
  ORDER BY v.occurred_on DESC, coalesce(v.occurred_at, '00:00') DESC, v.id DESC ${page ? sql`LIMIT ${page.most}` : sql``}`;

/** How many visits a filter holds, and how many of them are withdrawn. */
export async function countVisits(tx: Tx, filter: VisitFilter): Promise<{ count: number; withdrawn: number }> {
  const { rows } = await sql<{ count: number; withdrawn: number }>`
    SELECT count(*) AS count, count(w.visit_id) AS withdrawn FROM agenda.visits v
      LEFT JOIN agenda.visit_withdrawals w ON w.house_id = v.house_id AND w.visit_id = v.id WHERE ${filtered(tx, filter)}`.execute(
    tx.on(),
  );
  return rows[0] ?? { count: 0, withdrawn: 0 };
}

/** A visit of the day; a group is one line, with how many it holds. */
export type LastVisit = VisitLine & { groupSize: number };

/** The last visits of a site on a day, newest first, a group as one line; and the day's count without the withdrawn. */
export async function lastVisits(
  tx: Tx,
  site: string,
  day: string,
  most = 12,
): Promise<{ visits: LastVisit[]; count: number }> {
  const filter: VisitFilter = { sites: [site], from: day, to: day };
  const { rows: visits } = await sql<LastVisit>`${linesWith(sql`g.size AS "groupSize",`)}
    JOIN (SELECT id, size FROM (SELECT v.id, v.recorded_at, count(*) OVER same AS size, row_number() OVER (same ORDER BY v.id) AS turn
            FROM agenda.visits v WHERE ${filtered(tx, filter)} WINDOW same AS (PARTITION BY coalesce(v.group_id, v.id))) day
           WHERE turn = 1 ORDER BY recorded_at DESC, id DESC LIMIT ${most}) g ON g.id = v.id
   WHERE v.house_id = ${tx.scope.house} ORDER BY v.recorded_at DESC, v.id DESC`.execute(tx.often());
  const { count, withdrawn } = await countVisits(tx, filter);
  return { visits, count: count - withdrawn };
}

/** Identifiers of the visits noted together with this one, itself among them. */
export async function groupOf(tx: Tx, visit: VisitLine): Promise<string[]> {
  if (visit.groupId === null) return [visit.id];
  const { rows } = await sql<{ id: string }>`
    SELECT v.id FROM agenda.visits v WHERE v.house_id = ${tx.scope.house} AND v.occurred_on = ${visit.occurredOn} AND v.site_id = ${visit.siteId} AND v.group_id = ${visit.groupId}`.execute(
    tx.on(),
  );
  return rows.map((row) => row.id);
}

/** Visits whose person is still to be found, oldest first. */
export async function visitsToAttach(tx: Tx, sites: "all" | readonly string[]): Promise<VisitLine[]> {
  const { rows } =
    await sql<VisitLine>`${lines} WHERE v.house_id = ${tx.scope.house} AND n.name IS NOT NULL AND v.person_id IS NULL AND w.visit_id IS NULL
    ${sites === "all" ? sql`` : sql`AND v.site_id = ANY(${[...sites]}::uuid[])`} ORDER BY v.occurred_on, v.id LIMIT 50`.execute(
      tx.often(),
    );
  return rows;
}

/** A person's visits, newest first. */
export async function visitsOfPerson(tx: Tx, person: string, most: number): Promise<VisitLine[]> {
  const { rows } =
    await sql<VisitLine>`${lines} WHERE v.house_id = ${tx.scope.house} AND v.person_id = ${person} ORDER BY v.occurred_on DESC, v.occurred_at DESC NULLS LAST LIMIT ${most}`.execute(
      tx.often(),
    );
  return rows;
}

/** What a visit said before it was changed: only what the change touched is there. */
export type BeforeChange = {
  at: Date;
  reason: string;
  name: string | null;
  occurredOn: string | null;
  occurredAt: string | null;
  site: string | null;
  term: string | null;
  orientation: string | null;
  mode: VisitMode | null;
  withdrawn: string | null;
  /** The change was of the person; whose names these are, when there was one. */
  ofPerson: boolean;
  familyName: string | null;
  givenName: string | null;
};

/** What a visit said before each change, newest first. */
export async function correctionsOf(tx: Tx, visit: string): Promise<BeforeChange[]> {
  const { rows } = await sql<BeforeChange>`
    SELECT c.at, c.reason, a.name, c.before->>'occurredOn' AS "occurredOn", c.before->>'occurredAt' AS "occurredAt", s.name AS site, r.label AS term, o.label AS orientation,
           c.before->>'mode' AS mode, c.before->>'withdrawn' AS withdrawn, jsonb_exists(c.before, 'personId') AS "ofPerson", p.family_name AS "familyName", p.given_name AS "givenName"
      FROM agenda.visit_corrections c
      LEFT JOIN house.accounts a ON a.house_id = c.house_id AND a.id = c.account_id
      LEFT JOIN house.sites s ON s.house_id = c.house_id AND s.id = (c.before->>'siteId')::uuid
      LEFT JOIN agenda.visit_terms r ON r.house_id = c.house_id AND r.id = (c.before->>'reasonId')::uuid
      LEFT JOIN agenda.visit_terms o ON o.house_id = c.house_id AND o.id = (c.before->>'orientationId')::uuid
      LEFT JOIN people.persons p ON p.house_id = c.house_id AND p.id = (c.before->>'personId')::uuid
     WHERE c.house_id = ${tx.scope.house} AND c.visit_id = ${visit} ORDER BY c.at DESC, c.id DESC`.execute(tx.on());
  return rows;
}
