// What other rooms may use of the agenda.

export { dayRefusal } from "./interviews/rules.ts";
export {
  type BeforeChange,
  correctionsOf,
  groupOf,
  type LastVisit,
  lastVisits,
  listTerms,
  type Term,
  termsOf,
  type VisitLine,
  visitById,
  visitColumns,
  visitsToAttach,
  visitTables,
} from "./reads.ts";
export { rights as agendaRights } from "./rights.ts";
export { correctionRefusal, isOfTheDay, momentRefusal } from "./rules.ts";
export { attendancesOf, sessionById, speakersOf } from "./sessions/reads.ts";
export { weeklyDays } from "./sessions/rules.ts";
export { changeSession, closeSession, recordSessions, type SessionWish } from "./sessions/writes.ts";
export type { TermKind } from "./tables.ts";
export { holidayOf } from "./weeks/holidays.ts";
export { modeWords } from "./words.ts";
export {
  addTerm,
  attachVisit,
  changeTerm,
  correctVisit,
  keepName,
  recordVisit,
  restoreVisit,
  withdrawVisit,
} from "./writes.ts";
