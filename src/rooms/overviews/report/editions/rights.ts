// Who writes editions, who freezes them, who reads them.
import { declareRights } from "../../../../core/rights.ts";

export const editionRights = declareRights({
  "edition.see": {
    sentence: "lire les éditions du rapport",
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
  "edition.write": {
    sentence: "écrire dans une édition du rapport",
    roles: ["direction", "site-manager", "adviser", "culture", "employers", "training"],
    held: "any",
  },
  "edition.decide": {
    sentence: "ouvrir, geler ou publier une édition du rapport",
    roles: ["direction"],
    held: "house",
  },
});
