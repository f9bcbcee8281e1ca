import { hour, shortDay } from "../../../ui/words.ts";
import { modeWords, type VisitLine } from "../../foundations/agenda/door.ts";
import { nameOf } from "../../foundations/people/door.ts";

/** Who came, in words: the name, the name typed while the line was cut, or nobody's. */
export const visitorOf = (visit: VisitLine): string =>
  visit.familyName !== null
    ? nameOf({ family_name: visit.familyName, given_name: visit.givenName ?? "" })
    : visit.nameToAttach !== null
      ? `${visit.nameToAttach} (à rattacher)`
      : `Sans nom${visit.unnamedSex === "F" ? ", une femme" : visit.unnamedSex === "M" ? ", un homme" : ""}`;

export const momentOf = (visit: VisitLine): string =>
  `${shortDay(visit.occurredOn)}${visit.occurredAt ? ` à ${hour(visit.occurredAt)}` : ""}`;

export const subjectOf = (visit: VisitLine): string =>
  [
    visit.reason,
    visit.orientation ? `vers ${visit.orientation}` : null,
    visit.mode === "in_person" ? null : modeWords[visit.mode],
  ]
    .filter(Boolean)
    .join(", ") || "sans motif";
