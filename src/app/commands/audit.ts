import { parseArgs } from "node:util";
import { auditFigures, ruleTitle } from "../../rooms/overviews/report/door.ts";
import { plural } from "../../ui/words.ts";
import { readFigureFile } from "./figure-file.ts";

/** A table of figures against the rules: no database and no house are needed. 1 when something cannot be true. */
export async function audit(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: "boolean" } } });
  const table = await readFigureFile(positionals);
  const findings = auditFigures(table.rows);
  const wrong = findings.filter((finding) => finding.weight === "contradiction");
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ figures: table.rows.length, findings, unread: table.unread }, null, 1)}\n`,
    );
  else {
    for (const finding of findings)
      process.stdout.write(
        `${finding.weight === "doubt" ? "À vérifier" : "Contradiction"} · ${ruleTitle(finding.rule)} · ${finding.accused.join(", ")}\n  ${finding.sentence}\n`,
      );
    for (const sentence of table.unread) process.stdout.write(`${sentence}\n`);
    process.stdout.write(
      `${plural(table.rows.length, "chiffre lu", "chiffres lus")} : ${plural(wrong.length, "contradiction", "contradictions")}, ${plural(findings.length - wrong.length, "point à vérifier", "points à vérifier")}.\n`,
    );
  }
  return wrong.length > 0 ? 1 : 0;
}
