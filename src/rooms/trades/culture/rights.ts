// Who may do what with the box office: the culture team for the house. What partner structures may do of their own is theirs alone.
import { declareRights, type Role } from "../../../core/rights.ts";

const team: readonly Role[] = ["culture", "direction"];

export const rights = declareRights({
  "offer.see": { sentence: "voir les sorties proposées", roles: [...team, "site-manager", "adviser", "reception"] },
  "offer.publish": { sentence: "publier une sortie", roles: team },
  "date.cancel": { sentence: "annuler des dates", roles: team },
  "booking.see": { sentence: "voir les réservations", roles: team },
  "booking.make": { sentence: "réserver des places", roles: team },
  "booking.export": { sentence: "exporter les réservations", roles: team },
  "booking.report": { sentence: "noter qui est venu", roles: team },
  "draw.hold": { sentence: "tirer des places au sort", roles: team },
  "limit.set": { sentence: "fixer le nombre de places par structure", roles: team },
});
