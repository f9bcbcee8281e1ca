import { declareRights } from "../../../core/rights.ts";

export const rights = declareRights({
  "person.search": {
    sentence: "chercher une personne",
    roles: ["reception", "adviser", "site-manager", "direction", "culture", "employers", "training"],
  },
  "person.list": { sentence: "voir la liste des personnes", roles: ["adviser", "site-manager", "direction"] },
  "person.export": { sentence: "exporter la liste des personnes", roles: ["site-manager", "direction"] },
  "person.open": {
    sentence: "ouvrir la fiche d’une personne",
    roles: ["reception", "adviser", "site-manager", "direction", "culture", "employers", "training"],
  },
  "person.contact": {
    sentence: "voir les coordonnées d’une personne",
    roles: ["reception", "adviser", "site-manager", "direction"],
  },
  "person.write": {
    sentence: "créer ou modifier une fiche",
    roles: ["reception", "adviser", "site-manager", "direction"],
  },
  "person.situation": {
    sentence: "voir et noter la situation d’une personne",
    roles: ["adviser", "site-manager", "direction"],
  },
  "person.sensitive": {
    sentence: "lire les informations sensibles d’une personne",
    roles: ["adviser", "site-manager", "direction"],
  },
  "person.tag": { sentence: "mettre ou retirer une étiquette", roles: ["adviser", "site-manager", "direction"] },
  "person.merge": { sentence: "rapprocher des fiches en double", roles: ["adviser", "site-manager", "direction"] },
  "person.privacy": {
    sentence: "traiter les demandes d’une personne sur ses données",
    roles: ["adviser", "site-manager", "direction"],
  },
  "person.erase": { sentence: "effacer les données d’une personne", roles: ["site-manager", "direction"] },
  "person.readers": { sentence: "savoir qui a ouvert une fiche", roles: ["direction"] },
  "retention.look": { sentence: "voir la conservation des données", roles: ["site-manager", "direction"] },
  "retention.run": { sentence: "appliquer la conservation des données", roles: ["direction"] },
});
