// The explorer: a figure, in rows and columns, under filters, over a period; a table, a drawing, a file, an address to keep. A plain form.
import type { Cell } from "../../../../core/exporting/cell.ts";
import { csvStream } from "../../../../core/exporting/csv.ts";
import { xlsxStream } from "../../../../core/exporting/xlsx.ts";
import { labelsOf } from "../../../../core/figures/labels.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, SelectField } from "../../../../ui/fields.tsx";
import { GridDrawing, gridChart } from "../../../../ui/grid-chart.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { StackDrawing, stackChart } from "../../../../ui/stack-chart.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { editionRights } from "../editions/rights.ts";
import { figureHref } from "../href.ts";
import { rights } from "../rights.ts";
import { valueWord } from "../value-word.ts";
import { addressOf, drawings, type Exploration, intoReport, path, readExploration } from "./asking.ts";
import { CommuneMap } from "./commune-map.tsx";
import { type Grid, gridOf, mostColumns, mostRows } from "./grid.ts";
import { declareKeptViews, KeptViews } from "./saved.tsx";

const title = "Explorateur";
const nothing = refusal(403, "Votre rôle ne voit aucun chiffre.");
const outside = "Votre rôle voit les chiffres d’une année entière, dans les répartitions qui sont publiées.";
/** A choice of more values than that is made on the figure's own page. */
const mostChoices = 80;

async function AskForm({ at, registry, asked }: { at: At; registry: Registry; asked: Exploration }) {
  const dimensions = asked.dimensions.map((one) => ({ value: one.key, label: one.label }));
  const filters = [];
  for (const dimension of asked.dimensions) {
    const labels = await labelsOf(at.tx, dimension, asked.period);
    if (labels.size < 2 || labels.size > mostChoices || dimension === asked.rows || dimension === asked.columns)
      continue;
    const options = [...labels.keys()].map((value) => ({ value, label: valueWord(dimension, labels, value) }));
    filters.push(
      <SelectField
        key={dimension.key}
        name={`si-${dimension.key}`}
        label={dimension.label}
        value={asked.filters[dimension.key]}
        options={options}
        empty="tous"
      />,
    );
  }
  const { mistakes, typed, period } = asked;
  return (
    <form method="get" action={path} class="no-print">
      <div class="fields">
        <SelectField
          name="chiffre"
          label="Chiffre"
          value={asked.figure.code}
          error={mistakes.chiffre}
          options={registry.figures.map((one) => ({ value: one.code, label: one.label }))}
        />
        <SelectField name="lignes" label="En lignes" value={asked.rows?.key} options={dimensions} empty="rien" />
        <SelectField
          name="colonnes"
          label="En colonnes"
          value={asked.columns?.key}
          error={mistakes.colonnes}
          options={dimensions}
          empty="rien"
        />
        <DateField
          name="de"
          label="Du"
          value={mistakes.de || mistakes.a ? typed.de : shortDay(period.from)}
          error={mistakes.de}
        />
        <DateField
          name="a"
          label="Au"
          value={mistakes.de || mistakes.a ? typed.a : shortDay(period.to)}
          error={mistakes.a}
        />
        <SelectField
          name="dessin"
          label="Graphique"
          value={asked.drawing}
          options={Object.entries(drawings).map(([value, label]) => ({ value, label }))}
        />
      </div>
      {filters.length > 0 ? (
        <details open={Object.keys(asked.filters).length > 0}>
          <summary>Seulement certaines lignes</summary>
          <div class="fields">{filters}</div>
        </details>
      ) : null}
      <button type="submit">Montrer</button>
    </form>
  );
}

async function Shown({ at, asked, grid }: { at: At; asked: Exploration; grid: Grid }) {
  const { figure, rows, columns, filters, period } = asked;
  const href = (row: string | null, column: string | null): string =>
    figureHref(figure.code, period, {
      ...filters,
      ...(rows && row !== null ? { [rows.key]: row } : {}),
      ...(columns && column !== null ? { [columns.key]: column } : {}),
    });
  const link = (row: string | null, column: string | null) => (
    <a href={href(row, column)}>{grid.cell(row, column).shown}</a>
  );
  const [lines, across] = [grid.rows.slice(0, mostRows), grid.columns.slice(0, mostColumns)];
  const split = columns !== null && asked.drawing !== "barres";
  const series = split
    ? across.map((column) => ({
        label: column.label,
        values: lines.map((row) => grid.cell(row.value, column.value)),
      }))
    : [{ label: figure.unit, values: lines.map((row) => grid.cell(row.value, null)) }];
  const names = lines.map(({ label }) => label);
  const map = asked.drawing === "carte" && rows?.key === "commune";
  const stack = split && (asked.drawing === "empilees" || asked.drawing === "parts");
  const shares = asked.drawing === "parts";
  const drawn =
    !rows || lines.length === 0 || asked.drawing === "aucun" || map
      ? null
      : stack
        ? await stackChart({ kind: shares ? "shares" : "stacked", title: figure.label, rows: names, series })
        : await gridChart({
            kind: asked.drawing === "multiples" && columns ? "multiples" : asked.drawing === "ligne" ? "line" : "bars",
            title: figure.label,
            unit: figure.unit,
            rows: names,
            series: asked.drawing === "empilees" || shares ? series.slice(0, 1) : series,
          });
  const caption = `${figure.label}, ${rows?.label.toLowerCase() ?? ""}${split ? ` et ${columns.label.toLowerCase()}` : ""}.${stack && shares ? " Chaque barre fait 100\u00a0%\u00a0: la somme de ses colonnes." : ""} Les mêmes chiffres sont dans le tableau.`;
  return (
    <>
      <ul class="key-figures">
        <li>
          <strong id="valeur">{grid.total.shown}</strong> <span>{figure.unit}</span>
        </li>
      </ul>
      <p>
        {figure.definition}{" "}
        <small>
          Code{"\u00a0"}: {figure.code}
        </small>
      </p>
      {map
        ? await CommuneMap({
            tx: at.tx,
            title: figure.label,
            rows: grid.rows,
            cell: (row) => grid.cell(row, null),
          })
        : null}
      {drawn && stack ? (
        <StackDrawing svg={drawn} caption={caption} names={series.map(({ label }) => label)} />
      ) : drawn ? (
        <GridDrawing svg={drawn} caption={caption} />
      ) : stack ? (
        <p>
          Ces parts ne se dessinent pas{"\u00a0"}: elles sont trop nombreuses, ou l’une d’elles est masquée. Le tableau
          les dit.
        </p>
      ) : null}
      {rows ? (
        <>
          {lines.length < grid.rows.length || across.length < grid.columns.length ? (
            <p>
              Le tableau est long{"\u00a0"}: ses {plural(mostRows, "première ligne", "premières lignes")} et{" "}
              {plural(mostColumns, "première colonne", "premières colonnes")} sont montrées, les fichiers ont tout.
            </p>
          ) : null}
          <DataTable
            caption={`${figure.label}, du ${shortDay(period.from)} au ${shortDay(period.to)}`}
            rows={lines}
            rowKey={(row) => row.value}
            empty={<p>Aucune ligne dans cette période.</p>}
            columns={[
              { key: "row", label: rows.label, header: true, render: (row) => row.label },
              ...across.map((column) => ({
                key: column.value,
                label: column.label,
                number: true,
                render: (row: { value: string }) => link(row.value, column.value),
              })),
              {
                key: "total",
                label: columns ? "Ensemble" : figure.unit,
                number: true,
                render: (row) => link(row.value, null),
              },
            ]}
          />
        </>
      ) : (
        <p>
          <a href={href(null, null)}>Ouvrir ce chiffre</a>, ou choisissez ce qui le répartit en lignes.
        </p>
      )}
    </>
  );
}

export function declareExplorer(routes: Routes, readable: (at: At<unknown>) => Registry): void {
  routes.get(path, { right: rights["figure.read"], trace: "figure.explored" }, async (at) => {
    const registry = readable(at);
    const asked = readExploration(at.query, registry, at.scope, at.tx.today);
    if (!asked) return nothing;
    const wrong = Object.keys(asked.mistakes).length > 0;
    const grid = wrong ? null : await gridOf(at, registry, asked);
    const address = addressOf(asked);
    return page({
      title,
      status: wrong ? 422 : 200,
      crumbs: [{ href: "/rapport", label: "Rapports annuels" }],
      body: (
        <>
          <Heading title={title}>
            Un chiffre, en lignes et en colonnes, sur une période{"\u00a0"}: chaque nombre s’ouvre sur ce qu’il compte.
          </Heading>
          <ErrorSummary fields={asked.mistakes} />
          {await AskForm({ at, registry, asked })}
          {grid ? await Shown({ at, asked, grid }) : wrong ? null : <p class="empty">{outside}</p>}
          {grid && asked.rows ? (
            <p class="no-print">
              Exporter {plural(grid.rows.length, "ligne", "lignes")}
              {"\u00a0"}: <a href={addressOf(asked, "/export.csv")}>CSV</a> ·{" "}
              <a href={addressOf(asked, "/export.xlsx")}>XLSX</a>
            </p>
          ) : null}
          {grid && may(at.scope, editionRights["edition.write"]) ? (
            <p class="no-print">
              <a href={addressOf(asked).replace(/^[^?]*/, intoReport)}>Mettre dans le rapport</a>
            </p>
          ) : null}
          {grid ? await KeptViews(at.tx, address) : null}
        </>
      ),
    });
  });
  for (const format of ["csv", "xlsx"] as const)
    routes.get(`${path}/export.${format}`, { right: rights["figure.read"], trace: "figure.exported" }, (at) =>
      exported(at, readable(at), format),
    );
  declareKeptViews(routes, readable);
}

/** The grid as a file: a masked number is the word, never an empty cell. */
async function exported(at: At, registry: Registry, format: "csv" | "xlsx"): Promise<Answer> {
  const asked = readExploration(at.query, registry, at.scope, at.tx.today);
  if (!asked) return nothing;
  const [mistake] = Object.values(asked.mistakes);
  if (mistake) return refusal(422, mistake);
  const grid = await gridOf(at, registry, asked);
  if (!grid) return refusal(403, outside);
  const { figure, rows, columns, period } = asked;
  const cell = (row: string | null, column: string | null): Cell => {
    const { value, shown } = grid.cell(row, column);
    return value ?? shown;
  };
  const shape = [
    { key: "row", label: rows?.label ?? "Ensemble" },
    ...grid.columns.map((column, place) => ({ key: `c${place}`, label: column.label })),
    { key: "total", label: columns ? "Ensemble" : figure.unit },
  ];
  const lines = (rows ? grid.rows : [{ value: null, label: "Ensemble" }]).map((row) => ({
    row: row.label as Cell,
    ...Object.fromEntries(grid.columns.map((column, place) => [`c${place}`, cell(row.value, column.value)])),
    total: cell(row.value, null),
  }));
  at.about("figure", at.scope.house, {
    code: figure.code,
    ...period,
    rows: lines.length,
    filters: Object.keys(asked.filters),
  });
  async function* batches(): AsyncGenerator<Record<string, Cell>[]> {
    yield lines;
  }
  const name = `${figure.code}-${period.from}-${period.to}.${format}`;
  if (format === "csv")
    return { kind: "file", stream: csvStream(shape, batches()), name, type: "text/csv; charset=utf-8" };
  const readMe = [
    figure.label,
    figure.definition,
    `Du ${shortDay(period.from)} au ${shortDay(period.to)}`,
    `Valeur\u00a0: ${grid.total.shown} ${figure.unit}`,
    `Code\u00a0: ${figure.code}`,
    `Tiré le ${shortDay(at.tx.today)}`,
  ];
  return {
    kind: "file",
    stream: xlsxStream("Explorateur", shape, batches(), readMe),
    name,
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}
