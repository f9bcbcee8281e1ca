// Who may do what with collective projects and jobs in culture: the culture team for the house; those who report read.
import { declareRights, type Role } from "../../../../core/rights.ts";

const team: readonly Role[] = ["culture", "direction"];

export const projectRights = declareRights({
  "project.see": { sentence: "voir les projets culturels collectifs", roles: [...team, "site-manager", "adviser"] },
  "project.write": { sentence: "noter un projet culturel collectif", roles: team },
  "project.promise": { sentence: "fixer l’objectif d’une année de projets culturels", roles: ["direction"] },
  "culture-action.see": { sentence: "voir les permanences et actions culturelles", roles: team },
  "culture-job.see": { sentence: "voir les actions vers les métiers de la culture", roles: [...team, "site-manager"] },
  "culture-job.write": { sentence: "noter une action vers les métiers de la culture", roles: team },
});
