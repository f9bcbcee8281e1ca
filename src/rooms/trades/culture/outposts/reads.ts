// Reads of the pole's actions: the session, who hosts and holds it, who was met and what was noted on the spot.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { At } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may, type Right } from "../../../../core/rights.ts";

export type Action = {
  id: string;
  programme: string;
  kind: string;
  title: string;
  day: string;
  at: string | null;
  place: string;
  siteId: string;
  status: "planned" | "held" | "cancelled" | "postponed";
  /** The session's version. */
  version: number;
  hostId: string | null;
  host: string | null;
  /** People in the attendances of the session. */
  present: number;
};

/** A session of one of the pole's programmes; null: there is none of that identifier. */
async function actionById(tx: Tx, id: string): Promise<Action | null> {
  const { rows } = await sql<Action>`
    SELECT s.id, g.title AS programme, s.kind, s.title, s.starts_on AS day, to_char(s.starts_at, 'HH24:MI') AS at, coalesce(s.place_text, l.name, t.name) AS place,
           s.site_id AS "siteId", s.status, s.version, o.host_id AS "hostId", h.name AS host,
           (SELECT coalesce(sum(coalesce(c.heads, 1)), 0)::int FROM agenda.attendances c WHERE c.house_id = s.house_id AND c.session_id = s.id AND c.state = 'present') AS present
      FROM agenda.sessions s
      JOIN programmes.programmes g ON g.house_id = s.house_id AND g.id = s.programme_id AND g.pole = 'culture'
      JOIN house.sites t ON t.house_id = s.house_id AND t.id = s.site_id
      LEFT JOIN agenda.places l ON l.house_id = s.house_id AND l.id = s.place_id
      LEFT JOIN culture.outposts o ON o.house_id = s.house_id AND o.session_id = s.id
      LEFT JOIN partners.structures h ON h.house_id = o.house_id AND h.id = o.host_id
     WHERE s.house_id = ${tx.scope.house} AND s.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

/** The action of the path, when it is of a site for which this scope holds the right. */
export async function actionOf(at: At<unknown>, right: Right): Promise<Action | null> {
  const id = at.params.session ?? "";
  const action = isUuid(id) ? await actionById(at.tx, id) : null;
  return action && may(at.scope, right, { site: action.siteId }) ? action : null;
}

export type Holder = { id: string; name: string; accountId: string | null };

/** The volunteers who hold an action, by name. */
export async function holdersOf(tx: Tx, session: string): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    SELECT v.id, v.given_name || ' ' || v.family_name AS name, v.account_id AS "accountId" FROM culture.outpost_volunteers x
      JOIN culture.volunteers v ON v.house_id = x.house_id AND v.id = x.volunteer_id
     WHERE x.house_id = ${tx.scope.house} AND x.session_id = ${session} ORDER BY core.normalise(v.given_name), v.id`.execute(
    tx.on(),
  );
  return rows;
}

export type MetCounts = Record<"F" | "M" | "", number>;

/** Who was counted on the spot: in all, and what is not in the attendances yet. */
export async function metOf(tx: Tx, session: string): Promise<{ all: MetCounts; open: MetCounts; presses: number }> {
  const { rows } = await sql<{ sex: "F" | "M" | ""; heads: number; open: number; presses: number }>`
    SELECT coalesce(sex, '') AS sex, sum(heads)::int AS heads, coalesce(sum(heads) FILTER (WHERE settled_at IS NULL), 0)::int AS open,
           (count(*) FILTER (WHERE settled_at IS NULL))::int AS presses
      FROM culture.people_met WHERE house_id = ${tx.scope.house} AND session_id = ${session} GROUP BY 1`.execute(
    tx.on(),
  );
  const counts = (of: "heads" | "open"): MetCounts => {
    const found = (sex: "F" | "M" | ""): number => rows.find((row) => row.sex === sex)?.[of] ?? 0;
    return { F: found("F"), M: found("M"), "": found("") };
  };
  return { all: counts("heads"), open: counts("open"), presses: rows.reduce((sum, row) => sum + row.presses, 0) };
}

export const totalOf = (counts: MetCounts): number => counts.F + counts.M + counts[""];

export type OutpostNote = { id: string; body: string; at: Date; by: string | null; settledAt: Date | null };

/** What was noted on the spot, what waits first. */
export async function notesOf(tx: Tx, session: string): Promise<OutpostNote[]> {
  const { rows } = await sql<OutpostNote>`
    SELECT n.id, n.body, n.at, a.name AS by, n.settled_at AS "settledAt" FROM culture.outpost_notes n
      LEFT JOIN house.accounts a ON a.house_id = n.house_id AND a.id = n.account_id
     WHERE n.house_id = ${tx.scope.house} AND n.session_id = ${session} ORDER BY n.settled_at NULLS FIRST, n.at, n.id`.execute(
    tx.on(),
  );
  return rows;
}

/** The programmes of the pole that have not ended, as choices. */
export async function poleProgrammes(tx: Tx): Promise<{ value: string; label: string }[]> {
  const { rows } = await sql<{ value: string; label: string }>`
    SELECT id::text AS value, title AS label FROM programmes.programmes WHERE house_id = ${tx.scope.house} AND pole = 'culture'
       AND (ended_on IS NULL OR ended_on >= ${tx.today}::date) ORDER BY title`.execute(tx.on());
  return rows;
}
