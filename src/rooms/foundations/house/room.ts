// The manifest of the room.
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room } from "../../../core/room.ts";
import { oneAccountRoutes } from "./accounts/account-routes.tsx";
import type { ListProgrammes } from "./accounts/role-fields.ts";
import { accountRoutes } from "./accounts/routes.tsx";
import { apiKeyRoutes } from "./api-keys/routes.tsx";
import { antennes } from "./imports.ts";
import { invitationRoutes } from "./invitation/routes.tsx";
import { journalRoutes, type RecordOf, type Words } from "./journal/routes.tsx";
import { ownAccountRoutes } from "./own-account/routes.tsx";
import { rights } from "./rights.ts";
import { signInRoutes } from "./sign-in/routes.tsx";
import { siteRoutes } from "./sites/routes.tsx";
import { staffFigures, staffSource } from "./staff/figures.ts";
import { equipe } from "./staff/imports.ts";
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
  journalRoutes(routes, facts.words, facts.recordOf);
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
    figureSources: [staffSource],
    figures: staffFigures,
    imports: [antennes, equipe],
    jobs: [sweepSessions],
    journalWords,
  };
}
