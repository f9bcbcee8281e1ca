// What other rooms may use of people.
export { communeCode } from "./communes.ts";
export { nameFilter, tagFilter } from "./list/filters.ts";
export { consentOf, findPersons, type PersonLine, personByCode, personById, personsByExternalId } from "./reads.ts";
export { ruleRetention } from "./retention/writes.ts";
export { rights as peopleRights } from "./rights.ts";
export { birthRefusal, nameOf } from "./rules.ts";
export { PersonSummary } from "./search/line.tsx";
export { likelyTwins, type TwinLine } from "./twins/reads.ts";
export { sexWords, situationWords } from "./words.ts";
export { createPerson, touchContact } from "./writes.ts";
