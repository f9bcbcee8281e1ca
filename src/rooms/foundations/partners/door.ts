// What other rooms may use of structures.
export { structureById, structuresByExternalId, structuresNamed } from "./reads.ts";
