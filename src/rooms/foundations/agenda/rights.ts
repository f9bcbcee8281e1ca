import { declareRights } from "../../../core/rights.ts";

export const rights = declareRights({
  "visit.record": { sentence: "noter une visite", roles: ["reception", "adviser", "site-manager", "direction"] },
  "visit.see": { sentence: "voir les visites", roles: ["reception", "adviser", "site-manager", "direction"] },
  "visit.correct": {
    sentence: "corriger ou retirer une visite",
    roles: ["reception", "adviser", "site-manager", "direction"],
  },
  "visit.correct-past": {
    sentence: "corriger ou retirer une visite d’un autre jour",
    roles: ["site-manager", "direction"],
  },
  "visit.export": { sentence: "exporter les visites", roles: ["adviser", "site-manager", "direction"] },
  "terms.edit": { sentence: "modifier les listes de l’accueil", roles: ["site-manager", "direction"] },
});
