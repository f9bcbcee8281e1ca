// The rooms of the house, and what all of them bring together: this list is the only place that knows them all.
import { makeRegistry } from "../core/figures/registry.ts";
import type { ImportKind } from "../core/importing/kind.ts";
import type { GroupAct } from "../core/lists/acts.ts";
import type { PersonEvents } from "../core/lists/events.ts";
import type { AnyList } from "../core/lists/list.ts";
import type { PathFacts, PersonLink, PersonPanel, Room, StructureLink, StructurePanel } from "../core/room.ts";
import { agendaRoom } from "../rooms/foundations/agenda/room.tsx";
import { makeHouseRoom } from "../rooms/foundations/house/room.ts";
import { messagesRoom } from "../rooms/foundations/messages/room.tsx";
import { makePartnersRoom } from "../rooms/foundations/partners/room.ts";
import { personByCode } from "../rooms/foundations/people/door.ts";
import { makePeopleRoom } from "../rooms/foundations/people/room.ts";
import { listProgrammes } from "../rooms/foundations/programmes/door.ts";
import { makeProgrammesRoom } from "../rooms/foundations/programmes/room.tsx";
import { boardRoom } from "../rooms/overviews/board/room.ts";
import { moneyRoom } from "../rooms/overviews/money/room.ts";
import { makeReportRoom } from "../rooms/overviews/report/room.tsx";
import { cultureRoom } from "../rooms/trades/culture/room.ts";
import { makeReceptionRoom } from "../rooms/trades/reception/room.ts";
import { assetText } from "./assets.ts";
import { makeHomeRoom } from "./home/room.ts";
import { makeImportsRoom } from "./imports/room.ts";
import { makeWorks } from "./imports/works.ts";
import { makeListsRoom } from "./lists/room.ts";

/** Imports under way in this program: it waits for them, or has them stop, before it ends. */
export const importWorks = makeWorks();

/** The journal's words of all rooms. */
export const journalWords = (): Record<string, string> =>
  Object.assign({}, ...rooms.map((room) => room.journalWords ?? {}));

export const rooms: readonly Room[] = [
  makeHomeRoom(() => rooms, { lists: () => lists, registry: () => registry }),
  makeHouseRoom({
    words: journalWords,
    programmes: listProgrammes,
    recordOf: async (tx, code) => (await personByCode(tx, code))?.id ?? null,
  }),
  makePeopleRoom({ panels: () => personPanels, links: () => personLinks, words: journalWords }),
  makePartnersRoom({ panels: () => structurePanels, links: () => structureLinks }),
  messagesRoom,
  makeProgrammesRoom(() => pathFacts),
  agendaRoom,
  makeReceptionRoom({ workerText: () => assetText("desk-worker.js") }),
  cultureRoom,
  moneyRoom,
  boardRoom,
  makeReportRoom(() => registry),
  makeImportsRoom(() => importKinds, importWorks),
  makeListsRoom({ lists: () => lists, pages: () => keptPages, events: () => personEvents, acts: () => groupActs }),
];

/** The lists of all rooms. */
export const lists: readonly AnyList[] = rooms.flatMap((room) => room.lists ?? []);

/** Other pages whose addresses are kept. */
const keptPages = rooms.flatMap((room) => room.keptPages ?? []);

/** What can be done with several lines of a list at once. */
const groupActs: readonly GroupAct[] = rooms.flatMap((room) => room.groupActs ?? []);

/** What rooms tell of people day by day. */
const personEvents: readonly PersonEvents[] = rooms.flatMap((room) => room.personEvents ?? []);

/** What rooms show on a person's sheet, and what hangs on a person. */
export const personPanels: readonly PersonPanel[] = rooms.flatMap((room) => room.personPanels ?? []);
export const personLinks: readonly PersonLink[] = rooms.flatMap((room) => room.personLinks ?? []);

/** What rooms show on a structure's sheet, and what hangs on a structure. */
const structurePanels: readonly StructurePanel[] = rooms.flatMap((room) => room.structurePanels ?? []);
export const structureLinks: readonly StructureLink[] = rooms.flatMap((room) => room.structureLinks ?? []);

/** What rooms know of somebody's way through a programme. */
const pathFacts: readonly PathFacts[] = rooms.flatMap((room) => room.pathFacts ?? []);

/** The files that the house can read. */
export const importKinds: readonly ImportKind[] = rooms.flatMap((room) => room.imports ?? []);

/** Every figure, once. */
export const registry = makeRegistry(
  rooms.flatMap((room) => room.figureSources ?? []),
  rooms.flatMap((room) => room.figures ?? []),
);
