// The embedded database: made once, kept, shared between processes, whole after a SIGKILL, and clear about what it cannot do.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import pg from "pg";
import { mendLinks } from "./binaries.ts";
import { type EmbeddedDatabase, startEmbedded } from "./embedded.ts";
import { takeStartLock } from "./lock.ts";
import { isAlive, pause } from "./process.ts";

/** Servers of the test that runs, stopped before their folders go: hooks run in the order in which they were given. */
const open: EmbeddedDatabase[] = [];

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "traboule-embedded-"));
  t.after(async () => {
    for (const database of open.splice(0)) await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

async function ask<R extends pg.QueryResultRow>(
  database: EmbeddedDatabase,
  text: string,
  role: "owner" | "web" = "owner",
): Promise<R[]> {
  const client = new pg.Client(database.connection(role));
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

test("keeps its data from one start to the next, and shares a running server", async (t) => {
  const folder = folderFor(t);
  const first = await startEmbedded({ folder });
  await ask(first, "CREATE TABLE kept (n int)");
  await ask(first, "INSERT INTO kept VALUES (7)");
  const [web] = await ask<{ owner: boolean; bypass: boolean }>(
    first,
    "SELECT rolsuper AS owner, rolbypassrls AS bypass FROM pg_roles WHERE rolname = current_user",
    "web",
  );
  assert.deepEqual(web, { owner: false, bypass: false });
  const joined = await startEmbedded({ folder });
  assert.equal(joined.adopted, true);
  await joined.stop();
  assert.deepEqual(
    await ask(first, "SELECT n FROM kept"),
    [{ n: 7 }],
    "the joined one leaves the server to the one that started it",
  );
  await first.stop();
  const later = await startEmbedded({ folder });
  open.push(later);
  assert.deepEqual(await ask(later, "SELECT n FROM kept"), [{ n: 7 }]);
  const [facts] = await ask<{ listen: string; sums: string; provider: string }>(
    later,
    "SELECT current_setting('listen_addresses') AS listen, current_setting('data_checksums') AS sums, (SELECT datlocprovider::text FROM pg_database WHERE datname = current_database()) AS provider",
  );
  assert.deepEqual(facts, { listen: "", sums: "on", provider: "i" });
});

test("comes back by itself when the server dies", async (t) => {
  const folder = folderFor(t);
  const database = await startEmbedded({ folder });
  open.push(database);
  await ask(database, "CREATE TABLE kept AS SELECT 1 AS n");
  const pid = Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  for (let turn = 0; turn < 200; turn++) {
    try {
      assert.deepEqual(await ask(database, "SELECT n FROM kept"), [{ n: 1 }]);
      return;
    } catch {
      await pause(100);
    }
  }
  assert.fail("the server did not come back");
});

test("dies with the program that started it, and the next start finds everything", async (t) => {
  const folder = folderFor(t);
  const script = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, "embedded.ts"))};
    await startEmbedded({ folder: ${JSON.stringify(folder)} }); process.stdout.write("up\\n"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "./scripts/load-tsx.ts", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((up) => child.stdout.once("data", () => up()));
  const pid = Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  assert.ok(isAlive(pid));
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGKILL");
  await gone;
  const again = await startEmbedded({ folder });
  open.push(again);
  assert.deepEqual(await ask(again, "SELECT 1 AS n"), [{ n: 1 }]);
});

test("runs for an ordinary user as well as for root", { skip: process.getuid?.() !== 0 }, async (t) => {
  const folder = folderFor(t);
  chmodSync(folder, 0o777);
  const script = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, "embedded.ts"))};
    const database = await startEmbedded({ folder: ${JSON.stringify(join(folder, "data"))} }); process.stdout.write("up " + process.getuid()); await database.stop();`;
  const ran = spawnSync(
    "setpriv",
    [
      "--reuid=65534",
      "--regid=65534",
      "--clear-groups",
      process.execPath,
      "--import",
      "./scripts/load-tsx.ts",
      "--input-type=module",
      "-e",
      script,
    ],
    { encoding: "utf8" },
  );
  // A checkout that others cannot enter cannot be tried by another user.
  if (/EACCES|permission denied/i.test(ran.stderr) && !existsSync(join(folder, "data/postgres")))
    return t.skip("this checkout is closed to other users");
  assert.equal(ran.stdout, "up 65534", ran.stderr);
});

test("says in one sentence what it cannot do, and touches nothing", async (t) => {
  const folder = folderFor(t);
  mkdirSync(join(folder, "postgres"));
  writeFileSync(join(folder, "postgres/PG_VERSION"), "16\n");
  await assert.rejects(startEmbedded({ folder }), /PostgreSQL 16.*Rien n’a été touché/);
  assert.deepEqual(readdirSync(join(folder, "postgres")), ["PG_VERSION"]);
  const file = join(folder, "file");
  writeFileSync(file, "");
  await assert.rejects(startEmbedded({ folder: join(file, "data") }), /ne peut pas être écrit.*TRABOULE_DATA/);
});

test("one start at a time; a lock left by the dead is taken over", async (t) => {
  const folder = folderFor(t);
  const lock = await takeStartLock(folder, "http://127.0.0.1:4700");
  await assert.rejects(
    takeStartLock(folder, "http://127.0.0.1:4701"),
    new RegExp(`processus ${process.pid}, http://127.0.0.1:4700`),
  );
  await lock.release();
  writeFileSync(join(folder, "start.json"), JSON.stringify({ pid: 999_999_9, birth: "1", url: "x" }));
  await (await takeStartLock(folder, "x")).release();
  writeFileSync(join(folder, "start.json"), JSON.stringify({ pid: process.pid, birth: "another life", url: "x" }));
  await (await takeStartLock(folder, "x")).release();
});

test("makes the links that npm did not", (t) => {
  const root = folderFor(t);
  mkdirSync(join(root, "native/lib"), { recursive: true });
  writeFileSync(join(root, "native/lib/a.so.1.2"), "library");
  symlinkSync("a.so.1.2", join(root, "native/lib/a.so"));
  writeFileSync(
    join(root, "native/pg-symlinks.json"),
    JSON.stringify(["a.so", "a.so.1"].map((name) => ({ source: "native/lib/a.so.1.2", target: `native/lib/${name}` }))),
  );
  assert.equal(mendLinks(root), 1);
  assert.equal(readFileSync(join(root, "native/lib/a.so.1"), "utf8"), "library");
  assert.equal(mendLinks(root), 0);
});
