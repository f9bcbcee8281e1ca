// Enrolments as they are read: one whole, those of a person, lists with their filters, and what an eligibility check needs to know.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Verdict } from "../eligibility/checking.ts";
import type { Condition } from "../eligibility/conditions.ts";
import type { Situation } from "../tables.ts";

export type Enrolment = {
  id: string;
  version: number;
  programme: string;
  programmeCode: string;
  programmeTitle: string;
  person: string;
  personCode: string;
  personName: string;
  site: string | null;
  siteName: string | null;
  entryOn: string;
  exitOn: string | null;
  exitWord: string | null;
  exitNote: string | null;
  followed: boolean;
  entry: Situation;
  leaving: Situation | null;
  check: Verdict[] | null;
  inSpiteOf: string | null;
  withdrawn: string | null;
  referent: string | null;
  referentName: string | null;
};

/** The columns of an enrolment, over `enrolmentTables`. */
export const enrolmentColumns = sql`
  e.id, e.version, e.programme_id AS programme, g.code AS "programmeCode", g.title AS "programmeTitle", e.person_id AS person, p.code AS "personCode",
  trim(p.given_name || ' ' || p.family_name) AS "personName", e.site_id AS site, s.name AS "siteName", e.entry_on AS "entryOn", e.exit_on AS "exitOn", w.label AS "exitWord",
  e.exit_note AS "exitNote", e.followed, e.entry, e.leaving, e.eligibility_check AS "check", e.in_spite_of AS "inSpiteOf", gone.reason AS withdrawn, r.account_id AS referent, a.name AS "referentName"`;

/** Enrolments with all that a line of them says; `gone`: why one was withdrawn, `r`: its referent of today. */
export const enrolmentTables = (today: string): RawBuilder<unknown> => sql`
  programmes.enrolments e JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id
  JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
  LEFT JOIN house.sites s ON s.house_id = e.house_id AND s.id = e.site_id
  LEFT JOIN programmes.outcome_words w ON w.house_id = e.house_id AND w.id = e.exit_word_id
  LEFT JOIN programmes.enrolment_withdrawals gone ON gone.house_id = e.house_id AND gone.enrolment_id = e.id
  LEFT JOIN programmes.referents r ON r.house_id = e.house_id AND r.enrolment_id = e.id AND r.from_day <= ${today} AND (r.to_day IS NULL OR r.to_day >= ${today})
  LEFT JOIN house.accounts a ON a.house_id = r.house_id AND a.id = r.account_id`;

export async function enrolmentById(tx: Tx, id: string): Promise<Enrolment | null> {
  const { rows } =
    await sql<Enrolment>`SELECT ${enrolmentColumns} FROM ${enrolmentTables(tx.today)} WHERE e.house_id = ${tx.scope.house} AND e.id = ${id}`.execute(
      tx.on(),
    );
  return rows[0] ?? null;
}

/** Those of a person, latest entry first. */
export const enrolmentsOfPerson = async (tx: Tx, person: string, most = 200): Promise<Enrolment[]> =>
  (
    await sql<Enrolment>`SELECT ${enrolmentColumns} FROM ${enrolmentTables(tx.today)} WHERE e.house_id = ${tx.scope.house} AND e.person_id = ${person} ORDER BY e.entry_on DESC, e.id DESC LIMIT ${most}`.execute(
      tx.often(),
    )
  ).rows;

export type Outcome = {
  id: string;
  enrolment: string;
  day: string;
  label: string;
  atExit: boolean;
  partTime: boolean | null;
  months: number | null;
  note: string | null;
  withdrawn: string | null;
};
/** Those of these enrolments, earliest first. */
export const outcomesOf = async (tx: Tx, enrolments: readonly string[]): Promise<Outcome[]> =>
  (
    await sql<Outcome>`SELECT o.id, o.enrolment_id AS enrolment, o.on_day AS day, w.label, o.at_exit AS "atExit", o.part_time AS "partTime", o.months::float8 AS months, o.note, gone.reason AS withdrawn
      FROM programmes.outcomes o JOIN programmes.outcome_words w ON w.house_id = o.house_id AND w.id = o.word_id
      LEFT JOIN programmes.outcome_withdrawals gone ON gone.house_id = o.house_id AND gone.outcome_id = o.id
     WHERE o.house_id = ${tx.scope.house} AND o.enrolment_id = ANY(${[...enrolments]}::uuid[]) ORDER BY o.on_day, o.id`.execute(
      tx.on(),
    )
  ).rows;

export const stagesReachedOf = async (tx: Tx, enrolment: string): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{
    stage: string;
    day: string;
  }>`SELECT stage_id AS stage, on_day AS day FROM programmes.stages_reached
     WHERE house_id = ${tx.scope.house} AND enrolment_id = ${enrolment}`.execute(tx.on());
  return new Map(rows.map((row) => [row.stage, row.day]));
};

export const fieldValuesOf = async (tx: Tx, enrolment: string): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{
    field: string;
    value: string;
  }>`SELECT field_id AS field, value FROM programmes.field_values
     WHERE house_id = ${tx.scope.house} AND enrolment_id = ${enrolment}`.execute(tx.on());
  return new Map(rows.map((row) => [row.field, row.value]));
};

export type ReferentLine = { from: string; to: string | null; name: string; handover: string | null };
export const referentsOf = async (tx: Tx, enrolment: string): Promise<ReferentLine[]> =>
  (
    await sql<ReferentLine>`SELECT r.from_day AS "from", r.to_day AS "to", a.name, r.handover_id AS handover FROM programmes.referents r
      JOIN house.accounts a ON a.house_id = r.house_id AND a.id = r.account_id WHERE r.house_id = ${tx.scope.house} AND r.enrolment_id = ${enrolment} ORDER BY r.from_day`.execute(
      tx.on(),
    )
  ).rows;

/** Those who may be given enrolments, and whoever still has some today: somebody who has left is found, so that their list is handed over. */
export async function referentsToday(
  tx: Tx,
  offered: readonly { id: string; name: string }[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT a.id, a.name FROM house.accounts a WHERE a.house_id = ${tx.scope.house} AND (a.id = ANY(${offered.map((one) => one.id)}::uuid[]) OR a.id = ${tx.scope.account}::uuid
        OR EXISTS (SELECT 1 FROM programmes.referents r WHERE r.house_id = a.house_id AND r.account_id = a.id AND (r.to_day IS NULL OR r.to_day >= ${tx.today})))
     ORDER BY a.name, a.id`.execute(tx.often());
  return rows;
}

/** What is true of a person on a day, for a check of conditions: their situation, and the programmes in which they are. */
export async function factsOn(
  tx: Tx,
  person: string,
  day: string,
): Promise<{ situation: Situation; programmes: string[] }> {
  const { rows } = await sql<{ situation: Situation | null; programmes: string[] | null }>`
    SELECT people.situation_on(${tx.scope.house}, ${person}, ${day}) AS situation, (
      SELECT array_agg(DISTINCT g.code) FROM programmes.enrolments e JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id
       WHERE e.house_id = ${tx.scope.house} AND e.person_id = ${person} AND e.entry_on <= ${day} AND (e.exit_on IS NULL OR e.exit_on >= ${day})
         AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)) AS programmes`.execute(
    tx.on(),
  );
  return { situation: rows[0]?.situation ?? {}, programmes: rows[0]?.programmes ?? [] };
}

/** The programmes that take people, or structures, in on a day, with the conditions in force. */
export const openProgrammes = async (
  tx: Tx,
  day: string,
  takes: "persons" | "structures" = "persons",
): Promise<{ id: string; code: string; title: string; pole: string | null; conditions: Condition[] }[]> =>
  (
    await sql<{ id: string; code: string; title: string; pole: string | null; conditions: Condition[] }>`
      SELECT g.id, g.code, g.title, g.pole, coalesce(x.conditions, '[]') AS conditions FROM programmes.programmes g LEFT JOIN LATERAL (
        SELECT conditions FROM programmes.eligibility c WHERE c.house_id = g.house_id AND c.programme_id = g.id ORDER BY c.at DESC, c.id DESC LIMIT 1) x ON true
       WHERE g.house_id = ${tx.scope.house} AND g.takes = ${takes} AND (g.opened_on IS NULL OR g.opened_on <= ${day}) AND (g.ended_on IS NULL OR g.ended_on >= ${day})
       ORDER BY g.pole, g.title`.execute(tx.on())
  ).rows;
