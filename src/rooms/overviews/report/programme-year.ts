// The numbers of one programme in one year, as their reader may see them: one source after the other, each asked once.
import { askFigures, noValue } from "../../../core/figures/ask.ts";
import type { Figure, FigureSource } from "../../../core/figures/figure.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import type { At } from "../../../core/http/route.ts";
import { inWords, seesExact, shownYear } from "./masking.ts";

export const head = "dispositif";

export type ProgrammeYear = {
  has(code: string): boolean;
  /** A number in words: "239", "masqué". */
  cell(code: string, key?: string, value?: string): string;
  /** As a number; null when masked. */
  value(code: string, key?: string, value?: string): number | null;
  /** The values of a breakdown that occur for a figure. */
  valuesOf(code: string, key: string): readonly string[];
  /** Every number of the chapter: totals have neither `key` nor `value`. */
  rows: readonly { code: string; key: string; value: string; number: number | null; shown: string }[];
};

/** The figures that every programme has, by source. */
export const familyFigures = (registry: Registry): readonly Figure[] =>
  registry.figures.filter((figure) => figure.families?.includes(head));

/** The breakdowns that the chapter of a programme may show: those published of it. */
const splitsOf = (source: FigureSource): string[] =>
  source.published.flatMap((by) => (by.length === 2 && by[0] === head && by[1] ? [by[1]] : []));

export async function programmeYear(
  at: At,
  registry: Registry,
  programme: string,
  year: number,
): Promise<ProgrammeYear> {
  const cells = new Map<string, { number: number | null; shown: string }>();
  const keyOf = (code: string, key = "", value = ""): string => JSON.stringify([code, key, value]);
  for (const [, figures] of Map.groupBy(familyFigures(registry), (figure) => figure.source)) {
    const [first] = figures;
    if (!first) continue;
    const source = registry.source(first);
    const codes = figures.map((figure) => figure.code);
    if (seesExact(at.scope)) {
      const table = await askFigures(at.tx, registry, {
        codes,
        period: yearPeriod(year),
        by: [[], ...splitsOf(source).map((key) => [key])],
        filters: { [head]: programme },
      });
      for (const { code, by, values, value } of table.cells)
        cells.set(keyOf(code, by[0], values[0]), { number: value, shown: inWords(value) });
    } else {
      // What is hidden of one programme depends on what is told of the others.
      const shown = await shownYear(at, registry, source, year);
      for (const { code, by, values } of shown.cells)
        if (by[0] === head && values[0] === programme && codes.includes(code))
          cells.set(keyOf(code, by[1], values[1]), {
            number: shown.value(code, by, values),
            shown: shown.cell(code, by, values),
          });
    }
  }
  const rows = [...cells].map(([id, cell]) => {
    const [code, key, value] = JSON.parse(id) as [string, string, string];
    return { code, key, value, ...cell };
  });
  const at0 = (code: string, key?: string, value?: string) => cells.get(keyOf(code, key, value));
  return {
    has: (code) => (at0(code)?.number ?? 1) !== 0 && at0(code) !== undefined,
    cell: (code, key, value) => at0(code, key, value)?.shown ?? "0",
    value: (code, key, value) => {
      const found = at0(code, key, value);
      return found ? found.number : 0;
    },
    valuesOf: (code, key) =>
      rows.flatMap((row) =>
        row.code === code && row.key === key && row.value !== noValue && row.number !== 0 ? [row.value] : [],
      ),
    rows,
  };
}
