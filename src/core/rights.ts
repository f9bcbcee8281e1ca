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
/** The roles of a partner structure's own accounts: held for that structure, and for nothing of the house. */
export const partnerRoles = ["social-partner", "cultural-partner"] as const;
export type PartnerRole = (typeof partnerRoles)[number];
export type Role = (typeof roles)[number] | PartnerRole;

/** A role held for the house (all null), for one site, for one programme, or for one partner structure. */
export type Grant = { role: Role; site: string | null; programme: string | null; structure?: string | null };

/** The one who asks, in one house. Minted by `mintScope` alone: reads and writes demand it. */
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

/** Makes a scope. Called by the gate (a session or a key was checked), by `http/by-address.ts` and by the command line (the operator). */
export const mintScope = (facts: Omit<Scope, "__brand">): Scope => facts as Scope;

/**
 * A right: its name (also in the journal of refusals), the sentence that a person reads, the roles that hold it. `held`: what the role
 * must be held for. Left out: the house or a site of it. "house": the whole house only, for what concerns all of it (accounts, keys).
 * "any": a programme too, for what the whole team sees. "structure": a partner structure, for what its own accounts see of it.
 */
export type Right = { name: string; sentence: string; roles: readonly Role[]; held?: "house" | "any" | "structure" };

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

/**
 * A role held for a programme opens no site and no house: only what the right gives to everybody. A role held for a structure opens what
 * was made for structures, and such a right is opened by nothing else: a right of the team refuses partners even where it names them.
 */
const carries = (grant: Grant, right: Right): boolean => {
  if (!right.roles.includes(grant.role)) return false;
  if (grant.structure || right.held === "structure") return Boolean(grant.structure) && right.held === "structure";
  return grant.programme === null ? grant.site === null || right.held !== "house" : right.held === "any";
};

/**
 * May this scope do that? With `site`: a role held for another site, or for a programme, does not count. Without it: any grant that
 * carries the right counts, and the read narrows to `sitesFor`.
 */
export const may = (scope: Scope, right: Right, at?: { site: string | null }): boolean =>
  scope.grants.some(
    (grant) =>
      carries(grant, right) &&
      (at === undefined ||
        (grant.programme === null && !grant.structure && (grant.site === null || grant.site === at.site))),
  );

/** The structures for which a right is held by their own accounts. */
export const structuresFor = (scope: Scope, right: Right): readonly string[] => [
  ...new Set(scope.grants.flatMap((grant) => (grant.structure && carries(grant, right) ? [grant.structure] : []))),
];

/** The sites for which a right is held: "all", or a list of site identifiers. */
export function sitesFor(scope: Scope, right: Right): "all" | readonly string[] {
  const held = scope.grants.filter((grant) => grant.programme === null && !grant.structure && carries(grant, right));
  return held.some((grant) => grant.site === null) ? "all" : held.flatMap((grant) => (grant.site ? [grant.site] : []));
}
