// Every published figure of a year as one file: the chapter's numbers as their reader may see them, a row each.
import type { Cell } from "../../../core/exporting/cell.ts";
import { csvStream } from "../../../core/exporting/csv.ts";
import { xlsxStream } from "../../../core/exporting/xlsx.ts";
import { noValue, type Period } from "../../../core/figures/ask.ts";
import { memberCode } from "../../../core/figures/families.ts";
import type { Dimension, Figure } from "../../../core/figures/figure.ts";
import { labelsOf } from "../../../core/figures/labels.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import { type Answer, notFound } from "../../../core/http/answer.ts";
import type { At } from "../../../core/http/route.ts";
import { plural, shortDay } from "../../../ui/words.ts";
import { chapterFacts } from "../../foundations/programmes/door.ts";
import { shownYear } from "./masking.ts";
import { ownFigures } from "./own-figures.tsx";
import { programmeYear } from "./programme-year.ts";
import { valueWord } from "./value-word.ts";

/** The chapter of the desks stands by itself: it tells of visits, not of a programme. */
const antennes = "antennes";
const antennesSource = "visits";

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

type Line = {
  figure: Figure;
  code: string;
  by: readonly string[];
  values: readonly string[];
  value: number | null;
  shown: string;
};

/** What is published of a year, source after source. `only`: the figures of one chapter. */
async function yearLines(at: At, registry: Registry, year: number, only: (figure: Figure) => boolean): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [, figures] of Map.groupBy(registry.figures.filter(only), (figure) => figure.source)) {
    const [first] = figures;
    if (!first) continue;
    const shown = await shownYear(at, registry, registry.source(first), year);
    for (const figure of figures)
      for (const { code, by, values } of shown.cells.filter((one) => one.code === figure.code))
        lines.push({
          figure,
          code,
          by,
          values,
          value: shown.value(code, by, values),
          shown: shown.cell(code, by, values),
        });
  }
  return lines;
}

/** What the chapter of a programme tells. */
async function programmeLines(at: At, registry: Registry, programme: string, year: number): Promise<Line[]> {
  const { rows } = await programmeYear(at, registry, programme, year);
  return rows.flatMap(({ code, key, value, number, shown }) => {
    const figure = registry.figure(code);
    const [by, values] = key ? [[key], [value]] : [[], []];
    return figure ? [{ figure, code: memberCode(figure, programme), by, values, value: number, shown }] : [];
  });
}

/** The rows of the file. A masked number is the word, never an empty cell. */
async function rowsOf(
  at: At,
  registry: Registry,
  lines: readonly Line[],
  period: Period,
): Promise<Record<string, Cell>[]> {
  const words = new Map<Dimension, ReadonlyMap<string, string>>();
  for (const { figure, by } of lines)
    for (const key of by) {
      const dimension = registry.source(figure).dimensions.find((one) => one.key === key);
      if (dimension && !words.has(dimension)) words.set(dimension, await labelsOf(at.tx, dimension, period));
    }
  return lines.map(({ figure, code, by, values, value, shown }) => {
    const [first, second] = by.map((key, place): { label: Cell; value: Cell } => {
      const dimension = registry.source(figure).dimensions.find((one) => one.key === key);
      const said = values[place] ?? noValue;
      return dimension
        ? { label: dimension.label, value: valueWord(dimension, words.get(dimension) ?? new Map(), said) }
        : { label: key, value: said };
    });
    const marks = by.map((key, place) => `${key}=${values[place] ?? ""}`).join(",");
    return {
      label: figure.label,
      first: first?.label ?? "ensemble",
      firstValue: first?.value ?? null,
      second: second?.label ?? null,
      secondValue: second?.value ?? null,
      value: value ?? shown,
      unit: figure.unit,
      code: marks ? `${code}[${marks}]` : code,
    };
  });
}

/** `chapter`: the code of a chapter, whose figures alone are given; null for the whole year. */
export async function yearExport(
  at: At,
  registry: Registry,
  year: number,
  format: "csv" | "xlsx",
  chapter: string | null,
): Promise<Answer> {
  const facts = chapter === null || chapter === antennes ? null : await chapterFacts(at.tx, chapter);
  if (chapter !== null && chapter !== antennes && !facts) return notFound("Ce chapitre");
  const own = new Set(facts ? ownFigures(registry, facts.code).map(({ code }) => code) : []);
  const lines = facts
    ? [
        ...(await programmeLines(at, registry, facts.code, year)),
        ...(await yearLines(at, registry, year, (figure) => own.has(figure.code))),
      ]
    : await yearLines(at, registry, year, (figure) => chapter === null || figure.source === antennesSource);
  const rows = await rowsOf(at, registry, lines, yearPeriod(year));
  at.about("report", at.scope.house, { year, rows: rows.length, ...(chapter === null ? {} : { chapter }) });
  async function* batches(): AsyncGenerator<Record<string, Cell>[]> {
    yield rows;
  }
  const name = `chiffres-${year}${chapter === null ? "" : `-${chapter}`}.${format}`;
  if (format === "csv")
    return { kind: "file", stream: csvStream(columns, batches()), name, type: "text/csv; charset=utf-8" };
  const readMe = [
    `Chiffres publiés de ${year}${chapter === null ? "" : `, ${facts?.title ?? "Antennes de proximité"}`}`,
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

/** `count`: how many rows the file has; `chapter`: of that chapter alone. */
export const YearExports = ({ year, count, chapter }: { year: number; count: number; chapter?: string }) => {
  const query = chapter === undefined ? "" : `?chapitre=${chapter}`;
  return (
    <p class="no-print">
      Exporter {plural(count, "chiffre", "chiffres")} : <a href={`/rapport/${year}/chiffres.csv${query}`}>CSV</a> ·{" "}
      <a href={`/rapport/${year}/chiffres.xlsx${query}`}>XLSX</a>
    </p>
  );
};
