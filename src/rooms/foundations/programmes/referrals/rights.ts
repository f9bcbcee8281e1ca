import { declareRights, type Right, type Scope } from "../../../../core/rights.ts";

const team = ["direction", "site-manager", "adviser", "training", "employers"] as const;

export const referralRights = declareRights({
  "referral.see": { sentence: "voir les orientations", roles: team, held: "any" },
  "referral.send": { sentence: "orienter une personne", roles: team },
  "referral.follow": { sentence: "noter la suite d’une orientation", roles: team, held: "any" },
  "referral.export": { sentence: "exporter les orientations", roles: ["direction", "site-manager", "adviser"] },
  "referral.rule": {
    sentence: "changer les délais des orientations",
    roles: ["direction", "site-manager"],
    held: "house",
  },
});

/** Whose referrals a scope sees: all, or only those to the programmes for which its role is held. */
export function programmesSeen(scope: Scope, right: Right): "all" | readonly string[] {
  const held = scope.grants.filter((grant) => right.roles.includes(grant.role));
  return held.some((grant) => grant.programme === null)
    ? "all"
    : held.flatMap((grant) => (grant.programme ? [grant.programme] : []));
}
