// What other rooms may use of people.
export { communeCode } from "./communes.ts";
export { findPersons, type PersonLine, personById } from "./reads.ts";
export { rights as peopleRights } from "./rights.ts";
export { birthRefusal, nameOf, type PersonFacts } from "./rules.ts";
export { PersonSummary } from "./search/line.tsx";
export type { PeopleTables, PersonsTable, SituationKind, SituationsTable } from "./tables.ts";
export { findTwinsOf, likelyTwins, type TwinLine } from "./twins/reads.ts";
export { situationWords } from "./words.ts";
export { createPerson, touchContact } from "./writes.ts";
