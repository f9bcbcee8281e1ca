// Drawings of a grid of numbers, made on the server: ordered bars, lines, or one small drawing for each series. Series are told apart by
// their own panel or by a name at the end of their line, never by a colour alone; the table stands beside.
import { drawingTools, plainSvg, shortened } from "./plain-svg.ts";
import { number } from "./words.ts";

export type Series = { label: string; values: readonly { value: number | null; shown: string }[] };
export type GridChartFacts = {
  kind: "bars" | "line" | "multiples";
  title: string;
  unit: string;
  rows: readonly string[];
  series: readonly Series[];
};

/** What a page draws: beyond, the table alone tells. */
const mostDrawn = 40;
const mostSeries = 12;

/**
 * The drawing as SVG text; null where there is nothing, or too much, to draw. Labels are escaped by the document's serializer. A masked
 * number is drawn as nothing, and named "masqué".
 */
export async function gridChart(facts: GridChartFacts): Promise<string | null> {
  const series = facts.series.slice(0, facts.kind === "bars" ? 1 : mostSeries);
  if (facts.rows.length === 0 || facts.rows.length > mostDrawn || series.length === 0) return null;
  const { plot, document } = await drawingTools();
  // Two rows may bear one shortened name: their place tells them apart.
  const names = facts.rows.map((row, at) => ({ at, name: shortened(row, 26) }));
  const nameOf = (at: number): string => names[at]?.name ?? "";
  const points = series.flatMap((one, place) =>
    one.values.map(({ value, shown }, at) => ({ at, place, value: value ?? 0, known: value !== null, shown })),
  );
  const around = { document, width: 880, ariaLabel: facts.title };
  const grid = {
    label: null,
    grid: true,
    ticks: 4,
    nice: true,
    zero: true,
    tickSize: 0,
    tickFormat: (value: number) => number(value),
  };
  // Many names do not stand side by side.
  const slanted = facts.rows.length > 8;
  const across = {
    label: null,
    tickSize: 0,
    ...(slanted ? { tickRotate: -35 } : {}),
    tickFormat: (at: number) => shortened(nameOf(at), facts.rows.length <= 6 ? 20 : 12),
  };
  const drawn =
    facts.kind === "bars"
      ? plot.plot({
          ...around,
          height: 40 + 28 * facts.rows.length,
          marginLeft: 220,
          marginRight: 70,
          x: grid,
          y: { domain: names.map(({ at }) => at), label: null, tickSize: 0, padding: 0.22, tickFormat: nameOf },
          marks: [
            plot.barX(points, { y: "at", x: "value", className: "bar", fill: null } as never),
            plot.text(points, {
              y: "at",
              x: "value",
              text: "shown",
              dx: 6,
              textAnchor: "start",
              className: "bar-value",
              fill: null,
            } as never),
            plot.ruleX([0]),
          ],
        })
      : facts.kind === "line"
        ? plot.plot({
            ...around,
            height: 340,
            marginLeft: 64,
            marginRight: series.length > 1 ? 190 : 40,
            marginTop: 24,
            marginBottom: slanted ? 70 : 30,
            x: { ...across, type: "point", domain: names.map(({ at }) => at) },
            y: grid,
            marks: [
              plot.ruleY([0]),
              plot.line(
                points.filter((one) => one.known),
                { x: "at", y: "value", z: "place", className: "chart-line", stroke: null } as never,
              ),
              plot.dot(
                points.filter((one) => one.known),
                { x: "at", y: "value", className: "chart-dot", fill: null, r: 3 } as never,
              ),
              ...(series.length > 1
                ? [
                    plot.text(
                      points.filter((one) => one.at === facts.rows.length - 1),
                      {
                        x: "at",
                        y: "value",
                        text: (one: { place: number }) => shortened(series[one.place]?.label ?? "", 24),
                        dx: 8,
                        textAnchor: "start",
                        className: "bar-value",
                        fill: null,
                      } as never,
                    ),
                  ]
                : []),
            ],
          })
        : plot.plot({
            ...around,
            height: (slanted ? 100 : 60) + 110 * series.length,
            marginBottom: slanted ? 70 : 30,
            marginLeft: 64,
            marginRight: 200,
            fy: {
              label: null,
              padding: 0.3,
              domain: series.map((_, place) => place),
              tickFormat: (place: number) => shortened(series[place]?.label ?? "", 24),
            },
            x: { ...across, padding: 0.22, domain: names.map(({ at }) => at) },
            y: { ...grid, ticks: 2 },
            marks: [
              plot.barY(points, { x: "at", y: "value", fy: "place", className: "bar", fill: null } as never),
              ...(facts.rows.length <= 14
                ? [
                    plot.text(points, {
                      x: "at",
                      y: "value",
                      fy: "place",
                      text: "shown",
                      dy: -7,
                      className: "bar-value",
                      fill: null,
                    } as never),
                  ]
                : []),
              plot.ruleY([0]),
            ],
          });
  return plainSvg(drawn);
}

/** The drawing under its words; its table stands on the same page. */
export const GridDrawing = ({ svg, caption }: { svg: string; caption: string }) => (
  <figure>
    {/* SVG made by `gridChart`, whose serializer escapes every text. */}
    <div dangerouslySetInnerHTML={{ __html: svg }} />
    <figcaption>{caption}</figcaption>
  </figure>
);
