// A table of figures from outside: the columns of the house's own (id, section, programme_code, label_fr, value, unit, period, breakdown,
// kind, formula) or their French names, in any order, as a spreadsheet saves them.
import { Readable } from "node:stream";
import { readCsv } from "../../../../core/importing/read-csv.ts";
import { ImportRefusal } from "../../../../core/importing/refusal.ts";
import { number } from "../../../../ui/words.ts";
import { mostFigures } from "./audit.ts";
import { plain } from "./speech.ts";
import type { Stated } from "./stated.ts";

const columns = {
  code: ["id", "code", "n", "no", "numero"],
  section: ["section", "page", "chapitre", "rubrique"],
  programme: ["programme_code", "programme", "dispositif"],
  label: ["label_fr", "label", "libelle", "chiffre", "intitule", "nom"],
  value: ["value", "valeur", "nombre"],
  unit: ["unit", "unite"],
  period: ["period", "periode", "annee"],
  by: ["breakdown", "repartition", "ventilation"],
  kind: ["kind", "nature"],
  formula: ["formula", "formule", "calcul"],
  base: ["base"],
} as const;
type Column = keyof typeof columns;

/** The figures, and what could not be read of the file, in sentences. */
export type ReadTable = { rows: Stated[]; unread: string[] };

export const mostBytes = 5_000_000;

/** "26 594", "37,5", "-3" -> the number and how many decimals it was written with; null for words. */
export function readNumber(text: string): { value: number; decimals: number } | null {
  const bare = text
    .replaceAll(/[\s\u00a0\u202f]/g, "")
    .replace(",", ".")
    .replace("\u2212", "-");
  if (!/^-?\d{1,15}(\.\d{1,10})?$/.test(bare)) return null;
  return { value: Number(bare), decimals: bare.split(".")[1]?.length ?? 0 };
}

/** "antenne=Gerland; sexe=femme" -> { antenne: "Gerland", sexe: "femme" }. */
export function readBreakdown(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .slice(0, 2000)
      .split(";")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map((part) => {
        const at = part.indexOf("=");
        return at < 1 ? [part, ""] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      }),
  );
}

/** @returns the table, or a sentence saying why the file is no table of figures. */
export async function readTable(bytes: Buffer): Promise<ReadTable | { refusal: string }> {
  if (bytes.length === 0) return { refusal: "Ce fichier est vide." };
  if (bytes.length > mostBytes)
    return { refusal: "Ce fichier dépasse 5\u00a0Mo\u00a0: un tableau de chiffres est plus petit." };
  try {
    const { rows } = await readCsv(() => Readable.from([bytes]), bytes.subarray(0, 65_536), bytes.length);
    let places: Partial<Record<Column, number>> | null = null;
    const table: ReadTable = { rows: [], unread: [] };
    const codes = new Set<string>();
    for await (const { line, cells } of rows) {
      if (!places) {
        places = placesOf(cells);
        const missing = (["label", "value"] as const).filter((column) => places?.[column] === undefined);
        if (missing.length > 0)
          return {
            refusal: `Ce fichier n’a pas de colonne ${missing.map((column) => `«\u00a0${columns[column][1]}\u00a0»`).join(" ni ")}\u00a0: chaque ligne doit dire un chiffre, son nom et sa valeur.`,
          };
        continue;
      }
      const at = (column: Column): string => cells[places?.[column] ?? -1]?.trim() ?? "";
      if (cells.every((cell) => cell.trim() === "")) continue;
      if (table.rows.length >= mostFigures)
        return {
          refusal: `Ce tableau a plus de ${number(mostFigures)} chiffres\u00a0: contrôlez un rapport à la fois.`,
        };
      const read = readNumber(at("value"));
      const code = at("code") || `L${line}`;
      if (!read) {
        note(table, `Ligne ${line}\u00a0: «\u00a0${at("value").slice(0, 60)}\u00a0» n’est pas un nombre.`);
        continue;
      }
      if (codes.has(code)) {
        note(
          table,
          `Ligne ${line}\u00a0: le code ${code.slice(0, 40)} est déjà pris\u00a0; cette ligne n’est pas lue.`,
        );
        continue;
      }
      codes.add(code);
      table.rows.push({
        code,
        label: at("label").slice(0, 500),
        ...read,
        unit: at("unit").slice(0, 60),
        section: at("section").slice(0, 200),
        programme: at("programme").slice(0, 100),
        period: at("period").slice(0, 60),
        by: readBreakdown(at("by")),
        kind: at("kind").slice(0, 60),
        formula: at("formula"),
        base: readNumber(at("base"))?.value ?? null,
      });
    }
    if (!places) return { refusal: "Ce fichier est vide." };
    if (table.rows.length === 0) return { refusal: "Ce fichier ne contient aucun chiffre." };
    return table;
  } catch (error) {
    if (error instanceof ImportRefusal) return { refusal: error.message };
    throw error;
  }
}

const mostNotes = 50;
function note(table: ReadTable, sentence: string): void {
  if (table.unread.length < mostNotes) table.unread.push(sentence);
  else if (table.unread.length === mostNotes) table.unread.push("D’autres lignes ne sont pas lues.");
}

function placesOf(cells: readonly string[]): Partial<Record<Column, number>> {
  const names = cells.map((cell) => plain(cell));
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, words]) => {
      const at = names.findIndex((name) => (words as readonly string[]).includes(name));
      return at < 0 ? [] : [[column, at]];
    }),
  );
}
