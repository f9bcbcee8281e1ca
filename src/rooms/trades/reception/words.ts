import { hour, shortDay } from "../../../ui/words.ts";
import { type BeforeChange, modeWords, type VisitLine } from "../../foundations/agenda/door.ts";
import { nameOf, type PersonLine, type personById } from "../../foundations/people/door.ts";

/** A person that exists. */
export type Known = NonNullable<Awaited<ReturnType<typeof personById>>>;

/** What the desk shows of a person: what tells them from others of the same name. */
export const lineOf = (person: Known): PersonLine => ({
  id: person.id,
  code: person.code,
  familyName: person.family_name,
  givenName: person.given_name,
  sex: person.sex,
  birthDate: person.birth_date,
  communeName: person.commune_name,
  lastContactOn: person.last_contact_on,
  phone: person.phone,
  archived: person.archived_at !== null,
});

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

/** What a visit said before a change, in words. */
export function beforeWords(before: BeforeChange): string {
  if (before.withdrawn !== null) return `retirée, ${before.withdrawn}`;
  if (before.ofPerson)
    return before.familyName === null
      ? "sans fiche"
      : nameOf({ family_name: before.familyName, given_name: before.givenName ?? "" });
  return [
    before.occurredOn ? shortDay(before.occurredOn) : null,
    before.occurredAt ? hour(before.occurredAt) : null,
    before.site,
    before.term ?? "sans motif",
    before.orientation ? `vers ${before.orientation}` : null,
    before.mode ? modeWords[before.mode] : null,
  ]
    .filter(Boolean)
    .join(", ");
}
