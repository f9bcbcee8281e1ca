// The file of sessions, "sessions": programme, kind, title, day, hour, hours, site, place, mode, capacity, what became of it, partners.

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
import { modes, programmesByCode, simple, sitesBySimpleName, unknownProgramme, unknownSite } from "../imported.ts";
import type { SessionStatus } from "./tables.ts";

const target = "agenda.sessions";
const shape = {
  id: "uuid",
  programme: "uuid",
  kind: "text",
  title: "text",
  day: "date",
  hour: "time",
  minutes: "smallint",
  site: "uuid",
  place: "text",
  mode: "text",
  capacity: "smallint",
  status: "text",
  reason: "text",
  partners: "text",
} as const;
/** Partners stand in one cell, one behind the other. */
const partnerList = sql.raw("CASE WHEN x.partners IS NULL THEN '{}'::text[] ELSE string_to_array(x.partners, ';') END");

const statuses: Readonly<Record<string, SessionStatus>> = {
  realisee: "held",
  tenue: "held",
  prevue: "planned",
  planifiee: "planned",
  annulee: "cancelled",
  reportee: "postponed",
};

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('programme', programme_id, 'kind', kind, 'title', title, 'day', starts_on, 'hour', to_char(starts_at, 'HH24:MI'), 'minutes', minutes::text,
             'site', site_id, 'place', place_text, 'mode', mode, 'capacity', capacity::text, 'status', status, 'reason', status_reason, 'partners', nullif(array_to_string(partners, ';'), ''))) AS values
      FROM agenda.sessions WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO agenda.sessions (house_id, id, programme_id, kind, title, starts_on, starts_at, minutes, site_id, place_text, mode, capacity, status, status_reason, partners, external_id, recorded_at, recorded_by)
    SELECT ${tx.scope.house}, id, programme, kind, title, day, hour, minutes, site, place, mode, capacity, status, reason, ${partnerList}, key, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(tx.on());
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE agenda.sessions s SET programme_id = x.programme, kind = x.kind, title = x.title, starts_on = x.day, starts_at = x.hour, minutes = x.minutes, site_id = x.site, place_text = x.place, mode = x.mode,
           capacity = x.capacity, status = x.status, status_reason = x.reason, partners = ${partnerList}, version = s.version + 1
    FROM ${rowset(rows, shape)} WHERE s.house_id = ${tx.scope.house} AND s.id = x.id`.execute(tx.on());
}

/** "3.5", "3,5" -> minutes. Null: unreadable, or longer than a day. */
function minutesOf(hours: string): string | null {
  if (!/^\d{1,2}([.,]\d{1,2})?$/.test(hours)) return null;
  const minutes = Math.round(Number(hours.replace(",", ".")) * 60);
  return minutes >= 1 && minutes <= 1440 ? String(minutes) : null;
}

async function open(tx: Tx): Promise<KeyedReader> {
  const [sites, programmes] = await Promise.all([sitesBySimpleName(tx), programmesByCode(tx)]);

  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant de la séance manque." };
    const programme = programmes.get(simple(cell("dispositif")));
    if (!programme) return { refused: unknownProgramme(cell("dispositif")) };
    const day = readDay(cell("date"));
    if (!day.ok) return { refused: `Date : ${day.reason}.` };
    const word = cell("statut");
    const status = word === "" ? (day.value > tx.today ? "planned" : "held") : statuses[simple(word)];
    if (!status) return { refused: `Statut « ${word.slice(0, 40)} » inconnu : réalisée, prévue, annulée ou reportée.` };
    if (day.value < "1980-01-01" || (status === "held" && day.value > tx.today))
      return { refused: `La date ${cell("date")} ne peut pas être celle d’une séance.` };
    const site = sites.get(simple(cell("antenne")));
    if (!site) return { refused: unknownSite(cell("antenne")) };
    const title = cell("intitule").slice(0, 200) || cell("type").slice(0, 60);
    if (!title) return { refused: "L’intitulé de la séance manque." };
    const doubts: string[] = [];
    let hour = "";
    if (cell("heure_debut")) {
      const found = readHour(cell("heure_debut"));
      if (found.ok) hour = found.value;
      else doubts.push(found.reason);
    }
    const minutes = cell("duree_h") === "" ? "" : minutesOf(cell("duree_h"));
    if (minutes === null) doubts.push(`durée « ${cell("duree_h").slice(0, 40)} » illisible, laissée vide`);
    const typed = cell("capacite");
    const capacity = /^\d{1,4}$/.test(typed) && Number(typed) > 0 ? String(Number(typed)) : "";
    if (typed !== "" && capacity === "") doubts.push(`capacité « ${typed.slice(0, 40)} » illisible, laissée vide`);
    const mode = cell("mode") === "" ? "in_person" : modes[simple(cell("mode")).replaceAll(" ", "_")];
    if (!mode) doubts.push(`mode « ${cell("mode").slice(0, 40)} » inconnu, noté en présentiel`);
    const partners = cell("partenaires")
      .split(/[;,|]/)
      .map((partner) => partner.trim())
      .filter(Boolean);
    const values = {
      programme,
      kind: cell("type").slice(0, 60) || "séance",
      title,
      day: day.value,
      hour,
      minutes: minutes ?? "",
      site,
      place: cell("lieu").slice(0, 200),
      mode: mode ?? "in_person",
      capacity,
      status,
      reason: status === "cancelled" || status === "postponed" ? cell("motif_annulation").slice(0, 300) : "",
      partners: partners.join(";"),
    };
    return { key, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")), doubts };
  };

  return {
    read,
    known: (keys) => byExternalId(tx, target, keys),
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
  };
}

export const importSessions: ImportKind = keyedKind({
  kind: "sessions",
  label: "Séances",
  target,
  own: [],
  after: ["antennes", "dispositifs"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "dispositif", label: "Dispositif", aliases: ["code dispositif"], required: true },
    { key: "type", label: "Type", aliases: ["nature"], required: false },
    { key: "intitule", label: "Intitulé", aliases: ["titre", "nom"], required: true },
    { key: "date", label: "Date", aliases: ["jour"], required: true },
    { key: "heure_debut", label: "Heure de début", aliases: ["heure", "début"], required: false },
    { key: "duree_h", label: "Durée en heures", aliases: ["durée", "heures"], required: false },
    { key: "antenne", label: "Antenne", aliases: ["site"], required: true },
    { key: "lieu", label: "Lieu", aliases: ["salle", "adresse"], required: false },
    { key: "mode", label: "Mode", aliases: [], required: false },
    { key: "capacite", label: "Capacité", aliases: ["places"], required: false },
    { key: "statut", label: "Statut", aliases: ["état"], required: false },
    { key: "motif_annulation", label: "Motif d’annulation", aliases: ["motif"], required: false },
    { key: "partenaires", label: "Partenaires", aliases: ["partenaire", "structures"], required: false },
  ],
  fields: [
    { key: "programme", label: "le dispositif" },
    { key: "kind", label: "le type" },
    { key: "title", label: "l’intitulé" },
    { key: "day", label: "la date" },
    { key: "hour", label: "l’heure" },
    { key: "minutes", label: "la durée" },
    { key: "site", label: "l’antenne" },
    { key: "place", label: "le lieu" },
    { key: "mode", label: "le mode" },
    { key: "capacity", label: "la capacité" },
    { key: "status", label: "le statut" },
    { key: "reason", label: "le motif d’annulation" },
    { key: "partners", label: "les partenaires" },
  ],
  open,
  change,
  current,
  remove: (tx, importId) => removeCreated(tx, importId, target),
});
