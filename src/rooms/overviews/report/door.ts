// What others may use of the report: the audit of a table of figures, a printed report against the house, and an edition that opens, for
// the command line and the demonstration.
export { auditFigures, ruleTitle } from "./audit/audit.ts";
export { readTable } from "./audit/reading.ts";
export { coverageOf } from "./coverage/coverage.ts";
export { unlinkedLines } from "./coverage/reads.ts";
export { coverageRights } from "./coverage/rights.ts";
export { stateWords } from "./coverage/words.ts";
export { takeLines } from "./coverage/writes.ts";
export { openEdition } from "./editions/opening.ts";
export { figureHref } from "./href.ts";
