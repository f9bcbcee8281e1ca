// The registry: every figure once. What does not hold together is refused when the program starts, not when a director reads it.
import { may, type Scope } from "../rights.ts";
import type { Dimension, Figure, FigureSource } from "./figure.ts";

export type Registry = {
  figures: readonly Figure[];
  figure(code: string): Figure | null;
  source(figure: Figure): FigureSource;
  dimension(figure: Figure, key: string): Dimension | null;
};

/** @throws when a code is declared twice, or a source, a dimension or a ratio's term does not exist. */
export function makeRegistry(sources: readonly FigureSource[], figures: readonly Figure[]): Registry {
  const byCode = new Map<string, Figure>();
  const byName = new Map(sources.map((source) => [source.name, source]));
  for (const figure of figures) {
    if (byCode.has(figure.code)) throw new Error(`figure declared twice: ${figure.code}`);
    byCode.set(figure.code, figure);
  }
  for (const figure of figures) {
    const source = byName.get(figure.source);
    if (!source) throw new Error(`${figure.code}: no source ${figure.source}`);
    for (const key of [...figure.by, ...figure.printed, ...(figure.families ?? [])])
      if (!source.dimensions.some((dimension) => dimension.key === key))
        throw new Error(`${figure.code}: no dimension ${key}`);
    if (figure.measure.kind === "ratio")
      for (const term of [figure.measure.over, figure.measure.under]) {
        const found = byCode.get(term);
        // Terms of another source are counted apart: they must be told by all that the ratio is told by.
        const told = found?.source === figure.source || figure.by.every((key) => found?.by.includes(key));
        if (!found || found.measure.kind === "ratio" || !told)
          throw new Error(`${figure.code}: ${term} cannot be its term`);
      }
    if (figure.measure.kind === "distinct" && !source[figure.measure.of])
      throw new Error(`${figure.code}: its source counts no ${figure.measure.of}`);
  }
  const source = (figure: Figure): FigureSource => byName.get(figure.source) as FigureSource;
  return {
    figures,
    figure: (code) => byCode.get(code) ?? null,
    source,
    dimension: (figure, key) =>
      figure.by.includes(key) ? (source(figure).dimensions.find((dimension) => dimension.key === key) ?? null) : null,
  };
}

/** The registry as a reader knows it: without the figures that ask for a right that this scope has not. */
export function readableBy(registry: Registry, scope: Scope): Registry {
  const readable = (figure: Figure): boolean => !figure.right || may(scope, figure.right);
  return {
    ...registry,
    figures: registry.figures.filter(readable),
    figure(code) {
      const found = registry.figure(code);
      return found && readable(found) ? found : null;
    },
  };
}
