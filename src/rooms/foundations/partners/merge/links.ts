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
  // A role of an account stands lower down, and names its structure without a foreign key.
  { ...link("grants", "comptes de la structure"), table: "house.grants" },
  link("structures", "structures qui en dépendent", ["id"], "parent_id"),
];
