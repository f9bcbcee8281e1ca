import { declareRights } from "../../../core/rights.ts";

export const rights = declareRights({
  "governance.see": { sentence: "voir la gouvernance", roles: ["direction", "board", "finance"], held: "house" },
  "governance.write": {
    sentence: "tenir les mandats, les membres et les réunions des instances",
    roles: ["direction"],
    held: "house",
  },
});
