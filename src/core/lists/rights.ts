import { declareRights } from "../rights.ts";

export const listRights = declareRights({
  "filter.save": {
    sentence: "enregistrer un filtre",
    roles: ["direction", "site-manager", "adviser", "reception", "culture", "employers", "training", "finance"],
    held: "any",
  },
  "group.act": {
    sentence: "agir sur plusieurs lignes d’une liste",
    roles: ["direction", "site-manager", "adviser"],
  },
  "event.export": {
    sentence: "exporter les événements des personnes",
    roles: ["direction", "site-manager", "adviser", "training", "employers", "culture"],
  },
});
