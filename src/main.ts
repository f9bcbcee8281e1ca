// The command line: names the commands, starts one, turns what goes wrong into a sentence and an exit code. It knows nothing else.
import { commands } from "./app/commands/commands.ts";
import { Refused } from "./app/refused.ts";

const [name, ...rest] = process.argv.slice(2);
const wanted = commands.find(
  (command) => command.name === name || (command.name.includes(" ") && command.name === `${name} ${rest[0]}`),
);

const overview = `Traboule : le système d’information des maisons de l’emploi et de l’insertion.

Utilisation : npx traboule COMMANDE [options]

${commands.map((command) => `  ${command.usage.padEnd(44)} ${command.summary}`).join("\n")}

npx traboule COMMANDE --help explique une commande. Codes de sortie : 0 fait, 1 refusé, 2 rien n’a pu être lu,
64 commande mal écrite, 70 erreur du programme, 78 réglage mal écrit.
`;

async function run(): Promise<number> {
  if (!name || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(overview);
    return name ? 0 : 64;
  }
  if (!wanted) {
    process.stderr.write(`Commande inconnue : ${name}. « npx traboule --help » les donne toutes.\n`);
    return 64;
  }
  const args = wanted.name.includes(" ") ? rest.slice(1) : rest;
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`npx traboule ${wanted.usage}\n\n${wanted.summary}\n\n${wanted.help}\n`);
    return 0;
  }
  return wanted.run(args);
}

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof Refused) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  } else if (error instanceof Error && /Refusal$/.test(error.constructor.name)) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    process.stderr.write(`${error.message}\n« npx traboule ${name} --help » explique cette commande.\n`);
    process.exitCode = 64;
  } else {
    process.stderr.write(
      `Erreur du programme : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 70;
  }
}
