// The command line as a newcomer meets it: help everywhere, a sentence for each mistake, exit codes that scripts can use.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "./app/commands/commands.ts";
import { asRefused } from "./app/refusals.ts";
import { plain, runProgram, temporaryFolder } from "./core/testing/program.ts";

/** A refusal is for its reader: sentences, nothing of the program's inside. */
const assertSentences = (text: string): void => {
  assert.match(text, /\S/);
  assert.doesNotMatch(text, /\n\s+at |Error:|node:internal|\.js:\d+/, text);
  for (const line of text.trim().split("\n")) assert.match(line, /[.!]$/, text);
};

test("--help names every command, and each explains itself", async () => {
  const overview = await runProgram(["--help"]);
  assert.deepEqual([overview.code, overview.err], [0, ""]);
  const all = await Promise.all(
    commands.map(async (command) => ({ ...command, told: await runProgram([...command.name.split(" "), "--help"]) })),
  );
  for (const { name, usage, summary, told } of all) {
    assert.ok(overview.out.includes(plain(usage)) && overview.out.includes(plain(summary)), name);
    assert.deepEqual([told.code, told.err], [0, ""], name);
    assert.ok(told.out.includes(plain(`npx traboule ${usage}`)), name);
  }
  // By the whole road of the launcher.
  const nothing = await runProgram([], {}, [], []);
  assert.deepEqual([nothing.code, nothing.out], [64, overview.out]);
});

test("a command that is misspelt is told, with 64, and nothing is started", async (t) => {
  const data = join(temporaryFolder(t), "data");
  const misspelt: [string[], RegExp][] = [
    [["strat"], /^Commande inconnue : strat/],
    [["house"], /^Commande inconnue : house/],
    [["start", "--prot", "80"], /^Option inconnue : --prot/],
    [["figures"], /--year 2020/],
  ];
  for (const [words, said] of misspelt) {
    const { code, out, err } = await runProgram(words, { TRABOULE_DATA: data });
    assert.deepEqual([code, out], [64, ""], words.join(" "));
    assert.match(err, said);
    assertSentences(err);
  }
  assert.equal(existsSync(data), false);
});

test("every other way of misspelling a command has its sentence", async () => {
  const misspelt: [string, string[], RegExp][] = [
    ["start", ["now"], /^Mot de trop : « now »/],
    ["figures", ["--year", "deux-mille"], /--year 2020/],
    ["figures", ["--year"], /^L’option --year demande une valeur/],
    ["figures", ["--year", "2020", "--json=oui"], /^L’option --json ne prend pas de valeur/],
    ["import", [], /un dossier ou un fichier/],
    ["import", ["a.csv", "b.csv"], /un seul/],
    ["house new", ["Lyon!", "--name", "x"], /lettres minuscules/],
    ["house new", ["lyon"], /--name/],
    ["house new", ["lyon", "--name", "x", "--zone", "Lyon"], /fuseau horaire/],
    ["account new", ["--email", "x"], /--email/],
    ["account new", ["--email", "a@b.fr", "--name", "A", "--role", "chef"], /un rôle parmi : direction/],
    ["backup", [], /un fichier/i],
    ["restore", ["a", "b"], /un seul/],
  ];
  for (const [name, words, said] of misspelt) {
    const work = await commands.find((command) => command.name === name)?.load();
    assert.ok(work, name);
    const refused = await work(words).then(
      () => null,
      (error: unknown) => asRefused(error, name),
    );
    assert.equal(refused?.exitCode, 64, `${name} ${words.join(" ")}`);
    assert.match(plain(refused?.message ?? ""), said);
    assertSentences(refused?.message ?? "");
  }
});

test("each setting that is misspelt has its sentence, all at once, with 78", async (t) => {
  const data = join(temporaryFolder(t), "data");
  const { code, out, err } = await runProgram(["start"], {
    TRABOULE_DATA: data,
    PORT: "many",
    DATABASE_POOL: "0",
    PUBLIC_URL: "maison",
    SMTP_URL: "mail",
    TRABOULE_SECRET: "court",
    LOG_LEVEL: "loud",
    TRUST_PROXY: "oui",
    DATABASE_WEB_URL: "postgres://web@db/traboule",
  });
  assert.deepEqual([code, out], [78, ""]);
  assert.equal(err.trim().split("\n").length, 8, err);
  assertSentences(err);
  assert.equal(existsSync(data), false);
});

test("an address that cannot be listened to, and a database that cannot be reached, are told in one sentence", async (t) => {
  const data = join(temporaryFolder(t), "data");
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  t.after(() => taken.close());
  const port = String((taken.address() as { port: number }).port);
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: port }, new RegExp(`Le port ${port} est déjà pris sur 127\\.0\\.0\\.1`)],
    [{ HOST: "192.0.2.7" }, /192\.0\.2\.7 n’est pas une adresse de cette machine/],
    [{ DATABASE_URL: `postgres://x:y@127.0.0.1:1/traboule` }, /^DATABASE_URL : le serveur ne répond pas/],
    [{ DATABASE_URL: "postgres://x:y@nulle-part.invalid/traboule" }, /^DATABASE_URL : le serveur ne répond pas/],
    [{ DATABASE_URL: "postgres://x:y@127.0.0.1:1/t?sslmode=no-such" }, /^DATABASE_URL/],
  ];
  for (const [env, said] of cases) {
    const { code, out, err } = await runProgram(["start"], { TRABOULE_DATA: data, ...env });
    assert.deepEqual([code, out], [1, ""], err);
    assert.match(err, said);
    assertSentences(err);
    assert.equal(err.trim().split("\n").length, 1);
  }
  assert.equal(existsSync(join(data, "postgres")), false);
});
