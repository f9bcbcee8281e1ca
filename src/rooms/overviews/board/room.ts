// The board: mandates and the meetings of the house's bodies.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { boardFigures, mandatesSource, meetingsSource, membersSource } from "./figures.ts";
import { importMandates, importMeetings } from "./imports.ts";
import { declareKept } from "./kept/kept.tsx";
import { keptMandates } from "./kept/mandates.tsx";
import { keptMeetings } from "./kept/meetings.tsx";
import { keptMembers } from "./kept/members.tsx";
import { mandateList, meetingList, memberList } from "./lists.tsx";
import { rights } from "./rights.ts";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declareList(routes, mandateList);
declareList(routes, meetingList);
declareList(routes, memberList);
declareKept(routes, keptMandates);
declareKept(routes, keptMeetings);
declareKept(routes, keptMembers);

export const boardRoom: Room = {
  name: "board",
  uses: ["house"],
  rights,
  routes,
  lists: [mandateList, meetingList, memberList],
  menu: [{ href: "/gouvernance", label: "Gouvernance", right: rights["governance.see"], order: 84 }],
  figureSources: [mandatesSource, meetingsSource, membersSource],
  figures: boardFigures,
  imports: [importMandates, importMeetings],
  journalWords,
};
