// The file of outcomes, "resultats": something obtained by somebody in a programme, in the programme's own words.

import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { removeCreated } from "../../../../core/importing/created.ts";
import {
  type ChangedRecord,
  type KeyedReader,
  keyedKind,
  type NewRecord,
  type Reading,
} from "../../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../../core/importing/kind.ts";
import { oneLine, readDay, readYesNo } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { personsByExternalId } from "../../people/door.ts";
import { removeWords, wordsAhead } from "./words-ahead.ts";

const target = "programmes.outcomes";
const shape = { id: "uuid", enrolment: "uuid", word: "uuid", day: "date", part_time: "text", months: "text" } as const;

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('enrolment', enrolment_id, 'word', word_id, 'day', on_day, 'part_time', CASE part_time WHEN true THEN 'yes' WHEN false THEN 'no' END,
        'months', trim_scale(months)::text)) AS values
      FROM programmes.outcomes WHERE house_id = ${tx.scope.house} AND id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO programmes.outcomes (house_id, id, enrolment_id, word_id, on_day, at_exit, part_time, months, external_id, recorded_at, recorded_by)
    SELECT ${tx.scope.house}, id, enrolment, word, day, false, part_time = 'yes', months::numeric, key, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(tx.on());
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE programmes.outcomes o SET enrolment_id = x.enrolment, word_id = x.word, on_day = x.day, part_time = x.part_time = 'yes', months = x.months::numeric, version = o.version + 1
    FROM ${rowset(rows, shape)} WHERE o.house_id = ${tx.scope.house} AND o.id = x.id`.execute(tx.on());
}

type Enrolment = { id: string; programme: string; person: string };

async function open(tx: Tx): Promise<KeyedReader> {
  const house = tx.scope.house;
  const words = await wordsAhead(tx);
  let enrolments: ReadonlyMap<string, Enrolment> = new Map();
  let persons: ReadonlyMap<string, string> = new Map();

  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const key = cell("id");
    if (!key) return { refused: "L’identifiant du résultat manque." };
    const enrolment = enrolments.get(cell("parcours"));
    if (!enrolment)
      return {
        refused: `Le parcours « ${cell("parcours").slice(0, 40)} » n’est pas connu de la maison : importez d’abord les parcours.`,
      };
    if (cell("personne") && persons.get(cell("personne")) !== enrolment.person)
      return { refused: `Le parcours « ${cell("parcours").slice(0, 40)} » n’est pas celui de cette personne.` };
    const day = readDay(cell("date"));
    if (!day.ok) return { refused: `Date : ${day.reason}.` };
    if (!cell("type")) return { refused: "Le type du résultat manque." };
    const doubts: string[] = [];
    const values: Record<string, string> = {
      enrolment: enrolment.id,
      word: words.find(enrolment.programme, cell("type"), row.line),
      day: day.value,
    };
    if (cell("temps_partiel")) {
      const found = readYesNo(cell("temps_partiel"));
      if (found.ok) values.part_time = found.value ? "yes" : "no";
      else doubts.push(found.reason);
    }
    const months = cell("duree_mois").replace(",", ".");
    if (/^\d{1,3}(\.\d)?$/.test(months)) values.months = String(Number(months));
    else if (months) doubts.push(`durée « ${cell("duree_mois").slice(0, 20)} » illisible`);
    return { key, values, doubts };
  };

  return {
    async prepare(rows) {
      const keys = [...new Set(rows.map((row) => oneLine(row.cells.parcours ?? "")).filter(Boolean))];
      const { rows: found } = await sql<Enrolment & { key: string }>`
        SELECT external_id AS key, id, programme_id AS programme, person_id AS person FROM programmes.enrolments
         WHERE house_id = ${house} AND external_id = ANY(${keys}::text[])`.execute(tx.on());
      enrolments = new Map(found.map((row) => [row.key, row]));
      persons = await personsByExternalId(
        tx,
        rows.map((row) => oneLine(row.cells.personne ?? "")),
      );
    },
    read,
    async known(keys) {
      const { rows } = await sql<{ external_id: string; id: string; withdrawn: boolean }>`
        SELECT o.external_id, o.id, EXISTS (SELECT 1 FROM programmes.outcome_withdrawals w WHERE w.house_id = o.house_id AND w.outcome_id = o.id) AS withdrawn
          FROM programmes.outcomes o WHERE o.house_id = ${house} AND o.external_id = ANY(${keys}::text[])`.execute(
        tx.on(),
      );
      return new Map(
        rows.map((row) => [
          row.external_id,
          {
            id: row.id,
            ...(row.withdrawn ? { untouchable: "Ce résultat a été retiré depuis : rien n’est changé." } : {}),
          },
        ]),
      );
    },
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
    also: words.also,
  };
}

export const importOutcomes: ImportKind = keyedKind({
  kind: "resultats",
  label: "Résultats",
  target,
  own: [],
  after: ["parcours"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°"], required: true },
    { key: "personne", label: "Personne", aliases: ["identifiant de la personne", "id personne"], required: false },
    { key: "parcours", label: "Parcours", aliases: ["identifiant du parcours", "id parcours"], required: true },
    { key: "date", label: "Date", aliases: ["jour", "date du résultat"], required: true },
    { key: "type", label: "Type", aliases: ["résultat", "type de résultat"], required: true },
    { key: "temps_partiel", label: "Temps partiel", aliases: [], required: false },
    { key: "duree_mois", label: "Durée en mois", aliases: ["durée"], required: false },
  ],
  fields: [
    { key: "enrolment", label: "le parcours" },
    { key: "word", label: "le type" },
    { key: "day", label: "la date" },
    { key: "part_time", label: "le temps partiel" },
    { key: "months", label: "la durée" },
  ],
  open,
  change,
  current,
  async remove(tx, importId) {
    await removeCreated(tx, importId, target);
    await removeWords(tx, importId);
  },
});
