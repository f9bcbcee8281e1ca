import { parseArgs } from "node:util";
import { Refused } from "../refused.ts";

/** The one file that a command is given. @throws Refused when there is none, or several. */
export function oneFile(args: string[]): string {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Refused("Donnez un fichier, et un seul.", 64);
  return file;
}
