// What the files of the agenda have in common: the words of their cells, whom and what they name, and the contact that a meeting is.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { comparable } from "../../../core/importing/values.ts";
import { sitesByName } from "../house/door.ts";
import type { VisitMode } from "./tables.ts";

export const modes: Readonly<Record<string, VisitMode>> = {
  presentiel: "in_person",
  sur_place: "in_person",
  telephone: "phone",
  tel: "phone",
  visio: "video",
  visioconference: "video",
  video: "video",
};

/** A word as it is compared: no accent, no case, single spaces. */
export const simple = (text: string): string => comparable(text).replaceAll("_", " ");

/** The sites of the house by every name that they have. */
export const sitesBySimpleName = async (tx: Tx): Promise<Map<string, string>> =>
  new Map([...(await sitesByName(tx))].map(([name, id]) => [simple(name), id]));

/** The programmes of the house by their code. */
export async function programmesByCode(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{
    code: string;
    id: string;
  }>`SELECT code, id FROM programmes.programmes WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  return new Map(rows.map((row) => [simple(row.code), row.id]));
}

/** People by the numbers that the old tool gave them; who was merged is who took them in. */
export async function personsByNumber(tx: Tx, numbers: Iterable<string>): Promise<Map<string, string>> {
  const keys = [...new Set(numbers)].filter(Boolean);
  const { rows } = await sql<{ external_id: string; id: string }>`
    SELECT e.external_id, coalesce(p.merged_into, p.id) AS id FROM people.external_ids e JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
     WHERE e.house_id = ${tx.scope.house} AND e.system = 'import' AND e.external_id = ANY(${keys}::text[])`.execute(
    tx.on(),
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

export const unknownPerson = (number: string): string =>
  `La personne « ${number.slice(0, 40)} » n’est pas connue de la maison : importez d’abord les personnes.`;
export const unknownSite = (name: string): string =>
  `L’antenne « ${name.slice(0, 40)} » n’est pas un lieu de la maison.`;
export const unknownProgramme = (code: string): string =>
  `Le dispositif « ${code.slice(0, 40)} » n’est pas connu de la maison : importez d’abord les dispositifs.`;

/** The day of a person's last contact, which an import of meetings moves. */
const contact = "people.persons/last_contact_on";

/**
 * A meeting is a contact: the last one of each person moves, and what it was is kept for the undo. `met`: a SELECT of (id, day) of who
 * was met by the rows of the import.
 */
export async function moveContacts(tx: Tx, importId: string, met: RawBuilder<unknown>): Promise<void> {
  const house = tx.scope.house;
  await sql`WITH met AS (${met}), last AS (SELECT id, max(day) AS day FROM met WHERE id IS NOT NULL GROUP BY id),
    later AS (
      SELECT p.id, p.last_contact_on AS before, x.day FROM people.persons p JOIN last x ON x.id = p.id
       WHERE p.house_id = ${house} AND (p.last_contact_on IS NULL OR p.last_contact_on < x.day)),
    moved AS (UPDATE people.persons p SET last_contact_on = later.day FROM later WHERE p.house_id = ${house} AND p.id = later.id)
    INSERT INTO core.import_changes (house_id, import_id, line, target, record_id, before, written)
    SELECT ${house}, ${importId}, 0, ${contact}, id, jsonb_strip_nulls(jsonb_build_object('day', before)), day FROM later`.execute(
    tx.on(),
  );
}

/** The undo of `moveContacts`; a contact that was noted since stays. */
export async function moveContactsBack(tx: Tx, importId: string): Promise<void> {
  await sql`UPDATE people.persons p SET last_contact_on = (c.before ->> 'day')::date FROM core.import_changes c
     WHERE c.house_id = ${tx.scope.house} AND c.import_id = ${importId} AND c.target = ${contact}
       AND p.house_id = c.house_id AND p.id = c.record_id AND p.last_contact_on = c.written::date`.execute(tx.on());
}
