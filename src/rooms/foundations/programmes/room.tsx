// The room of programmes: the catalogue, who is in what since when, what was obtained.
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room } from "../../../core/room.ts";
import { declareCatalogue } from "./catalogue/list-routes.tsx";
import { declareProgramme } from "./catalogue/routes.tsx";
import { importEnrolments } from "./enrolments/imports.ts";
import { importOutcomes } from "./enrolments/outcome-imports.ts";
import { enrolmentsSource, outcomesSource, programmesFigures } from "./figures.ts";
import { dispositifs } from "./imports.ts";
import { rights } from "./rights.ts";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declareCatalogue(routes);
declareProgramme(routes);

export const programmesRoom: Room = {
  name: "programmes",
  uses: ["house", "people"],
  rights,
  routes,
  menu: [{ href: "/dispositifs", label: "Dispositifs", right: rights["programme.list"], order: 50 }],
  figureSources: [enrolmentsSource, outcomesSource],
  figures: programmesFigures,
  imports: [dispositifs, importEnrolments, importOutcomes],
  journalWords,
};
