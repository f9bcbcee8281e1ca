// Who may do what with a printed report's lines: they show exact numbers, of small groups and of sensitive facts too.
import { declareRights } from "../../../../core/rights.ts";

export const coverageRights = declareRights({
  "coverage.see": {
    sentence: "voir ce que les fiches donnent d’un rapport imprimé",
    roles: ["direction", "site-manager", "adviser"],
    held: "house",
  },
  "coverage.write": {
    sentence: "donner les lignes d’un rapport imprimé, et dire ce qui donne chacune",
    roles: ["direction"],
    held: "house",
  },
});
