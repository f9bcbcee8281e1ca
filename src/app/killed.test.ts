// Killed at any moment, twenty times, the program loses no visit that it had acknowledged, and counts none twice.
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { projectRoot } from "../core/root.ts";
import { launcher, ownFlags } from "../core/testing/program.ts";

const rounds = 20;
const clients = 6;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

test("twenty SIGKILLs lose no acknowledged visit", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-killed-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    TRABOULE_DATA: folder,
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: "",
    DATABASE_POOL: "3",
  };
  let program: ChildProcess | null = null;
  t.after(async () => {
    if (program) await killed(program, folder, true);
    rmSync(folder, { recursive: true, force: true });
  });
  const command = (...words: string[]): string => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [...ownFlags, launcher, ...words], {
      env,
      encoding: "utf8",
    });
    assert.equal(status, 0, `${words.join(" ")}: ${stderr}`);
    return stdout;
  };
  command("house", "new", "essai", "--name", "Maison des essais");
  command("import", join(projectRoot, "demo/2020/antennes.csv"));
  const link = command("account", "new", "--email", "accueil@exemple.test", "--name", "Camille", "--role", "reception");
  const invitation = /\/invitation\/\S+/.exec(link)?.[0];
  assert.ok(invitation, link);

  const start = async (): Promise<void> => {
    program = spawn(process.execPath, [...ownFlags, launcher, "start"], { env, stdio: "ignore", detached: true });
    for (let turn = 0; turn < 400; turn++) {
      const ready = await fetch(`${origin}/readyz`).catch(() => null);
      if (ready?.ok) return;
      await pause(50);
    }
    assert.fail("the program did not come back");
  };
  await start();
  const password = "une phrase pour les essais";
  const cookie =
    (await post(origin, invitation, { password, again: password }, "")).headers.get("set-cookie")?.split(";")[0] ?? "";
  const desk = await (await fetch(`${origin}/accueil`, { headers: { cookie } })).text();
  const site = /name="lieu" value="([0-9a-f-]{36})"/.exec(desk)?.[1] ?? "";
  assert.ok(site, "the desk has a site");

  const acknowledged = new Set<string>();
  const unheard = new Set<string>();
  const record = async (key: string): Promise<void> => {
    const heard = await post(origin, "/accueil/visites", { key, lieu: site }, cookie).catch(() => null);
    if (heard?.status === 303) {
      acknowledged.add(key);
      unheard.delete(key);
    } else unheard.add(key);
  };
  for (let round = 0; round < rounds; round++) {
    let going = true;
    const load = Promise.all(
      Array.from({ length: clients }, async () => {
        while (going) await record(randomUUID());
      }),
    );
    await pause(randomInt(60, 500));
    // The program alone, then the program and its database together.
    await killed(program, folder, round % 2 === 1);
    going = false;
    await load;
    await start();
    await Promise.all([...unheard].map(record));
    assert.equal(unheard.size, 0, `round ${round}: a visit was refused when sent again`);
  }

  const client = new pg.Client({ host: join(folder, "socket"), user: "traboule", database: "traboule" });
  await client.connect();
  const { rows } = await client.query<{ id: string }>("SELECT id FROM agenda.visits");
  const { rows: told } = await client.query<{ count: string }>(
    "SELECT count(*) FROM core.journal WHERE act = 'visit.recorded'",
  );
  await client.end();
  const kept = new Set(rows.map((row) => row.id));
  assert.ok(acknowledged.size > rounds * clients, `${acknowledged.size} visits are too few to tell`);
  assert.deepEqual(
    [...acknowledged].filter((key) => !kept.has(key)),
    [],
    "acknowledged visits that are gone",
  );
  assert.equal(rows.length, acknowledged.size, "visits that nobody sent, or counted twice");
  assert.equal(Number(told[0]?.count), rows.length, "each visit has its journal line");
});

function post(origin: string, path: string, fields: Record<string, string>, cookie: string): Promise<Response> {
  return fetch(origin + path, {
    method: "POST",
    headers: { origin, cookie },
    body: new URLSearchParams(fields),
    redirect: "manual",
    signal: AbortSignal.timeout(5000),
  });
}

/** Kills the program's whole group, and its database too when asked; comes back when they are gone. */
async function killed(program: ChildProcess | null, folder: string, database: boolean): Promise<void> {
  if (!program?.pid || program.exitCode !== null || program.signalCode !== null) return;
  const gone = new Promise((done) => program.once("exit", done));
  const postgres = Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(-program.pid, "SIGKILL");
  try {
    if (database) process.kill(postgres, "SIGKILL");
  } catch {
    // It had gone with the program.
  }
  await gone;
}
