// The files of governance: "administrateurs", who sits on the board, and "reunions", when its bodies met.

import type { Reading } from "../../../core/importing/keyed.ts";
import type { ImportRow } from "../../../core/importing/kind.ts";
import { cellsOf, filled, tableKind } from "../../../core/importing/table-file.ts";
import { readDay, readSex } from "../../../core/importing/values.ts";
import type { BoardTables } from "./tables.ts";

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

export const importMandates = tableKind({
  kind: "administrateurs",
  label: "Administrateurs",
  table: "board.mandates" satisfies keyof BoardTables,
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
  open: () => ({ read: readMandate }),
});

export const importMeetings = tableKind({
  kind: "reunions",
  label: "Réunions des instances",
  table: "board.meetings" satisfies keyof BoardTables,
  shape: { on_day: "date", body: "text", subject: "text" },
  nullable: ["on_day"],
  labels: { on_day: "la date", body: "l’instance", subject: "l’objet" },
  columns: [
    { key: "id", label: "Identifiant", aliases: ["numéro", "n°"], required: true },
    { key: "date", label: "Date", aliases: ["jour"], required: true },
    { key: "instance", label: "Instance", aliases: ["réunion de"], required: true },
    { key: "objet", label: "Objet", aliases: ["sujet"], required: false },
  ],
  open: () => ({ read: readMeeting }),
});
