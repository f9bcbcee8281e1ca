import type { At } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { type Structure, structureById } from "../reads.ts";
import { legalNumberWords } from "../rules.ts";
import type { Side } from "../twins/finding.ts";

export const structuresCrumb = { href: "/structures", label: "Structures" };

/** The structure of the address, a merged one too; null when the house has none. */
export const structureOf = async (at: At<unknown>): Promise<Structure | null> => {
  const id = at.params.structure ?? "";
  return isUuid(id) ? structureById(at.tx, id) : null;
};

/** The same, as long as it is one that may still be written in. */
export const liveStructureOf = async (at: At<unknown>): Promise<Structure | null> => {
  const structure = await structureOf(at);
  return structure && !structure.merged_into ? structure : null;
};

/** What tells two structures of one name apart. */
export const StructureSummary = ({ structure }: { structure: Side }) => (
  <>
    <strong>{structure.name}</strong> {structure.communeName ? <span>{structure.communeName} </span> : null}
    <small>{structure.siret ? `SIRET ${legalNumberWords(structure.siret)}` : "SIRET inconnu"}</small>
  </>
);
