// What hangs on a structure here: a merge of two structures moves the steps that name it.
import type { StructureLink } from "../../../../core/room.ts";

export const stepStructureLink: StructureLink = {
  table: "programmes.steps",
  column: "structure_id",
  key: ["id"],
  label: "actions de parcours",
};
