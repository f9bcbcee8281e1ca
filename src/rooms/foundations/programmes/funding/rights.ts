import { declareRights } from "../../../../core/rights.ts";

export const fundingRights = declareRights({
  "agreement.see": {
    sentence: "voir les conventions de financement",
    roles: ["direction", "site-manager", "adviser", "training", "employers", "culture", "finance", "board"],
    held: "any",
  },
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
