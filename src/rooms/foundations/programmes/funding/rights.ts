import { declareRights } from "../../../../core/rights.ts";

export const fundingRights = declareRights({
  "funding.follow": {
    sentence: "suivre ce que les financeurs demandent",
    roles: ["direction", "site-manager", "adviser", "training", "employers"],
    held: "any",
  },
  "funding.export": {
    sentence: "exporter ce que les financeurs demandent",
    roles: ["direction", "site-manager", "adviser"],
  },
  "funding.answers": {
    sentence: "lire et noter les réponses au questionnaire des financeurs",
    roles: ["direction", "site-manager", "adviser"],
    held: "any",
  },
});
