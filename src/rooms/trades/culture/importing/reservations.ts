// The file of bookings, "reservations": places of an invitation booked by a structure, and how many came where that was reported. An empty
// cell of `venues` is "not reported", 0 is "nobody came".

import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { byExternalId, createdBy } from "../../../../core/importing/created.ts";
import {
  type ChangedRecord,
  type KeyedReader,
  keyedKind,
  type NewRecord,
  type Reading,
} from "../../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../../core/importing/kind.ts";
import { comparable, oneLine, readDay } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { structuresByExternalId } from "../../../foundations/partners/door.ts";
import { personsByExternalId } from "../../../foundations/people/door.ts";
import { setCounters } from "../bookings/recount.ts";
import { countedByFile } from "../door/writes.ts";
import type { CultureTables } from "../tables.ts";

const target: keyof CultureTables = "culture.bookings";
const shape = {
  id: "uuid",
  date: "uuid",
  structure: "uuid",
  person: "uuid",
  people: "smallint",
  day: "date",
  state: "text",
  ended: "text",
  attended: "smallint",
} as const;

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('date', date_id, 'structure', structure_id, 'person', person_id, 'people', people::text,
             'day', (asked_at AT TIME ZONE ${tx.scope.zone})::date, 'state', state, 'ended', ended_by, 'attended', attended::text)) AS values
      FROM culture.bookings WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({
    ...record.values,
    id: record.id,
    key: record.key,
    code: tx.ids.shortCode(),
  }));
  const noon = sql`(day + time '12:00') AT TIME ZONE ${tx.scope.zone}`;
  await sql`INSERT INTO culture.bookings (house_id, id, date_id, structure_id, person_id, people, state, code, asked_at, confirmed_at, ended_at, ended_by, attended, attended_at, attended_source, external_id)
    SELECT ${tx.scope.house}, id, date, structure, person, people, state, code, ${noon}, ${noon}, CASE WHEN ended IS NOT NULL THEN ${tx.clock.now()}::timestamptz END, ended, attended,
           CASE WHEN attended IS NOT NULL THEN ${tx.clock.now()}::timestamptz END, CASE WHEN attended IS NOT NULL THEN 'import' END, key
      FROM ${rowset(rows, { ...shape, key: "text", code: "text" })}`.execute(tx.on());
  await setCounters(
    tx,
    records.map((record) => record.values.date ?? ""),
  );
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  const noon = sql`(x.day + time '12:00') AT TIME ZONE ${tx.scope.zone}`;
  await sql`UPDATE culture.bookings b SET date_id = x.date, structure_id = x.structure, person_id = x.person, people = x.people, state = x.state,
      asked_at = CASE WHEN (b.asked_at AT TIME ZONE ${tx.scope.zone})::date = x.day THEN b.asked_at ELSE ${noon} END, ended_by = x.ended,
      ended_at = CASE WHEN x.ended IS NOT NULL THEN coalesce(b.ended_at, ${tx.clock.now()}::timestamptz) END, attended = x.attended, attended_whole = b.attended_whole OR b.attended IS DISTINCT FROM x.attended,
      attended_at = CASE WHEN x.attended IS NOT NULL THEN coalesce(b.attended_at, ${tx.clock.now()}::timestamptz) END,
      attended_source = CASE WHEN x.attended IS NOT NULL THEN coalesce(b.attended_source, 'import') END, version = b.version + 1
    FROM ${rowset(rows, shape)} WHERE b.house_id = ${tx.scope.house} AND b.id = x.id`.execute(tx.on());
  await countedByFile(
    tx,
    records
      .filter((record) => record.before.attended !== record.after.attended)
      .map((record) => ({ booking: record.id, came: record.after.attended ? Number(record.after.attended) : null })),
  );
  await setCounters(
    tx,
    records.flatMap((record) => [record.before.date ?? "", record.after.date ?? ""]).filter(Boolean),
  );
}

async function open(tx: Tx): Promise<KeyedReader> {
  let dates = new Map<string, { id: string }>();
  let structures = new Map<string, string>();
  let persons: ReadonlyMap<string, string> = new Map();
  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant de la réservation manque." };
    const date = dates.get(cell("invitation"));
    if (!date)
      return {
        refused: `L’invitation « ${cell("invitation").slice(0, 40)} » n’est pas connue de la maison : importez d’abord les invitations.`,
      };
    const structure = structures.get(cell("structure"));
    if (!structure)
      return {
        refused: `La structure « ${cell("structure").slice(0, 40)} » n’est pas connue de la maison : importez d’abord les structures.`,
      };
    if (!/^\d{1,3}$/.test(cell("places")) || Number(cell("places")) < 1 || Number(cell("places")) > 200)
      return { refused: `Nombre de places « ${cell("places").slice(0, 20)} » illisible.` };
    const day = readDay(cell("reservee_le"));
    if (!day.ok) return { refused: `Date de réservation : ${day.reason}.` };
    const doubts: string[] = [];
    const values: Record<string, string> = {
      date: date.id,
      structure,
      people: String(Number(cell("places"))),
      day: day.value,
      state: "confirmed",
    };
    if (cell("personne")) {
      const person = persons.get(cell("personne"));
      if (person) values.person = person;
      else
        doubts.push(`la personne « ${cell("personne").slice(0, 40)} » n’est pas connue : places comptées sans fiche`);
    }
    const state = comparable(cell("statut"));
    if (state.startsWith("annul")) {
      values.state = "cancelled";
      values.ended = /culturel|lieu|salle/.test(state) ? "venue" : /maison|equipe/.test(state) ? "house" : "structure";
    } else if (state && !state.startsWith("confirm"))
      doubts.push(`statut « ${cell("statut").slice(0, 30)} » inconnu, pris comme confirmée`);
    const came = cell("venues");
    if (/^\d{1,3}$/.test(came)) {
      if (Number(came) > Number(cell("places")))
        doubts.push("plus de venues que de places : repris tel quel, à corriger");
      values.attended = String(Number(came));
    } else if (came) doubts.push(`venues « ${came.slice(0, 20)} » illisible, laissé non renseigné`);
    return { key, values, doubts };
  };
  return {
    async prepare(rows) {
      const keys = [...new Set(rows.map((row) => oneLine(row.cells.invitation ?? "")).filter(Boolean))];
      dates = await byExternalId(tx, "culture.dates", keys);
      structures = await structuresByExternalId(
        tx,
        rows.map((row) => oneLine(row.cells.structure ?? "")),
      );
      persons = await personsByExternalId(
        tx,
        rows.map((row) => oneLine(row.cells.personne ?? "")),
      );
    },
    read,
    known: (keys) => byExternalId(tx, target, keys),
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
  };
}

export const importReservations: ImportKind = keyedKind({
  kind: "reservations",
  label: "Réservations",
  target,
  own: [],
  after: ["invitations", "personnes"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "invitation", label: "Invitation", aliases: ["identifiant de l’invitation"], required: true },
    { key: "structure", label: "Structure", aliases: ["partenaire social"], required: true },
    { key: "personne", label: "Personne", aliases: ["identifiant de la personne"], required: false },
    { key: "places", label: "Places", aliases: ["nombre de places"], required: true },
    { key: "reservee_le", label: "Réservée le", aliases: ["date de réservation", "date"], required: true },
    { key: "statut", label: "Statut", aliases: ["état"], required: false },
    { key: "venues", label: "Venues", aliases: ["venus", "présents"], required: false },
  ],
  fields: [
    { key: "date", label: "l’invitation" },
    { key: "structure", label: "la structure" },
    { key: "person", label: "la personne" },
    { key: "people", label: "le nombre de places" },
    { key: "day", label: "la date de réservation" },
    { key: "state", label: "le statut" },
    { key: "ended", label: "qui a annulé" },
    { key: "attended", label: "les venues" },
  ],
  open,
  change,
  current,
  async remove(tx, importId) {
    const { rows } = await sql<{ date_id: string }>`
      DELETE FROM culture.bookings WHERE house_id = ${tx.scope.house} AND id IN ${createdBy(tx, importId, target)} RETURNING date_id`.execute(
      tx.on(),
    );
    await setCounters(
      tx,
      rows.map((row) => row.date_id),
    );
  },
});
