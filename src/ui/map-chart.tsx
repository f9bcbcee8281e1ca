// A map of numbers by place, drawn on the server from outlines: five grounds, closer hatched the higher the number, which each place bears.
import { number } from "./words.ts";

export type MapPlace = {
  name: string;
  rings: readonly (readonly (readonly [number, number])[])[];
  /** Null: nothing is known there, or it is masked. */
  value: number | null;
  shown: string;
};

const width = 880;
const tallest = 900;
const margin = 12;
/** How far apart the strokes of a class stand; the last is full. */
const spacing = [0, 14, 9, 6, 4] as const;
const mostNamed = 40;
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "");
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The upper ends of four classes of as many places each; the fifth is above. */
export function classEnds(values: readonly number[]): number[] {
  const known = [...new Set(values.filter((value) => value > 0))].sort((one, other) => one - other);
  if (known.length === 0) return [];
  const ends = [1, 2, 3, 4].map((part) => known[Math.ceil((part * known.length) / 5) - 1] ?? known[0] ?? 0);
  return [...new Set(ends)].filter((end) => end < (known.at(-1) ?? 0));
}

/** Which class a number is of: 0 for nothing, then 1 to 5. */
const classOf = (value: number | null, ends: readonly number[]): number =>
  value === null || value === 0 ? 0 : 1 + ends.filter((end) => value > end).length;

/** The centre of the largest ring, where the number is written. */
function middle(rings: MapPlace["rings"]): readonly [number, number] {
  const area = (ring: MapPlace["rings"][number]): number =>
    Math.abs(
      ring.reduce((sum, [x, y], at) => {
        const [a, b] = ring[(at + 1) % ring.length] ?? [x, y];
        return sum + x * b - a * y;
      }, 0),
    );
  const largest = [...rings].sort((one, other) => area(other) - area(one))[0] ?? [];
  const sum = largest.reduce<[number, number]>(([a, b], [x, y]) => [a + x, b + y], [0, 0]);
  return [sum[0] / Math.max(1, largest.length), sum[1] / Math.max(1, largest.length)];
}

/** The map as SVG text; null where no place is outlined. */
export function mapChart(title: string, places: readonly MapPlace[]): string | null {
  const points = places.flatMap(({ rings }) => rings.flat());
  if (points.length === 0) return null;
  const [west, east] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
  const [south, north] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
  // Degrees of longitude are shorter the farther from the equator.
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const across = Math.max((east - west) * squeeze, 1e-6);
  const up = Math.max(north - south, 1e-6);
  const scale = Math.min((width - 2 * margin) / across, (tallest - 2 * margin) / up);
  const at = ([x, y]: readonly [number, number]): [number, number] => [
    tenth(margin + (x - west) * squeeze * scale),
    tenth(margin + (north - y) * scale),
  ];
  const ends = classEnds(places.flatMap(({ value }) => (value === null ? [] : [value])));
  const shapes = places.map(({ rings, value }) => {
    const d = rings.map((ring) => `M${ring.map((point) => at(point).join(",")).join("L")}Z`).join("");
    return `<path class="place" fill="url(#carte-${classOf(value, ends)})" fill-rule="evenodd" d="${d}"/>`;
  });
  const named = places.filter(({ value }) => value !== 0).length <= mostNamed;
  const words = places
    .filter(({ value }) => value !== 0)
    .map(({ name, rings, shown }) => {
      const [x, y] = at(middle(rings));
      return `<text class="part-value" text-anchor="middle" x="${x}" y="${y}">${named ? `<tspan x="${x}">${escaped(name)}</tspan><tspan x="${x}" dy="1.1em">${escaped(shown)}</tspan>` : escaped(shown)}</text>`;
    });
  const patterns = [0, 1, 2, 3, 4, 5].map((place) => {
    const step = spacing[place as 0 | 1 | 2 | 3 | 4] ?? 0;
    if (place === 0)
      return `<pattern id="carte-0" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="place-none"/></pattern>`;
    if (place === 5)
      return `<pattern id="carte-5" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="part-ground part-0"/></pattern>`;
    return `<pattern id="carte-${place}" width="${step}" height="${step}" patternUnits="userSpaceOnUse"><rect width="${step}" height="${step}" class="part-ground"/><path d="M0,${step} L${step},0" class="part-stroke"/></pattern>`;
  });
  const [wide, high] = [tenth(across * scale + 2 * margin), tenth(up * scale + 2 * margin)];
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(title)}" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" font-size="13"><defs>${patterns.join("")}</defs>${shapes.join("")}${words.join("")}</svg>`;
}

/** The map under its words, with what each ground stands for. */
export const MapDrawing = ({ svg, caption, values }: { svg: string; caption: string; values: readonly number[] }) => {
  const ends = classEnds(values);
  const top = Math.max(0, ...values);
  const bounds = [...ends, top].map((end, place, all) => ({
    from: (all[place - 1] ?? 0) + 1,
    to: end,
    place: place + 1,
  }));
  return (
    <figure>
      <ul class="chart-key">
        <li>
          <svg class="swatch" width="28" height="16" aria-hidden="true">
            <rect width="28" height="16" fill="url(#carte-0)" class="place" />
          </svg>{" "}
          rien, ou masqué
        </li>
        {bounds.map(({ from, to, place }) => (
          <li key={place}>
            <svg class="swatch" width="28" height="16" aria-hidden="true">
              <rect width="28" height="16" fill={`url(#carte-${place})`} class="place" />
            </svg>{" "}
            {from === to ? number(to) : `${number(from)} à ${number(to)}`}
          </li>
        ))}
      </ul>
      {/* SVG made by `mapChart`, which escapes every name. */}
      <div dangerouslySetInnerHTML={{ __html: svg }} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
};
