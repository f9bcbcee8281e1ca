// All printed figures of a year, by code: what the command line, the interface and the checks read.
import type { Tx } from "../db/transaction.ts";
import { askFigures, noValue } from "./ask.ts";
import { memberCode } from "./families.ts";
import type { Dimension, Figure } from "./figure.ts";
import { labelsOf, monthsOf } from "./labels.ts";
import type { Registry } from "./registry.ts";

export const yearPeriod = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });

/**
 * `{ "antennes.visites": 26594, "antennes.visites[mois=03]": 1371, "gpp.personnes": 239, "gpp.personnes[sexe=F]": 165, … }`. Months and
 * declared values without a row are printed as 0, for whatever has any row of its source.
 */
export async function printFigures(tx: Tx, registry: Registry, year: number): Promise<Record<string, number>> {
  const period = yearPeriod(year);
  const printed: Record<string, number> = {};
  for (const [, figures] of Map.groupBy(registry.figures, (figure) => figure.source)) {
    const [first] = figures;
    if (!first) continue;
    const { dimensions } = registry.source(first);
    const words = new Map<string, ReadonlyMap<string, string>>();
    for (const dimension of dimensions)
      if (dimension.printed?.label) words.set(dimension.key, await labelsOf(tx, dimension, period));
    const heads = [...new Set(figures.flatMap((figure) => figure.families ?? []))];
    const keys = [...new Set(figures.flatMap((figure) => figure.printed))];
    const own = [[], ...keys.map((key) => [key])];
    const table = await askFigures(tx, registry, {
      codes: figures.map((figure) => figure.code),
      period,
      by: [...own, ...heads.flatMap((head) => own.map((by) => [head, ...by]))],
    });
    const mark = (key: string, value: string): string => {
      const dimension = dimensions.find((one) => one.key === key);
      const word = (dimension?.printed?.label ? words.get(key)?.get(value) : undefined) ?? value;
      return `[${dimension?.printed?.bare ? "" : `${key}=`}${word.replaceAll("’", "'")}]`;
    };
    const zeros = (figure: Figure, code: string): void => {
      for (const key of figure.printed)
        for (const value of declaredValues(dimensions, key, period)) printed[code + mark(key, value)] ??= 0;
    };
    for (const figure of figures) {
      if (figure.families === undefined) {
        printed[figure.code] = table.at(figure.code);
        zeros(figure, figure.code);
      }
      for (const { by, values, value, code } of table.cells) {
        if (code !== figure.code || values.includes(noValue)) continue;
        const [head, ...rest] = by;
        const [member, ...under] = values;
        const ofMember = head !== undefined && member !== undefined && figure.families?.includes(head);
        if (ofMember === (figure.families === undefined)) continue;
        const [key, said] = ofMember ? [rest[0], under[0]] : [head, member];
        if (key !== undefined && !figure.printed.includes(key)) continue;
        const name = ofMember ? memberCode(figure, member) : figure.code;
        printed[key !== undefined && said !== undefined ? name + mark(key, said) : name] = value;
        if (ofMember && key === undefined) zeros(figure, name);
      }
    }
  }
  return printed;
}

function declaredValues(
  dimensions: readonly Dimension[],
  key: string,
  period: { from: string; to: string },
): readonly string[] {
  const values = dimensions.find((dimension) => dimension.key === key)?.values;
  return values === "months" ? monthsOf(period) : (values?.map((one) => one.value) ?? []);
}
