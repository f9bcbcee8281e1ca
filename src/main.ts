// The command line: names the commands, starts one, turns what goes wrong into a sentence and an exit code. It knows nothing else.
import { commands } from "./app/commands/commands.ts";

const [name, ...rest] = process.argv.slice(2);
const wanted = commands.find(
  (command) => command.name === name || (command.name.includes(" ") && command.name === `${name} ${rest[0]}`),
);

const overview = `Traboule : le système d’information des maisons de l’emploi et de l’insertion.

Utilisation : npx traboule COMMANDE [options]

${commands.map((command) => `  ${command.usage.padEnd(55)} ${command.summary}`).join("\n")}

npx traboule COMMANDE --help explique une commande. Codes de sortie : 0 fait, 1 refusé, 2 rien n’a pu être lu,
64 commande mal écrite, 70 erreur du programme, 78 réglage mal écrit.
`;

async function run(): Promise<number> {
  if (!name || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(overview);
    return name ? 0 : 64;
  }
  if (!wanted) {
    process.stderr.write(`Commande inconnue : ${name}. « npx traboule --help » les donne toutes.\n`);
    return 64;
  }
  const args = wanted.name.includes(" ") ? rest.slice(1) : rest;
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`npx traboule ${wanted.usage}\n\n${wanted.summary}\n\n${wanted.help}\n`);
    return 0;
  }
  const work = await wanted.load();
  return work(args);
}

// Whoever read the output has gone (`… | head`): the work is brought to its end all the same.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

try {
  process.exitCode = await run();
} catch (error) {
  const { asRefused } = await import("./app/refusals.ts");
  const refused = asRefused(error, wanted?.name ?? "");
  process.exitCode = refused?.exitCode ?? 70;
  process.stderr.write(
    refused
      ? `${refused.message}\n`
      : `Erreur du programme : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
