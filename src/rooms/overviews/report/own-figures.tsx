// The figures that a room counts under a programme's own name (`billetterie.places`): the chapter of that programme shows them too, in the
// breakdowns that their source publishes.
import type { ComponentChildren } from "preact";
import { noValue } from "../../../core/figures/ask.ts";
import type { Figure } from "../../../core/figures/figure.ts";
import { labelsOf } from "../../../core/figures/labels.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import type { At } from "../../../core/http/route.ts";
import { KeyFigures } from "../../../ui/figures.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { number, percent } from "../../../ui/words.ts";
import { figureHref } from "./href.ts";
import { type Shown, shownYear } from "./masking.ts";
import { valueWord } from "./value-word.ts";

/** Those of one programme. */
export const ownFigures = (registry: Registry, programme: string): Figure[] =>
  registry.figures.filter((figure) => !figure.families && figure.code.startsWith(`${programme}.`));

export type OwnYear = {
  year: number;
  figures: readonly Figure[];
  /** By source, in the order of the figures. */
  shown: ReadonlyMap<string, Shown>;
  /** Numbers that a reader sees in all. */
  count: number;
};

/** Null when none of them counts anything that year. */
export async function ownYear(at: At, registry: Registry, programme: string, year: number): Promise<OwnYear | null> {
  const figures = ownFigures(registry, programme);
  const shown = new Map<string, Shown>();
  for (const source of new Set(figures.map((figure) => registry.source(figure))))
    shown.set(source.name, await shownYear(at, registry, source, year));
  const counts = (figure: Figure): boolean =>
    figure.measure.kind !== "ratio" && (shown.get(figure.source)?.any(figure.code, [], []) ?? false);
  if (!figures.some(counts)) return null;
  const codes = new Set(figures.map(({ code }) => code));
  const count = [...shown.values()].reduce(
    (sum, one) => sum + one.cells.filter(({ code }) => codes.has(code)).length,
    0,
  );
  return { year, figures, shown, count };
}

const unitOf = (figure: Figure): string => (figure.unit === "%" ? "\u00a0%" : "");

/** How a figure moved since another year; nothing when one of the two is hidden or none. */
function change(figure: Figure, now: Shown, before: OwnYear | null): string | undefined {
  const then = before?.shown.get(figure.source)?.value(figure.code) ?? null;
  const value = now.value(figure.code);
  if (!before || then === null || value === null || then === 0) return undefined;
  const ratio = Math.round(((value - then) / then) * 1000) / 10;
  return `${ratio >= 0 ? "+" : "−"}${percent(Math.abs(ratio), 1)} sur ${before.year} (${number(then)}${unitOf(figure)})`;
}

/** The key figures, then one table for each breakdown of each source. */
export async function ownSections(
  at: At,
  registry: Registry,
  own: OwnYear,
  before: OwnYear | null,
): Promise<ComponentChildren[]> {
  const period = yearPeriod(own.year);
  const parts: ComponentChildren[] = [
    <KeyFigures
      figures={own.figures.flatMap((figure) => {
        const shown = own.shown.get(figure.source);
        if (!shown || (figure.measure.kind !== "ratio" && !shown.any(figure.code, [], []))) return [];
        const note = change(figure, shown, before);
        return [
          {
            value: `${shown.cell(figure.code)}${unitOf(figure)}`,
            label: figure.label,
            href: figureHref(figure.code, period),
            ...(note ? { note } : {}),
          },
        ];
      })}
    />,
  ];
  for (const [name, shown] of own.shown) {
    const figures = own.figures.filter((figure) => figure.source === name && figure.measure.kind !== "ratio");
    const [first] = figures;
    if (!first) continue;
    for (const [key, ...more] of registry.source(first).published) {
      if (!key || more.length > 0) continue;
      const dimension = registry.dimension(first, key);
      const columns = figures.filter((figure) => figure.by.includes(key));
      if (!dimension || columns.length === 0) continue;
      const labels = await labelsOf(at.tx, dimension, period);
      const there = (value: string): boolean => columns.some((figure) => shown.any(figure.code, [key], [value]));
      const values = [...new Set([...labels.keys(), ...shown.valuesOf(key)])].filter(there);
      if (values.length < 2) continue;
      parts.push(
        <DataTable
          caption={`${columns[0]?.label ?? ""}, ${dimension.label.charAt(0).toLowerCase()}${dimension.label.slice(1)}`}
          rows={values}
          rowKey={(value) => value}
          columns={[
            {
              key: "value",
              label: dimension.label,
              header: true,
              render: (value) => (value === noValue ? dimension.unknown : valueWord(dimension, labels, value)),
            },
            ...columns
              .filter((figure) => values.some((value) => shown.any(figure.code, [key], [value])))
              .map((figure) => ({
                key: figure.code,
                label: figure.label,
                number: true,
                render: (value: string) => (
                  <a href={figureHref(figure.code, period, { [key]: value })}>
                    {shown.cell(figure.code, [key], [value])}
                  </a>
                ),
              })),
          ]}
        />,
      );
    }
  }
  return parts;
}
