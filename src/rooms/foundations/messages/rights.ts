import { declareRights } from "../../../core/rights.ts";

export const rights = declareRights({
  "message.see": { sentence: "voir les messages envoyés", roles: ["site-manager", "direction"] },
  "message.settle": { sentence: "décider de la suite d’un message", roles: ["site-manager", "direction"] },
  "message.rule": {
    sentence: "régler ou suspendre les messages",
    roles: ["site-manager", "direction"],
    held: "house",
  },
});
