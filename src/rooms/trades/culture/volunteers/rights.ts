// Who may do what with the volunteers of the pole.
import { declareRights, type Role } from "../../../../core/rights.ts";

const team: readonly Role[] = ["culture", "direction"];

export const volunteerRights = declareRights({
  "volunteer.see": { sentence: "voir les volontaires de la culture", roles: team },
  "volunteer.write": { sentence: "noter la mission d’un volontaire", roles: team },
});
