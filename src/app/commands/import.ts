import { parseArgs } from "node:util";
import { importCommand } from "../imports/command.ts";
import { open, refreshStatistics } from "../opening.ts";
import { Refused } from "../refused.ts";
import { importKinds } from "../rooms.ts";
import type { Command } from "./command.ts";
import { houseScope } from "./house-scope.ts";

export const importFiles: Command = {
  name: "import",
  usage: "import [--house CODE] [--strict] DOSSIER|FICHIER",
  summary: "Lit des fichiers CSV ou XLSX : essai à blanc, puis import.",
  help: "Un dossier est lu dans l’ordre dont ses fichiers ont besoin ; un fichier que rien ne sait lire est nommé et laissé.\n--strict : la commande échoue, sans rien importer, si une seule ligne est refusée.\nCodes de sortie : 0 importé, 1 refusé par --strict, 2 rien n’a pu être lu.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { house: { type: "string" }, strict: { type: "boolean" } },
    });
    const [path] = positionals;
    if (!path || positionals.length > 1) throw new Refused("Donnez un dossier ou un fichier, et un seul.", 64);
    const opened = await open();
    try {
      const { scope } = await houseScope(opened.services, values.house);
      const code = await importCommand(opened.services, scope, importKinds, path, {
        strict: values.strict ?? false,
        print: (line) => void process.stdout.write(`${line}\n`),
      });
      await refreshStatistics(opened);
      return code;
    } finally {
      await opened.close();
    }
  },
};
