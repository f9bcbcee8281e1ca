// The walls of the house, checked on the sources: arrows go down, a room is entered by its door, nothing turns in a circle, and no
// attic is opened. `findBreaches` is pure, so that its test can plant what it must catch.
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

export type Source = { path: string; text: string };
export type Breach = { path: string; sentence: string };

const floorOf = (path: string): { floor: number; room: string | null } => {
  const room = /^src\/rooms\/(overviews|trades|foundations)\/([^/]+)\//.exec(path);
  if (room)
    return {
      floor: { foundations: 1, trades: 2, overviews: 3 }[room[1] as "foundations"] ?? 0,
      room: `${room[1]}/${room[2]}`,
    };
  if (path.startsWith("src/app/") || path === "src/main.ts") return { floor: 4, room: null };
  return { floor: 0, room: null };
};

const attic = /(^|\/)(utils?|helpers?|common|shared|misc)(\/|\.tsx?$)/;
const longest = 340;

/** Imports of a source, as paths from the project's root; packages are left out. */
export function importsOf(source: Source): string[] {
  const found: string[] = [];
  for (const match of source.text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^"';]*?from\s+"(\.[^"]+)"|(?:^|\n)\s*import\s+"(\.[^"]+)"|\bimport\(\s*"(\.[^"]+)"\s*\)/g,
  )) {
    const target = match[1] ?? match[2] ?? match[3];
    if (target) found.push(normalize(join(dirname(source.path), target)));
  }
  return found;
}

/** Every breach of the house's rules in the given sources. `uses` is what each room's manifest declares, by room. */
export function findBreaches(sources: readonly Source[]): Breach[] {
  const breaches: Breach[] = [];
  const graph = new Map<string, Set<string>>();
  for (const source of sources) {
    const { path, text } = source;
    const test = /\.test\.tsx?$/.test(path) || path.startsWith("src/core/testing/");
    const here = floorOf(path);
    if (attic.test(path)) breaches.push({ path, sentence: "no attic: give the file the name of what it holds" });
    if (!test && text.split("\n").length > longest)
      breaches.push({ path, sentence: `more than ${longest} lines: make a folder of it` });
    if (/^export default/m.test(text)) breaches.push({ path, sentence: "no default export" });
    if (/:\s*any\b|\bas any\b|<any>/.test(text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "")))
      breaches.push({ path, sentence: "no `any`" });
    for (const target of importsOf(source)) {
      const there = floorOf(target);
      if (!test && !here.room && here.floor === 0 && there.floor > 0)
        breaches.push({ path, sentence: `core and ui know no room: ${target}` });
      if (here.room && there.floor === 4) breaches.push({ path, sentence: `a room does not know the app: ${target}` });
      if (here.room && there.room && there.room !== here.room) {
        if (there.floor > here.floor) breaches.push({ path, sentence: `arrows go down: ${target}` });
        if (there.floor === here.floor && here.floor > 1)
          breaches.push({ path, sentence: `rooms of this floor do not meet: ${target}` });
        if (!/\/(door|tables)\.ts$/.test(target) && !test)
          breaches.push({ path, sentence: `a room is entered by its door: ${target}` });
        if (/\/tables\.ts$/.test(target) && !test)
          breaches.push({ path, sentence: `tables are entered by the door: ${target}` });
        const arrows = graph.get(here.room) ?? new Set();
        graph.set(here.room, arrows.add(there.room));
      }
      if (!test && target.startsWith("src/core/testing/"))
        breaches.push({ path, sentence: "the program does not use the tests' tools" });
    }
  }
  for (const circle of circles(graph)) breaches.push({ path: circle.join(" -> "), sentence: "rooms turn in a circle" });
  return breaches;
}

function circles(graph: Map<string, Set<string>>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (room: string, trail: string[]): void => {
    const at = trail.indexOf(room);
    if (at >= 0) return void found.push([...trail.slice(at), room]);
    if (done.has(room)) return;
    for (const next of graph.get(room) ?? []) visit(next, [...trail, room]);
    done.add(room);
  };
  for (const room of graph.keys()) visit(room, []);
  return found;
}

/** The project's own sources. */
export function projectSources(root: string): Source[] {
  return globSync("src/**/*.{ts,tsx}", { cwd: root }).map((path) => ({
    path: relative(root, join(root, path)).replaceAll("\\", "/"),
    text: readFileSync(join(root, path), "utf8"),
  }));
}
