// One function an act on collective projects.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ProjectKind, ProjectState } from "./words.ts";

export type ProjectWish = {
  title: string;
  kind: ProjectKind;
  askedBy: string | null;
  hostedBy: string | null;
  need: string;
  barriers: readonly string[];
  mediations: number;
  agreedOn: string | null;
  day: string;
  toDay: string | null;
  state: ProjectState;
  reason: string | null;
  participants: number | null;
  balance: string;
};

/** Notes a project; false: it was noted already under that identifier. */
export async function planProject(tx: Tx, id: string, wish: ProjectWish): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.projects (house_id, id, title, kind, asked_by, hosted_by, need, barriers, mediations, agreed_on, on_day, to_day, state, cancelled_reason, participants, balance, created_at, created_by)
    VALUES (${tx.scope.house}, ${id}, ${wish.title}, ${wish.kind}, ${wish.askedBy}, ${wish.hostedBy}, ${wish.need}, ${[...wish.barriers]}::text[], ${wish.mediations}, ${wish.agreedOn},
            ${wish.day}, ${wish.toDay}, ${wish.state}, ${wish.reason}, ${wish.participants}, ${wish.balance}, ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Changes a project as it was looked at; false: it changed since. */
export async function changeProject(tx: Tx, id: string, version: number, wish: ProjectWish): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.projects SET title = ${wish.title}, kind = ${wish.kind}, asked_by = ${wish.askedBy}, hosted_by = ${wish.hostedBy}, need = ${wish.need},
           barriers = ${[...wish.barriers]}::text[], mediations = ${wish.mediations}, agreed_on = ${wish.agreedOn}, on_day = ${wish.day}, to_day = ${wish.toDay},
           state = ${wish.state}, cancelled_reason = ${wish.reason}, participants = ${wish.participants}, balance = ${wish.balance}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Proposes a partner for a project; false: it was proposed already. */
export async function proposePartner(
  tx: Tx,
  wish: { id: string; project: string; structure: string; on: string },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.project_partners (house_id, id, project_id, structure_id, proposed_on)
    VALUES (${tx.scope.house}, ${wish.id}, ${wish.project}, ${wish.structure}, ${wish.on}) ON CONFLICT DO NOTHING RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Notes what a partner answered; false: it changed since it was looked at. */
export async function answerProposal(
  tx: Tx,
  wish: { id: string; project: string; version: number; accepted: boolean; why: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.project_partners SET accepted = ${wish.accepted}, why = ${wish.why}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND project_id = ${wish.project} AND id = ${wish.id} AND version = ${wish.version} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Sets what was promised of a year. `version`: of the promise that was looked at, 0 where there was none; false: it changed since. */
export async function setTarget(
  tx: Tx,
  wish: { year: number; projects: number | null; participants: number | null; source: string },
  version: number,
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.project_targets AS t (house_id, year, projects, participants, source)
    VALUES (${tx.scope.house}, ${wish.year}, ${wish.projects}, ${wish.participants}, ${wish.source})
    ON CONFLICT (house_id, year) DO UPDATE SET projects = excluded.projects, participants = excluded.participants, source = excluded.source, version = t.version + 1
     WHERE t.version = ${version} RETURNING year`.execute(tx.on());
  return rows.length > 0;
}
