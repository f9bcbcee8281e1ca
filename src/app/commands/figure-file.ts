// The one file of figures that a command was given.
import { readFileSync, statSync } from "node:fs";
import { readTable } from "../../rooms/overviews/report/door.ts";
import { Refused } from "../refused.ts";

/** @throws Refused when there is not one file, or it is no table of figures. */
export async function readFigureFile(positionals: readonly string[]) {
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Refused("Donnez un fichier, et un seul.", 64);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new Refused(`Le fichier ${file} n’existe pas, ou n’est pas un fichier.`, 2);
  // Anything larger is refused by its size alone, and not read.
  const table = await readTable(found.size > 5_000_000 ? Buffer.alloc(5_000_001) : readFileSync(file));
  if ("refusal" in table) throw new Refused(table.refusal, 2);
  return table;
}
