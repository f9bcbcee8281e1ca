// What holds for the lists of all rooms: filters kept under a name, acts on several lines, one row per person and event.
import { declareRoutes } from "../../core/http/route.ts";
import type { GroupAct } from "../../core/lists/acts.ts";
import type { PersonEvents } from "../../core/lists/events.ts";
import type { AnyList } from "../../core/lists/list.ts";
import { listRights } from "../../core/lists/rights.ts";
import { declareList } from "../../core/lists/routes.ts";
import type { KeptPage, Room } from "../../core/room.ts";
import { makeActsList } from "./acts-list.tsx";
import { declareGroupActs } from "./acts-routes.tsx";
import { makeEventsList } from "./events-list.tsx";
import { declareSavedFilters } from "./saved-routes.tsx";

/** What all rooms bring are asked at each request. */
export function makeListsRoom(facts: {
  lists: () => readonly AnyList[];
  pages: () => readonly KeptPage[];
  events: () => readonly PersonEvents[];
  acts: () => readonly GroupAct[];
}): Room {
  const routes = declareRoutes();
  const eventsList = makeEventsList(facts.events);
  declareList(routes, eventsList);
  declareSavedFilters(routes, facts.lists, facts.pages);
  const actsList = makeActsList(facts);
  declareList(routes, actsList);
  declareGroupActs(routes, facts);
  return {
    name: "lists",
    uses: [],
    rights: listRights,
    routes,
    lists: [eventsList, actsList],
    menu: [{ href: eventsList.path, label: "Événements", right: listRights["event.export"], order: 76 }],
    journalWords: {
      "event.listed": "a ouvert la liste des personnes et événements",
      "event.exported": "a exporté la liste des personnes et événements",
      "group.listed": "a ouvert la liste des actes groupés",
      "group.exported": "a exporté la liste des actes groupés",
      "group.chosen": "a choisi des lignes d’une liste",
      "group.opened": "a ouvert un acte groupé",
      "group.done": "a agi sur plusieurs lignes d’une liste",
      "group.undone": "a annulé un acte groupé",
      "filter.listed": "a ouvert ses filtres",
      "filter.form-opened": "a ouvert le formulaire d’un filtre",
      "filter.saved": "a enregistré un filtre",
      "filter.changed": "a modifié un filtre",
      "filter.removed": "a retiré un filtre",
    },
  };
}
