// The files of governance: "administrateurs", who sits on the board, and "reunions", when its bodies met.

import { sql } from "kysely";
import { rowset } from "../../../core/db/rowset.ts";
import type { Tx } from "../../../core/db/transaction.ts";
import { byExternalId, removeCreated } from "../../../core/importing/created.ts";
import { keyedKind, type Reading } from "../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../core/importing/kind.ts";
import { oneLine, readDay, readSex } from "../../../core/importing/values.ts";
import type { Values } from "../../../core/importing/written.ts";
import type { BoardTables } from "./tables.ts";

const cellsOf =
  (row: ImportRow) =>
  (key: string): string =>
    oneLine(row.cells[key] ?? "");

function readMandate(row: ImportRow): Reading {
  const cell = cellsOf(row);
  if (!cell("id")) return { refused: "L’identifiant manque." };
  if (!cell("nom") && !cell("prenom")) return { refused: "Le nom et le prénom manquent." };
  const doubts: string[] = [];
  const day = (key: string): string => {
    if (!cell(key)) return "";
    const read = readDay(cell(key));
    if (!read.ok) doubts.push(read.reason);
    return read.ok ? read.value : "";
  };
  const sex = cell("sexe") ? readSex(cell("sexe")) : null;
  if (sex && !sex.ok) doubts.push(sex.reason);
  const values = {
    sex: sex?.ok ? sex.value : "",
    family_name: cell("nom").slice(0, 120),
    given_name: cell("prenom").slice(0, 120),
    college: cell("college").slice(0, 200),
    structure: cell("structure").slice(0, 200),
    function: cell("fonction").slice(0, 120),
    from_day: day("debut"),
    to_day: day("fin"),
  };
  if (values.from_day && values.to_day && values.to_day < values.from_day)
    return { refused: "La fin vient avant le début." };
  return { key: cell("id"), values: filled(values), doubts };
}

function readMeeting(row: ImportRow): Reading {
  const cell = cellsOf(row);
  if (!cell("id")) return { refused: "L’identifiant manque." };
  if (!cell("instance")) return { refused: "L’instance manque." };
  const day = readDay(cell("date"));
  if (!day.ok) return { refused: `Date : ${day.reason}.` };
  return {
    key: cell("id"),
    values: filled({ on_day: day.value, body: cell("instance").slice(0, 120), subject: cell("objet").slice(0, 300) }),
    doubts: [],
  };
}

const filled = (values: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));

type Shape = Readonly<Record<string, "text" | "date">>;
type Facts = Pick<ImportKind, "kind" | "label" | "columns"> & {
  table: keyof BoardTables;
  /** Columns with their types; texts that may not be null are empty without a value. */
  shape: Shape;
  nullable: readonly string[];
  labels: Readonly<Record<string, string>>;
  read: (row: ImportRow) => Reading;
};

/** Both files are read alike: a table of their own, an identifier a row. */
function kindOf({ table, shape, nullable, labels, read, ...file }: Facts): ImportKind {
  const names = Object.keys(shape);
  const into = sql.raw(table);
  const full = { id: "uuid", ...shape };
  const value = (name: string): string => (nullable.includes(name) ? name : `coalesce(${name}, '')`);
  const current = async (tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> => {
    const pairs = sql.raw(
      names
        .map((name) => `'${name}', ${nullable.includes(name) || shape[name] === "date" ? name : `nullif(${name}, '')`}`)
        .join(", "),
    );
    const { rows } = await sql<{ id: string; version: number; values: Values }>`
      SELECT id, version, jsonb_strip_nulls(jsonb_build_object(${pairs})) AS values FROM ${into} WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(
      tx.on(),
    );
    return new Map(rows.map((row) => [row.id, row]));
  };
  return keyedKind({
    ...file,
    target: table,
    own: [],
    after: [],
    fields: Object.entries(labels).map(([key, label]) => ({ key, label })),
    current,
    async change(tx, records) {
      const rows = records.map((record) => ({ ...record.after, id: record.id }));
      const sets = sql.raw(
        names
          .map((name) => `${name} = ${nullable.includes(name) ? `x.${name}` : `coalesce(x.${name}, '')`}`)
          .join(", "),
      );
      await sql`UPDATE ${into} t SET ${sets}, version = t.version + 1 FROM ${rowset(rows, full)} WHERE t.house_id = ${tx.scope.house} AND t.id = x.id`.execute(
        tx.on(),
      );
    },
    async open(tx) {
      return {
        read,
        known: (keys) => byExternalId(tx, table, keys),
        current: (ids) => current(tx, ids),
        async create(records) {
          const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
          await sql`INSERT INTO ${into} (house_id, id, external_id, ${sql.raw(names.join(", "))})
            SELECT ${tx.scope.house}, id, key, ${sql.raw(names.map(value).join(", "))} FROM ${rowset(rows, { ...full, key: "text" })}`.execute(
            tx.on(),
          );
        },
      };
    },
    remove: (tx, importId) => removeCreated(tx, importId, table),
  });
}

export const importMandates = kindOf({
  kind: "administrateurs",
  label: "Administrateurs",
  table: "board.mandates",
  shape: {
    sex: "text",
    family_name: "text",
    given_name: "text",
    college: "text",
    structure: "text",
    function: "text",
    from_day: "date",
    to_day: "date",
  },
  nullable: ["sex", "from_day", "to_day"],
  labels: {
    sex: "le sexe",
    family_name: "le nom",
    given_name: "le prénom",
    college: "le collège",
    structure: "la structure",
    function: "la fonction",
    from_day: "le début",
    to_day: "la fin",
  },
  columns: [
    { key: "id", label: "Identifiant", aliases: ["numéro", "n°"], required: true },
    { key: "sexe", label: "Sexe", aliases: ["genre", "civilité"], required: false },
    { key: "nom", label: "Nom", aliases: ["nom de famille"], required: true },
    { key: "prenom", label: "Prénom", aliases: ["prénoms"], required: true },
    { key: "college", label: "Collège", aliases: [], required: true },
    { key: "structure", label: "Structure", aliases: ["organisme"], required: false },
    { key: "fonction", label: "Fonction", aliases: [], required: false },
    { key: "debut", label: "Début", aliases: ["depuis"], required: false },
    { key: "fin", label: "Fin", aliases: [], required: false },
  ],
  read: readMandate,
});

export const importMeetings = kindOf({
  kind: "reunions",
  label: "Réunions des instances",
  table: "board.meetings",
  shape: { on_day: "date", body: "text", subject: "text" },
  nullable: ["on_day"],
  labels: { on_day: "la date", body: "l’instance", subject: "l’objet" },
  columns: [
    { key: "id", label: "Identifiant", aliases: ["numéro", "n°"], required: true },
    { key: "date", label: "Date", aliases: ["jour"], required: true },
    { key: "instance", label: "Instance", aliases: ["réunion de"], required: true },
    { key: "objet", label: "Objet", aliases: ["sujet"], required: false },
  ],
  read: readMeeting,
});
