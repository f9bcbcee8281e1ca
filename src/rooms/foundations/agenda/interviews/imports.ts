// The file of interviews, "entretiens": day, programme, site, person, mode, length, with the old tool's identifier.

import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { byExternalId, removeCreated } from "../../../../core/importing/created.ts";
import {
  type ChangedRecord,
  type KeyedReader,
  keyedKind,
  type NewRecord,
  type Reading,
} from "../../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../../core/importing/kind.ts";
import { oneLine, readDay, readHour } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import {
  modes,
  moveContacts,
  moveContactsBack,
  personsByNumber,
  programmesByCode,
  simple,
  sitesBySimpleName,
  unknownPerson,
  unknownProgramme,
  unknownSite,
} from "../imported.ts";
import type { InterviewStatus } from "./tables.ts";

const target = "agenda.interviews";
const shape = {
  id: "uuid",
  day: "date",
  hour: "time",
  minutes: "smallint",
  programme: "uuid",
  site: "uuid",
  person: "uuid",
  mode: "text",
  status: "text",
} as const;

const statuses: Readonly<Record<string, InterviewStatus>> = {
  realise: "held",
  tenu: "held",
  prevu: "planned",
  planifie: "planned",
  absent: "no_show",
  "non venu": "no_show",
  annule: "cancelled",
};

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('day', starts_on, 'hour', to_char(starts_at, 'HH24:MI'), 'minutes', minutes::text, 'programme', programme_id, 'site', site_id,
             'person', person_id, 'mode', mode, 'status', status)) AS values
      FROM agenda.interviews WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO agenda.interviews (house_id, id, programme_id, person_id, site_id, starts_on, starts_at, minutes, mode, status, external_id, recorded_at, recorded_by)
    SELECT ${tx.scope.house}, id, programme, person, site, day, hour, minutes, mode, status, key, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(tx.on());
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE agenda.interviews i SET programme_id = x.programme, person_id = x.person, site_id = x.site, starts_on = x.day, starts_at = x.hour, minutes = x.minutes, mode = x.mode, status = x.status, version = i.version + 1
    FROM ${rowset(rows, shape)} WHERE i.house_id = ${tx.scope.house} AND i.id = x.id`.execute(tx.on());
}

async function open(tx: Tx): Promise<KeyedReader> {
  const house = tx.scope.house;
  const [sites, programmes] = await Promise.all([sitesBySimpleName(tx), programmesByCode(tx)]);
  let persons = new Map<string, string>();

  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant de l’entretien manque." };
    const day = readDay(cell("date"));
    if (!day.ok) return { refused: `Date : ${day.reason}.` };
    const doubts: string[] = [];
    const word = cell("statut");
    const status = word === "" ? (day.value > tx.today ? "planned" : "held") : statuses[simple(word)];
    if (!status) return { refused: `Statut « ${word.slice(0, 40)} » inconnu : réalisé, prévu, absent ou annulé.` };
    if (day.value < "1980-01-01" || ((status === "held" || status === "no_show") && day.value > tx.today))
      return { refused: `La date ${cell("date")} ne peut pas être celle d’un entretien.` };
    const site = sites.get(simple(cell("antenne")));
    if (!site) return { refused: unknownSite(cell("antenne")) };
    const programme = cell("dispositif") === "" ? "" : programmes.get(simple(cell("dispositif")));
    if (programme === undefined) return { refused: unknownProgramme(cell("dispositif")) };
    const person = persons.get(cell("personne"));
    if (!person) return { refused: unknownPerson(cell("personne")) };
    let hour = "";
    if (cell("heure")) {
      const found = readHour(cell("heure"));
      if (found.ok) hour = found.value;
      else doubts.push(found.reason);
    }
    const length = cell("duree_min");
    const minutes =
      /^\d{1,4}$/.test(length) && Number(length) >= 1 && Number(length) <= 1440 ? String(Number(length)) : "";
    if (length !== "" && minutes === "") doubts.push(`durée « ${length.slice(0, 40)} » illisible, laissée vide`);
    const mode = cell("mode") === "" ? "in_person" : modes[simple(cell("mode")).replaceAll(" ", "_")];
    if (!mode) doubts.push(`mode « ${cell("mode").slice(0, 40)} » inconnu, noté en présentiel`);
    const values = { day: day.value, hour, minutes, programme, site, person, mode: mode ?? "in_person", status };
    return { key, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")), doubts };
  };

  return {
    async prepare(rows) {
      persons = await personsByNumber(
        tx,
        rows.map((row) => oneLine(row.cells.personne ?? "")),
      );
    },
    read,
    known: (keys) => byExternalId(tx, target, keys),
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
    finish: (importId) =>
      moveContacts(
        tx,
        importId,
        sql`SELECT i.person_id AS id, i.starts_on AS day FROM agenda.interviews i JOIN core.import_changes c ON c.house_id = i.house_id AND c.record_id = i.id AND c.import_id = ${importId} AND c.target = ${target}
             WHERE i.house_id = ${house} AND i.status = 'held'`,
      ),
  };
}

export const importInterviews: ImportKind = keyedKind({
  kind: "entretiens",
  label: "Entretiens",
  target,
  own: [],
  after: ["antennes", "personnes", "dispositifs"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "date", label: "Date", aliases: ["jour", "date de l’entretien"], required: true },
    { key: "heure", label: "Heure", aliases: [], required: false },
    { key: "dispositif", label: "Dispositif", aliases: ["code dispositif"], required: false },
    { key: "antenne", label: "Antenne", aliases: ["site", "lieu"], required: true },
    { key: "personne", label: "Personne", aliases: ["identifiant de la personne", "id personne"], required: true },
    { key: "mode", label: "Mode", aliases: [], required: false },
    { key: "duree_min", label: "Durée en minutes", aliases: ["durée", "minutes"], required: false },
    { key: "statut", label: "Statut", aliases: ["état"], required: false },
  ],
  fields: [
    { key: "day", label: "la date" },
    { key: "hour", label: "l’heure" },
    { key: "minutes", label: "la durée" },
    { key: "programme", label: "le dispositif" },
    { key: "site", label: "l’antenne" },
    { key: "person", label: "la personne" },
    { key: "mode", label: "le mode" },
    { key: "status", label: "le statut" },
  ],
  open,
  change,
  current,
  remove: (tx, importId) => removeCreated(tx, importId, target),
  settle: moveContactsBack,
});
