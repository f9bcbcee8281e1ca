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
  // What both structures have in a season stays with each.
  link("memberships", "participations aux saisons", ["structure_id", "side", "season"]),
  link("campaign_letters", "réponses aux campagnes", ["structure_id", "campaign_id"]),
  // A role of an account stands lower down, and names its structure without a foreign key.
  { ...link("grants", "comptes de la structure"), table: "house.grants" },
  link("structures", "structures qui en dépendent", ["id"], "parent_id"),
];
