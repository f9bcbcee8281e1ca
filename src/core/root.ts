// The project's folder: where migrations, demonstration files and assets are found, from sources and from the bundle alike.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${from}`);
    folder = parent;
  }
  return folder;
}

/** Absolute path of the project. */
export const projectRoot: string = findRoot(import.meta.dirname);
