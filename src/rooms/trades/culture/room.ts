// Culture: the solidarity box office and what stands around it. A short list of its parts, each a sub-folder.
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room } from "../../../core/room.ts";
import { around, declareAround } from "./around.ts";
import { offerOn } from "./bookings/waiting.ts";
import { bookingsSource, boxOfficeFigures, datesSource } from "./figures.ts";
import { importInvitations } from "./importing/invitations.ts";
import { importReservations } from "./importing/reservations.ts";
import { personLinks, structureLinks } from "./links.ts";
import { rights } from "./rights.ts";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declareAround(routes);

export const cultureRoom: Room = {
  name: "culture",
  uses: ["house", "people", "partners", "messages", "agenda", "programmes"],
  rights: { ...rights, ...around.rights },
  routes,
  lists: [...around.lists],
  menu: [...around.menu],
  personLinks,
  structureLinks: [...structureLinks, ...around.structureLinks],
  structurePanels: around.structurePanels,
  figureSources: [datesSource, bookingsSource, ...around.figureSources],
  figures: [...boxOfficeFigures, ...around.figures],
  imports: [importInvitations, importReservations, ...around.imports],
  jobs: [offerOn],
  journalWords: { ...journalWords, ...around.journalWords },
};
