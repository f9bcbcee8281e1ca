// Who may do what with declared figures: they hold no record of anybody; the direction answers for them.
import { declareRights } from "../../../../core/rights.ts";

export const declaredRights = declareRights({
  "declared.see": {
    sentence: "voir les chiffres déclarés",
    roles: ["direction", "site-manager", "adviser", "reception", "culture", "employers", "training", "finance"],
    held: "any",
  },
  "declared.write": {
    sentence: "déclarer, corriger ou retirer un chiffre",
    roles: ["direction", "finance"],
    held: "house",
  },
});
