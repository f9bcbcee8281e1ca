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
  "interview.see": {
    sentence: "voir les entretiens",
    roles: ["reception", "adviser", "site-manager", "direction"],
  },
  "interview.record": { sentence: "noter un entretien", roles: ["adviser", "site-manager", "direction"] },
  "interview.export": { sentence: "exporter les entretiens", roles: ["adviser", "site-manager", "direction"] },
  "note.read": { sentence: "lire les notes d’entretien", roles: ["adviser", "site-manager", "direction"] },
  "template.edit": { sentence: "modifier les modèles de note", roles: ["site-manager", "direction"] },
  "place.edit": { sentence: "modifier les salles", roles: ["site-manager", "direction"] },
  "session.see": {
    sentence: "voir les séances",
    roles: ["reception", "adviser", "site-manager", "direction", "training", "employers", "culture"],
  },
  "session.record": {
    sentence: "programmer une séance",
    roles: ["adviser", "site-manager", "direction", "training", "employers", "culture"],
  },
  "session.register": {
    sentence: "inscrire à une séance",
    roles: ["reception", "adviser", "site-manager", "direction", "training", "employers", "culture"],
  },
  "session.close": {
    sentence: "noter qui est venu à une séance",
    roles: ["adviser", "site-manager", "direction", "training", "employers", "culture"],
  },
  "week.see": {
    sentence: "voir la semaine",
    roles: ["reception", "adviser", "site-manager", "direction", "training", "employers", "culture"],
  },
});
