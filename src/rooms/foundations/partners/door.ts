// What other rooms may use of structures.
export { type Structure, structureById, structuresByExternalId, structuresNamed } from "./reads.ts";
export { rights as partnersRights } from "./rights.ts";
