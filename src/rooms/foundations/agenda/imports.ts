// The file of visits, "visites": day, hour, site, person, reason, orientation, mode, with the old tool's identifier.
import { sql } from "kysely";
import { rowset } from "../../../core/db/rowset.ts";
import type { Tx } from "../../../core/db/transaction.ts";
import {
  type ChangedRecord,
  type KeyedReader,
  keyedKind,
  type NewRecord,
  type Reading,
} from "../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../core/importing/kind.ts";
import { comparable, oneLine, readDay, readHour } from "../../../core/importing/values.ts";
import type { Values } from "../../../core/importing/written.ts";
import {
  modes,
  moveContacts,
  moveContactsBack,
  personsByNumber,
  simple,
  sitesBySimpleName,
  unknownPerson,
  unknownSite,
} from "./imported.ts";
import type { TermKind } from "./tables.ts";

const shape = {
  id: "uuid",
  day: "date",
  hour: "time",
  site: "uuid",
  person: "uuid",
  reason: "uuid",
  orientation: "uuid",
  mode: "text",
} as const;
async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('day', occurred_on, 'hour', to_char(occurred_at, 'HH24:MI'), 'site', site_id, 'person', person_id, 'reason', reason_id,
             'orientation', orientation_id, 'mode', mode)) AS values
      FROM agenda.visits WHERE house_id = ${tx.scope.house} AND id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, occurred_at, person_id, reason_id, orientation_id, mode, external_id, recorded_at, recorded_by)
    SELECT ${tx.scope.house}, id, site, day, hour, person, reason, orientation, mode, key, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(tx.on());
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE agenda.visits v SET site_id = x.site, occurred_on = x.day, occurred_at = x.hour, person_id = x.person, reason_id = x.reason, orientation_id = x.orientation, mode = x.mode, version = v.version + 1
    FROM ${rowset(rows, shape)} WHERE v.house_id = ${tx.scope.house} AND v.id = x.id`.execute(tx.on());
}

async function open(tx: Tx): Promise<KeyedReader> {
  const house = tx.scope.house;
  const sites = await sitesBySimpleName(tx);
  const { rows: known } = await sql<{
    kind: TermKind;
    comparable: string;
    id: string;
  }>`SELECT kind, comparable, id FROM agenda.visit_terms WHERE house_id = ${house}`.execute(tx.on());
  const terms = new Map(known.map((term) => [`${term.kind}:${term.comparable}`, term.id]));
  let persons = new Map<string, string>();
  let fresh: { id: string; kind: TermKind; label: string; line: number }[] = [];

  const term = (kind: TermKind, text: string, line: number): string => {
    if (text === "") return "";
    const key = `${kind}:${simple(text)}`;
    const found = terms.get(key);
    if (found) return found;
    const made = { id: tx.ids.uuid(), kind, label: text.slice(0, 80), line };
    terms.set(key, made.id);
    fresh.push(made);
    return made.id;
  };

  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant de la visite manque." };
    const day = readDay(cell("date"));
    if (!day.ok) return { refused: `Date : ${day.reason}.` };
    if (day.value > tx.today || day.value < "1980-01-01")
      return { refused: `La date ${cell("date")} ne peut pas être celle d’une visite.` };
    const site = sites.get(simple(cell("antenne")));
    if (!site) return { refused: unknownSite(cell("antenne")) };
    const doubts: string[] = [];
    let hour = "";
    if (cell("heure")) {
      const found = readHour(cell("heure"));
      if (found.ok) hour = found.value;
      else doubts.push(found.reason);
    }
    let person = "";
    if (cell("personne")) {
      person = persons.get(cell("personne")) ?? "";
      if (!person) return { refused: unknownPerson(cell("personne")) };
    }
    const mode = cell("mode") === "" ? "in_person" : modes[comparable(cell("mode"))];
    if (!mode) doubts.push(`mode « ${cell("mode").slice(0, 40)} » inconnu, noté en présentiel`);
    const values = {
      day: day.value,
      hour,
      site,
      person,
      reason: term("reason", cell("motif"), row.line),
      orientation: term("orientation", cell("orientation"), row.line),
      mode: mode ?? "in_person",
    };
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
    async known(keys) {
      const { rows } = await sql<{ external_id: string; id: string; withdrawn: boolean }>`
        SELECT v.external_id, v.id, EXISTS (SELECT 1 FROM agenda.visit_withdrawals w WHERE w.house_id = v.house_id AND w.visit_id = v.id) AS withdrawn
          FROM agenda.visits v WHERE v.house_id = ${house} AND v.external_id = ANY(${keys}::text[])`.execute(tx.on());
      return new Map(
        rows.map((row) => [
          row.external_id,
          {
            id: row.id,
            ...(row.withdrawn ? { untouchable: "Cette visite a été retirée depuis : rien n’est changé." } : {}),
          },
        ]),
      );
    },
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
    also(apply) {
      const words = { reason: "motif", orientation: "orientation" };
      const made = fresh;
      fresh = [];
      return {
        notes: made.map(
          (term) => `Un mot nouveau dans les listes de l’accueil : « ${term.label} » (${words[term.kind]}).`,
        ),
        changes: made.map((term) => ({
          line: term.line,
          target: "agenda.visit_terms",
          recordId: term.id,
          before: null,
          afterVersion: 1,
        })),
        ...(apply && made.length > 0 ? { written: createTerms(tx, made) } : {}),
      };
    },
    finish: (importId) =>
      moveContacts(
        tx,
        importId,
        sql`SELECT v.person_id AS id, v.occurred_on AS day FROM agenda.visits v JOIN core.import_changes c ON c.house_id = v.house_id AND c.record_id = v.id AND c.import_id = ${importId} AND c.target = 'agenda.visits'
             WHERE v.house_id = ${house} AND v.person_id IS NOT NULL`,
      ),
  };
}

/** A word of the file that the house does not have yet joins its lists, as of the first day that the lists know. */
async function createTerms(tx: Tx, terms: readonly { id: string; kind: string; label: string }[]): Promise<void> {
  await sql`INSERT INTO agenda.visit_terms (house_id, id, kind, label, position, from_day)
    SELECT ${tx.scope.house}, id, kind, label, 500, '2000-01-01' FROM ${rowset(terms, { id: "uuid", kind: "text", label: "text" })}
    ON CONFLICT DO NOTHING`.execute(tx.on());
}

export const importVisits: ImportKind = keyedKind({
  kind: "visites",
  label: "Visites",
  target: "agenda.visits",
  own: [],
  after: ["antennes", "personnes"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "date", label: "Date", aliases: ["jour", "date de la visite"], required: true },
    { key: "heure", label: "Heure", aliases: [], required: false },
    { key: "antenne", label: "Antenne", aliases: ["site", "lieu"], required: true },
    { key: "personne", label: "Personne", aliases: ["identifiant de la personne", "id personne"], required: false },
    { key: "motif", label: "Motif", aliases: ["raison", "objet"], required: false },
    { key: "orientation", label: "Orientation", aliases: ["orienté vers"], required: false },
    { key: "mode", label: "Mode", aliases: [], required: false },
  ],
  fields: [
    { key: "day", label: "la date" },
    { key: "hour", label: "l’heure" },
    { key: "site", label: "l’antenne" },
    { key: "person", label: "la personne" },
    { key: "reason", label: "le motif" },
    { key: "orientation", label: "l’orientation" },
    { key: "mode", label: "le mode" },
  ],
  open,
  change,
  current,
  async remove(tx, importId) {
    const made = sql`SELECT record_id FROM core.import_changes WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND before IS NULL`;
    await sql`DELETE FROM agenda.visits WHERE house_id = ${tx.scope.house} AND id IN (${made} AND target = 'agenda.visits')`.execute(
      tx.on(),
    );
    await sql`DELETE FROM agenda.visit_terms t WHERE t.house_id = ${tx.scope.house} AND t.id IN (${made} AND target = 'agenda.visit_terms')
      AND NOT EXISTS (SELECT 1 FROM agenda.visits v WHERE v.house_id = t.house_id AND (v.reason_id = t.id OR v.orientation_id = t.id))`.execute(
      tx.on(),
    );
  },
  settle: moveContactsBack,
});
