// The file of people, "personnes": identity, contact, situation and marks, one row a person, with the old tool's identifier.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { type KeyedReader, type Known, keyedKind, type Reading } from "../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../core/importing/kind.ts";
import {
  comparable,
  oneLine,
  type Read,
  readDay,
  readEmail,
  readPhone,
  readPostalCode,
  readSex,
  readYesNo,
} from "../../../core/importing/values.ts";
import { sitesByName } from "../house/door.ts";
import { codesAhead } from "./codes.ts";
import { communeCode } from "./communes.ts";
import { personColumns, personFields } from "./importing/reading.ts";
import { changePersons, createPersons, currentPersons, removePersons, situationsSince } from "./importing/records.ts";
import { birthRefusal } from "./rules.ts";
import { findTwinsOf } from "./twins/finding.ts";

const statuses: Readonly<Record<string, string>> = {
  demandeur_d_emploi: "job_seeker",
  demandeuse_d_emploi: "job_seeker",
  demandeur_emploi: "job_seeker",
  de: "job_seeker",
  salarie: "employee",
  salariee: "employee",
  independant: "self_employed",
  independante: "self_employed",
  etudiant: "student",
  etudiante: "student",
  inactif: "inactive",
  inactive: "inactive",
};
function readPerson(
  row: ImportRow,
  sites: ReadonlyMap<string, string>,
  siteKey: (text: string) => string,
  today: string,
): Reading {
  const cell = (key: string): string => oneLine(row.cells[key] ?? "");
  const key = cell("id");
  if (!key) return { refused: "L’identifiant manque." };
  const family = cell("nom");
  const given = cell("prenom");
  if (!family && !given) return { refused: "Le nom et le prénom manquent." };
  if (family.length > 120 || given.length > 120) return { refused: "Le nom ou le prénom dépasse 120 signes." };
  const site = sites.get(siteKey(cell("antenne")));
  if (!site) return { refused: `L’antenne « ${cell("antenne").slice(0, 40)} » n’est pas un lieu de la maison.` };
  const doubts: string[] = [];
  /** A value that the person can do without: left out with a sentence when it cannot be read. */
  const optional = (name: string, reader: (text: string) => Read<string>): string => {
    const text = cell(name);
    if (text === "") return "";
    const found = reader(text);
    if (found.ok) return found.value;
    doubts.push(found.reason);
    return "";
  };
  const birth = cell("date_naissance");
  let birthDate = "";
  if (birth) {
    const found = readDay(birth);
    if (!found.ok) return { refused: `Date de naissance : ${found.reason}.` };
    const refused = birthRefusal(found.value, today);
    if (refused) return { refused };
    birthDate = found.value;
  }
  const created = optional("cree_le", readDay) || today;
  const since = optional("inscrit_depuis", readDay);
  // What the file says holds for the whole year of its record; a registration before that year is older still.
  const from = `${created.slice(0, 4)}-01-01`;
  const word =
    (table: Readonly<Record<string, string>>, what: string) =>
    (text: string): Read<string> => {
      const value = table[comparable(text)];
      return value ? { ok: true, value } : { ok: false, reason: `${what} « ${text.slice(0, 40)} » inconnue` };
    };
  const yesNo = (name: string): string =>
    optional(name, (text) => {
      const found = readYesNo(text);
      return found.ok ? { ok: true, value: found.value ? "yes" : "no" } : found;
    });
  const postalCode = optional("code_postal", readPostalCode);
  const status = optional("situation", word(statuses, "situation"));
  const qpv = optional("qpv", (text) => {
    if (comparable(text) === "qva") return { ok: true, value: "qva" };
    const found = readYesNo(text);
    return found.ok ? { ok: true, value: found.value ? "qpv" : "none" } : found;
  });
  const diploma = optional("niveau_diplome", (text) =>
    /^[1-8]$/.test(text)
      ? { ok: true, value: text }
      : { ok: false, reason: `niveau de diplôme « ${text.slice(0, 20)} » inconnu` },
  );
  const marks = Object.fromEntries(["rsa", "ass", "rqth"].map((name) => [name, yesNo(name)]));
  const values: Record<string, string> = {
    sex: optional("sexe", readSex),
    family_name: family,
    given_name: given,
    birth_date: birthDate,
    address: cell("adresse").slice(0, 300),
    postal_code: postalCode,
    commune_name: cell("commune").slice(0, 120),
    commune_code: communeCode(postalCode, cell("commune")) ?? "",
    phone: optional("telephone", readPhone),
    email: optional("courriel", readEmail),
    site_id: site,
    created_on: created,
    status: status ? `${status}|${since && since < from ? since : from}|${since}` : "",
    neighbourhood: qpv ? `${qpv}|${from}|` : "",
    diploma: diploma ? `${diploma}|${from}|` : "",
  };
  for (const [name, value] of Object.entries(marks)) values[name] = value ? `${value}|${from}|` : "";
  return { key, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")), doubts };
}

async function open(tx: Tx): Promise<KeyedReader> {
  const sites = await sitesByName(tx);
  const siteKey = (text: string): string => comparable(text).replaceAll("_", " ");
  const codes = codesAhead(tx);
  const bySimple = new Map([...sites].map(([name, id]) => [siteKey(name), id]));
  return {
    read: (row) => readPerson(row, bySimple, siteKey, tx.today),
    async known(keys) {
      const { rows } = await sql<{ external_id: string; id: string; merged: boolean; erased: boolean }>`
        SELECT e.external_id, p.id, p.merged_into IS NOT NULL OR EXISTS (SELECT 1 FROM people.merges m WHERE m.house_id = p.house_id AND m.kept_id = p.id AND m.undone_at IS NULL) AS merged,
               p.anonymised_at IS NOT NULL AS erased
          FROM people.external_ids e JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
         WHERE e.house_id = ${tx.scope.house} AND e.system = 'import' AND e.external_id = ANY(${keys}::text[])`.execute(
        tx.on(),
      );
      return new Map(
        rows.map((row): [string, Known] => [
          row.external_id,
          {
            id: row.id,
            ...(row.erased
              ? { untouchable: "Cette personne a été effacée : rien n’est changé." }
              : row.merged
                ? { untouchable: "Cette fiche a été fusionnée avec une autre : rien n’est changé." }
                : {}),
          },
        ]),
      );
    },
    current: (ids) => currentPersons(tx, ids),
    create: async (records) => createPersons(tx, records, await codes(records.length)),
    async finish(importId) {
      await findTwinsOf(tx, { importId });
    },
  };
}

/** People put back as they were: the pairs that the file's values had made go, those of their own values come back. */
async function settleTwins(tx: Tx, importId: string): Promise<void> {
  const house = tx.scope.house;
  const restored = sql`SELECT record_id FROM core.import_changes WHERE house_id = ${house} AND import_id = ${importId} AND target = 'people.persons' AND before IS NOT NULL`;
  await sql`DELETE FROM people.twins WHERE house_id = ${house} AND dismissed_at IS NULL AND (first_id IN (${restored}) OR second_id IN (${restored}))
     AND found_at >= (SELECT at FROM core.imports WHERE house_id = ${house} AND id = ${importId})`.execute(tx.on());
  await findTwinsOf(tx, { importId });
}

export const importPersons: ImportKind = keyedKind({
  kind: "personnes",
  label: "Personnes",
  target: "people.persons",
  own: ["people.external_ids", "people.situations", "people.twins"],
  after: ["antennes"],
  columns: personColumns,
  fields: personFields,
  open,
  change: changePersons,
  current: currentPersons,
  remove: removePersons,
  objections: situationsSince,
  settle: settleTwins,
});
