// Bars of several parts, drawn on the server: stacked, as long as they count; or shares, each bar the whole. Parts are told apart by their
// pattern and by the number that they bear, never by a colour alone; the table stands beside.
import type { Series } from "./grid-chart.tsx";
import { drawingTools, plainSvg, shortened } from "./plain-svg.ts";
import { number } from "./words.ts";

export type StackFacts = {
  kind: "stacked" | "shares";
  title: string;
  rows: readonly string[];
  series: readonly Series[];
};

/** Beyond, patterns and names are no longer told apart: the table alone tells. */
const mostParts = 8;
const mostRows = 40;
/** A part of less than this of the drawing's width bears no number. */
const leastWritten = 0.05;

/** What fills the nth part: a ground that the page's sheet colours, and strokes over it. Each is another drawing, whatever its colour. */
const strokes: readonly string[] = [
  "",
  "M0,8 L8,0",
  "M0,0 L8,8",
  "M0,4 L8,4",
  "M4,0 L4,8",
  "M0,8 L8,0 M0,0 L8,8",
  "M4,3 L5,4 L4,5 L3,4 Z",
  "M0,2 L8,2 M0,6 L8,6",
];
const patternId = (place: number): string => `motif-${place}`;

const Pattern = ({ place }: { place: number }) => (
  <pattern id={patternId(place)} width="8" height="8" patternUnits="userSpaceOnUse">
    <rect width="8" height="8" class={`part-ground part-${place}`} />
    {strokes[place] ? <path d={strokes[place]} class="part-stroke" /> : null}
  </pattern>
);

/**
 * The drawing as SVG text; null where there is nothing, or too much, to draw, and where a number is masked: the parts of a bar would tell it.
 */
export async function stackChart({ kind, title, rows, series }: StackFacts): Promise<string | null> {
  const none = rows.length === 0 || rows.length > mostRows || series.length === 0 || series.length > mostParts;
  if (none || series.some(({ values }) => values.some(({ value }) => value === null || value < 0))) return null;
  const [{ plot, document }, { renderToString }] = await Promise.all([
    drawingTools(),
    import("preact-render-to-string"),
  ]);
  const sums = rows.map((_, at) => series.reduce((sum, one) => sum + (one.values[at]?.value ?? 0), 0));
  const longest = Math.max(...sums);
  if (longest === 0) return null;
  const shares = kind === "shares";
  const parts = series.flatMap((one, place) =>
    one.values.map(({ value, shown }, at) => {
      const share = (value ?? 0) / (shares ? sums[at] || 1 : longest);
      const said = shares ? `${Math.round(100 * share)}\u00a0%` : shown;
      return { at, place, value: value ?? 0, said: share < leastWritten ? "" : said };
    }),
  );
  const offset = shares ? { offset: "normalize" as const } : {};
  const drawn = plot.plot({
    document,
    width: 880,
    height: 40 + 32 * rows.length,
    marginLeft: 220,
    marginRight: 70,
    ariaLabel: title,
    x: {
      label: null,
      grid: true,
      ticks: 4,
      tickSize: 0,
      ...(shares
        ? { tickFormat: (value: number) => `${Math.round(100 * value)}\u00a0%` }
        : { nice: true, tickFormat: (value: number) => number(value) }),
    },
    y: {
      domain: rows.map((_, at) => at),
      label: null,
      tickSize: 0,
      padding: 0.22,
      tickFormat: (at: number) => shortened(rows[at] ?? "", 26),
    },
    color: {
      type: "ordinal",
      domain: series.map((_, place) => place),
      range: series.map((_, place) => `url(#${patternId(place)})`),
    },
    marks: [
      plot.barX(
        parts,
        plot.stackX(offset, { y: "at", x: "value", z: "place", fill: "place", className: "part", order: "z" } as never),
      ),
      plot.text(
        parts,
        plot.stackX(offset, {
          y: "at",
          x: "value",
          z: "place",
          text: "said",
          className: "part-value",
          fill: null,
          order: "z",
        } as never),
      ),
      plot.ruleX([0]),
    ],
  });
  const defs = document.createElementNS("http://www.w3.org/2000/svg", "defs");
  defs.innerHTML = renderToString(
    <g>
      {series.map((one, place) => (
        <Pattern key={one.label} place={place} />
      ))}
    </g>,
  );
  drawn.insertBefore(defs, drawn.firstChild);
  return plainSvg(drawn);
}

/** The drawing, with the name of each part beside its pattern, in the order of the bars. */
export const StackDrawing = ({ svg, caption, names }: { svg: string; caption: string; names: readonly string[] }) => (
  <figure>
    <ul class="chart-key">
      {names.map((name, place) => (
        <li key={name}>
          <svg class="swatch" width="28" height="16" aria-hidden="true">
            <rect width="28" height="16" fill={`url(#${patternId(place)})`} class="part-edge" />
          </svg>{" "}
          {name}
        </li>
      ))}
    </ul>
    {/* SVG made by `stackChart`, whose serializer escapes every text. */}
    <div dangerouslySetInnerHTML={{ __html: svg }} />
    <figcaption>{caption}</figcaption>
  </figure>
);
