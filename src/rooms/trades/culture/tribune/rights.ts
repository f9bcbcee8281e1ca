// Who may do what with the forum of expression and the public page.
import { declareRights, type Role } from "../../../../core/rights.ts";

const team: readonly Role[] = ["culture", "direction"];

export const tribuneRights = declareRights({
  "contribution.see": { sentence: "lire la tribune d’expression", roles: team },
  "contribution.moderate": { sentence: "publier et retirer des textes de la tribune", roles: team },
  "public-page.write": { sentence: "écrire la page publique de la culture", roles: team },
});
