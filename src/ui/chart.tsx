// Charts are drawn on the server by Observable Plot into SVG, with their table beside them.
import { Link } from "./link.tsx";
import { drawingTools, plainSvg } from "./plain-svg.ts";
import { number } from "./words.ts";

export type ChartRow = { label: string; short: string; value: number | null; shown: string; href?: string | undefined };
export type ChartFacts = {
  title: string;
  description: string;
  unit: string;
  rows: readonly ChartRow[];
  before?: { label: string; values: readonly (number | null)[] } | undefined;
  /** Times marked behind the columns, each with its name: counted in columns, 0 at the left edge of the first. */
  spans?: readonly ChartSpan[] | undefined;
};
export type ChartSpan = { label: string; from: number; to: number };

const svgSpace = "http://www.w3.org/2000/svg";
const padding = 0.22;
const marginTop = 44;
const tenth = (place: number): number => Math.round(place * 10) / 10;

/** A mark of Plot that draws the spans: a band between two edges, its name above, so that it is told without colour. */
const spanMark =
  (spans: readonly ChartSpan[], columns: readonly string[]) =>
  (_: unknown, scales: unknown, __: unknown, facts: unknown, context: unknown): SVGGElement => {
    const drawn = scales as { x(column: string): number; scales: { x: { step: number } } };
    const { height, marginBottom } = facts as { height: number; marginBottom: number };
    const { document } = context as { document: Document };
    const { step } = drawn.scales.x;
    const left = drawn.x(columns[0] ?? "") - (step * padding) / 2;
    const group = document.createElementNS(svgSpace, "g");
    const draw = (name: string, attributes: Record<string, string | number>): Element => {
      const element = document.createElementNS(svgSpace, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      group.appendChild(element);
      return element;
    };
    for (const span of spans) {
      const [from, to] = [tenth(left + span.from * step), tenth(left + span.to * step)];
      const bottom = height - marginBottom;
      draw("rect", { class: "span", x: from, y: marginTop - 24, width: to - from, height: bottom - marginTop + 24 });
      for (const edge of [from, to])
        draw("line", { class: "span-edge", x1: edge, x2: edge, y1: marginTop - 24, y2: bottom });
      draw("text", { class: "span-name", x: (from + to) / 2, y: marginTop - 30, "text-anchor": "middle" }).textContent =
        span.label;
    }
    return group;
  };

/**
 * A column chart as SVG text. `rows[].value` null: not shown (masked). `before`: another year, drawn as a dashed outline so that the two
 * are told apart without colour. All text is escaped by the document's serializer.
 */
export async function columnChart(facts: ChartFacts): Promise<string> {
  const { plot, document } = await drawingTools();
  const rows = facts.rows.map((row, at) => ({ at, short: row.short, value: row.value ?? 0, shown: row.shown }));
  const before =
    facts.before?.values.map((value, at) => ({ short: facts.rows[at]?.short ?? "", value: value ?? 0 })) ?? [];
  const drawn = plot.plot({
    document,
    width: 880,
    height: 300,
    marginLeft: 56,
    marginTop,
    ariaLabel: facts.title,
    ariaDescription: facts.description,
    x: { domain: facts.rows.map((row) => row.short), label: null, tickSize: 0, padding },
    y: { label: null, grid: true, ticks: 4, nice: true, tickFormat: (value: number) => number(value), tickSize: 0 },
    marks: [
      ...(facts.spans?.length
        ? [
            spanMark(
              facts.spans,
              facts.rows.map((row) => row.short),
            ) as never,
          ]
        : []),
      plot.barY(rows, { x: "short", y: "value", className: "bar", fill: null } as never),
      ...(before.length > 0
        ? [plot.barY(before, { x: "short", y: "value", className: "bar-before", fill: "none" } as never)]
        : []),
      plot.text(rows, { x: "short", y: "value", text: "shown", dy: -8, className: "bar-value", fill: null } as never),
      plot.ruleY([0]),
    ],
  });
  return plainSvg(drawn);
}

/** The chart and its table: the same numbers twice, so that nobody depends on the drawing. */
export function Chart({ facts, svg }: { facts: ChartFacts; svg: string }) {
  return (
    <figure>
      {/* SVG made by `columnChart`, whose serializer escapes every text; a test plants markup in labels. */}
      <div dangerouslySetInnerHTML={{ __html: svg }} />
      <figcaption>{facts.description}</figcaption>
      <details open>
        <summary>Les mêmes chiffres en tableau</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard (WCAG 2.1.1). */}
        <section class="scroll" aria-label={facts.title} tabIndex={0}>
          <table>
            <caption class="visually-hidden">{facts.title}</caption>
            <thead>
              <tr>
                <th scope="col">Période</th>
                <th scope="col" class="number">
                  {facts.unit}
                </th>
                {facts.before ? (
                  <th scope="col" class="number">
                    {facts.before.label}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {facts.rows.map((row, at) => (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  <td class="number">{row.href ? <Link href={row.href}>{row.shown}</Link> : row.shown}</td>
                  {facts.before ? (
                    <td class="number">
                      {facts.before.values[at] === null ? "–" : number(facts.before.values[at] ?? 0)}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
