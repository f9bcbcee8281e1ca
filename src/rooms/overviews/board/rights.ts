import { declareRights } from "../../../core/rights.ts";

export const rights = declareRights({
  "governance.see": { sentence: "voir la gouvernance", roles: ["direction", "board", "finance"], held: "house" },
});
