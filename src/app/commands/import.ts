import { constants, setPriority } from "node:os";
import { parseArgs } from "node:util";
import { importCommand } from "../imports/command.ts";
import { whileOpen } from "../opening.ts";
import { Refused } from "../refused.ts";
import { importKinds } from "../rooms.ts";
import { houseScope } from "./house-scope.ts";

export async function importFiles(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { house: { type: "string" }, strict: { type: "boolean" } },
  });
  const [path] = positionals;
  if (!path || positionals.length > 1) throw new Refused("Donnez un dossier ou un fichier, et un seul.", 64);
  // On a small machine the desk goes first.
  setPriority(constants.priority.PRIORITY_LOW);
  return whileOpen(async (here) => {
    const { scope } = await houseScope(here.services, values.house);
    return importCommand(here.services, scope, importKinds, path, {
      strict: values.strict ?? false,
      print: (line) => void process.stdout.write(`${line}\n`),
    });
  });
}
