// Culture: the solidarity box office and what stands around it. A short list of its parts, each a sub-folder.
import { declareRoutes } from "../../../core/http/route.ts";
import { declareList } from "../../../core/lists/routes.ts";
import type { Room } from "../../../core/room.ts";
import { around, declareAround } from "./around.ts";
import { askWhoCame } from "./asking/jobs.ts";
import { declareAsking } from "./asking/routes.tsx";
import { declareDates } from "./bookings/date-routes.tsx";
import { bookingList } from "./bookings/list.tsx";
import { bookingPanel } from "./bookings/panel.tsx";
import { declareBookings } from "./bookings/routes.tsx";
import { offerOn } from "./bookings/waiting.ts";
import { declareCancellations } from "./cancellations/routes.tsx";
import { declareDoor } from "./door/routes.tsx";
import { declareDraws } from "./draws/routes.tsx";
import { drawDue } from "./draws/writes.ts";
import { bookingsSource, boxOfficeFigures, datesSource } from "./figures.ts";
import { importInvitations } from "./importing/invitations.ts";
import { importReservations } from "./importing/reservations.ts";
import { declareLimits } from "./limits/routes.tsx";
import { personLinks, structureLinks } from "./links.ts";
import { declareCorrections } from "./offers/correction-routes.tsx";
import { dateList } from "./offers/list.tsx";
import { offerPanel } from "./offers/panel.tsx";
import { declareOffers } from "./offers/routes.tsx";
import { declareWhere } from "./offers/where-routes.tsx";
import { portalRights } from "./portal/rights.ts";
import { declarePortal, portalMenu } from "./portal/routes.ts";
import { portalJournalWords } from "./portal/words.ts";
import { rights } from "./rights.ts";
import { territoryList } from "./territories/list.tsx";
import { territoryJournalWords, territoryRights } from "./territories/rights.ts";
import { declareTerritories } from "./territories/routes.tsx";
import { forgetHolders, remind } from "./vouchers/jobs.ts";
import { declareVoucherLinks } from "./vouchers/link-routes.tsx";
import { declareVouchers } from "./vouchers/routes.tsx";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declareOffers(routes);
declareWhere(routes);
declareCorrections(routes);
declareList(routes, dateList);
declareList(routes, bookingList);
declareCancellations(routes);
declareLimits(routes);
declareDraws(routes);
declareDates(routes);
declareBookings(routes);
declareDoor(routes);
declareAsking(routes);
declareVouchers(routes);
declareVoucherLinks(routes);
declarePortal(routes);
declareTerritories(routes);
declareAround(routes);

export const cultureRoom: Room = {
  name: "culture",
  uses: ["house", "people", "partners", "messages", "agenda", "programmes"],
  rights: { ...rights, ...portalRights, ...territoryRights, ...around.rights },
  routes,
  lists: [dateList, bookingList, territoryList, ...around.lists],
  menu: [
    { href: "/culture/sorties", label: "Sorties", right: rights["offer.see"], order: 50 },
    { href: "/culture/territoires", label: "Territoires", right: territoryRights["territory.see"], order: 51 },
    ...portalMenu,
    ...around.menu,
  ],
  personLinks,
  structureLinks: [...structureLinks, ...around.structureLinks],
  structurePanels: [offerPanel, bookingPanel, ...around.structurePanels],
  figureSources: [datesSource, bookingsSource, ...around.figureSources],
  figures: [...boxOfficeFigures, ...around.figures],
  imports: [importInvitations, importReservations, ...around.imports],
  jobs: [offerOn, drawDue, remind, askWhoCame, forgetHolders],
  journalWords: { ...journalWords, ...portalJournalWords, ...territoryJournalWords, ...around.journalWords },
};
