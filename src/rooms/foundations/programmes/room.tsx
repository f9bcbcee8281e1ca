// The room of programmes: the catalogue, who is in what since when, what was obtained.
import { notFound } from "../../../core/http/answer.ts";
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room } from "../../../core/room.ts";
import { declareCatalogue } from "./catalogue/list-routes.tsx";
import { declareProgramme } from "./catalogue/routes.tsx";
import { declareActs, enrolmentAt } from "./enrolments/acts.tsx";
import { declareCaseload } from "./enrolments/caseload-routes.tsx";
import { importEnrolments } from "./enrolments/imports.ts";
import { declareEnrolmentList } from "./enrolments/list-routes.tsx";
import { declareNewEnrolment } from "./enrolments/new-routes.tsx";
import { ofPerson, personLinks } from "./enrolments/on-person.tsx";
import { importOutcomes } from "./enrolments/outcome-imports.ts";
import { enrolmentSheet } from "./enrolments/sheet.tsx";
import { enrolmentsSource, outcomesSource } from "./figure-sources.ts";
import { programmesFigures } from "./figures.ts";
import { dispositifs } from "./imports.ts";
import { rights } from "./rights.ts";
import { journalWords } from "./words.ts";

const routes = declareRoutes();
declareCatalogue(routes);
declareProgramme(routes);
declareEnrolmentList(routes);
declareNewEnrolment(routes);
declareCaseload(routes);
routes.get("/parcours/:enrolment", { right: rights["enrolment.see"], trace: "enrolment.opened" }, async (at) => {
  const enrolment = await enrolmentAt(at);
  if (!enrolment) return notFound("Ce parcours");
  at.about("person", enrolment.person, { enrolment: enrolment.id });
  return enrolmentSheet(at, enrolment);
});
declareActs(routes);

export const programmesRoom: Room = {
  name: "programmes",
  uses: ["house", "people"],
  rights,
  routes,
  menu: [
    { href: "/file-active", label: "File active", right: rights["enrolment.see"], order: 22, key: "f" },
    { href: "/parcours", label: "Parcours", right: rights["enrolment.see"], order: 24 },
    { href: "/dispositifs", label: "Dispositifs", right: rights["programme.list"], order: 50 },
  ],
  personPanels: [ofPerson],
  personLinks,
  figureSources: [enrolmentsSource, outcomesSource],
  figures: programmesFigures,
  imports: [dispositifs, importEnrolments, importOutcomes],
  journalWords,
};
