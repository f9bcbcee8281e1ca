// Every check and every test, in the order in which they say most soonest. `npm test` is this.
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../src/core/db/embedded/embedded.ts";
import { makeTemplate } from "../src/core/testing/template.ts";

const root = join(import.meta.dirname, "..");
const run = (what: string, command: string, args: string[]): void => {
  const started = Date.now();
  process.stdout.write(`\n== ${what}\n`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "test" },
  });
  if (status !== 0) {
    process.stdout.write(`\n${what} : échec.\n`);
    process.exitCode = status ?? 1;
    throw new Error(what);
  }
  process.stdout.write(`${what} : ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
};
const bin = (name: string): string => join(root, "node_modules/.bin", name);

run("Règles d’écriture", bin("biome"), ["ci", "--error-on-warnings", "--log-level=warn"]);
run("Types", bin("tsc"), ["--noEmit", "-p", "."]);
run("Ce qui ne sert à rien", bin("knip"), ["--no-progress"]);
run("Compilation", process.execPath, ["scripts/build.ts"]);
const tests = globSync("{src,scripts,stories,bench}/**/*.test.{ts,tsx}", { cwd: root }).sort();
if (tests.length === 0) throw new Error("no test was found");

// One real PostgreSQL for all tests, and the migrated database that each copies for its own.
const folder = mkdtempSync(join(tmpdir(), "traboule-check-"));
const outside = process.env.TRABOULE_TEST_DATABASE;
const server = outside ? null : await startEmbedded({ folder, throwaway: true });
if (server) process.env.TRABOULE_TEST_SOCKET = server.socketFolder;
process.env.TRABOULE_TEST_TEMPLATE = `traboule_template_${process.pid}`;
// What Node compiled of the project and its packages is found again by the next file (see load-tsx.ts).
process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules/.cache/traboule/code");
try {
  await makeTemplate(
    server?.connection("owner") ?? { connectionString: outside ?? "" },
    process.env.TRABOULE_TEST_TEMPLATE,
  );
  run("Tests", process.execPath, [
    "--import",
    "./scripts/load-tsx.ts",
    "--test",
    "--test-concurrency=2",
    "--test-reporter=spec",
    "--test-timeout=900000",
    ...tests,
  ]);
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
