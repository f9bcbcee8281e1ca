import { declareRights } from "../../../../core/rights.ts";

export const surveyRights = declareRights({
  "survey.see": {
    sentence: "voir les enquêtes de satisfaction",
    roles: ["adviser", "site-manager", "direction", "training"],
  },
  "survey.edit": { sentence: "préparer une enquête de satisfaction", roles: ["site-manager", "direction"] },
  "survey.enter": {
    sentence: "saisir une feuille d’enquête",
    roles: ["reception", "adviser", "site-manager", "direction", "training"],
  },
});
