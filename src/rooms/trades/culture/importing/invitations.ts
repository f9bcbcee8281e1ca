// The file of invitations, "invitations": places that a cultural partner gives for a date. A row is an offer and its one date.

import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { byExternalId, createdBy, removeCreated } from "../../../../core/importing/created.ts";
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
import type { CultureTables } from "../tables.ts";

const target: keyof CultureTables = "culture.dates";
const shape = {
  id: "uuid",
  structure: "uuid",
  title: "text",
  genre: "text",
  place: "text",
  most: "smallint",
  day: "date",
  at: "time",
  places: "integer",
  cancelled: "text",
} as const;

/** The date and its offer as the file says them. */
async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT d.id, d.version, jsonb_strip_nulls(jsonb_build_object('structure', o.structure_id, 'title', o.title, 'genre', nullif(o.genre, ''), 'place', nullif(o.place, ''),
             'most', o.most_each::text, 'day', d.on_day, 'at', to_char(d.at, 'HH24:MI'), 'places', d.places::text, 'cancelled', d.cancelled_reason)) AS values
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id WHERE d.house_id = ${tx.scope.house} AND d.id = ANY(${[...ids]}::uuid[])`.execute(
    tx.on(),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  const given = rowset(rows, { ...shape, key: "text" });
  const { house } = tx.scope;
  // The offer of a row has the identifier of its date: one of each, and found again without a look-up.
  await sql`INSERT INTO culture.offers (house_id, id, structure_id, title, genre, place, most_each, created_at, created_by)
    SELECT ${house}, id, structure, title, coalesce(genre, ''), coalesce(place, ''), coalesce(most, 6), ${tx.clock.now()}, ${tx.scope.account}::uuid FROM ${given}`.execute(
    tx.on(),
  );
  await sql`INSERT INTO culture.dates (house_id, id, offer_id, on_day, at, places, cancelled_at, cancelled_reason, external_id)
    SELECT ${house}, id, id, day, at, places, CASE WHEN cancelled IS NOT NULL THEN ${tx.clock.now()}::timestamptz END, cancelled, key FROM ${given}`.execute(
    tx.on(),
  );
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const given = rowset(
    records.map((record) => ({ ...record.after, id: record.id })),
    shape,
  );
  const { house } = tx.scope;
  await sql`UPDATE culture.offers o SET structure_id = x.structure, title = x.title, genre = coalesce(x.genre, ''), place = coalesce(x.place, ''), most_each = coalesce(x.most, 6), version = o.version + 1
    FROM ${given}, culture.dates d WHERE d.house_id = ${house} AND d.id = x.id AND o.house_id = d.house_id AND o.id = d.offer_id`.execute(
    tx.on(),
  );
  await sql`UPDATE culture.dates d SET on_day = x.day, at = x.at, places = x.places, cancelled_reason = x.cancelled,
      cancelled_at = CASE WHEN x.cancelled IS NOT NULL THEN coalesce(d.cancelled_at, ${tx.clock.now()}::timestamptz) END, version = d.version + 1
    FROM ${given} WHERE d.house_id = ${house} AND d.id = x.id`.execute(tx.on());
}

async function open(tx: Tx): Promise<KeyedReader> {
  let structures = new Map<string, string>();
  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant de l’invitation manque." };
    const structure = structures.get(cell("structure"));
    if (!structure)
      return {
        refused: `La structure « ${cell("structure").slice(0, 40)} » n’est pas connue de la maison : importez d’abord les structures.`,
      };
    if (!cell("titre")) return { refused: "Le titre manque." };
    const day = readDay(cell("date"));
    if (!day.ok) return { refused: `Date : ${day.reason}.` };
    if (!/^\d{1,5}$/.test(cell("places")))
      return { refused: `Nombre de places « ${cell("places").slice(0, 20)} » illisible.` };
    const doubts: string[] = [];
    const values: Record<string, string> = {
      structure,
      title: cell("titre").slice(0, 200),
      day: day.value,
      places: String(Number(cell("places"))),
    };
    if (cell("genre")) values.genre = cell("genre").slice(0, 60);
    if (cell("lieu")) values.place = cell("lieu").slice(0, 200);
    const most = cell("max_par_reservation");
    if (/^\d{1,3}$/.test(most) && Number(most) >= 1 && Number(most) <= 200) values.most = String(Number(most));
    else {
      values.most = "6";
      if (most) doubts.push(`nombre de places par réservation « ${most.slice(0, 20)} » illisible, 6 retenu`);
    }
    const at = /^(\d{1,2})[:hH](\d{2})$/.exec(cell("heure"));
    if (at && Number(at[1]) < 24 && Number(at[2]) < 60) values.at = `${at[1]?.padStart(2, "0")}:${at[2]}`;
    else if (cell("heure")) doubts.push(`heure « ${cell("heure").slice(0, 20)} » illisible`);
    const state = comparable(cell("statut"));
    if (state.startsWith("annul")) values.cancelled = cell("motif_annulation").slice(0, 200) || "sans motif noté";
    else if (state && state !== "ouverte")
      doubts.push(`statut « ${cell("statut").slice(0, 30)} » inconnu, pris comme ouverte`);
    return { key, values, doubts };
  };
  return {
    async prepare(rows) {
      structures = await structuresByExternalId(
        tx,
        rows.map((row) => oneLine(row.cells.structure ?? "")),
      );
    },
    read,
    known: (keys) => byExternalId(tx, target, keys),
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
  };
}

export const importInvitations: ImportKind = keyedKind({
  kind: "invitations",
  label: "Invitations",
  target,
  own: [],
  after: ["structures"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    {
      key: "structure",
      label: "Structure",
      aliases: ["partenaire culturel", "identifiant de la structure"],
      required: true,
    },
    { key: "titre", label: "Titre", aliases: ["spectacle", "intitulé"], required: true },
    { key: "genre", label: "Genre", aliases: ["type"], required: false },
    { key: "date", label: "Date", aliases: ["jour"], required: true },
    { key: "heure", label: "Heure", aliases: [], required: false },
    { key: "lieu", label: "Lieu", aliases: ["salle"], required: false },
    { key: "places", label: "Places", aliases: ["nombre de places"], required: true },
    { key: "max_par_reservation", label: "Places par réservation", aliases: ["max par réservation"], required: false },
    { key: "statut", label: "Statut", aliases: ["état"], required: false },
    { key: "motif_annulation", label: "Motif d’annulation", aliases: ["motif"], required: false },
  ],
  fields: [
    { key: "structure", label: "la structure" },
    { key: "title", label: "le titre" },
    { key: "genre", label: "le genre" },
    { key: "place", label: "le lieu" },
    { key: "most", label: "le nombre de places par réservation" },
    { key: "day", label: "la date" },
    { key: "at", label: "l’heure" },
    { key: "places", label: "le nombre de places" },
    { key: "cancelled", label: "l’annulation" },
  ],
  open,
  change,
  current,
  async remove(tx, importId) {
    await removeCreated(tx, importId, target);
    await sql`DELETE FROM culture.offers WHERE house_id = ${tx.scope.house} AND id IN ${createdBy(tx, importId, target)}`.execute(
      tx.on(),
    );
  },
});
