// What a power cut, a SIGKILL or another program may leave in a data folder: the next start goes on, and nothing is lost.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import pg from "pg";
import { type EmbeddedDatabase, startEmbedded } from "./embedded.ts";
import { takeStartLock } from "./lock.ts";
import { isAlive, pause } from "./process.ts";

/** Servers of the test that runs, stopped before their folders go: hooks run in the order in which they were given. */
const open: EmbeddedDatabase[] = [];

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "traboule-faults-"));
  t.after(async () => {
    for (const database of open.splice(0)) await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

async function ask(database: EmbeddedDatabase, text: string): Promise<unknown[]> {
  const client = new pg.Client(database.connection("owner"));
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another process of the program. `lines` are what it has said. */
function another(body: string, env: NodeJS.ProcessEnv = process.env): { child: ChildProcess; said: Promise<string> } {
  const from = (name: string): string => JSON.stringify(join(import.meta.dirname, name));
  const script = `import { startEmbedded } from ${from("embedded.ts")}; import { takeStartLock } from ${from("lock.ts")};
    const say = (word) => process.stdout.write(word + "\\n"); const hold = () => new Promise((go) => { process.stdin.once("end", go); process.stdin.resume(); });
    try { ${body} } catch (error) { say("refused " + error.message); }`;
  const words = ["--import", "./scripts/load-tsx.ts", "--input-type=module", "-e", script];
  const child = spawn(process.execPath, words, { stdio: ["pipe", "pipe", "inherit"], env });
  const said = new Promise<string>((done) => {
    child.stdout?.once("data", (word) => done(String(word).trim()));
    child.once("exit", () => done("nothing"));
  });
  return { child, said };
}

const gone = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once("exit", () => done()));

test("a pid file whose number another program has now does not stop a start", {
  skip: process.platform !== "linux",
}, async (t) => {
  const folder = folderFor(t);
  const first = await startEmbedded({ folder });
  await ask(first, "CREATE TABLE kept AS SELECT 7 AS n");
  await first.stop();
  const other = spawn("sleep", ["60"]);
  t.after(() => other.kill());
  const lines = `${other.pid}\n${folder}/postgres\n1\n5432\n${folder}/socket\n\n`;
  writeFileSync(join(folder, "postgres/postmaster.pid"), lines);
  writeFileSync(join(folder, "socket/.s.PGSQL.5432.lock"), lines);
  const again = await startEmbedded({ folder });
  open.push(again);
  assert.deepEqual(await ask(again, "SELECT n FROM kept"), [{ n: 7 }]);
  assert.ok(isAlive(other.pid ?? 0), "the other program is left alone");
});

test("a first start that is killed at any moment leaves nothing half made", async (t) => {
  const folder = folderFor(t);
  for (const after of [250, 400, 600, 800, 1000]) {
    const { child } = another(`await startEmbedded({ folder: ${JSON.stringify(folder)} }); await hold();`);
    await pause(after);
    child.kill("SIGKILL");
    await gone(child);
  }
  const database = await startEmbedded({ folder });
  assert.deepEqual(await ask(database, "SELECT current_database() AS name"), [{ name: "traboule" }]);
  await database.stop();
  // An orphan that was still writing at the first start has ended by now, and the second one sweeps.
  await pause(1500);
  await (await startEmbedded({ folder })).stop();
  const left = readdirSync(folder).filter((name) => name.startsWith("postgres.new-"));
  assert.deepEqual(left, []);
});

test("two commands at once on a new folder share one server", async (t) => {
  const folder = folderFor(t);
  const body = `const database = await startEmbedded({ folder: ${JSON.stringify(folder)} }); say(database.adopted ? "joined" : "started"); await hold(); await database.stop();`;
  const both = [another(body), another(body)];
  const said = await Promise.all(both.map((one) => one.said));
  assert.deepEqual(said.sort(), ["joined", "started"]);
  for (const { child } of both) child.stdin?.end();
  await Promise.all(both.map(({ child }) => gone(child)));
});

test("the one who started the server waits with its stop for those who joined it", async (t) => {
  const folder = folderFor(t);
  const first = await startEmbedded({ folder });
  open.push(first);
  const body = `const database = await startEmbedded({ folder: ${JSON.stringify(folder)} }); say(database.adopted ? "joined" : "started"); await hold(); await database.stop();`;
  const [guest, killed] = [another(body), another(body)];
  assert.deepEqual(await Promise.all([guest.said, killed.said]), ["joined", "joined"]);
  let stopped = false;
  const stop = first.stop().then(() => (stopped = true));
  killed.child.kill("SIGKILL");
  await gone(killed.child);
  await pause(300);
  assert.equal(stopped, false);
  assert.deepEqual(await ask(first, "SELECT 1 AS n"), [{ n: 1 }], "the guest still has its database");
  const late = another(body);
  assert.equal(await late.said, "joined", "another may still come");
  for (const { child } of [guest, late]) child.stdin?.end();
  await stop;
  assert.equal(existsSync(join(folder, "postgres/postmaster.pid")), false);
});

test("a program that stays waits for a server of its own", async (t) => {
  const folder = folderFor(t);
  const body = `const database = await startEmbedded({ folder: ${JSON.stringify(folder)} }); say("up"); await hold(); await database.stop();`;
  const command = another(body);
  assert.equal(await command.said, "up");
  const told: unknown[] = [];
  const lasting = startEmbedded({ folder, lasting: true, waiting: (when, pids) => told.push([when, pids]) });
  while (told.length === 0) await pause(50);
  assert.deepEqual(told, [["start", [command.child.pid]]]);
  command.child.stdin?.end();
  const database = await lasting;
  open.push(database);
  assert.equal(database.adopted, false);
  assert.deepEqual(await ask(database, "SELECT 1 AS n"), [{ n: 1 }]);
});

test("a folder that is not a cluster is left as it is", async (t) => {
  const folder = folderFor(t);
  mkdirSync(join(folder, "postgres/base"), { recursive: true });
  writeFileSync(join(folder, "postgres/base/precious"), "x");
  await assert.rejects(startEmbedded({ folder }), /n’est pas une base de PostgreSQL.*rien n’a été touché/);
  assert.equal(readFileSync(join(folder, "postgres/base/precious"), "utf8"), "x");
});

test("of many starts at once over the lock of a dead one, one wins; a lock cut short holds nobody back", async (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, "start.json"), "");
  await (await takeStartLock(folder, "x")).release();
  writeFileSync(join(folder, "start.json"), JSON.stringify({ pid: 9_999_999, birth: "1", url: "x" }));
  const body = `await takeStartLock(${JSON.stringify(folder)}, "http://here:1"); say("won"); await hold();`;
  const all = [1, 2, 3, 4].map(() => another(body));
  const said = await Promise.all(all.map((one) => one.said));
  assert.equal(said.filter((word) => word === "won").length, 1, said.join("\n"));
  assert.equal(
    said.filter((word) => /^refused Traboule tourne déjà.*http:\/\/here:1/.test(word)).length,
    3,
    said.join("\n"),
  );
  for (const { child } of all) child.kill("SIGKILL");
  await Promise.all(all.map((one) => gone(one.child)));
  await (await takeStartLock(folder, "x")).release();
  assert.equal(existsSync(join(folder, "start.json")), false);
});

test("where nothing ties the server to its starter, the next start takes it over, and stops it at its end", {
  skip: process.platform !== "linux",
}, async (t) => {
  const folder = folderFor(t);
  chmodSync(folder, 0o755);
  // Without unshare and setpriv: root must become nobody, and the server outlives a SIGKILL.
  const env = { ...process.env, PATH: folder };
  const { child, said } = another(
    `const database = await startEmbedded({ folder: ${JSON.stringify(join(folder, "data"))} }); say("up"); await hold();`,
    env,
  );
  const word = await said;
  // A checkout that others cannot enter cannot be run by another user: the refusal is what is to be seen then.
  if (/nobody/.test(word)) return assert.match(word, /DATABASE_URL/);
  assert.equal(word, "up");
  const pid = Number(readFileSync(join(folder, "data/postgres/postmaster.pid"), "utf8").split("\n")[0]);
  child.kill("SIGKILL");
  await gone(child);
  assert.ok(isAlive(pid));
  const heir = await startEmbedded({ folder: join(folder, "data") });
  assert.equal(heir.adopted, false);
  assert.deepEqual(await ask(heir, "SELECT 1 AS n"), [{ n: 1 }]);
  const guest = await startEmbedded({ folder: join(folder, "data") });
  assert.equal(guest.adopted, true);
  await guest.stop();
  assert.ok(isAlive(pid));
  await heir.stop();
  assert.equal(isAlive(pid), false);
});
