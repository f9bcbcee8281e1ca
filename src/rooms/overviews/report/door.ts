// What others may use of the report: the audit of a table of figures, and a printed report against the house, for the command line.
export { auditFigures, ruleTitle } from "./audit/audit.ts";
export { readTable } from "./audit/reading.ts";
export { coverageOf } from "./coverage/coverage.ts";
export { unlinkedLines } from "./coverage/reads.ts";
export { coverageRights } from "./coverage/rights.ts";
export { stateWords } from "./coverage/words.ts";
export { takeLines } from "./coverage/writes.ts";
export { figureHref } from "./href.ts";
