// Who takes part in an operation: the enrolments of its programme that touch the days of its agreement, with what is known of each.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Situation } from "../tables.ts";
import type { OutcomeKind } from "../words.ts";
import type { FundAgreement } from "./agreements.ts";
import type { Answers, Check, CheckMoment, CheckSituation, Facts } from "./facts.ts";
import { exitWindow, laterWindow, type Regime } from "./regimes.ts";

/** A check as it was noted; it counts when its day is within the window of its moment. */
export type Noted = Check & { id: string; day: string; situation: CheckSituation };

export type Participation = {
  agreement: FundAgreement;
  enrolment: string;
  version: number;
  person: string;
  personCode: string;
  familyName: string;
  givenName: string;
  sex: string | null;
  site: string | null;
  siteName: string | null;
  /** Nobody can be asked any more. */
  anonymised: boolean;
  referent: string | null;
  referentName: string | null;
  facts: Facts;
  /** The last check of each moment, whether or not it counts. */
  noted: Partial<Record<CheckMoment, Noted>>;
};

type Row = Omit<Participation, "agreement" | "facts" | "noted"> & {
  agreement: string;
  entryOn: string;
  exitOn: string | null;
  situation: Situation;
  answers: Answers | null;
  exitKind: OutcomeKind | null;
  exitCheck: Noted | null;
  laterCheck: Noted | null;
};

/** What the word of an exit tells by itself, until somebody notes more. */
const toldBy = (kind: OutcomeKind | null): Check | null => {
  const nothing = { situation: null, training: null, qualification: null, improved: null };
  if (kind === "job") return { ...nothing, situation: "employee" };
  if (kind === "creation") return { ...nothing, situation: "self_employed" };
  if (kind === "training") return { ...nothing, training: true };
  return kind === "certification" ? { ...nothing, qualification: true } : null;
};

const within = (noted: Noted | null, window: { from: string; to: string }): Noted | null =>
  noted && noted.day >= window.from && noted.day <= window.to ? noted : null;

function factsOf(row: Row, regime: Regime): Facts {
  const { situation, exitOn } = row;
  return {
    entryOn: row.entryOn,
    age: situation.age ?? null,
    status: situation.status ?? null,
    since: situation.since ?? null,
    months: situation.months ?? null,
    diploma: situation.diploma ?? null,
    rqth: situation.rqth ?? null,
    nationality: situation.nationality ?? null,
    answers: row.answers ?? {},
    exitOn,
    exit: exitOn === null ? null : (within(row.exitCheck, exitWindow(exitOn, regime)) ?? toldBy(row.exitKind)),
    later: exitOn === null ? null : within(row.laterCheck, laterWindow(exitOn, regime)),
  };
}

export type ParticipantFilters = {
  enrolment?: string;
  referent?: string | null;
  /** Only sites and programmes that the reader's role is held for; null: the whole house. */
  within?: { sites: readonly string[]; programmes: readonly string[] } | null;
};

const lastCheck = (moment: CheckMoment) => sql`(
  SELECT jsonb_build_object('id', c.id, 'day', c.on_day, 'situation', c.situation, 'training', c.training, 'qualification', c.qualification, 'improved', c.improved)
    FROM programmes.funding_checks c WHERE c.house_id = e.house_id AND c.enrolment_id = e.id AND c.moment = ${moment}
     AND NOT EXISTS (SELECT 1 FROM programmes.funding_checks n WHERE n.house_id = c.house_id AND n.replaces_id = c.id))`;

/**
 * Participations in these agreements, a row for each enrolment: people accompanied, present at least one day of the agreement. The entry
 * in the operation is the entry in the programme, or the first day of an agreement that began later, and the situation is that of the day.
 * What the enrolment kept leads; what was noted since of that same day fills what was missing. An exit after the agreement is not its own.
 */
export async function participations(
  tx: Tx,
  agreements: readonly FundAgreement[],
  filters: ParticipantFilters = {},
): Promise<Participation[]> {
  if (agreements.length === 0) return [];
  const { house } = tx.scope;
  const seen = filters.within;
  const { rows } = await sql<Row>`
    SELECT a.id AS agreement, e.id AS enrolment, e.version, e.person_id AS person, p.code AS "personCode", p.family_name AS "familyName", p.given_name AS "givenName",
           coalesce(p.sex, e.entry ->> 'sex') AS sex, e.site_id AS site, s.name AS "siteName", r.account_id AS referent, n.name AS "referentName",
           greatest(e.entry_on, a.from_day) AS "entryOn", CASE WHEN e.exit_on <= a.to_day THEN e.exit_on END AS "exitOn",
           p.anonymised_at IS NOT NULL AS anonymised,
           CASE WHEN e.entry_on < a.from_day THEN e.entry || t.situation
                -- Since when another status holds tells nothing of the one that was kept.
                WHEN e.entry ->> 'status' <> t.situation ->> 'status' THEN (t.situation - 'since') || e.entry
                ELSE t.situation || e.entry END AS situation,
           q.answers, w.kind AS "exitKind", ${lastCheck("exit")} AS "exitCheck", ${lastCheck("later")} AS "laterCheck"
      FROM programmes.agreements a
      JOIN programmes.enrolments e ON e.house_id = a.house_id AND e.programme_id = a.programme_id AND e.entry_on <= a.to_day AND (e.exit_on IS NULL OR e.exit_on >= a.from_day)
      JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
      LEFT JOIN house.sites s ON s.house_id = e.house_id AND s.id = e.site_id
      LEFT JOIN programmes.outcome_words w ON w.house_id = e.house_id AND w.id = e.exit_word_id
      LEFT JOIN programmes.funding_answers q ON q.house_id = e.house_id AND q.enrolment_id = e.id
      LEFT JOIN LATERAL (SELECT x.account_id FROM programmes.referents x WHERE x.house_id = e.house_id AND x.enrolment_id = e.id AND x.from_day <= ${tx.today}
        ORDER BY x.from_day DESC LIMIT 1) r ON true
      CROSS JOIN LATERAL (SELECT coalesce(people.situation_on(e.house_id, e.person_id, greatest(e.entry_on, a.from_day)), '{}') AS situation) t
      LEFT JOIN house.accounts n ON n.house_id = e.house_id AND n.id = r.account_id
     WHERE a.house_id = ${house} AND a.id = ANY(${agreements.map((one) => one.id)}::uuid[]) AND e.followed
       AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals x WHERE x.house_id = e.house_id AND x.enrolment_id = e.id)
       ${filters.enrolment ? sql`AND e.id = ${filters.enrolment}` : sql``}
       ${filters.referent ? sql`AND r.account_id = ${filters.referent}` : sql``}
       ${seen ? sql`AND (e.site_id = ANY(${[...seen.sites]}::uuid[]) OR e.programme_id = ANY(${[...seen.programmes]}::uuid[]))` : sql``}
     ORDER BY p.family_name, p.given_name, p.code, e.entry_on, e.id`.execute(tx.on());
  const byId = new Map(agreements.map((one) => [one.id, one]));
  return rows.flatMap((row) => {
    const { agreement: id, entryOn, exitOn, situation, answers, exitKind, exitCheck, laterCheck, ...rest } = row;
    const agreement = byId.get(id);
    if (!agreement) return [];
    const noted = { ...(exitCheck ? { exit: exitCheck } : {}), ...(laterCheck ? { later: laterCheck } : {}) };
    return [{ ...rest, agreement, facts: factsOf(row, agreement.regime), noted }];
  });
}
