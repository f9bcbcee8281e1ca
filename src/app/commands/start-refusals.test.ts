// What a start cannot begin on: one French sentence, an exit code, nothing lost, nothing touched.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { startEmbedded } from "../../core/db/embedded/embedded.ts";
import { projectRoot } from "../../core/root.ts";
import { plain, processesOn, type Ran, runProgram, startProgram, temporaryFolder } from "../../core/testing/program.ts";

const refused = ({ code, out, err }: Ran, sentence: RegExp): void => {
  assert.deepEqual([code, out], [1, ""], err);
  assert.match(err, sentence);
  assert.match(err, /^\p{Lu}[^\n]+\.\n$/u, "one sentence, and nothing of the program's inside");
};

const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

/** Why another user cannot be tried here; null when one can. */
function whyNotNobody(): string | null {
  if (process.getuid?.() !== 0) return "only root can become another user";
  const [command = "", ...words] = [...nobody, process.execPath, join(projectRoot, "bin/traboule.js"), "--help"];
  const tried = spawnSync(command, words, { encoding: "utf8" });
  return tried.status === 0 ? null : `another user cannot run this checkout: ${tried.error ?? tried.stderr}`;
}

test("the data of another PostgreSQL, or a folder that is none", async (t) => {
  const data = join(temporaryFolder(t), "data");
  mkdirSync(join(data, "postgres"), { recursive: true });
  writeFileSync(join(data, "postgres/PG_VERSION"), "17\n");
  refused(await runProgram(["start"], { TRABOULE_DATA: data }), /PostgreSQL 17.*un 18.*Rien n’a été touché/);
  assert.deepEqual(readdirSync(join(data, "postgres")), ["PG_VERSION"]);
  writeFileSync(join(data, "postgres/PG_VERSION"), "18\n");
  refused(await runProgram(["figures", "--year", "2020"], { TRABOULE_DATA: data }), /ne démarre pas/);
});

test("a data folder that cannot be written", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "file"), "");
  const inFile = { TRABOULE_DATA: join(folder, "file/data") };
  refused(await runProgram(["start"], inFile), /ne peut pas être écrit \(ENOTDIR\).*TRABOULE_DATA/);
  const closed = join(folder, "closed");
  mkdirSync(closed, { mode: 0o555 });
  chmodSync(folder, 0o755);
  const reason = process.getuid?.() === 0 ? whyNotNobody() : null;
  if (reason) return t.diagnostic(`not tried as an ordinary user: ${reason}`);
  const before = process.getuid?.() === 0 ? nobody : [];
  for (const path of ["data", "."])
    refused(
      await runProgram(["start"], { TRABOULE_DATA: join(closed, path) }, before),
      /ne peut pas être (lu ou )?écrit \(EACCES\).*TRABOULE_DATA/,
    );
  assert.deepEqual(readdirSync(closed), []);
});

test("a database that a newer version has brought further is left as it is", async (t) => {
  const data = join(temporaryFolder(t), "data");
  const env = { TRABOULE_DATA: data };
  assert.equal((await runProgram(["migrate"], env)).code, 0);
  const asOwner = async (text: string): Promise<void> => {
    const database = await startEmbedded({ folder: data });
    const client = new pg.Client(database.connection("owner"));
    await client.connect();
    await client.query(text);
    await client.end();
    await database.stop();
  };
  await asOwner("INSERT INTO core.migrations (name, checksum) VALUES ('209901010000_future__more', 'x')");
  refused(await runProgram(["start"], env), /version plus récente de Traboule \(209901010000_future__more\)/);
  assert.deepEqual(processesOn(data), []);
  await asOwner("DELETE FROM core.migrations WHERE checksum = 'x'");
  const again = await runProgram(["migrate"], env);
  assert.deepEqual([again.code, again.out], [0, "La base est à jour.\n"]);
});

test("an ordinary user starts it as root does", async (t) => {
  const reason = whyNotNobody();
  if (reason) return t.skip(reason);
  const folder = temporaryFolder(t);
  chmodSync(folder, 0o755);
  const home = join(folder, "home");
  mkdirSync(home);
  chownSync(home, 65534, 65534);
  const env = { TRABOULE_DATA: join(home, "data") };
  const made = await runProgram(["house", "new", "lyon", "--name", "Lyon"], env, nobody);
  assert.deepEqual([made.code, made.err], [0, ""]);
  const running = await startProgram(env, { before: nobody });
  assert.equal((await fetch(`${running.url}/readyz`)).status, 200);
  assert.match(readFileSync(`/proc/${running.pid}/status`, "utf8"), /^Uid:\s+65534/m);
  assert.equal(await running.stop(), 0);
});

test("a full disk, at the first start and in the middle of an import", async (t) => {
  if (spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" }).status !== 0)
    return t.skip("no small disk can be mounted here (it takes root, unshare and mount)");
  const folder = temporaryFolder(t);
  chmodSync(folder, 0o755);
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const traboule = `"${process.execPath}" "${join(projectRoot, "bin/traboule.js")}"`;
  // The disk lives as long as this shell: everything that is tried on it is tried here.
  const script = `
    tell() { echo "[$1]"; shift; "$@"; echo "[code $?]"; }
    mount -t tmpfs -o size=12m,mode=755 none "${disk}" || exit 9
    tell first ${traboule} start
    mount -o remount,size=120m "${disk}"
    tell made ${traboule} house new lyon --name Lyon
    tell sites ${traboule} import "${join(projectRoot, "demo/2020/antennes.csv")}"
    dd if=/dev/zero of="${disk}/filler" bs=64k 2>/dev/null
    tell full ${traboule} import "${join(projectRoot, "demo/2020/personnes.csv")}"
    rm "${disk}/filler"
    tell after ${traboule} import "${join(projectRoot, "demo/2020/antennes.csv")}"`;
  const { stdout } = spawnSync("unshare", ["-m", "sh", "-c", `exec 2>&1\n${script}`], {
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", HOME: folder, TRABOULE_DATA: disk, PORT: "0" },
  });
  const part = (name: string): string =>
    plain(stdout)
      .split(`[${name}]\n`)[1]
      ?.split(/(?<=\[code \d+\])\n/)[0] ?? "";
  assert.match(
    part("first"),
    /^(Le disque de .* est plein : libérez de la place, rien n’est perdu\.\n)\[code 1\]$/,
    stdout,
  );
  assert.match(part("made"), /\[code 0\]$/, stdout);
  assert.match(part("sites"), /\[code 0\]$/, stdout);
  assert.match(part("full"), /plein.*\.\n\[code 1\]$/s, stdout);
  assert.match(part("after"), /6 inchangé.*\[code 0\]$/s, stdout);
  assert.doesNotMatch(stdout, /\n\s+at |Erreur du programme/);
});
