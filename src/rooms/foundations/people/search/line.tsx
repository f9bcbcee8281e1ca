import { shortDay } from "../../../../ui/words.ts";
import type { PersonLine } from "../reads.ts";
import { nameOf } from "../rules.ts";

const born: Readonly<Record<string, string>> = { F: "née", M: "né" };

/** « née le 31/08/1977 », in the words of the person's sex. */
export const birthWords = (person: { sex: string | null; birthDate: string }): string =>
  `${born[person.sex ?? ""] ?? "né(e)"} le ${shortDay(person.birthDate)}`;

/** What tells two people of the same name apart at a desk: birth date, town, the end of the telephone, the last contact. */
export function PersonSummary({ person }: { person: PersonLine }) {
  return (
    <>
      <strong>{nameOf({ family_name: person.familyName, given_name: person.givenName })}</strong>{" "}
      {person.birthDate ? <span>{birthWords({ sex: person.sex, birthDate: person.birthDate })} </span> : null}
      {person.communeName ? <span>{person.communeName} </span> : null}
      {person.phone ? <span>tél. … {person.phone.slice(-4)} </span> : null}
      <small>
        {person.lastContactOn ? `vu le ${shortDay(person.lastContactOn)}` : "jamais vu"} · {person.code}
        {person.archived ? " · archivée" : ""}
      </small>
    </>
  );
}
