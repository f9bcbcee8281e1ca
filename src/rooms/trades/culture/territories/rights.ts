import { declareRights } from "../../../../core/rights.ts";

export const territoryRights = declareRights({
  "territory.see": { sentence: "voir les territoires de la billetterie", roles: ["culture", "direction"] },
  "territory.write": { sentence: "confier un territoire à une association", roles: ["culture", "direction"] },
});

export const territoryJournalWords: Record<string, string> = {
  "territory.listed": "a regardé les territoires de la billetterie",
  "territory.exported": "a exporté les territoires de la billetterie",
  "territory.opened": "a ouvert un territoire de la billetterie",
  "territory.added": "a ajouté un territoire à la billetterie",
  "territory.changed": "a modifié un territoire de la billetterie",
  "territory.delegated": "a confié un territoire à une association",
  "territory-delegation.ended": "a mis fin à la délégation d’un territoire",
};
