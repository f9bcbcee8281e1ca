import { parseArgs } from "node:util";
import { inTransaction } from "../../core/db/transaction.ts";
import { coverageOf, stateWords } from "../../rooms/overviews/report/door.ts";
import { plural } from "../../ui/words.ts";
import { whileOpen } from "../opening.ts";
import { Refused } from "../refused.ts";
import { registry } from "../rooms.ts";
import { houseScope } from "./house-scope.ts";

/** A printed report against the house, line by line. 1 when a line is missing. */
export async function reportCoverage(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { house: { type: "string" }, year: { type: "string" }, json: { type: "boolean" } },
  });
  if (!values.year || !/^(19|20)\d\d$/.test(values.year)) throw new Refused("Dites l’année : --year 2020.", 64);
  const year = Number(values.year);
  return whileOpen(async ({ services }) => {
    const { scope, today } = await houseScope(services, values.house);
    const { lines, counts, unexplained } = await inTransaction(services, scope, today, (tx) =>
      coverageOf(tx, registry, year),
    );
    if (lines.length === 0)
      throw new Refused(
        `Aucun rapport imprimé de ${year} n’est connu : donnez ses lignes par « npx traboule report lines ».`,
        2,
      );
    if (values.json)
      process.stdout.write(
        `${JSON.stringify(
          {
            year,
            lines: lines.length,
            counts: { ...counts, unexplained },
            rows: lines.map((line) => ({
              id: line.code,
              page: line.page,
              programme: line.programme,
              label: line.label,
              breakdown: line.by,
              period: line.period,
              unit: line.unit,
              printed: line.value,
              state: line.state,
              value: line.told,
              figure: line.expression,
              reason: line.missing ?? (line.state === "different" ? line.reason : null),
            })),
          },
          null,
          1,
        )}\n`,
      );
    else {
      for (const line of lines)
        process.stdout.write(
          `${line.code.padEnd(6)} ${stateWords[line.state].padEnd(20)} ${String(line.value).padStart(9)} ${String(line.told ?? "").padStart(9)}  ${line.label}${line.state === "different" ? ` · ${line.reason}` : ""}${line.missing === null ? "" : ` · ${line.missing}`}\n`,
        );
      const said = Object.entries(counts).map(
        ([state, count]) => `${count} ${stateWords[state as keyof typeof stateWords]}`,
      );
      process.stdout.write(`${plural(lines.length, "ligne", "lignes")} : ${said.join(" ; ")}.\n`);
    }
    return counts.missing > 0 ? 1 : 0;
  });
}
