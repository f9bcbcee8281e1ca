// What other rooms may use of the agenda.
export {
  correctionsOf,
  countVisits,
  lastVisits,
  listTerms,
  type Term,
  termsOf,
  type VisitFilter,
  type VisitLine,
  visitById,
  visitList,
  visitsToAttach,
} from "./reads.ts";
export { rights as agendaRights } from "./rights.ts";
export { isOfTheDay, momentRefusal, type VisitWish } from "./rules.ts";
export type { AgendaTables, TermKind, VisitMode } from "./tables.ts";
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
