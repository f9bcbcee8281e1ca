// What stands around the box office, gathered for the room's manifest: collective projects, jobs in culture, the forum, the public page.
import type { Routes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { jobFigures, jobsSource } from "./jobs/figures.ts";
import { jobList } from "./jobs/list.tsx";
import { declareJobs } from "./jobs/routes.tsx";
import { jobJournalWords } from "./jobs/words.ts";
import { declareLeaving } from "./kit/leaving-routes.tsx";
import { kitList } from "./kit/list.tsx";
import { declareKitMailing } from "./kit/mail-routes.tsx";
import { kitRights } from "./kit/rights.ts";
import { declareKit } from "./kit/routes.tsx";
import { kitJournalWords } from "./kit/words.ts";
import { declareActions } from "./outposts/action-routes.tsx";
import { actionList } from "./outposts/list.tsx";
import { outpostPanel } from "./outposts/panel.tsx";
import { declarePlanning } from "./outposts/plan-routes.tsx";
import { outpostRights } from "./outposts/rights.ts";
import { declareSpot } from "./outposts/spot-routes.tsx";
import { outpostJournalWords } from "./outposts/words.ts";
import { projectFigures, projectsSource } from "./projects/figures.ts";
import { importProjects } from "./projects/imports.ts";
import { projectList } from "./projects/list.tsx";
import { projectPanel } from "./projects/panel.tsx";
import { projectRights } from "./projects/rights.ts";
import { declareProjects } from "./projects/routes.tsx";
import { declareTargets } from "./projects/target-routes.tsx";
import { projectJournalWords } from "./projects/words.ts";
import { declarePageEditing } from "./public/edit-routes.tsx";
import { declarePublic } from "./public/routes.tsx";
import { contributionList } from "./tribune/list.tsx";
import { tribuneRights } from "./tribune/rights.ts";
import { declareTribune } from "./tribune/routes.tsx";
import { tribuneJournalWords } from "./tribune/words.ts";
import { volunteerFigures, volunteersSource } from "./volunteers/figures.ts";
import { volunteerList } from "./volunteers/list.tsx";
import { volunteerRights } from "./volunteers/rights.ts";
import { declareVolunteers } from "./volunteers/routes.tsx";
import { volunteerJournalWords } from "./volunteers/words.ts";

export function declareAround(routes: Routes): void {
  declareTargets(routes);
  declareProjects(routes);
  declareJobs(routes);
  declareVolunteers(routes);
  declarePlanning(routes);
  declareList(routes, actionList);
  declareSpot(routes);
  declareActions(routes);
  declareTribune(routes);
  declareKit(routes);
  declareKitMailing(routes);
  declareLeaving(routes);
  declarePageEditing(routes);
  declarePublic(routes);
}

export const around = {
  rights: { ...projectRights, ...volunteerRights, ...outpostRights, ...tribuneRights, ...kitRights },
  lists: [projectList, jobList, volunteerList, actionList, contributionList, kitList],
  menu: [
    { href: "/culture/projets", label: "Projets", right: projectRights["project.see"], order: 52 },
    {
      href: "/culture/tribune",
      label: "Tribune",
      right: tribuneRights["contribution.see"],
      order: 53,
    },
  ],
  structurePanels: [projectPanel, outpostPanel],
  structureLinks: [
    { table: "culture.projects", column: "asked_by", key: ["id"], label: "projets culturels demandés" },
    { table: "culture.projects", column: "hosted_by", key: ["id"], label: "projets culturels accueillis" },
    {
      table: "culture.project_partners",
      column: "structure_id",
      key: ["project_id", "structure_id"],
      label: "projets culturels proposés",
    },
    { table: "culture.outposts", column: "host_id", key: ["session_id"], label: "permanences accueillies" },
    { table: "culture.job_actions", column: "structure_id", key: ["id"], label: "actions vers les métiers" },
  ],
  figureSources: [projectsSource, jobsSource, volunteersSource],
  figures: [...projectFigures, ...jobFigures, ...volunteerFigures],
  imports: [importProjects],
  journalWords: {
    ...projectJournalWords,
    ...jobJournalWords,
    ...volunteerJournalWords,
    ...outpostJournalWords,
    ...tribuneJournalWords,
    ...kitJournalWords,
  },
} satisfies Partial<Room>;
