// What other rooms may use of structures.
export { structureById, structuresByExternalId } from "./reads.ts";
