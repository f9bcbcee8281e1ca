import { parseArgs } from "node:util";
import { accountsText, loadDemonstration } from "../demonstration.ts";
import { whileOpen } from "../opening.ts";
import { progressBar } from "../progress-bar.ts";

export async function demo(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  return whileOpen(async (here) => {
    const bar = progressBar(process.stderr);
    await loadDemonstration(here, bar.show);
    bar.end();
    process.stdout.write(`${accountsText()}\n`);
    return 0;
  });
}
