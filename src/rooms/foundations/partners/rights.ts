import { declareRights } from "../../../core/rights.ts";

export const rights = declareRights({
  "structure.see": {
    sentence: "voir les structures partenaires",
    roles: ["direction", "site-manager", "adviser", "reception", "culture", "employers", "training", "finance"],
    held: "any",
  },
  "structure.write": {
    sentence: "créer ou modifier une structure",
    roles: ["direction", "site-manager", "adviser", "culture", "employers", "training"],
  },
  "structure.merge": {
    sentence: "rapprocher des structures en double",
    roles: ["direction", "site-manager", "culture", "employers", "training"],
  },
  "structure.words": {
    sentence: "modifier les mots des structures",
    roles: ["direction", "site-manager"],
    held: "house",
  },
  "structure-contact.erase": { sentence: "effacer un contact", roles: ["direction", "site-manager"] },
  "partner-account.manage": {
    sentence: "ouvrir un compte à une structure",
    roles: ["direction", "site-manager", "culture"],
    held: "house",
  },
  "own-structure.see": {
    sentence: "voir la page de votre structure",
    roles: ["social-partner", "cultural-partner"],
    held: "structure",
  },
  "season.see": {
    sentence: "voir qui participe à une saison",
    roles: ["direction", "site-manager", "culture", "finance"],
    held: "house",
  },
  "season.write": {
    sentence: "inscrire une structure à une saison",
    roles: ["direction", "site-manager", "culture"],
    held: "house",
  },
  "season.rule": { sentence: "fixer la règle d’une saison", roles: ["direction"], held: "house" },
  "convention.see": {
    sentence: "voir les conventions avec les structures",
    roles: ["direction", "site-manager", "culture", "employers", "training", "finance"],
  },
  "convention.write": {
    sentence: "noter une convention avec une structure",
    roles: ["direction", "site-manager", "culture", "employers", "training", "finance"],
  },
});
