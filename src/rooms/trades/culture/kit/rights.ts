// Who may do what with the kit.
import { declareRights, type Role } from "../../../../core/rights.ts";

const team: readonly Role[] = ["culture", "direction"];

export const kitRights = declareRights({
  "kit.see": { sentence: "voir les numéros du kit", roles: team },
  "kit.write": { sentence: "écrire et publier un numéro du kit", roles: team },
  "kit.send": { sentence: "envoyer un numéro du kit par courriel", roles: team },
});
