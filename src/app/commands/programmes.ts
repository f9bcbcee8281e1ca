import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { loadDefinitions } from "../../rooms/foundations/programmes/door.ts";
import { whileOpen } from "../opening.ts";
import { readDefinitionFiles } from "../programme-files.ts";
import { Refused } from "../refused.ts";
import { houseScope } from "./house-scope.ts";

const words = { created: "créé", changed: "modifié", unchanged: "inchangé" };

export async function programmes(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { house: { type: "string" } } });
  if (positionals.length === 0) throw new Refused("Donnez un dossier, ou des fichiers YAML.", 64);
  const files = readDefinitionFiles(positionals);
  return whileOpen(async ({ services }) => {
    const { scope, today } = await houseScope(services, values.house);
    const loaded = await inTransaction(services, scope, today, (tx) => loadDefinitions(tx, files));
    for (const one of loaded)
      process.stdout.write(`${one.name} : ${"outcome" in one ? words[one.outcome] : one.mistakes.join(" ; ")}\n`);
    return loaded.every((one) => "outcome" in one) ? 0 : 1;
  });
}
