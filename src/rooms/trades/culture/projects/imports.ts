// The file of collective projects, "projets_culture": one row a project.

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
import { comparable, oneLine, readDay } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { structuresByExternalId } from "../../../foundations/partners/door.ts";
import { type ProjectKind, projectKindWords } from "./words.ts";

const target = "culture.projects";
const shape = {
  id: "uuid",
  title: "text",
  kind: "text",
  asker: "uuid",
  host: "uuid",
  day: "date",
  state: "text",
  reason: "text",
  participants: "integer",
} as const;

/** Projects as the file says them. */
async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT r.id, r.version, jsonb_strip_nulls(jsonb_build_object('title', r.title, 'kind', r.kind, 'asker', r.asked_by, 'host', r.hosted_by, 'day', r.on_day,
             'state', r.state, 'reason', r.cancelled_reason, 'participants', r.participants::text)) AS values
      FROM culture.projects r WHERE r.house_id = ${tx.scope.house} AND r.id = ANY(${[...ids]}::uuid[])`.execute(
    tx.on(),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO culture.projects (house_id, id, title, kind, asked_by, hosted_by, on_day, state, cancelled_reason, participants, external_id, created_at, created_by)
    SELECT ${tx.scope.house}, id, title, kind, asker, host, day, state, reason, participants, key, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(tx.on());
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const given = rowset(
    records.map((record) => ({ ...record.after, id: record.id })),
    shape,
  );
  await sql`UPDATE culture.projects r SET title = x.title, kind = x.kind, asked_by = x.asker, hosted_by = x.host, on_day = x.day, state = x.state,
      cancelled_reason = x.reason, participants = x.participants, version = r.version + 1,
      to_day = CASE WHEN r.to_day >= x.day THEN r.to_day END
    FROM ${given} WHERE r.house_id = ${tx.scope.house} AND r.id = x.id`.execute(tx.on());
}

const kinds = new Map(
  Object.entries(projectKindWords).map(([kind, label]) => [comparable(label), kind as ProjectKind]),
);

/** Planned, held or cancelled, from the first letters of the file's word; null: none of them. */
function stateOf(text: string): "planned" | "held" | "cancelled" | null {
  const word = comparable(text);
  if (word.startsWith("annul")) return "cancelled";
  if (word.startsWith("realis")) return "held";
  return word === "" || word.startsWith("prev") ? "planned" : null;
}

async function open(tx: Tx): Promise<KeyedReader> {
  let structures = new Map<string, string>();
  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant du projet manque." };
    if (!cell("intitule")) return { refused: "L’intitulé manque." };
    const day = readDay(cell("date"));
    if (!day.ok) return { refused: `Date : ${day.reason}.` };
    for (const column of ["structure", "partenaire_culturel"])
      if (cell(column) && !structures.has(cell(column)))
        return {
          refused: `La structure « ${cell(column).slice(0, 40)} » n’est pas connue de la maison : importez d’abord les structures.`,
        };
    const state = stateOf(cell("statut"));
    if (!state) return { refused: `Statut « ${cell("statut").slice(0, 30)} » inconnu : prévu, réalisé ou annulé.` };
    const doubts: string[] = [];
    const kind = kinds.get(comparable(cell("type")));
    if (!kind && cell("type")) doubts.push(`type « ${cell("type").slice(0, 30)} » inconnu, pris comme autre`);
    const values: Record<string, string> = {
      title: cell("intitule").slice(0, 200),
      kind: kind ?? "other",
      day: day.value,
      state,
    };
    const [asker, host] = [structures.get(cell("structure")), structures.get(cell("partenaire_culturel"))];
    if (asker) values.asker = asker;
    if (host) values.host = host;
    if (state === "cancelled") values.reason = cell("motif_annulation").slice(0, 200) || "sans motif noté";
    const people = cell("participants");
    if (/^\d{1,5}$/.test(people)) values.participants = String(Number(people));
    else if (people) doubts.push(`nombre de participants « ${people.slice(0, 20)} » illisible`);
    return { key, values, doubts };
  };
  return {
    async prepare(rows) {
      structures = await structuresByExternalId(
        tx,
        rows.flatMap(({ cells }) => [oneLine(cells.structure ?? ""), oneLine(cells.partenaire_culturel ?? "")]),
      );
    },
    read,
    known: (keys) => byExternalId(tx, target, keys),
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
  };
}

export const importProjects: ImportKind = keyedKind({
  kind: "projets_culture",
  label: "Projets culturels collectifs",
  target,
  own: [],
  after: ["structures"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "intitule", label: "Intitulé", aliases: ["titre", "projet"], required: true },
    { key: "structure", label: "Structure", aliases: ["partenaire social", "demandeur"], required: false },
    { key: "partenaire_culturel", label: "Partenaire culturel", aliases: ["lieu", "accueil"], required: false },
    { key: "type", label: "Type", aliases: ["genre"], required: false },
    { key: "date", label: "Date", aliases: ["jour"], required: true },
    { key: "statut", label: "Statut", aliases: ["état"], required: false },
    { key: "motif_annulation", label: "Motif d’annulation", aliases: ["motif"], required: false },
    { key: "participants", label: "Participants", aliases: ["nombre de participants", "effectif"], required: false },
  ],
  fields: [
    { key: "title", label: "l’intitulé" },
    { key: "kind", label: "le type" },
    { key: "asker", label: "la structure qui demande" },
    { key: "host", label: "le partenaire culturel" },
    { key: "day", label: "la date" },
    { key: "state", label: "le statut" },
    { key: "reason", label: "le motif d’annulation" },
    { key: "participants", label: "les participants" },
  ],
  open,
  change,
  current,
  remove: (tx, importId) => removeCreated(tx, importId, target),
});
