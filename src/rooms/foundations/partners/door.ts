// What other rooms may use of structures.
export { ownStructure, type PartnerSide, sidesOf } from "./accounts/reads.ts";
export { structureById, structuresByExternalId, structuresNamed } from "./reads.ts";
