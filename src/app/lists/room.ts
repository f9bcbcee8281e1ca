// What holds for the lists of all rooms: filters kept under a name.
import { declareRoutes } from "../../core/http/route.ts";
import type { PersonEvents } from "../../core/lists/events.ts";
import type { AnyList } from "../../core/lists/list.ts";
import { listRights } from "../../core/lists/rights.ts";
import { declareList } from "../../core/lists/routes.ts";
import type { Room } from "../../core/room.ts";
import { makeEventsList } from "./events-list.tsx";
import { declareSavedFilters } from "./saved-routes.tsx";

/** `lists` and `events` of all rooms are asked at each request. */
export function makeListsRoom(lists: () => readonly AnyList[], events: () => readonly PersonEvents[]): Room {
  const routes = declareRoutes();
  const eventsList = makeEventsList(events);
  declareList(routes, eventsList);
  declareSavedFilters(routes, lists);
  return {
    name: "lists",
    uses: [],
    rights: listRights,
    routes,
    lists: [eventsList],
    menu: [{ href: eventsList.path, label: "Personnes et événements", right: listRights["event.export"], order: 76 }],
    journalWords: {
      "event.listed": "a ouvert la liste des personnes et événements",
      "event.exported": "a exporté la liste des personnes et événements",
      "filter.listed": "a ouvert ses filtres",
      "filter.form-opened": "a ouvert le formulaire d’un filtre",
      "filter.saved": "a enregistré un filtre",
      "filter.changed": "a modifié un filtre",
      "filter.removed": "a retiré un filtre",
    },
  };
}
