// What an address asks of the explorer: a figure, its rows and columns, filters, a period, a drawing. What is not understood is a sentence.
import type { Period } from "../../../../core/figures/ask.ts";
import type { Dimension, Figure } from "../../../../core/figures/figure.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may, type Scope } from "../../../../core/rights.ts";

export const drawings = {
  barres: "barres",
  ligne: "ligne",
  empilees: "barres empilées, une part par colonne",
  parts: "parts, chaque barre à 100\u00a0%",
  carte: "carte, si les lignes sont des communes",
  multiples: "petits graphiques, un par colonne",
  aucun: "tableau seul",
} as const;
export type Drawing = keyof typeof drawings;

export type Exploration = {
  figure: Figure;
  /** Dimensions of the figure that this reader may use. */
  dimensions: readonly Dimension[];
  rows: Dimension | null;
  columns: Dimension | null;
  filters: Readonly<Record<string, string>>;
  period: Period;
  drawing: Drawing;
  mistakes: Readonly<Record<string, string>>;
  typed: { de: string; a: string };
};

export const path = "/explorateur";
/** Where what was looked up is put into a report that is being written. */
export const intoReport = "/editions/depuis-explorateur";
/** The page, as its kept addresses know it. */
export const explorerPage = { name: "explorateur", path, title: "Explorateur" };

/** Null: the registry has no figure at all for this reader. An unknown figure is a mistake, and the first of the registry is shown. */
export function readExploration(
  query: Readonly<Record<string, string>>,
  registry: Registry,
  scope: Scope,
  today: string,
): Exploration | null {
  const mistakes: Record<string, string> = {};
  const asked = query.chiffre ? registry.figure(query.chiffre) : null;
  if (query.chiffre && !asked) mistakes.chiffre = "Ce chiffre n’existe pas, ou votre rôle ne le voit pas.";
  const figure = asked ?? registry.figures[0];
  if (!figure) return null;
  const dimensions = registry
    .source(figure)
    .dimensions.filter((one) => figure.by.includes(one.key) && (!one.right || may(scope, one.right)));
  const dimension = (word: string): Dimension | null => dimensions.find((one) => one.key === query[word]) ?? null;
  const rows = dimension("lignes");
  const columns = dimension("colonnes");
  const [from, to] = [readDay(query.de ?? ""), readDay(query.a ?? "")];
  const usual = yearPeriod(Number(today.slice(0, 4)));
  if (query.de && !from.ok) mistakes.de = "Donnez le premier jour\u00a0: jj/mm/aaaa.";
  if (query.a && !to.ok) mistakes.a = "Donnez le dernier jour\u00a0: jj/mm/aaaa.";
  if (from.ok && to.ok && from.value > to.value) mistakes.a = "La période finit avant de commencer.";
  if (rows && rows === columns)
    mistakes.colonnes = "Les colonnes répètent les lignes\u00a0: choisissez une autre répartition.";
  const clean = Object.keys(mistakes).length === 0;
  return {
    figure,
    dimensions,
    rows,
    columns: rows && rows !== columns ? columns : null,
    filters: Object.fromEntries(
      dimensions.flatMap((one) => {
        const value = query[`si-${one.key}`];
        return value && one !== rows && one !== columns ? [[one.key, value.slice(0, 100)]] : [];
      }),
    ),
    period: clean && from.ok && to.ok ? { from: from.value, to: to.value } : usual,
    drawing: query.dessin && query.dessin in drawings ? (query.dessin as Drawing) : "barres",
    mistakes,
    typed: { de: query.de ?? "", a: query.a ?? "" },
  };
}

/** The address that asks for it: what is kept, shared and exported. */
export function addressOf(
  { figure, rows, columns, filters, period, drawing }: Omit<Exploration, "mistakes" | "typed" | "dimensions">,
  page = "",
): string {
  const words = new URLSearchParams({ chiffre: figure.code, de: period.from, a: period.to });
  if (rows) words.set("lignes", rows.key);
  if (columns) words.set("colonnes", columns.key);
  for (const [key, value] of Object.entries(filters)) words.set(`si-${key}`, value);
  if (drawing !== "barres") words.set("dessin", drawing);
  return `${path}${page}?${words}`;
}
