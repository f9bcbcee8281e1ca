// What other rooms may use of the agenda.
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
export type { TermKind } from "./tables.ts";
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
