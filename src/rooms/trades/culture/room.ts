// Culture: the solidarity box office and what stands around it. A short list of its parts, each a sub-folder.
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room } from "../../../core/room.ts";
import { offerOn } from "./bookings/waiting.ts";
import { bookingsSource, boxOfficeFigures, datesSource } from "./figures.ts";
import { importInvitations } from "./importing/invitations.ts";
import { importReservations } from "./importing/reservations.ts";
import { personLinks, structureLinks } from "./links.ts";
import { portalRights } from "./portal/rights.ts";
import { declarePortal, portalMenu } from "./portal/routes.ts";
import { portalJournalWords } from "./portal/words.ts";
import { rights } from "./rights.ts";
import { territoryList } from "./territories/list.tsx";
import { territoryJournalWords, territoryRights } from "./territories/rights.ts";
import { declareTerritories } from "./territories/routes.tsx";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declarePortal(routes);
declareTerritories(routes);

export const cultureRoom: Room = {
  name: "culture",
  uses: ["house", "people", "partners", "messages", "agenda", "programmes"],
  rights: { ...rights, ...portalRights, ...territoryRights },
  routes,
  lists: [territoryList],
  menu: [
    ...portalMenu,
    { href: "/culture/territoires", label: "Territoires", right: territoryRights["territory.see"], order: 49 },
  ],
  personLinks,
  structureLinks,
  figureSources: [datesSource, bookingsSource],
  figures: boxOfficeFigures,
  imports: [importInvitations, importReservations],
  jobs: [offerOn],
  journalWords: { ...journalWords, ...portalJournalWords, ...territoryJournalWords },
};
