// Outlines in a GeoJSON file: the communes that it holds, with rings light enough for a page. Pure.
export type Ring = readonly (readonly [number, number])[];
export type Outline = { code: string; name: string; rings: readonly Ring[] };

export const mostBytes = 20_000_000;
const mostOutlines = 1500;
/** Points nearer than that to the one before are left out: some sixty metres. */
const nearest = 0.0008;
const codeNames = ["code", "insee_com", "code_insee", "insee", "codgeo", "code_commune"];
const nameNames = ["nom", "nom_com", "nom_commune", "name", "libelle", "libgeo"];

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const textOf = (properties: Record<string, unknown>, names: readonly string[]): string => {
  const known = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value]));
  const found = names
    .map((name) => known[name])
    .find((value) => typeof value === "string" || typeof value === "number");
  return found === undefined ? "" : String(found).trim().slice(0, 120);
};
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** A ring without the points that a page does not show; null when it is none. */
function lighter(points: unknown): Ring | null {
  if (!Array.isArray(points)) return null;
  const kept: [number, number][] = [];
  for (const point of points) {
    const [x, y] = Array.isArray(point) ? point : [];
    if (typeof x !== "number" || typeof y !== "number" || Math.abs(x) > 180 || Math.abs(y) > 90) return null;
    const last = kept.at(-1);
    if (!last || Math.hypot(x - last[0], y - last[1]) >= nearest) kept.push([rounded(x), rounded(y)]);
  }
  // A drawn ring closes by itself.
  const [first, last] = [kept[0], kept.at(-1)];
  if (first && last && first[0] === last[0] && first[1] === last[1]) kept.pop();
  return kept.length >= 3 ? kept : null;
}

function ringsOf(geometry: Record<string, unknown>): Ring[] | null {
  const { type, coordinates } = geometry;
  if (!Array.isArray(coordinates)) return null;
  const polygons: unknown[] = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
  const rings = polygons.flatMap((polygon) => (Array.isArray(polygon) ? polygon.map(lighter) : [null]));
  return rings.length === 0 ? null : rings.filter((ring) => ring !== null);
}

/** The outlines, or a sentence saying why the file gives none. */
export function readOutlines(bytes: Buffer): Outline[] | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch {
    return "Ce fichier n’est pas du GeoJSON.";
  }
  const { type, features } = record(parsed);
  if (type !== "FeatureCollection" || !Array.isArray(features))
    return "Ce fichier n’est pas une collection de contours (GeoJSON « FeatureCollection »).";
  if (features.length > mostOutlines)
    return `Ce fichier a plus de ${mostOutlines} contours : gardez les communes d’un département ou deux.`;
  const found = new Map<string, Outline>();
  for (const feature of features) {
    const { properties, geometry } = record(feature);
    const code = textOf(record(properties), codeNames);
    const name = textOf(record(properties), nameNames);
    const rings = ringsOf(record(geometry));
    if (code && name && rings && rings.length > 0) found.set(code, { code, name, rings });
  }
  return found.size > 0
    ? [...found.values()]
    : "Aucun contour de ce fichier ne dit le code et le nom d’une commune (propriétés « code » et « nom », ou « INSEE_COM » et « NOM »).";
}
