// The manifest of the room.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { oneAccountRoutes } from "./accounts/account-routes.tsx";
import { accountsList } from "./accounts/list.tsx";
import type { ListProgrammes } from "./accounts/role-fields.ts";
import { accountRoutes } from "./accounts/routes.tsx";
import { keysList } from "./api-keys/list.tsx";
import { apiKeyRoutes } from "./api-keys/routes.tsx";
import { antennes } from "./imports.ts";
import { invitationRoutes } from "./invitation/routes.tsx";
import { makeJournalList, type RecordOf, type Words } from "./journal/list.tsx";
import { ownAccountRoutes } from "./own-account/routes.tsx";
import { rights } from "./rights.ts";
import { signInRoutes } from "./sign-in/routes.tsx";
import { sitesList } from "./sites/list.tsx";
import { siteRoutes } from "./sites/routes.tsx";
import { staffFigures, staffSource } from "./staff/figures.ts";
import { equipe } from "./staff/imports.ts";
import { staffList } from "./staff/list.tsx";
import { staffRoutes } from "./staff/routes.tsx";
import { sweepSessions } from "./sweeping.ts";
import { journalWords } from "./words.ts";

/** The room, with what only the application knows: the journal's words of all rooms, programmes, and records named by their code. */
export function makeHouseRoom(facts: { words: Words; programmes: ListProgrammes; recordOf: RecordOf }): Room {
  const routes = declareRoutes();
  signInRoutes(routes);
  invitationRoutes(routes);
  ownAccountRoutes(routes);
  accountRoutes(routes, facts.programmes);
  oneAccountRoutes(routes, facts.programmes);
  siteRoutes(routes);
  staffRoutes(routes);
  const journalList = makeJournalList(facts.words, facts.recordOf);
  declareList(routes, journalList);
  apiKeyRoutes(routes);
  return {
    name: "house",
    uses: [],
    rights,
    routes,
    menu: [
      { href: "/lieux", label: "Lieux", right: rights["site.edit"], order: 80 },
      { href: "/equipe", label: "Équipe", right: rights["staff.see"], order: 81 },
      { href: "/comptes", label: "Comptes", right: rights["account.manage"], order: 82 },
      { href: "/cles", label: "Clés", right: rights["api-key.manage"], order: 84 },
      { href: "/journal", label: "Journal", right: rights["journal.read"], order: 86 },
    ],
    lists: [sitesList, staffList, accountsList, keysList, journalList],
    figureSources: [staffSource],
    figures: staffFigures,
    imports: [antennes, equipe],
    jobs: [sweepSessions],
    journalWords,
  };
}
