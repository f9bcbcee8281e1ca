// The file of attendances, "presences": who came to a session, or how many heads. Its rows have no identifier of their own. A person is
// in a session once, so session and person make the key; heads counted without names are told apart by their sex and their turn in the
// file, so that the same file again finds the same rows.

import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { removeCreated } from "../../../../core/importing/created.ts";
import {
  type ChangedRecord,
  type KeyedReader,
  type Known,
  keyedKind,
  type NewRecord,
  type Reading,
} from "../../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../../core/importing/kind.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import type { Values } from "../../../../core/importing/written.ts";
import { moveContacts, moveContactsBack, personsByNumber, simple, unknownPerson } from "../imported.ts";
import type { AttendanceState } from "./tables.ts";

const target = "agenda.attendances";
const shape = { id: "uuid", session: "uuid", person: "uuid", sex: "text", heads: "smallint", state: "text" } as const;

const states: Readonly<Record<string, AttendanceState>> = {
  present: "present",
  presente: "present",
  absent: "absent",
  absente: "absent",
  "absent excuse": "justified",
  "absente excusee": "justified",
  excuse: "justified",
  justifie: "justified",
};
const sexes: Readonly<Record<string, "F" | "M" | "X">> = {
  f: "F",
  femme: "F",
  femmes: "F",
  m: "M",
  h: "M",
  homme: "M",
  hommes: "M",
  x: "X",
  autre: "X",
};

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('session', session_id, 'person', person_id, 'sex', sex, 'heads', heads::text, 'state', state)) AS values
      FROM agenda.attendances WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO agenda.attendances (house_id, id, session_id, person_id, sex, heads, state, external_id, recorded_at, recorded_by)
    SELECT ${tx.scope.house}, id, session, person, sex, heads, state, key, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(tx.on());
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE agenda.attendances a SET session_id = x.session, person_id = x.person, sex = x.sex, heads = x.heads, state = x.state, version = a.version + 1
    FROM ${rowset(rows, shape)} WHERE a.house_id = ${tx.scope.house} AND a.id = x.id`.execute(tx.on());
}

async function open(tx: Tx): Promise<KeyedReader> {
  const house = tx.scope.house;
  let persons = new Map<string, string>();
  let sessions = new Map<string, string>();
  /** Session and person of each key that was read, and the key that has them. */
  const named = new Map<string, { session: string; person: string }>();
  const holders = new Map<string, string>();
  const turns = new Map<string, number>();

  const read = (row: ImportRow): Reading => {
    const cell = (key: string): string => oneLine(row.cells[key] ?? "");
    const session = sessions.get(cell("session"));
    if (!session)
      return {
        refused: `La séance « ${cell("session").slice(0, 40)} » n’est pas connue de la maison : importez d’abord les sessions.`,
      };
    const word = cell("presence");
    const state = word === "" ? "present" : states[simple(word)];
    if (!state) return { refused: `Présence « ${word.slice(0, 40)} » inconnue : présent, absent ou absent excusé.` };
    const number = cell("personne");
    if (number) {
      const person = persons.get(number);
      if (!person) return { refused: unknownPerson(number) };
      const key = `${cell("session")}/${number}`;
      const holder = holders.get(`${session}/${person}`);
      if (holder !== undefined && holder !== key)
        return { refused: `Cette personne est déjà dans cette séance, sous le numéro ${holder.split("/").at(-1)}.` };
      holders.set(`${session}/${person}`, key);
      named.set(key, { session, person });
      return { key, values: { session, person, state }, doubts: [] };
    }
    const heads = cell("effectif");
    if (!/^\d{1,4}$/.test(heads))
      return { refused: "Une présence nomme une personne, ou dit un effectif en chiffres." };
    const sex = cell("sexe") === "" ? "" : (sexes[simple(cell("sexe"))] ?? "");
    const doubts =
      cell("sexe") !== "" && sex === "" ? [`sexe « ${cell("sexe").slice(0, 40)} » inconnu, laissé vide`] : [];
    const same = `${cell("session")}//${sex || "-"}/${state}`;
    const turn = (turns.get(same) ?? 0) + 1;
    turns.set(same, turn);
    const values = { session, heads: String(Number(heads)), state, ...(sex ? { sex } : {}) };
    return { key: `${same}/${turn}`, values, doubts };
  };

  return {
    async prepare(rows) {
      const names = [...new Set(rows.map((row) => oneLine(row.cells.session ?? "")))].filter(Boolean);
      const [people, { rows: found }] = await Promise.all([
        personsByNumber(
          tx,
          rows.map((row) => oneLine(row.cells.personne ?? "")),
        ),
        sql<{ external_id: string; id: string }>`
          SELECT external_id, id FROM agenda.sessions WHERE house_id = ${house} AND external_id = ANY(${names}::text[])`.execute(
          tx.on(),
        ),
      ]);
      persons = people;
      sessions = new Map(found.map((row) => [row.external_id, row.id]));
    },
    read,
    async known(keys) {
      // A person's attendance may have been noted by hand: it is found by whom it is of.
      const wanted = keys.map((key) => ({ key, ...named.get(key) }));
      const { rows } = await sql<{ key: string; id: string }>`
        SELECT x.key, a.id FROM ${rowset(wanted, { key: "text", session: "uuid", person: "uuid" })}
          JOIN agenda.attendances a ON a.house_id = ${house} AND CASE WHEN x.person IS NULL THEN a.external_id = x.key ELSE a.session_id = x.session AND a.person_id = x.person END`.execute(
        tx.on(),
      );
      return new Map<string, Known>(rows.map((row) => [row.key, { id: row.id }]));
    },
    current: (ids) => current(tx, ids),
    create: (records) => create(tx, records),
    finish: (importId) =>
      moveContacts(
        tx,
        importId,
        sql`SELECT a.person_id AS id, s.starts_on AS day FROM agenda.attendances a JOIN agenda.sessions s ON s.house_id = a.house_id AND s.id = a.session_id
              JOIN core.import_changes c ON c.house_id = a.house_id AND c.record_id = a.id AND c.import_id = ${importId} AND c.target = ${target}
             WHERE a.house_id = ${house} AND a.state = 'present'`,
      ),
  };
}

export const importAttendances: ImportKind = keyedKind({
  kind: "presences",
  label: "Présences",
  target,
  own: [],
  after: ["personnes", "sessions"],
  columns: [
    { key: "session", label: "Session", aliases: ["séance", "identifiant de la session"], required: true },
    { key: "personne", label: "Personne", aliases: ["identifiant de la personne", "id personne"], required: false },
    { key: "presence", label: "Présence", aliases: ["présent", "statut"], required: false },
    { key: "effectif", label: "Effectif", aliases: ["nombre", "participants"], required: false },
    { key: "sexe", label: "Sexe", aliases: [], required: false },
  ],
  fields: [
    { key: "session", label: "la séance" },
    { key: "person", label: "la personne" },
    { key: "sex", label: "le sexe" },
    { key: "heads", label: "l’effectif" },
    { key: "state", label: "la présence" },
  ],
  open,
  change,
  current,
  remove: (tx, importId) => removeCreated(tx, importId, target),
  settle: moveContactsBack,
});
