import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { printFigures } from "../../core/figures/print.ts";
import { whileOpen } from "../opening.ts";
import { Refused } from "../refused.ts";
import { registry } from "../rooms.ts";
import { houseScope } from "./house-scope.ts";

export async function figures(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { house: { type: "string" }, year: { type: "string" }, json: { type: "boolean" } },
  });
  if (!values.year || !/^(19|20)\d\d$/.test(values.year)) throw new Refused("Dites l’année : --year 2020.", 64);
  const year = Number(values.year);
  return whileOpen(async ({ services }) => {
    const { scope, today } = await houseScope(services, values.house);
    const printed = await inTransaction(services, scope, today, (tx) => printFigures(tx, registry, year));
    if (values.json) process.stdout.write(`${JSON.stringify(printed, null, 1)}\n`);
    else
      for (const [code, number] of Object.entries(printed))
        process.stdout.write(`${code.padEnd(60)} ${number.toLocaleString("fr-FR")}\n`);
    return 0;
  });
}
