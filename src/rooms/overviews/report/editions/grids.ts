// Tables and charts of an edition: figures along one dimension or two.

import { noValue } from "../../../../core/figures/ask.ts";
import type { Dimension } from "../../../../core/figures/figure.ts";
import { plural } from "../../../../ui/words.ts";
import { declaredKindWords } from "../declared/words.ts";
import { stayText } from "../period.ts";
import type { Catalogue, Named } from "./catalogue.ts";
import type { Contents } from "./content.ts";
import type { ChartLine, Piece } from "./document.ts";
import type { Wish } from "./numbers.ts";
import { type Reference, yearBefore } from "./references.ts";
import { linesOf, type Telling, type ToldFigure, tellCell, tellFigure, wishOf } from "./telling.ts";

/** What a table or a drawing of a document shows at most; what is left out is said. */
export const mostRows = 60;
export const mostPoints = 30;

type Column = { named: Named & { wish: Wish }; label: string; unit: string };

/** The values of a dimension that occur, in the order of their words; months all of them. */
function valuesIn(catalogue: Catalogue, dimension: Dimension, occurring: ReadonlySet<string>): string[] {
  const all = [...new Set([...catalogue.order(dimension), ...occurring])];
  return dimension.values === "months"
    ? all.filter((value) => value !== noValue)
    : all.filter((value) => occurring.has(value));
}

function columnsOf(telling: Telling, references: readonly Reference[]): Column[] {
  return references.flatMap((reference): Column[] => {
    const named = wishOf(telling, reference);
    if (typeof named === "string") {
      telling.warn(named);
      return [];
    }
    return [{ named, label: reference.words ?? named.figure.label, unit: named.figure.unit }];
  });
}

const cell = (told: ToldFigure): string =>
  `${told.shown}${told.few ? " *" : ""}${told.mark === "computed" ? "" : ` (${declaredKindWords[told.mark]})`}`;
const fewNote = "* sur moins de dix";

export function tellGrid(
  telling: Telling,
  written: { kind: "table"; content: Contents["table"] } | { kind: "chart"; content: Contents["chart"] },
): Piece[] {
  return written.kind === "chart" ? tellChart(telling, written.content) : tellTable(telling, written.content);
}

function tellTable(telling: Telling, content: Contents["table"]): Piece[] {
  const references = linesOf(telling, content.figures);
  if (content.by === "") return tableOfFigures(telling, content, references);
  const columns = columnsOf(telling, references);
  const [first] = columns;
  if (!first) return [];
  const { catalogue, numbers } = telling;
  const dimensionOf = (key: string): Dimension | null => {
    const found = columns.every(({ named }) => catalogue.dimension(named.figure, key))
      ? catalogue.dimension(first.named.figure, key)
      : null;
    if (!found) telling.warn(`Ces chiffres ne se répartissent pas tous par «\u00a0${key}\u00a0».`);
    return found;
  };
  const rows = dimensionOf(content.by);
  const across = content.across === "" || columns.length > 1 ? null : dimensionOf(content.across);
  if (!rows) return [];
  const split = ({ named }: Column): Wish => ({ ...named.wish, by: [rows.key] });
  const occurring = new Set(columns.flatMap((one) => numbers.valuesOf(split(one))));
  const values = valuesIn(catalogue, rows, occurring);
  const title = content.title || `${first.label}, ${rows.label.toLowerCase()}`;
  if (telling.collecting)
    for (const one of columns)
      for (const by of [[], [rows.key], ...(across ? [[across.key], [rows.key, across.key]] : [])])
        tellCell(telling, one.named, { ...one.named.wish, by }, []);
  if (values.length === 0) return [];
  const shown = values.slice(0, mostRows);
  const notes: string[] = [];
  let few = false;
  const tell = (one: Column, wish: Wish, at: readonly string[]): string => {
    const told = tellCell(telling, one.named, wish, at);
    few ||= told.few;
    return cell(told);
  };
  const columnValues = across
    ? valuesIn(catalogue, across, new Set(numbers.valuesOf({ ...first.named.wish, by: [across.key] })))
    : [];
  const both = across ? { ...first.named.wish, by: [rows.key, across.key] } : null;
  const cells = (value: string | null): string[] => [
    ...columnValues.map((column) =>
      value === null
        ? tell(first, { ...first.named.wish, by: [across?.key ?? ""] }, [column])
        : tell(first, both ?? first.named.wish, [value, column]),
    ),
    ...columns.map((one) => (value === null ? tell(one, one.named.wish, []) : tell(one, split(one), [value]))),
  ];
  const body = shown.map((value) => [catalogue.word(rows, value), ...cells(value)]);
  const foot = ["Ensemble", ...cells(null)];
  if (values.length > shown.length)
    notes.push(`Et ${plural(values.length - shown.length, "autre ligne", "autres lignes")}, dans l’annexe.`);
  if (few) notes.push(fewNote);
  return [
    {
      is: "table",
      title,
      head: [
        { label: rows.label, number: false },
        ...columnValues.map((value) => ({ label: across ? catalogue.word(across, value) : value, number: true })),
        ...columns.map((one) => ({ label: across ? "Ensemble" : one.label, number: true })),
      ],
      rows: body,
      foot,
      notes,
    },
  ];
}

/** One line a figure, with what it was a year before. */
function tableOfFigures(telling: Telling, content: Contents["table"], references: readonly Reference[]): Piece[] {
  const before = yearBefore(telling.edition);
  const rows = references.flatMap((reference): string[][] => {
    const told = tellFigure(telling, reference);
    if (!told) return [];
    const then = told.wish ? tellFigure(telling, { ...reference, when: { is: "before" } }) : null;
    const unit = told.unit === "%" || told.unit === "€" ? "" : told.unit;
    return [[reference.words ?? told.label, cell(told), unit, then && then.value !== 0 ? then.shown : ""]];
  });
  if (rows.length === 0) return [];
  const past = rows.some((row) => row[3] !== "");
  return [
    {
      is: "table",
      title: content.title || "Chiffres",
      head: [
        { label: "Chiffre", number: false },
        { label: stayText(telling.edition), number: true },
        { label: "Unité", number: false },
        ...(past ? [{ label: stayText(before), number: true }] : []),
      ],
      rows: past ? rows : rows.map((row) => row.slice(0, 3)),
      foot: null,
      notes: rows.some((row) => row[1]?.endsWith(" *")) ? [fewNote] : [],
    },
  ];
}

/** What stands in place of a chart of which nothing may be shown. */
const hiddenChart = (title: string): Piece => ({
  is: "paragraph",
  spans: [{ is: "text", text: `${title}\u00a0: ces nombres sont trop petits pour être dits hors de la maison.` }],
});

function tellChart(telling: Telling, content: Contents["chart"]): Piece[] {
  const [reference] = linesOf(telling, content.figure);
  const [column] = reference ? columnsOf(telling, [reference]) : [];
  if (!column) return [];
  const { catalogue, numbers } = telling;
  const { named } = column;
  const dimension = catalogue.dimension(named.figure, content.by);
  if (!dimension) {
    telling.warn(`${named.figure.label} ne se répartit pas par «\u00a0${content.by}\u00a0».`);
    return [];
  }
  const wish: Wish = { ...named.wish, by: [dimension.key] };
  if (telling.collecting) tellCell(telling, named, wish, []);
  const occurring = new Set(numbers.valuesOf(wish));
  const values = occurring.size === 0 ? [] : valuesIn(catalogue, dimension, occurring);
  if (values.length === 0) return [];
  const keys: string[] = [];
  const told = values.map((value): ChartLine => {
    const one = tellCell(telling, named, wish, [value]);
    keys.push(one.key);
    return { label: catalogue.word(dimension, value), value: one.value, shown: one.shown };
  });
  const title = content.title || `${column.label}, ${dimension.label.toLowerCase()}`;
  if (told.every(({ value }) => value === null)) return [hiddenChart(title)];
  const [only] = told;
  // One point is no drawing.
  if (told.length === 1 && only)
    return [
      {
        is: "key-figures",
        figures: [{ key: keys[0] ?? "", value: only.shown, label: `${title}\u00a0: ${only.label}`, notes: [] }],
      },
    ];
  const many = told.length > mostPoints;
  // Values that have no order of their own are read from the largest; what is masked comes last, and tells no more by its place.
  const ordered =
    many || !(dimension.values || dimension.labels)
      ? [...told].sort((one, other) => (other.value ?? 0) - (one.value ?? 0))
      : told;
  const rows = ordered.slice(0, mostPoints);
  const rest = many
    ? ` Les ${mostPoints} plus grandes valeurs sur ${told.length}\u00a0; toutes sont dans l’annexe.`
    : "";
  return [
    {
      is: "chart",
      title,
      text: `${content.text.trim()}${rest}`.trim(),
      drawing: content.drawing,
      head: [dimension.label, column.unit === "%" ? column.label : column.unit || column.label],
      rows,
    },
  ];
}
