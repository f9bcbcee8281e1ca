import { declareRights, may, type Right, type Scope } from "../../../core/rights.ts";

export const rights = declareRights({
  "programme.list": {
    sentence: "voir les dispositifs",
    roles: [
      "direction",
      "site-manager",
      "adviser",
      "reception",
      "culture",
      "employers",
      "training",
      "finance",
      "board",
    ],
    held: "any",
  },
  "programme.write": { sentence: "créer ou modifier un dispositif", roles: ["direction", "site-manager"] },
  "enrolment.see": {
    sentence: "voir les parcours",
    roles: ["direction", "site-manager", "adviser", "training", "employers"],
    held: "any",
  },
  "enrolment.write": {
    sentence: "noter un parcours",
    roles: ["direction", "site-manager", "adviser", "training", "employers"],
    held: "any",
  },
  "enrolment.override": {
    sentence: "faire entrer une personne qui ne remplit pas les conditions",
    roles: ["direction", "site-manager"],
  },
  "enrolment.export": { sentence: "exporter des parcours", roles: ["direction", "site-manager", "adviser"] },
  "caseload.hand": { sentence: "confier des parcours à un autre référent", roles: ["direction", "site-manager"] },
});

/**
 * May this scope do that to something of a site and a programme? A role held for the house may; for a site, at this site (and where no
 * site is said); for a programme, in this programme.
 */
export const mayIn = (scope: Scope, right: Right, of: { site: string | null; programme: string }): boolean =>
  (may(scope, right) &&
    (of.site === null ? may(scope, { ...right, held: "any" }) : may(scope, right, { site: of.site }))) ||
  scope.grants.some(
    (grant) => right.held === "any" && right.roles.includes(grant.role) && grant.programme === of.programme,
  );

/** What a scope sees of enrolments: null for the whole house, or the sites and programmes that its roles are held for. */
export function seenBy(scope: Scope, right: Right): { sites: string[]; programmes: string[] } | null {
  const held = scope.grants.filter((grant) => right.roles.includes(grant.role));
  if (held.some((grant) => grant.site === null && grant.programme === null)) return null;
  return {
    sites: held.flatMap((grant) => (grant.site && grant.programme === null ? [grant.site] : [])),
    programmes: held.flatMap((grant) => (grant.programme ? [grant.programme] : [])),
  };
}
