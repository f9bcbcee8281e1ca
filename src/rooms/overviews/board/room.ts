// The board: mandates and the meetings of the house's bodies.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { boardFigures, mandatesSource, meetingsSource } from "./figures.ts";
import { importMandates, importMeetings } from "./imports.ts";
import { mandateList, meetingList } from "./lists.tsx";
import { rights } from "./rights.ts";

const routes = declareRoutes();
declareList(routes, mandateList);
declareList(routes, meetingList);

export const boardRoom: Room = {
  name: "board",
  uses: ["house"],
  rights,
  routes,
  lists: [mandateList, meetingList],
  menu: [{ href: "/gouvernance", label: "Gouvernance", right: rights["governance.see"], order: 84 }],
  figureSources: [mandatesSource, meetingsSource],
  figures: boardFigures,
  imports: [importMandates, importMeetings],
  journalWords: {
    "mandate.listed": "a regardé les mandats",
    "mandate.exported": "a exporté les mandats",
    "board-meeting.listed": "a regardé les réunions des instances",
    "board-meeting.exported": "a exporté les réunions des instances",
  },
};
