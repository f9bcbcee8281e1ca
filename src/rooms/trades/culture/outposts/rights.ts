// Who may do what with the pole's permanences and other actions.
import { declareRights, type Role } from "../../../../core/rights.ts";

const team: readonly Role[] = ["culture", "direction"];

export const outpostRights = declareRights({
  "outpost.plan": { sentence: "programmer une permanence", roles: team },
  "outpost.hold": { sentence: "compter, réserver et noter à une permanence", roles: team },
});
