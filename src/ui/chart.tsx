// Charts are drawn on the server by Observable Plot into SVG, with their table beside them. Plot is loaded when the first chart is asked.
import { Link } from "./link.tsx";
import { number } from "./words.ts";

export type ChartRow = { label: string; short: string; value: number | null; shown: string; href?: string | undefined };
export type ChartFacts = {
  title: string;
  description: string;
  unit: string;
  rows: readonly ChartRow[];
  before?: { label: string; values: readonly (number | null)[] } | undefined;
};

/**
 * A column chart as SVG text. `rows[].value` null: not shown (masked). `before`: another year, drawn as a dashed outline so that the two
 * are told apart without colour. All text is escaped by the document's serializer.
 */
export async function columnChart(facts: ChartFacts): Promise<string> {
  const [plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const rows = facts.rows.map((row, at) => ({ at, short: row.short, value: row.value ?? 0, shown: row.shown }));
  const before =
    facts.before?.values.map((value, at) => ({ short: facts.rows[at]?.short ?? "", value: value ?? 0 })) ?? [];
  const drawn = plot.plot({
    document: document as unknown as Document,
    width: 880,
    height: 300,
    marginLeft: 56,
    marginTop: 28,
    ariaLabel: facts.title,
    ariaDescription: facts.description,
    x: { domain: facts.rows.map((row) => row.short), label: null, tickSize: 0, padding: 0.22 },
    y: { label: null, grid: true, ticks: 4, nice: true, tickFormat: (value: number) => number(value), tickSize: 0 },
    marks: [
      plot.barY(rows, { x: "short", y: "value", className: "bar", fill: null } as never),
      ...(before.length > 0
        ? [plot.barY(before, { x: "short", y: "value", className: "bar-before", fill: "none" } as never)]
        : []),
      plot.text(rows, { x: "short", y: "value", text: "shown", dy: -8, fill: "currentColor" } as never),
      plot.ruleY([0]),
    ],
  });
  drawn.setAttribute("role", "img");
  // The content security policy allows no inline style: the page's own sheet colours the chart.
  for (const style of [...drawn.querySelectorAll("style")]) style.remove();
  for (const element of [drawn, ...drawn.querySelectorAll("[style]")]) element.removeAttribute("style");
  // Plot names its groups, and a group without a role may bear no name (ARIA 1.2): the drawing has one name, its own.
  for (const group of drawn.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  drawn.setAttribute("font-size", "14");
  return drawn.outerHTML;
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
