// Every published figure of a year as one file: the chapter's numbers as their reader may see them, a row each.
import type { Cell } from "../../../core/exporting/cell.ts";
import { csvStream } from "../../../core/exporting/csv.ts";
import { xlsxStream } from "../../../core/exporting/xlsx.ts";
import { noValue } from "../../../core/figures/ask.ts";
import type { Dimension } from "../../../core/figures/figure.ts";
import { labelsOf } from "../../../core/figures/labels.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import type { Answer } from "../../../core/http/answer.ts";
import type { At } from "../../../core/http/route.ts";
import { plural, shortDay } from "../../../ui/words.ts";
import { shownYear } from "./masking.ts";
import { valueWord } from "./value-word.ts";

const columns = [
  { key: "label", label: "Chiffre" },
  { key: "first", label: "Répartition" },
  { key: "firstValue", label: "Valeur de la répartition" },
  { key: "second", label: "Croisée avec" },
  { key: "secondValue", label: "Valeur du croisement" },
  { key: "value", label: "Nombre" },
  { key: "unit", label: "Unité" },
  { key: "code", label: "Code" },
];

/** The rows of the file, in the order of the registry. A masked number is the word, never an empty cell. */
async function yearRows(at: At, registry: Registry, year: number): Promise<Record<string, Cell>[]> {
  const period = yearPeriod(year);
  const rows: Record<string, Cell>[] = [];
  for (const [, figures] of Map.groupBy(registry.figures, (figure) => figure.source)) {
    const [first] = figures;
    if (!first) continue;
    const source = registry.source(first);
    const shown = await shownYear(at, registry, source, year);
    const words = new Map<string, { dimension: Dimension; labels: ReadonlyMap<string, string> }>();
    for (const dimension of source.dimensions)
      words.set(dimension.key, { dimension, labels: await labelsOf(at.tx, dimension, period) });
    const said = (key: string, value = noValue): { label: Cell; value: Cell } => {
      const known = words.get(key);
      return known
        ? { label: known.dimension.label, value: valueWord(known.dimension, known.labels, value) }
        : { label: key, value };
    };
    for (const figure of figures)
      for (const cell of shown.cells.filter((one) => one.code === figure.code)) {
        const [first, second] = cell.by.map((key, place) => said(key, cell.values[place]));
        const marks = cell.by.map((key, place) => `${key}=${cell.values[place] ?? ""}`).join(",");
        rows.push({
          label: figure.label,
          first: first?.label ?? "ensemble",
          firstValue: first?.value ?? null,
          second: second?.label ?? null,
          secondValue: second?.value ?? null,
          value: shown.value(cell.code, cell.by, cell.values) ?? shown.cell(cell.code, cell.by, cell.values),
          unit: figure.unit,
          code: marks ? `${figure.code}[${marks}]` : figure.code,
        });
      }
  }
  return rows;
}

export async function yearExport(at: At, registry: Registry, year: number, format: "csv" | "xlsx"): Promise<Answer> {
  const rows = await yearRows(at, registry, year);
  at.about("report", at.scope.house, { year, rows: rows.length });
  async function* batches(): AsyncGenerator<Record<string, Cell>[]> {
    yield rows;
  }
  const name = `chiffres-${year}.${format}`;
  if (format === "csv")
    return { kind: "file", stream: csvStream(columns, batches()), name, type: "text/csv; charset=utf-8" };
  const readMe = [
    `Chiffres publiés de ${year}`,
    "Les nombres masqués sont de 1 à 4, ou permettraient de les retrouver.",
    `Tiré le ${shortDay(at.tx.today)}`,
  ];
  return {
    kind: "file",
    stream: xlsxStream("Chiffres", columns, batches(), readMe),
    name,
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}

/** `count`: how many rows the file has. */
export const YearExports = ({ year, count }: { year: number; count: number }) => (
  <p class="no-print">
    Exporter {plural(count, "chiffre", "chiffres")} : <a href={`/rapport/${year}/chiffres.csv`}>CSV</a> ·{" "}
    <a href={`/rapport/${year}/chiffres.xlsx`}>XLSX</a>
  </p>
);
