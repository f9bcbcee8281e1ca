// The room of what happens on a day: visits (whose pages are the desk's, trade `reception`), interviews, sessions, weeks.
import { sql } from "kysely";
import { declareRoutes, type Routes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { PersonLink, PersonPanel, Room } from "../../../core/room.ts";
import { plural } from "../../../ui/words.ts";
import { freezeVisits } from "./ages.ts";
import { declareFeed } from "./feed/routes.tsx";
import { antennesFigures, visitsSource } from "./figures.ts";
import { importVisits } from "./imports.ts";
import { importInterviews } from "./interviews/imports.ts";
import { interviewList } from "./interviews/list.tsx";
import { declareRecording } from "./interviews/recording-routes.tsx";
import { interviewLink, interviewsPanel } from "./interviews/room.tsx";
import { declareInterview } from "./interviews/routes.tsx";
import { declareTemplates } from "./interviews/template-routes.tsx";
import { addTemplate } from "./interviews/template-writes.ts";
import { firstTemplates, interviewJournalWords } from "./interviews/words.ts";
import { meetingFigures, meetingSources } from "./meeting-figures.ts";
import { forgetNames } from "./names.ts";
import { pathFacts } from "./path-facts.ts";
import { agendaEvents } from "./person-events.ts";
import { declarePlaces } from "./places/routes.tsx";
import { visitsOfPerson } from "./reads.ts";
import { remindOfMeetings, ruleReminders } from "./reminders/reminding.ts";
import { declareReminders, reminderRights } from "./reminders/routes.tsx";
import { reminderJournalWords } from "./reminders/words.ts";
import { rights } from "./rights.ts";
import { declareVisits } from "./routes.ts";
import { importAttendances } from "./sessions/attendance-imports.ts";
import { declareClosing } from "./sessions/closing-routes.tsx";
import { importSessions } from "./sessions/imports.ts";
import { groupRegistrationsLink, inviteAct } from "./sessions/invite-act.tsx";
import { declareLinks } from "./sessions/link-routes.tsx";
import { sessionList } from "./sessions/list.tsx";
import { declareSessionRecording } from "./sessions/recording-routes.tsx";
import { sessionLinks, sessionsPanel } from "./sessions/room.tsx";
import { declareSession } from "./sessions/routes.tsx";
import { declareSigning } from "./sessions/signing-routes.tsx";
import { sessionJournalWords } from "./sessions/words.ts";
import { surveyAnswersSource, surveyFigures } from "./surveys/figures.ts";
import { importSurveys } from "./surveys/imports.ts";
import { inviteToSurveys } from "./surveys/inviting.ts";
import { surveyRights } from "./surveys/rights.ts";
import { declareSurveyRoutes, surveyLinks } from "./surveys/room.ts";
import { surveyJournalWords } from "./surveys/words.ts";
import { declareWeeks } from "./weeks/routes.tsx";
import { weekJournalWords } from "./weeks/words.ts";
import { firstTerms, modeWords, visitJournalWords } from "./words.ts";

const ofPerson: PersonPanel = {
  order: 10,
  right: rights["visit.see"],
  async show(tx, person, most) {
    const [visits, { rows }] = await Promise.all([
      visitsOfPerson(tx, person, most),
      sql<{
        count: number;
      }>`SELECT count(*) AS count FROM agenda.visits v WHERE v.house_id = ${tx.scope.house} AND v.person_id = ${person}
      AND NOT EXISTS (SELECT 1 FROM agenda.visit_withdrawals w WHERE w.house_id = v.house_id AND w.visit_id = v.id)`.execute(
        tx.often(),
      ),
    ]);
    return {
      panel: (
        <section>
          <h2>Visites</h2>
          <p>{plural(rows[0]?.count ?? 0, "visite", "visites")} en tout.</p>
        </section>
      ),
      timeline: visits.map((visit) => ({
        day: visit.occurredOn,
        hour: visit.occurredAt,
        kind: "Visite",
        text: (
          <a href={`/visites/${visit.id}`} class={visit.withdrawn ? "withdrawn" : undefined}>
            {[
              visit.site,
              visit.reason,
              visit.orientation ? `orienté vers ${visit.orientation}` : null,
              visit.mode === "in_person" ? null : modeWords[visit.mode],
            ]
              .filter(Boolean)
              .join(", ")}
          </a>
        ),
      })),
    };
  },
};

export const personLinks: readonly PersonLink[] = [
  {
    table: "agenda.visits",
    column: "person_id",
    key: ["id"],
    label: "visites",
    describe: async (tx, person) =>
      (await visitsOfPerson(tx, person, 100_000)).map((visit) => ({
        Jour: visit.occurredOn,
        Heure: visit.occurredAt,
        Lieu: visit.site,
        Motif: visit.reason,
        Orientation: visit.orientation,
        Mode: modeWords[visit.mode],
        "Retirée parce que": visit.withdrawn,
      })),
    beforeAnonymising: freezeVisits,
  },
  interviewLink,
  ...sessionLinks,
  groupRegistrationsLink,
  ...surveyLinks,
];

/** The routes of the room. What is named stands before what is any identifier. */
function agendaRoutes(): Routes {
  const routes = declareRoutes();
  declareVisits(routes);
  declareTemplates(routes);
  declareList(routes, interviewList);
  declareRecording(routes);
  declareInterview(routes);
  declarePlaces(routes);
  declareList(routes, sessionList);
  declareSessionRecording(routes);
  declareSession(routes);
  declareClosing(routes);
  declareSigning(routes);
  declareLinks(routes);
  declareWeeks(routes);
  declareFeed(routes);
  declareSurveyRoutes(routes);
  declareReminders(routes);
  return routes;
}

export const agendaRoom: Room = {
  name: "agenda",
  uses: ["house", "people", "programmes", "messages"],
  rights: { ...rights, ...surveyRights, ...reminderRights },
  routes: agendaRoutes(),
  menu: [
    { href: "/agenda", label: "Semaine", right: rights["week.see"], order: 25 },
    { href: "/entretiens", label: "Entretiens", right: rights["interview.see"], order: 31 },
    { href: "/seances", label: "Séances", right: rights["session.see"], order: 32 },
    { href: "/enquetes", label: "Enquêtes", right: surveyRights["survey.see"], order: 54 },
    { href: "/rappels", label: "Rappels", right: reminderRights["reminder.rule"], order: 79 },
  ],
  lists: [interviewList, sessionList],
  groupActs: [inviteAct],
  personEvents: agendaEvents,
  personPanels: [ofPerson, interviewsPanel, sessionsPanel],
  personLinks,
  pathFacts: [pathFacts],
  figureSources: [visitsSource, ...meetingSources, surveyAnswersSource],
  figures: [...antennesFigures, ...meetingFigures, ...surveyFigures],
  imports: [importVisits, importInterviews, importSessions, importAttendances, importSurveys],
  jobs: [forgetNames, inviteToSurveys, remindOfMeetings],
  journalWords: {
    ...visitJournalWords,
    ...interviewJournalWords,
    ...sessionJournalWords,
    ...weekJournalWords,
    ...surveyJournalWords,
    ...reminderJournalWords,
  },
  async furnish(tx) {
    for (const kind of ["reason", "orientation"] as const)
      for (const [at, label] of firstTerms[kind].entries())
        await sql`INSERT INTO agenda.visit_terms (house_id, id, kind, label, position, from_day) VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${kind}, ${label}, ${at + 1}, '2000-01-01') ON CONFLICT DO NOTHING`.execute(
          tx.on(),
        );
    await ruleReminders(tx, { from_day: "2000-01-01", way: "mail-then-sms", source: "choix de la maison" });
    for (const template of firstTemplates) await addTemplate(tx, { id: tx.ids.uuid(), ...template });
  },
};
