import { declareRights, may, type Scope } from "../../../core/rights.ts";

export const rights = declareRights({
  "figure.read": {
    sentence: "lire les chiffres",
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
  "figure.exact": {
    sentence: "lire les petits nombres",
    roles: ["direction", "site-manager", "adviser", "reception", "culture", "employers", "training"],
  },
  "figure.rows": {
    sentence: "ouvrir la liste derrière un chiffre",
    roles: ["direction", "site-manager", "adviser", "reception", "culture", "employers", "training"],
  },
  "agreement.participants": {
    sentence: "ouvrir la liste des participants d’une convention",
    roles: ["direction", "site-manager"],
  },
  "agreement.names": {
    sentence: "exporter les participants d’une convention avec leurs noms",
    roles: ["direction"],
    held: "house",
  },
  "figure.names": { sentence: "voir les noms derrière un chiffre", roles: ["direction", "site-manager", "adviser"] },
});

/** Names behind figures: for those whose role is held for the whole house; a role of one site sees the list without names. */
export const seesNames = (scope: Scope): boolean => may(scope, rights["figure.names"], { site: null });
