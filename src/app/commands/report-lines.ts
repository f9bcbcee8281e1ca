import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { takeLines } from "../../rooms/overviews/report/door.ts";
import { plural } from "../../ui/words.ts";
import { whileOpen } from "../opening.ts";
import { Refused } from "../refused.ts";
import { readFigureFile } from "./figure-file.ts";
import { houseScope } from "./house-scope.ts";

/** Takes the lines of a printed report in, so that they can be told from the house's records. */
export async function reportLines(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { house: { type: "string" }, year: { type: "string" } },
  });
  if (!values.year || !/^(19|20)\d\d$/.test(values.year)) throw new Refused("Dites l’année : --year 2020.", 64);
  const year = Number(values.year);
  const table = await readFigureFile(positionals);
  return whileOpen(async ({ services }) => {
    const { scope, today } = await houseScope(services, values.house);
    await inTransaction(services, scope, today, async (tx) => {
      await takeLines(tx, year, table.rows);
      tx.journal({
        act: "report.lines-read",
        subject: { kind: "report", id: scope.house },
        details: { year, lines: table.rows.length },
      });
    });
    for (const sentence of table.unread) process.stdout.write(`${sentence}\n`);
    process.stdout.write(`${plural(table.rows.length, "ligne lue", "lignes lues")}.\n`);
    return 0;
  });
}
