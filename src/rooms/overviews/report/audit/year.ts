// The figures of a year as the audit reads them, while the report is being written: those of the records, and those that somebody declared.
import type { Tx } from "../../../../core/db/transaction.ts";
import { askFigures, noValue } from "../../../../core/figures/ask.ts";
import { memberCode } from "../../../../core/figures/families.ts";
import type { Dimension, Figure } from "../../../../core/figures/figure.ts";
import { labelsOf } from "../../../../core/figures/labels.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { coverageOf } from "../coverage/coverage.ts";
import { lineHref } from "../coverage/href.ts";
import { declaredOf, stayOf } from "../declared/reads.ts";
import { figureHref } from "../href.ts";
import { stayText } from "../period.ts";
import { valueWord } from "../value-word.ts";
import { readBreakdown } from "./reading.ts";
import type { Told } from "./stated.ts";

export type YearFigure = { told: Told; href: string };

const kinds = { distinct: "count-distinct-persons", count: "count-events", sum: "sum", ratio: "ratio" } as const;
/** What a figure is, in the words of the audit. */
export const kindOf = ({ measure }: Figure): string =>
  measure.kind === "distinct" && measure.of !== "person" ? "count-distinct-organisations" : kinds[measure.kind];

/** The words of the rules for the values that they know: women and men are theirs in the singular. */
const ruleWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sexe: { F: "femme", M: "homme", X: "autre" },
};

/** Every figure of the year that the registry prints, in all and by its printed breakdowns, programme by programme. */
async function fromRecords(tx: Tx, registry: Registry, year: number): Promise<YearFigure[]> {
  const period = yearPeriod(year);
  const found: YearFigure[] = [];
  for (const [, figures] of Map.groupBy(registry.figures, (figure) => figure.source)) {
    const [first] = figures;
    if (!first) continue;
    const source = registry.source(first);
    const keys = [...new Set(figures.flatMap((figure) => figure.printed))];
    const heads = [...new Set(figures.flatMap((figure) => figure.families?.slice(0, 1) ?? []))];
    const own = [[], ...keys.map((key) => [key])];
    const table = await askFigures(tx, registry, {
      codes: figures.map((figure) => figure.code),
      period,
      by: [...own, ...heads.flatMap((head) => own.map((by) => [head, ...by]))],
    });
    const labels = new Map<Dimension, ReadonlyMap<string, string>>();
    for (const dimension of source.dimensions)
      if (keys.includes(dimension.key)) labels.set(dimension, await labelsOf(tx, dimension, period));
    const wordOf = (key: string, value: string): string => {
      const dimension = source.dimensions.find((one) => one.key === key) ?? null;
      return ruleWords[key]?.[value] ?? valueWord(dimension, labels.get(dimension as Dimension) ?? new Map(), value);
    };
    for (const { code, by, values, value } of table.cells) {
      const figure = registry.figure(code);
      if (!figure || values.includes(noValue)) continue;
      const [head] = figure.families ?? [];
      const member = head !== undefined && by[0] === head ? values[0] : undefined;
      if ((head === undefined) === (member !== undefined) || (head !== undefined && member === undefined)) continue;
      const [key, said] = member === undefined ? [by[0], values[0]] : [by[1], values[1]];
      if (key !== undefined && !figure.printed.includes(key)) continue;
      const nameOf = (one: Figure): string =>
        `${member === undefined ? one.code : memberCode(one, member)}${key === undefined ? "" : `[${key}=${said}]`}`;
      const filters = Object.fromEntries(by.map((one, place) => [one, values[place] ?? ""]));
      const programme = member ?? code.slice(0, code.lastIndexOf("."));
      const terms =
        figure.measure.kind === "ratio" && key === undefined
          ? [registry.figure(figure.measure.over), registry.figure(figure.measure.under)]
          : [];
      const percent = figure.measure.kind === "ratio" && figure.measure.percent ? "*100" : "";
      found.push({
        href: figureHref(figure.code, period, filters),
        told: {
          code: nameOf(figure),
          label: figure.label,
          value,
          ...(figure.measure.kind === "ratio" ? { decimals: figure.measure.round } : {}),
          unit: figure.unit,
          // Figures of one definition are read side by side; what two definitions owe each other, their formula says.
          page: `${programme}, ${figure.label.toLowerCase()}`,
          programme,
          period: String(year),
          by: key !== undefined && said !== undefined ? { [key]: wordOf(key, said) } : {},
          kind: kindOf(figure),
          formula: terms[0] && terms[1] ? `${nameOf(terms[0])}/${nameOf(terms[1])}${percent}` : "",
        },
      });
    }
  }
  return found;
}

/** "Sorties positives (antenne=Pentes; sexe=femme)" -> its words, and what it is restricted to. */
function restricted(label: string): { label: string; by: Record<string, string> } {
  const found = /^(.*\S)\s*\(([^()=;]+=[^()=;]*(?:;[^()=;]+=[^()=;]*)*)\)$/.exec(label);
  return found ? { label: found[1] ?? label, by: readBreakdown(found[2] ?? "") } : { label, by: {} };
}

/** What is declared or quoted of the year, as its code and period name it. */
async function fromDeclared(tx: Tx, year: number): Promise<YearFigure[]> {
  const lines = await declaredOf(tx, yearPeriod(year));
  return lines.map((line) => {
    const programme = line.code.slice(0, Math.max(0, line.code.indexOf(".")));
    return {
      href: `/rapport/declares/${line.id}`,
      told: {
        code: `${line.code}@${stayText(stayOf(line))}`,
        ...restricted(line.label),
        value: line.value,
        unit: line.unit,
        page: `${programme}, déclarés`,
        programme,
        period: stayText(stayOf(line)),
        kind: line.kind === "quoted" ? "quote" : "",
      },
    };
  });
}

/** The lines of the year's report, with what the house says of each today. */
async function fromLines(tx: Tx, registry: Registry, year: number): Promise<YearFigure[]> {
  const { lines } = await coverageOf(tx, registry, year);
  return lines.flatMap((line) =>
    line.told === null
      ? []
      : [
          {
            href: lineHref(year, line.code),
            told: {
              code: line.code,
              label: line.label,
              value: line.told,
              decimals: line.decimals,
              unit: line.unit,
              page: line.page,
              programme: line.programme,
              period: line.period,
              by: line.by,
              kind: line.kind,
              formula: line.formula,
            },
          },
        ],
  );
}

/** All that the year says: the records' figures, and the report's lines where the house has them; else what is declared by itself. */
export async function yearFigures(tx: Tx, registry: Registry, year: number): Promise<YearFigure[]> {
  const records = await fromRecords(tx, registry, year);
  const lines = await fromLines(tx, registry, year);
  return [...records, ...(lines.length > 0 ? lines : await fromDeclared(tx, year))];
}
