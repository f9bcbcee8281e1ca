// The numbers of many terms at once: terms of one source and one period are asked together, each as a cell of a breakdown.

import type { Tx } from "../../../../core/db/transaction.ts";
import { askFigures, type FigureTable, type Period } from "../../../../core/figures/ask.ts";
import { suffixOf } from "../../../../core/figures/families.ts";
import type { Dimension, Figure } from "../../../../core/figures/figure.ts";
import { labelsOf } from "../../../../core/figures/labels.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { sameWord } from "./expression.ts";

/** A term whose figure and filters the registry has. */
export type KnownTerm = { figure: Figure; filters: Readonly<Record<string, string>>; period: Period };

type Wish = { code: string; filters: readonly (readonly [key: string, value: string])[]; period: Period };

/** Finds figures and the values of filters by their words; what it has looked up once it keeps. */
export function makeFinder(tx: Tx, registry: Registry) {
  const labels = new Map<Dimension, Promise<ReadonlyMap<string, string>>>();
  const wordsOf = (dimension: Dimension, period: Period): Promise<ReadonlyMap<string, string>> => {
    // Months hang on the period; they are the only labels that do, and are never looked up by their words.
    const known = labels.get(dimension) ?? labelsOf(tx, dimension, period);
    labels.set(dimension, known);
    return known;
  };
  /** The figure of a code, declared or of a family. */
  const figureOf = async (code: string, period: Period) => {
    const declared = registry.figure(code);
    if (declared) return { figure: declared, head: {} };
    const member = code.slice(0, Math.max(0, code.lastIndexOf(".")));
    for (const figure of registry.figures)
      for (const key of figure.families ?? []) {
        if (suffixOf(figure.code) !== suffixOf(code)) continue;
        const dimension = registry.dimension(figure, key);
        if (dimension && (await wordsOf(dimension, period)).has(member)) return { figure, head: { [key]: member } };
      }
    return null;
  };
  /** The value that a word stands for: the value itself, or the one of that label. */
  const valueFor = async (dimension: Dimension, word: string, period: Period): Promise<string> => {
    const known = await wordsOf(dimension, period);
    if (known.has(word)) return word;
    return [...known].find(([, label]) => sameWord(label, word))?.[0] ?? word;
  };
  /** The term as the registry has it; the end of a sentence when it has not; null when no figure of the records has that code. */
  return async ({ code, filters, period }: Wish): Promise<KnownTerm | string | null> => {
    const found = await figureOf(code, period);
    if (!found) return null;
    const { figure } = found;
    const asked: Record<string, string> = { ...found.head };
    for (const [key, word] of filters) {
      const dimension =
        key === ""
          ? (registry.source(figure).dimensions.find((one) => one.printed?.bare && figure.by.includes(one.key)) ?? null)
          : registry.dimension(figure, key);
      if (!dimension) return `le chiffre ${code} ne se répartit pas par « ${key || word} »`;
      asked[dimension.key] = await valueFor(dimension, word, period);
    }
    return { figure, filters: asked, period };
  };
}

/** The values of terms, in their order, in as few statements as they allow. */
export async function askTerms(tx: Tx, registry: Registry, terms: readonly KnownTerm[]): Promise<number[]> {
  const values = new Map<KnownTerm, number>();
  const place = ({ figure, filters, period }: KnownTerm) => {
    const head = figure.families?.find((key) => filters[key] !== undefined);
    const others = Object.keys(filters)
      .filter((key) => key !== head)
      .sort();
    // A breakdown has at most two dimensions: what is filtered by more is asked within the first of them.
    const within = [...(head ? [head] : []), ...others.slice(0, Math.max(0, others.length - 2))];
    const by = others.slice(Math.max(0, others.length - 2));
    const fixed = Object.fromEntries(within.map((key) => [key, filters[key] ?? ""]));
    return { by, fixed, group: JSON.stringify([figure.source, period, fixed]) };
  };
  const placed = terms.map((term) => ({ term, ...place(term) }));
  for (const group of Map.groupBy(placed, (one) => one.group).values()) {
    const [first] = group;
    if (!first) continue;
    const table: FigureTable = await askFigures(tx, registry, {
      codes: [...new Set(group.map(({ term }) => term.figure.code))],
      period: first.term.period,
      by: [...new Map(group.map(({ by }) => [by.join(" "), by])).values()],
      filters: first.fixed,
    });
    for (const { term, by } of group)
      values.set(
        term,
        table.at(
          term.figure.code,
          by,
          by.map((key) => term.filters[key] ?? ""),
        ),
      );
  }
  return terms.map((term) => values.get(term) ?? 0);
}
