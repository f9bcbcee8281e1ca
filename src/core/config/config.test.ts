// Each setting has its default and its bounds; each mistake has its sentence; the secret is made once.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type Config, ensureSecret, readConfig } from "./config.ts";

function good(env: Record<string, string | undefined> = {}): Config {
  const read = readConfig(env);
  assert.ok(read.ok, read.ok ? "" : read.mistakes.join(" "));
  return read.config;
}

const mistakes = (env: Record<string, string>): string[] => {
  const read = readConfig(env);
  return read.ok ? [] : read.mistakes;
};

test("says nothing: everything has a default; an empty text counts as nothing", () => {
  const config = good();
  assert.equal(config.host, "127.0.0.1");
  assert.equal(config.port, 4700);
  assert.equal(config.dataFolder, resolve("data"));
  assert.equal(config.databaseUrl, null);
  assert.equal(config.poolSize, 10);
  assert.equal(config.publicUrl, "http://127.0.0.1:4700");
  assert.equal(config.trustProxy, false);
  assert.deepEqual(good({ HOST: "", PORT: " ", DATABASE_URL: "", TRUST_PROXY: "" }), config);
});

test("takes what is given", () => {
  const config = good({
    HOST: "::1",
    PORT: "0",
    DATABASE_URL: "postgresql://owner@db/traboule",
    DATABASE_WEB_URL: "postgres://web@db/traboule",
    PUBLIC_URL: "https://maison.example/",
    TRUST_PROXY: "1",
    SMTP_URL: "smtps://user:word@mail.example:465",
  });
  assert.equal(config.port, 0);
  assert.equal(config.publicUrl, "https://maison.example");
  assert.equal(config.webDatabaseUrl, "postgres://web@db/traboule");
  assert.equal(config.trustProxy, true);
  assert.equal(good({ HOST: "::1" }).publicUrl, "http://[::1]:4700");
});

test("one sentence for each mistake, naming the setting", () => {
  const wrong: Record<string, string[]> = {
    PORT: ["65536", "-1", "80a", "4.5"],
    DATABASE_URL: ["mysql://db/traboule", "db"],
    PUBLIC_URL: ["maison.example", "ftp://maison.example"],
    TRABOULE_SECRET: ["court"],
    SMTP_URL: ["http://mail.example"],
    MAIL_FROM: ["personne"],
    LOG_LEVEL: ["verbose"],
    TRUST_PROXY: ["yes"],
    DATABASE_POOL: ["0", "many"],
    DATABASE_WEB_URL: ["postgres://web@db/traboule"],
  };
  for (const [name, values] of Object.entries(wrong))
    for (const value of values) {
      const said = mistakes({ [name]: value });
      assert.equal(said.length, 1, `${name}=${value}`);
      assert.match(said[0] ?? "", new RegExp(`^${name} .*\\.$`));
      // French typography: no plain space before : ; ! ? or inside guillemets.
      assert.doesNotMatch(said[0] ?? "", / [:;!?»]|« /);
    }
  assert.equal(mistakes({ PORT: "x", TRUST_PROXY: "x", LOG_LEVEL: "x" }).length, 3);
});

test("the secret is made once, closed to others, and the same for two commands at once", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-config-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const script = `import { ensureSecret, readConfig } from ${JSON.stringify(join(import.meta.dirname, "config.ts"))};
    const read = readConfig({ TRABOULE_DATA: ${JSON.stringify(join(folder, "data"))} });
    if (read.ok) process.stdout.write(ensureSecret(read.config).secret);`;
  const words = ["--import", "./scripts/load-tsx.ts", "--input-type=module", "-e", script];
  const said = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
      let text = "";
      for await (const chunk of child.stdout) text += String(chunk);
      return text;
    }),
  );
  const kept = readFileSync(join(folder, "data/secret"), "utf8");
  assert.ok(kept.length >= 32);
  assert.deepEqual(said, [kept, kept, kept]);
  assert.equal(statSync(join(folder, "data/secret")).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(folder, "data")), ["secret"]);
  const given = "a-secret-that-is-given-and-long-enough";
  assert.equal(ensureSecret(good({ TRABOULE_DATA: folder, TRABOULE_SECRET: given })).secret, given);
});

test("a secret that is cut short or cannot be kept is told, and never replaced", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-config-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "secret"), "half");
  assert.throws(() => ensureSecret(good({ TRABOULE_DATA: folder })), /est abîmé/);
  assert.equal(readFileSync(join(folder, "secret"), "utf8"), "half");
  assert.throws(
    () => ensureSecret(good({ TRABOULE_DATA: join(folder, "secret/data") })),
    /ne peut pas être lu ou écrit/,
  );
});
