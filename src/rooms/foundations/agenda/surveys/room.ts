// What surveys bring to the room.
import type { Routes } from "../../../../core/http/route.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { declareSurveyAnswer } from "./answer-routes.tsx";
import { declareSurveys } from "./edit-routes.tsx";
import { invitationsOf } from "./reads.ts";
import { declareResults } from "./result-routes.tsx";

export const surveyLinks: readonly PersonLink[] = [
  {
    table: "agenda.survey_invitations",
    column: "person_id",
    // Two files that become one may have been asked for the same cause.
    key: ["survey_id", "cause_id", "person_id"],
    label: "invitations à une enquête",
    describe: async (tx, person) =>
      (await invitationsOf(tx, person)).map((row) => ({
        Enquête: row.title,
        "Invitée le": row.made_on,
        Par: row.channel === "mail" ? "courriel" : "SMS",
        Réponse: "anonyme : la maison ne sait pas qui a répondu",
      })),
  },
];

/** What is named stands before what is any identifier. */
export function declareSurveyRoutes(routes: Routes): void {
  declareSurveys(routes);
  declareResults(routes);
  declareSurveyAnswer(routes);
}
