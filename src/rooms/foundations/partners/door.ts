// What other rooms may use of structures.
export { accountAddresses, ownStructure } from "./accounts/reads.ts";
export {
  type StructureSituation,
  structureById,
  structureSituation,
  structuresByExternalId,
  structuresNamed,
  structuresNear,
} from "./reads.ts";
export { namesByRole, roleLabels } from "./role-names.ts";
export { bookingRightOf } from "./seasons/reads.ts";
export { seasonDays, seasonOf, seasonWords } from "./seasons/rules.ts";
export { rightWords, ruleWords } from "./seasons/words.ts";
