// What others may use of the report: the audit of a table of figures, for the command line.
export { auditFigures, ruleTitle } from "./audit/audit.ts";
export { readTable } from "./audit/reading.ts";
