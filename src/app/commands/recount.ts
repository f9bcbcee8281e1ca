import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { recount, repairCounters } from "../../rooms/trades/culture/door.ts";
import { whileOpen } from "../opening.ts";
import { houseScope } from "./house-scope.ts";

export async function recountPlaces(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { house: { type: "string" }, repair: { type: "boolean" } } });
  return whileOpen(async ({ services }) => {
    const { scope, today } = await houseScope(services, values.house);
    const { dates, differences } = await inTransaction(services, scope, today, async (tx) => {
      const counted = await recount(tx);
      if (values.repair && counted.differences.length > 0)
        await repairCounters(
          tx,
          counted.differences.map((one) => one.date),
        );
      return counted;
    });
    for (const { day, title, places, counter, held } of differences)
      process.stdout.write(`${day}  ${title} : compteur ${counter}, réservées ${held}, places ${places}\n`);
    const said =
      differences.length === 0
        ? "tout est juste"
        : `${differences.length} diffèrent${values.repair ? ", remises d’accord" : ""}`;
    process.stdout.write(`${dates} dates recomptées : ${said}.\n`);
    return differences.length === 0 || values.repair ? 0 : 1;
  });
}
