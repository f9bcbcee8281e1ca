// The room of programmes: the catalogue, who is in what since when, what was obtained.
import { notFound } from "../../../core/http/answer.ts";
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { PathFacts, Room } from "../../../core/room.ts";
import { accompanimentFigures, accompanimentsSource } from "./accompaniments/figures.ts";
import { accompanimentList } from "./accompaniments/list.tsx";
import { declareNewAccompaniment } from "./accompaniments/new-routes.tsx";
import { accompanimentPanel, accompanimentStructureLink } from "./accompaniments/panel.tsx";
import { declareAccompaniment } from "./accompaniments/routes.tsx";
import { accompanimentJournalWords } from "./accompaniments/words.ts";
import { programmeList } from "./catalogue/list.tsx";
import { declareProgramme } from "./catalogue/routes.tsx";
import { declareActs, enrolmentAt } from "./enrolments/acts.tsx";
import { makeCaseloadList } from "./enrolments/caseload-list.tsx";
import { declareCaseload } from "./enrolments/caseload-routes.tsx";
import { handAct } from "./enrolments/hand-act.tsx";
import { importEnrolments } from "./enrolments/imports.ts";
import { enrolmentList } from "./enrolments/list.tsx";
import { declareNewEnrolment } from "./enrolments/new-routes.tsx";
import { ofPerson, personLinks } from "./enrolments/on-person.tsx";
import { importOutcomes } from "./enrolments/outcome-imports.ts";
import { enrolmentSheet } from "./enrolments/sheet.tsx";
import { enrolmentsSource, outcomesSource } from "./figure-sources.ts";
import { programmesFigures } from "./figures.ts";
import { fundingRights } from "./funding/rights.ts";
import { declareFunding } from "./funding/routes.tsx";
import { declareTodo } from "./funding/todo-routes.tsx";
import { fundingJournalWords } from "./funding/words.ts";
import { dispositifs } from "./imports.ts";
import { programmeEvents } from "./person-events.ts";
import { declarePlans } from "./plans/routes.tsx";
import { planJournalWords } from "./plans/words.ts";
import { declareProofs } from "./proofs/routes.ts";
import { proofJournalWords } from "./proofs/words.ts";
import { declareAnswer } from "./referrals/answer-routes.tsx";
import { referralFigures, referralsSource } from "./referrals/figures.ts";
import { referralList } from "./referrals/list.tsx";
import { referralLink, referralsPanel } from "./referrals/panel.tsx";
import { declareReferral } from "./referrals/referral-routes.tsx";
import { referralRights } from "./referrals/rights.ts";
import { declareSending } from "./referrals/send-routes.tsx";
import { referralJournalWords } from "./referrals/words.ts";
import { expireReferrals, ruleReferrals } from "./referrals/writes.ts";
import { rights } from "./rights.ts";
import { furnishSteps } from "./steps/lists.ts";
import { stepStructureLink } from "./steps/on-structure.ts";
import { declareSteps } from "./steps/routes.tsx";
import { stepJournalWords } from "./steps/words.ts";
import { journalWords } from "./words.ts";

/** `others`: what other rooms know of paths; read when a page is asked for, since they are made after this one. */
export function makeProgrammesRoom(others: () => readonly PathFacts[]): Room {
  const routes = declareRoutes();
  declareList(routes, programmeList);
  declareProgramme(routes);
  const caseloadList = makeCaseloadList(others);
  declareList(routes, enrolmentList);
  declareNewEnrolment(routes);
  declareCaseload(routes, caseloadList);
  routes.get("/parcours/:enrolment", { right: rights["enrolment.see"], trace: "enrolment.opened" }, async (at) => {
    const enrolment = await enrolmentAt(at);
    if (!enrolment) return notFound("Ce parcours");
    at.about("person", enrolment.person, { enrolment: enrolment.id });
    return enrolmentSheet(at, enrolment);
  });
  declareActs(routes);
  declareList(routes, accompanimentList);
  declareNewAccompaniment(routes);
  declareAccompaniment(routes);
  declareSteps(routes);
  declareFunding(routes);
  declareTodo(routes);
  declareProofs(routes);
  declarePlans(routes, others);
  declareList(routes, referralList);
  declareSending(routes);
  declareReferral(routes);
  declareAnswer(routes);
  return {
    name: "programmes",
    uses: ["house", "people", "partners", "messages"],
    rights: { ...rights, ...referralRights, ...fundingRights },
    routes,
    menu: [
      { href: "/file-active", label: "File active", right: rights["enrolment.see"], order: 22, key: "f" },
      { href: "/parcours", label: "Parcours", right: rights["enrolment.see"], order: 24 },
      {
        href: "/structures-accompagnees",
        label: "Structures accompagnées",
        right: rights["enrolment.see"],
        order: 25,
      },
      { href: "/orientations", label: "Orientations", right: referralRights["referral.see"], order: 33 },
      { href: "/financements/a-completer", label: "À compléter", right: fundingRights["funding.follow"], order: 34 },
      { href: "/dispositifs", label: "Dispositifs", right: rights["programme.list"], order: 50 },
    ],
    lists: [programmeList, enrolmentList, accompanimentList, caseloadList, referralList],
    groupActs: [handAct],
    personEvents: programmeEvents,
    personPanels: [ofPerson, referralsPanel],
    personLinks: [...personLinks, referralLink],
    figureSources: [enrolmentsSource, outcomesSource, accompanimentsSource, referralsSource],
    figures: [...programmesFigures, ...accompanimentFigures, ...referralFigures],
    imports: [dispositifs, importEnrolments, importOutcomes],
    jobs: [
      {
        name: "programmes.expire-referrals",
        cron: "50 5 * * *",
        sentence: "Fait périmer les orientations restées sans réponse, et prévient qui les a faites.",
        run: expireReferrals,
      },
    ],
    journalWords: {
      ...journalWords,
      ...accompanimentJournalWords,
      ...referralJournalWords,
      ...stepJournalWords,
      ...proofJournalWords,
      ...planJournalWords,
      ...fundingJournalWords,
    },
    structureLinks: [stepStructureLink, accompanimentStructureLink],
    structurePanels: [accompanimentPanel],
    async furnish(tx) {
      await ruleReferrals(tx, { fromDay: "2000-01-01", lateDays: 15, expireDays: 30, source: "choix de la maison" });
      await furnishSteps(tx);
    },
  };
}
