// Who is asking, and what they may do. A right is a sentence with the roles that hold it; a room declares its own in `rights.ts`.
import type { Brand } from "./brand.ts";

export const roles = [
  "direction",
  "site-manager",
  "adviser",
  "reception",
  "culture",
  "employers",
  "training",
  "finance",
  "board",
  "administrator",
] as const;
export type Role = (typeof roles)[number];

/** A role held for the house (both null), for one site or for one programme. */
export type Grant = { role: Role; site: string | null; programme: string | null };

/** The one who asks, in one house. Minted by `mintScope` at the gate only: reads and writes demand it. */
export type Scope = Brand<
  {
    house: string;
    houseCode: string;
    houseName: string;
    zone: string;
    account: string | null;
    name: string;
    session: string | null;
    secondFactor: boolean;
    grants: readonly Grant[];
    ip: string | null;
  },
  "Scope"
>;

/** Makes a scope. Called by the gate (a session or a key was checked) and by the command line (the operator of the machine). */
export const mintScope = (facts: Omit<Scope, "__brand">): Scope => facts as Scope;

/**
 * A right: its name (also in the journal of refusals), the sentence that a person reads, the roles that hold it. `held`: what the role
 * must be held for. Left out: the house or a site of it. "house": the whole house only, for what concerns all of it (accounts, keys).
 * "any": a programme too, for what the whole team sees.
 */
export type Right = { name: string; sentence: string; roles: readonly Role[]; held?: "house" | "any" };

/** What is said to who does not hold it. */
export const refusalOf = ({ sentence }: Right): string =>
  `Votre rôle ne permet pas ${/^[aeiouyàâéèêëîïôœùû]/i.test(sentence) ? "d’" : "de "}${sentence}.`;

/** Rights of a room, by name. */
export function declareRights<const T extends Record<string, Omit<Right, "name">>>(
  rights: T,
): { [K in keyof T]: Right } {
  return Object.fromEntries(Object.entries(rights).map(([name, right]) => [name, { name, ...right }])) as unknown as {
    [K in keyof T]: Right;
  };
}

/** A role held for a programme opens no site and no house: only what the right gives to everybody. */
const carries = (grant: Grant, right: Right): boolean =>
  right.roles.includes(grant.role) &&
  (grant.programme === null ? grant.site === null || right.held !== "house" : right.held === "any");

/**
 * May this scope do that? With `site`: a role held for another site, or for a programme, does not count. Without it: any grant that
 * carries the right counts, and the read narrows to `sitesFor`.
 */
export const may = (scope: Scope, right: Right, at?: { site: string | null }): boolean =>
  scope.grants.some(
    (grant) =>
      carries(grant, right) &&
      (at === undefined || (grant.programme === null && (grant.site === null || grant.site === at.site))),
  );

/** The sites for which a right is held: "all", or a list of site identifiers. */
export function sitesFor(scope: Scope, right: Right): "all" | readonly string[] {
  const held = scope.grants.filter((grant) => grant.programme === null && carries(grant, right));
  return held.some((grant) => grant.site === null) ? "all" : held.flatMap((grant) => (grant.site ? [grant.site] : []));
}
