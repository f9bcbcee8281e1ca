// Roles, for what, from when to when: the fields of the two forms that give them, and what is made of them.
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Typed } from "../../../../core/http/answer.ts";
import { shortDay } from "../../../../ui/words.ts";
import { dayField, manyOf, optionalDay, type Place, placeField, roleField } from "../shapes.ts";
import { listSites } from "../sites/reads.ts";
import type { PlaceOption, RoleFields } from "./pages.tsx";
import type { NewGrant } from "./writes.ts";

/** Programmes that a role may be held for, as the application lists them: this room stands under the one that owns them. */
export type ListProgrammes = (tx: Tx) => Promise<{ id: string; label: string }[]>;

/** All that a role may be held for, but the house itself. */
export const placesOf = async (tx: Tx, listProgrammes: ListProgrammes): Promise<PlaceOption[]> => [
  ...(await listSites(tx)).map((site) => ({ value: `lieu:${site.id}`, label: site.name })),
  ...(await listProgrammes(tx)).map((programme) => ({ value: `programme:${programme.id}`, label: programme.label })),
];

export const roleFields = {
  roles: manyOf(roleField),
  places: manyOf(placeField),
  from: dayField("Écrivez le premier jour, jj/mm/aaaa."),
  to: optionalDay("Écrivez le dernier jour jj/mm/aaaa, ou rien."),
};
type RoleForm = { roles: NewGrant["role"][]; places: Place[]; from: string; to: string | null };

/** What the fields cannot say one by one. */
export const oneOrMore = (
  form: { roles: readonly string[]; from: string; to: string | null },
  context: z.RefinementCtx,
): void => {
  if (form.roles.length === 0)
    context.addIssue({ code: "custom", path: ["roles"], message: "Choisissez au moins un rôle." });
  if (form.to !== null && form.to < form.from)
    context.addIssue({ code: "custom", path: ["to"], message: "Le dernier jour est avant le premier." });
};

export const rolesForm = z.object(roleFields).superRefine(oneOrMore);

/** The fields as they were typed, or as they are offered first. */
export const typedRoles = (typed: Typed, today: string): RoleFields => ({
  roles: typed.roles ?? [],
  places: typed.places ?? [],
  from: typed.from?.[0] ?? shortDay(today),
  to: typed.to?.[0] ?? "",
});

/** Roles times places; nothing ticked is the whole house. Null: a place that is not the house's. */
export function grantsOf(form: RoleForm, places: readonly PlaceOption[]): NewGrant[] | null {
  const wanted: Place[] = form.places.length > 0 ? form.places : [{ site: null, programme: null }];
  const known = new Set(places.map((place) => place.value));
  for (const place of wanted) {
    if (place.site && !known.has(`lieu:${place.site}`)) return null;
    if (place.programme && !known.has(`programme:${place.programme}`)) return null;
  }
  return form.roles.flatMap((role) => wanted.map((place) => ({ role, ...place, fromDay: form.from, toDay: form.to })));
}
