// One figure: what it means, how much it is, and the rows behind it; its exports have as many rows as it says.

import type { Cell } from "../../../core/exporting/cell.ts";
import { csvStream } from "../../../core/exporting/csv.ts";
import { xlsxStream } from "../../../core/exporting/xlsx.ts";
import { askFigures, noValue } from "../../../core/figures/ask.ts";
import { findFigure } from "../../../core/figures/families.ts";
import { labelsOf } from "../../../core/figures/labels.ts";
import { exportFigure, type OpenedRow, openFigure } from "../../../core/figures/open.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../core/http/answer.ts";
import type { At } from "../../../core/http/route.ts";
import { readDay } from "../../../core/importing/values.ts";
import { may } from "../../../core/rights.ts";
import { Chips, Pager } from "../../../ui/figures.tsx";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { plural, shortDay } from "../../../ui/words.ts";
import { figureHref } from "./href.ts";
import { type Asked, lookAt } from "./look.ts";
import { rights, seesNames } from "./rights.ts";
import { valueWord } from "./value-word.ts";

const pageSize = 50;

async function readAsked(
  at: At,
  registry: Registry,
  page: "" | "/export.csv" | "/export.xlsx",
): Promise<Asked | Answer> {
  const from = readDay(at.query.de ?? "");
  const to = readDay(at.query.a ?? "");
  if (!from.ok || !to.ok || from.value > to.value)
    return registry.figure(at.params.code ?? "")
      ? refusal(422, "Donnez une période : de quel jour à quel jour.")
      : notFound("Ce chiffre");
  const found = await findFigure(at.tx, registry, at.params.code ?? "", { from: from.value, to: to.value });
  if (!found) return notFound("Ce chiffre");
  const { figure } = found;
  // The figure of one programme is the figure of all, filtered.
  if (found.of !== null) {
    const { de: _, a: __, ...others } = at.query;
    return redirect(figureHref(figure.code, { from: from.value, to: to.value }, { ...others, ...found.filters }, page));
  }
  const allowed = registry
    .source(figure)
    .dimensions.filter(
      (dimension) => figure.by.includes(dimension.key) && (!dimension.right || may(at.scope, dimension.right)),
    );
  const filters: Record<string, string> = {};
  for (const dimension of allowed) {
    const value = at.query[dimension.key];
    if (value !== undefined && value !== "") filters[dimension.key] = value.slice(0, 100);
  }
  const by = allowed.find((dimension) => dimension.key === at.query.par)?.key ?? null;
  return { figure, period: { from: from.value, to: to.value }, filters, by };
}

export async function figurePage(at: At, registry: Registry): Promise<Answer> {
  const asked = await readAsked(at, registry, "");
  if (!("figure" in asked)) return asked;
  const { figure, period, filters, by } = asked;
  const look = await lookAt(at, registry, asked);
  if (!look)
    return refusal(403, "Votre rôle voit les chiffres d’une année entière, dans les répartitions qui sont publiées.");
  const names = seesNames(at.scope);
  const skip = Math.min(Math.max(0, Number.parseInt(at.query.page ?? "0", 10) || 0), 100_000) * pageSize;
  const rowCount = look.rows ?? 0;
  const opened =
    look.rows !== null && may(at.scope, rights["figure.rows"])
      ? await openFigure(at.tx, registry, figure, { period, filters, names }, { skip, most: pageSize })
      : null;
  const source = registry.source(figure);
  const chips = [];
  for (const [key, chosen] of Object.entries(filters)) {
    const dimension = source.dimensions.find((one) => one.key === key) ?? null;
    const labels = dimension ? await labelsOf(at.tx, dimension, period) : new Map<string, string>();
    const { [key]: _, ...others } = filters;
    chips.push({
      label: `${dimension?.label ?? key} : ${valueWord(dimension, labels, chosen)}`,
      without: figureHref(figure.code, period, others),
    });
  }
  const dimension = by ? registry.dimension(figure, by) : null;
  const labels = dimension ? await labelsOf(at.tx, dimension, period) : new Map<string, string>();
  const occurring = new Set(look.values);
  // Values in the order of their labels, then those that have none; a month without a row is a month of the year all the same.
  const values = by
    ? [...new Set([...labels.keys(), ...look.values])].filter((one) =>
        dimension?.values === "months" ? one !== noValue : occurring.has(one),
      )
    : [];
  const here = (page: number) => `${figureHref(figure.code, period, filters)}&page=${page}`;
  return page({
    title: figure.label,
    crumbs: [{ href: `/rapport/${period.from.slice(0, 4)}`, label: `Rapport ${period.from.slice(0, 4)}` }],
    body: (
      <>
        <Heading title={figure.label}>
          Du {shortDay(period.from)} au {shortDay(period.to)}
        </Heading>
        <Chips chips={chips} />
        <ul class="key-figures">
          <li>
            <strong id="valeur">{look.total}</strong> <span>{figure.unit}</span>
          </li>
        </ul>
        <p>
          {figure.definition} <small>Code : {figure.code}</small>
        </p>
        <nav class="filters no-print" aria-label="Répartir">
          <form method="get" class="filters">
            <input type="hidden" name="de" value={period.from} />
            <input type="hidden" name="a" value={period.to} />
            {Object.entries(filters).map(([key, chosen]) => (
              <input key={key} type="hidden" name={key} value={chosen} />
            ))}
            <div class="field">
              <label for="par">Répartir par</label>
              <select id="par" name="par">
                {look.options.map((one) => (
                  <option key={one.key} value={one.key} selected={one.key === by}>
                    {one.label}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="second">
              Répartir
            </button>
          </form>
        </nav>
        {by && dimension ? (
          <DataTable
            caption={`Répartition : ${dimension.label.toLowerCase()}`}
            rows={values}
            rowKey={(one) => one}
            columns={[
              {
                key: "value",
                label: dimension.label,
                header: true,
                render: (one) => valueWord(dimension, labels, one),
              },
              {
                key: "number",
                label: figure.unit,
                number: true,
                render: (one) => (
                  <a href={figureHref(figure.code, period, { ...filters, [by]: one })}>{look.cell(one)}</a>
                ),
              },
            ]}
          />
        ) : null}
        {opened ? (
          <>
            <h2>
              {figure.measure.kind === "ratio" ? "Ce sur quoi le chiffre est calculé" : "La liste derrière le chiffre"}
            </h2>
            <p class="no-print">
              Exporter {plural(rowCount, "ligne", "lignes")} :{" "}
              <a href={figureHref(figure.code, period, filters, "/export.csv")}>CSV</a> ·{" "}
              <a href={figureHref(figure.code, period, filters, "/export.xlsx")}>XLSX</a>
              {names ? "" : " (sans noms)"}
            </p>
            <DataTable
              caption={figure.label}
              hideCaption
              rows={opened.rows}
              rowKey={(row, place) => `${row.id}-${place}`}
              empty={<p>Aucune ligne : le chiffre est zéro.</p>}
              columns={opened.columns.map((column, place) => ({
                key: column.key,
                label: column.label,
                header: place === 0,
                render: (row: OpenedRow) => {
                  const text =
                    column.kind === "day" && row[column.key] ? shortDay(String(row[column.key])) : row[column.key];
                  return place === 0 && opened.href ? <a href={opened.href(row.id)}>{text ?? "voir"}</a> : text;
                },
              }))}
            />
            <Pager
              count={plural(rowCount, "ligne", "lignes")}
              first={skip > 0 ? here(0) : undefined}
              next={skip + pageSize < rowCount ? here(skip / pageSize + 1) : undefined}
            />
          </>
        ) : (
          <p>Votre rôle voit le chiffre, et non la liste des personnes derrière lui.</p>
        )}
      </>
    ),
  });
}

export async function figureExport(at: At, registry: Registry, format: "csv" | "xlsx"): Promise<Answer> {
  const asked = await readAsked(at, registry, `/export.${format}`);
  if (!("figure" in asked)) return asked;
  const { figure, period, filters } = asked;
  const names = seesNames(at.scope);
  const table = await askFigures(at.tx, registry, { codes: [figure.code], period, by: [[]], filters });
  const { columns, batches } = exportFigure(at.tx, registry, figure, { period, filters, names });
  async function* cells(): AsyncGenerator<Record<string, Cell>[]> {
    for await (const rows of batches)
      yield rows.map((row) =>
        Object.fromEntries(
          columns.map((column) => [
            column.key,
            column.kind === "day" && row[column.key] ? { day: String(row[column.key]) } : (row[column.key] ?? null),
          ]),
        ),
      );
  }
  at.about("figure", at.scope.house, { code: figure.code, ...period, filters: Object.keys(filters), names });
  const name = `${figure.code}-${period.from}-${period.to}.${format}`;
  if (format === "csv")
    return { kind: "file", stream: csvStream(columns, cells()), name, type: "text/csv; charset=utf-8" };
  const readMe = [
    figure.label,
    figure.definition,
    `Du ${shortDay(period.from)} au ${shortDay(period.to)}`,
    `Valeur : ${table.at(figure.code)} ${figure.unit}`,
    `Code : ${figure.code}`,
    `Tiré le ${shortDay(at.tx.today)}`,
  ];
  return {
    kind: "file",
    stream: xlsxStream("Lignes", columns, cells(), readMe),
    name,
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}
