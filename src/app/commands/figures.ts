import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { printFigures } from "../../core/figures/print.ts";
import { open } from "../opening.ts";
import { Refused } from "../refused.ts";
import { registry } from "../rooms.ts";
import type { Command } from "./command.ts";
import { houseScope } from "./house-scope.ts";

export const figures: Command = {
  name: "figures",
  usage: "figures [--house CODE] --year ANNEE [--json]",
  summary: "Donne tous les chiffres d’une année.",
  help: "--json : un seul objet sur la sortie, code -> nombre, et rien d’autre. Sans lui : une ligne par chiffre.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { house: { type: "string" }, year: { type: "string" }, json: { type: "boolean" } },
    });
    if (!values.year || !/^(19|20)\d\d$/.test(values.year)) throw new Refused("Dites l’année : --year 2020.", 64);
    const opened = await open();
    try {
      const { scope, today } = await houseScope(opened.services, values.house);
      const year = Number(values.year);
      const printed = await inTransaction(opened.services, scope, today, (tx) => printFigures(tx, registry, year));
      if (values.json) process.stdout.write(`${JSON.stringify(printed, null, 1)}\n`);
      else
        for (const [code, number] of Object.entries(printed))
          process.stdout.write(`${code.padEnd(60)} ${number.toLocaleString("fr-FR")}\n`);
      return 0;
    } finally {
      await opened.close();
    }
  },
};
