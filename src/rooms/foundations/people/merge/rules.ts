// What a merge remembers of the kept file, and what an undoing gives back. Pure.
import { communeCode } from "../communes.ts";
import type { Person } from "../reads.ts";

/** Fields whose value is chosen when two files become one. The commune's official code follows the postal code and the name. */
export const chosenFields = [
  "sex",
  "family_name",
  "birth_name",
  "given_name",
  "birth_date",
  "phone",
  "email",
  "address",
  "postal_code",
  "commune_name",
  "site_id",
] as const;
export type ChosenField = (typeof chosenFields)[number];

type Remembered = ChosenField | "commune_code" | "last_contact_on" | "created_on";
/** The kept file as it was, as JSON keeps it. */
export type Before = Pick<Person, Remembered> & { archived_at: string | null };

export const beforeOf = (kept: Person): Before => ({
  ...(Object.fromEntries(
    [...chosenFields, "commune_code" as const, "last_contact_on" as const, "created_on" as const].map((name) => [
      name,
      kept[name],
    ]),
  ) as Pick<Person, Remembered>),
  archived_at: kept.archived_at?.toISOString() ?? null,
});

/**
 * The kept file's values after the undoing: each field as it was before the merge, unless somebody wrote another value in it since. Only
 * a value that came from the absorbed file is taken out again.
 */
export function restored(
  before: Before,
  now: Person,
  absorbed: Person,
): Partial<Omit<Person, "archived_at">> & { archived_at: Date | null } {
  const back: Record<string, unknown> = {};
  for (const field of chosenFields) back[field] = now[field] === absorbed[field] ? before[field] : now[field];
  const sameCommune = back.postal_code === before.postal_code && back.commune_name === before.commune_name;
  const untouched = back.postal_code === now.postal_code && back.commune_name === now.commune_name;
  back.commune_code = sameCommune
    ? before.commune_code
    : untouched
      ? now.commune_code
      : communeCode(back.postal_code as string | null, back.commune_name as string | null);
  // The last contact of the two was kept, and the first day: another one means that something happened since.
  const [, kept = ""] = [before.last_contact_on ?? "", absorbed.last_contact_on ?? ""].sort();
  const metSince = (now.last_contact_on ?? "") > kept;
  back.last_contact_on = metSince ? now.last_contact_on : before.last_contact_on;
  back.created_on = before.created_on;
  const archivedBefore = before.archived_at === null ? null : new Date(before.archived_at);
  return { ...back, archived_at: now.archived_at ?? (metSince ? null : archivedBefore) };
}
