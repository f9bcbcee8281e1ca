import { declareRights } from "../../../core/rights.ts";

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
});
