// The file "liens_rapport": what gives each line of a printed report, one line a row.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Reading } from "../../../../core/importing/keyed.ts";
import type { ImportRow } from "../../../../core/importing/kind.ts";
import { cellsOf, filled, tableKind } from "../../../../core/importing/table-file.ts";
import { readExpression } from "./expression.ts";
import { mostReason } from "./shapes.ts";
import type { CoverageTables } from "./tables.ts";
import { linkKey } from "./writes.ts";

function readLink(row: ImportRow, known: ReadonlySet<string>): Reading {
  const cell = cellsOf(row);
  const [year, line, expression] = [cell("annee"), cell("ligne"), cell("chiffre")];
  if (!/^(19|20)\d\d$/.test(year)) return { refused: `« ${year.slice(0, 40)} » n’est pas une année.` };
  const key = linkKey(Number(year), line);
  if (!known.has(key))
    return { refused: `Le rapport imprimé de ${year} n’a pas de ligne « ${line.slice(0, 40)} » dans cette maison.` };
  const read = readExpression(expression);
  if ("reason" in read) return { refused: `Chiffre : ${read.reason}.` };
  return {
    key,
    values: filled({ year, line, expression, reason: cell("raison").slice(0, mostReason) }),
    doubts: [],
  };
}

const table = "report.line_links" satisfies keyof CoverageTables;

async function linesOf(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{ year: number; code: string }>`
    SELECT year, code FROM report.printed_lines WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  return new Set(rows.map(({ year, code }) => linkKey(year, code)));
}

export const importLinks = tableKind({
  kind: "liens_rapport",
  label: "Ce qui donne les lignes d’un rapport imprimé",
  table,
  shape: { year: "int", line: "text", expression: "text", reason: "text" },
  nullable: [],
  after: ["chiffres_declares"],
  labels: { year: "l’année", line: "la ligne", expression: "ce qui la donne", reason: "la raison de l’écart" },
  columns: [
    { key: "annee", label: "Année", aliases: ["rapport"], required: true },
    { key: "ligne", label: "Ligne", aliases: ["id", "code"], required: true },
    { key: "chiffre", label: "Chiffre", aliases: ["calcul", "formule"], required: true },
    { key: "raison", label: "Raison", aliases: ["écart", "pourquoi"], required: false },
  ],
  async open(tx) {
    const known = await linesOf(tx);
    return { read: (row) => readLink(row, known) };
  },
});
