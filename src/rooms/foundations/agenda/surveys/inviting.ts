// Every morning: who met the programme for the first time so many days ago is asked what they thought of it, once.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Job } from "../../../../core/jobs/job.ts";
import { addDays } from "../../../../core/time.ts";
import { linkMark, queueMessage } from "../../messages/door.ts";
import { questionsOf, type Survey, surveyList } from "./reads.ts";
import { isMobile } from "./rules.ts";

/** The path under which a survey is answered. */
export const surveyLink = "enquete";

/** A machine that was off asks late, up to this many days: later, nobody would remember. */
const lateness = 14;

type Cause = { person: string; cause: string; email: string | null; phone: string | null };

/** What gives cause to ask: by person, what and on which day. Only who has not yet been asked, and has not said no to being contacted. */
async function causesOf(tx: Tx, survey: Survey): Promise<Cause[]> {
  const house = tx.scope.house;
  const last = addDays(tx.today, -survey.delay_days);
  const first = [addDays(last, 1 - lateness), survey.from_day].sort()[1] ?? last;
  const met: RawBuilder<unknown> =
    survey.sent_after === "interview"
      ? sql`SELECT DISTINCT ON (i.person_id) i.person_id AS person, i.id AS cause, i.starts_on AS day FROM agenda.interviews i
             WHERE i.house_id = ${house} AND i.programme_id = ${survey.programme_id} AND i.status = 'held' ORDER BY i.person_id, i.starts_on, i.starts_at, i.id`
      : sql`SELECT a.person_id AS person, coalesce(s.series_id, s.id) AS cause, max(s.starts_on) AS day FROM agenda.sessions s
              JOIN agenda.attendances a ON a.house_id = s.house_id AND a.session_id = s.id AND a.state = 'present'
             WHERE s.house_id = ${house} AND s.programme_id = ${survey.programme_id} AND s.status = 'held' AND a.person_id IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM agenda.sessions later WHERE later.house_id = s.house_id AND later.series_id = s.series_id AND later.status = 'planned')
             GROUP BY 1, 2`;
  const { rows } = await sql<Cause>`
    WITH met AS (${met})
    SELECT met.person, met.cause, p.email, p.phone FROM met JOIN people.persons p ON p.house_id = ${house} AND p.id = met.person
     WHERE met.day BETWEEN ${first}::date AND ${last}::date AND p.merged_into IS NULL AND p.anonymised_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM agenda.survey_invitations v WHERE v.house_id = ${house} AND v.survey_id = ${survey.id} AND v.person_id = met.person
                        AND (v.cause_id = met.cause OR ${survey.sent_after === "interview"}::boolean))
       AND coalesce((SELECT c.answer FROM people.consents c WHERE c.house_id = ${house} AND c.person_id = met.person AND c.purpose = 'contact'
                      ORDER BY c.on_day DESC, c.recorded_at DESC, c.id DESC LIMIT 1), 'given') NOT IN ('refused', 'withdrawn')
     ORDER BY met.person`.execute(tx.on());
  return rows;
}

/** Writes the invitations that are due. `unreachable`: people without an address for the survey's channels. */
export async function inviteDue(tx: Tx): Promise<Record<string, number>> {
  const counts = { invited: 0, unreachable: 0 };
  for (const survey of await surveyList(tx)) {
    if (survey.sent_after === "nothing" || (survey.to_day !== null && survey.to_day < tx.today)) continue;
    const questions = await questionsOf(tx, survey.id, tx.today);
    if (questions.length === 0) continue;
    for (const cause of await causesOf(tx, survey)) {
      if (await invite(tx, survey, questions.length, cause)) counts.invited += 1;
      else counts.unreachable += 1;
    }
  }
  return counts;
}

async function invite(
  tx: Tx,
  survey: Survey,
  questions: number,
  { person, cause, email, phone }: Cause,
): Promise<boolean> {
  const channel = survey.by_mail && email ? "mail" : survey.by_sms && isMobile(phone) ? "sms" : null;
  const recipient = channel === "mail" ? email : phone;
  if (channel === null || recipient === null) return false;
  await sql`INSERT INTO agenda.survey_invitations (house_id, survey_id, cause_id, person_id, made_on, channel)
    VALUES (${tx.scope.house}, ${survey.id}, ${cause}, ${person}, ${tx.today}, ${channel}) ON CONFLICT DO NOTHING`.execute(
    tx.on(),
  );
  const many = questions === 1 ? "1 question" : `${questions} questions`;
  const mail = [
    "Bonjour,",
    "",
    `Vous êtes venu nous voir : ${survey.programme}. Dites-nous ce que vous en pensez.`,
    `Il y a ${many}. Cela prend 2 minutes.`,
    "",
    linkMark,
    "",
    "Personne ne saura que c’est vous qui avez répondu.",
    `Le lien sert une seule fois, pendant ${survey.open_days} jours.`,
    "Si vous ne voulez pas répondre, ne faites rien.",
    "",
    tx.scope.houseName,
    "",
  ].join("\n");
  await queueMessage(tx, {
    key: `survey:${survey.id}:${cause}:${person}`,
    purpose: "survey",
    channel,
    person,
    personal: true,
    recipient,
    subject: "Votre avis compte",
    body:
      channel === "mail" ? mail : `${tx.scope.houseName} : votre avis compte. ${many}, sans votre nom : ${linkMark}`,
    link: { kind: surveyLink, record: survey.id, days: survey.open_days },
    uselessAt: new Date(tx.clock.now().getTime() + survey.open_days * 86_400_000),
  });
  return true;
}

export const inviteToSurveys: Job = {
  name: "agenda.survey-invitations",
  cron: "30 7 * * *",
  sentence: "Écrit les invitations aux enquêtes de satisfaction dont le jour est venu.",
  run: inviteDue,
};
