import { declareRights } from "../../../core/rights.ts";

export const rights = declareRights({
  "entry.see": { sentence: "voir les écritures comptables", roles: ["finance", "direction"], held: "house" },
  "entry.split": {
    sentence: "dire le financeur et le dispositif d’une écriture",
    roles: ["finance", "direction"],
    held: "house",
  },
  "statement.see": { sentence: "voir le compte de résultat", roles: ["finance", "direction", "board"], held: "house" },
});
