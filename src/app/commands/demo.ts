import { demoAccounts, demoPassword, loadDemonstration } from "../demonstration.ts";
import { open } from "../opening.ts";
import { progressBar } from "../progress-bar.ts";
import type { Command } from "./command.ts";

/** The demonstration's accounts, as printed and as shown in the README. */
export const accountsText = (): string =>
  [
    `Comptes de démonstration (mot de passe pour tous : ${demoPassword})`,
    ...demoAccounts.map((account) => `  ${account.email.padEnd(20)} ${account.name}, ${account.says}`),
  ].join("\n");

export const demo: Command = {
  name: "demo",
  usage: "demo",
  summary: "Charge la maison de démonstration dans une base qui ne l’a pas.",
  help: "Une année de données inventées (2020) : 5 antennes, 9 598 fiches, 26 594 visites. « start » la charge de lui-même la première fois.",
  async run() {
    const opened = await open();
    try {
      const bar = progressBar(process.stderr);
      await loadDemonstration(opened, bar.show);
      bar.end();
      process.stdout.write(`${accountsText()}\n`);
      return 0;
    } finally {
      await opened.close();
    }
  },
};
