// What hangs on a structure in this room. Closures stay where they are: each says of its own structure that it was closed.
import type { StructureLink } from "../../../../core/room.ts";

const link = (
  table: string,
  label: string,
  key: readonly string[] = ["id"],
  column = "structure_id",
): StructureLink => ({
  table: `partners.${table}`,
  column,
  key,
  label,
});

export const structureLinks: readonly StructureLink[] = [
  link("external_ids", "anciens numéros", ["system", "external_id"]),
  link("roles", "rôles"),
  link("contacts", "contacts"),
  link("sites", "lieux"),
  link("conventions", "conventions"),
  link("structures", "structures qui en dépendent", ["id"], "parent_id"),
];
