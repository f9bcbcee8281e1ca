// The desk: where each visit is noted in seconds.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { agendaRights } from "../../foundations/agenda/door.ts";
import { declareGroup } from "./desk/group-routes.tsx";
import { declareNewcomer } from "./desk/newcomer-routes.tsx";
import { declareOffline } from "./desk/offline-routes.tsx";
import { declareDesk } from "./desk/routes.tsx";
import { declareLists } from "./lists/routes.tsx";
import { declareAttachment } from "./visits/attachment-routes.tsx";
import { declareCorrection } from "./visits/correction-routes.tsx";
import { visitsList } from "./visits/list.tsx";
import { declareVisit } from "./visits/routes.tsx";

/** `workerText` gives the built service worker of the desk. */
export function makeReceptionRoom(facts: { workerText: () => string }): Room {
  const routes = declareRoutes();
  declareDesk(routes);
  declareNewcomer(routes);
  declareGroup(routes);
  declareOffline(routes, facts.workerText);
  declareLists(routes);
  declareList(routes, visitsList);
  declareVisit(routes);
  declareCorrection(routes);
  declareAttachment(routes);
  return {
    name: "reception",
    uses: ["house", "people", "agenda"],
    rights: {},
    routes,
    lists: [visitsList],
    menu: [
      { href: "/accueil", label: "Accueil", right: agendaRights["visit.record"], order: 10, key: "a" },
      { href: "/visites", label: "Visites", right: agendaRights["visit.see"], order: 30, key: "v" },
      { href: "/accueil/listes", label: "Listes", right: agendaRights["terms.edit"], order: 70 },
    ],
  };
}
