// Reads of collective projects: one of them, its partners, what was promised of years and what was reached.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ProjectsTable, ProjectsTables } from "./tables.ts";

export type ProjectLine = Pick<ProjectsTable, "id" | "title" | "kind" | "state" | "participants"> & {
  day: string;
  toDay: string | null;
  need: string;
  barriers: string[];
  mediations: number;
  agreedOn: string | null;
  reason: string | null;
  balance: string;
  version: number;
  askedBy: string | null;
  asker: string | null;
  hostedBy: string | null;
  host: string | null;
};

export const projectColumns = sql`r.id, r.title, r.kind, r.state, r.participants, r.on_day AS day, r.to_day AS "toDay", r.need, r.barriers, r.mediations,
  r.agreed_on AS "agreedOn", r.cancelled_reason AS reason, r.balance, r.version, r.asked_by AS "askedBy", a.name AS asker, r.hosted_by AS "hostedBy", h.name AS host`;
export const projectTables = sql`culture.projects r
  LEFT JOIN partners.structures a ON a.house_id = r.house_id AND a.id = r.asked_by
  LEFT JOIN partners.structures h ON h.house_id = r.house_id AND h.id = r.hosted_by`;

/** One project; null when the house has none of that identifier. */
export async function projectById(tx: Tx, id: string): Promise<ProjectLine | null> {
  const { rows } = await sql<ProjectLine>`
    SELECT ${projectColumns} FROM ${projectTables} WHERE r.house_id = ${tx.scope.house} AND r.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export type ProposedPartner = {
  id: string;
  structureId: string;
  structure: string;
  proposedOn: string;
  accepted: boolean | null;
  why: string | null;
  version: number;
};

/** Partners proposed for a project, in the order in which they were. */
export async function partnersOf(tx: Tx, project: string): Promise<ProposedPartner[]> {
  const { rows } = await sql<ProposedPartner>`
    SELECT p.id, p.structure_id AS "structureId", s.name AS structure, p.proposed_on AS "proposedOn", p.accepted, p.why, p.version
      FROM culture.project_partners p JOIN partners.structures s ON s.house_id = p.house_id AND s.id = p.structure_id
     WHERE p.house_id = ${tx.scope.house} AND p.project_id = ${project} ORDER BY p.proposed_on, s.name, p.id`.execute(
    tx.on(),
  );
  return rows;
}

/** Projects that a structure asked for, hosted or was proposed for, the latest first. */
export async function projectsOfStructure(tx: Tx, structure: string, most: number): Promise<ProjectLine[]> {
  const { rows } = await sql<ProjectLine>`
    SELECT ${projectColumns} FROM ${projectTables} WHERE r.house_id = ${tx.scope.house}
       AND (r.asked_by = ${structure} OR r.hosted_by = ${structure}
         OR EXISTS (SELECT 1 FROM culture.project_partners p WHERE p.house_id = r.house_id AND p.project_id = r.id AND p.structure_id = ${structure}))
     ORDER BY r.on_day DESC, r.id LIMIT ${most}`.execute(tx.on());
  return rows;
}

export type YearOfProjects = {
  year: number;
  promisedProjects: number | null;
  promisedParticipants: number | null;
  source: string | null;
  version: number;
  held: number;
  cancelled: number;
  participants: number;
};

/** Each year that has a promise or a project, the latest first: what was promised, what was reached. */
export async function yearsOfProjects(tx: Tx): Promise<YearOfProjects[]> {
  const { rows } = await sql<YearOfProjects>`
    SELECT coalesce(t.year, y.year)::int AS year, t.projects AS "promisedProjects", t.participants AS "promisedParticipants", t.source,
           coalesce(t.version, 0) AS version, coalesce(y.held, 0)::int AS held, coalesce(y.cancelled, 0)::int AS cancelled, coalesce(y.participants, 0)::int AS participants
      FROM (SELECT * FROM culture.project_targets WHERE house_id = ${tx.scope.house}) t
      FULL JOIN (SELECT extract(year FROM on_day)::int AS year, count(*) FILTER (WHERE state = 'held') AS held, count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
                        sum(participants) FILTER (WHERE state = 'held') AS participants
                   FROM culture.projects WHERE house_id = ${tx.scope.house} GROUP BY 1) y ON y.year = t.year
     ORDER BY 1 DESC LIMIT 20`.execute(tx.on());
  return rows;
}

/** The promise of one year; null: none. */
export async function targetOf(tx: Tx, year: number) {
  return (
    (await tx
      .on<ProjectsTables>()
      .selectFrom("culture.project_targets")
      .select(["year", "projects", "participants", "source", "version"])
      .where("house_id", "=", tx.scope.house)
      .where("year", "=", year)
      .executeTakeFirst()) ?? null
  );
}
