// The supervisor of the embedded PostgreSQL: makes the cluster the first time, starts it, uses the one that another command has open,
// starts it again when it dies, stops it at the end. A Unix socket in a closed folder is its only entrance.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { embeddedVersion, findBinaries } from "./binaries.ts";
import { makeFolder, takeClusterLock } from "./lock.ts";
import { birthOf, isAlive, pause } from "./process.ts";
import { EmbeddedRefusal } from "./refusal.ts";
import { diesWithParent, findWay, giveFolder, type Way } from "./unprivileged.ts";

export type EmbeddedDatabase = {
  socketFolder: string;
  port: number;
  connection(role: "owner" | "web"): { host: string; port: number; user: string; database: string };
  /** True when another process of this program started the server: `stop` then leaves it. */
  readonly adopted: boolean;
  stop(): Promise<void>;
};

const port = 5432;
const settings: Record<string, string> = {
  listen_addresses: "",
  max_connections: "100",
  shared_buffers: "128MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  idle_in_transaction_session_timeout: "10min",
  log_min_messages: "warning",
  // Bound values are personal data: they stay out of the server's log.
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

/** Starts, or joins, the database of a data folder. @throws EmbeddedRefusal with one French sentence. */
export async function startEmbedded(options: { folder: string; log?: (line: string) => void }): Promise<EmbeddedDatabase> {
  const folder = resolve(options.folder);
  makeFolder(folder);
  const place = { folder, cluster: join(folder, "postgres"), log: join(folder, "postgres.log"), sockets: socketFolderOf(folder) };
  const say = options.log ?? (() => {});
  let running = await enter(place);
  let stopping = false;
  let entering = false;
  let restarts = 0;
  // A server that dies, or that another command started and has stopped, is started again by whoever still needs it.
  const watch = setInterval(() => {
    if (stopping || entering || restarts >= 50 || isAlive(running.pid)) return;
    entering = true;
    restarts++;
    say("the database stopped; starting it again");
    enter(place)
      .then((again) => {
        running = again;
      })
      .catch((error: Error) => say(error.message))
      .finally(() => {
        entering = false;
      });
  }, 200);
  watch.unref();

  return {
    socketFolder: place.sockets,
    port,
    connection: (role) => ({ host: place.sockets, port, user: role === "owner" ? "traboule" : "traboule_web", database: "traboule" }),
    get adopted() {
      return running.child === null;
    },
    async stop() {
      stopping = true;
      clearInterval(watch);
      if (running.child) await stopChild(running.child);
    },
  };
}

type Place = { folder: string; cluster: string; log: string; sockets: string };
type Running = { pid: number; child: ChildProcess | null };

async function enter(place: Place): Promise<Running> {
  const lock = await takeClusterLock(place.folder);
  try {
    for (let turn = 0; turn < 300; turn++) {
      const open = runningServer(place.cluster);
      if (open === null) break;
      // A server whose starter has just died is about to stop: its end is awaited. Where it does not stop, it is joined after a while.
      if ((starterLives(place) || turn > 30) && (await answers(place.sockets))) return { pid: open, child: null };
      await pause(100);
    }
    const binaries = findBinaries();
    const way = findWay();
    refuseOtherVersion(place.cluster);
    const first = !existsSync(join(place.cluster, "PG_VERSION"));
    if (first) makeCluster(place, binaries, way);
    const child = await launch(place, binaries, way);
    writeFileSync(join(place.folder, "postgres.starter"), `${process.pid} ${birthOf(process.pid)}`);
    if (first || !(await hasDatabase(place.sockets))) await furnish(place.sockets);
    return { pid: child.pid ?? 0, child };
  } finally {
    lock.release();
  }
}

/** The socket's path must stay under 108 bytes: a deep data folder gets a short one beside the temporary files. */
function socketFolderOf(folder: string): string {
  const inside = join(folder, "socket");
  if (Buffer.byteLength(join(inside, `.s.PGSQL.${port}.lock`)) < 100) return inside;
  return join(tmpdir(), `traboule-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`);
}

function runningServer(cluster: string): number | null {
  try {
    const pid = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0]);
    return pid > 0 && isAlive(pid) && isPostgres(pid) ? pid : null;
  } catch {
    return null;
  }
}

function starterLives(place: Place): boolean {
  try {
    const [pid, birth] = readFileSync(join(place.folder, "postgres.starter"), "utf8").split(" ");
    return isAlive(Number(pid)) && birthOf(Number(pid)) === birth;
  } catch {
    return true;
  }
}

function isPostgres(pid: number): boolean {
  if (process.platform !== "linux") return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return false;
  }
}

function refuseOtherVersion(cluster: string): void {
  const path = join(cluster, "PG_VERSION");
  if (!existsSync(path)) return;
  const found = readFileSync(path, "utf8").trim();
  if (found !== embeddedVersion)
    throw new EmbeddedRefusal(
      `Les données de ${cluster} sont celles d’un PostgreSQL ${found}, et celui-ci est un ${embeddedVersion} : faites une sauvegarde (« npx traboule backup ») avec la version de Traboule qui les a écrites, puis restaurez-la ici dans un dossier neuf. Rien n’a été touché.`,
    );
}

const asWay = (way: Way) => ({ ...(way.uid === undefined ? {} : { uid: way.uid }), ...(way.gid === undefined ? {} : { gid: way.gid }) });

function makeCluster(place: Place, binaries: string, way: Way): void {
  rmSync(place.cluster, { recursive: true, force: true });
  mkdirSync(place.cluster, { mode: 0o700, recursive: true });
  giveFolder(way, place.cluster);
  const [command, ...args] = [
    ...way.prefix,
    join(binaries, "initdb"),
    `--pgdata=${place.cluster}`,
    "--username=traboule",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=icu",
    "--icu-locale=fr",
    "--data-checksums",
    "--no-instructions",
  ];
  const made = spawnSync(command ?? "", args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C", TZ: "UTC" }, ...asWay(way) });
  if (made.status === 0) return;
  rmSync(place.cluster, { recursive: true, force: true });
  throw new EmbeddedRefusal(failureSentence(`${made.stderr ?? ""}${made.error?.message ?? ""}`, place.folder));
}

function failureSentence(said: string, folder: string): string {
  if (/No space left|ENOSPC/i.test(said)) return `Le disque de ${folder} est plein : libérez de la place, rien n’est perdu.`;
  if (/Permission denied|EACCES/i.test(said)) return `La base ne peut pas écrire dans ${folder} : choisissez un autre dossier par TRABOULE_DATA.`;
  const last = said.trim().split("\n").filter((line) => /FATAL|error|could not/i.test(line)).at(-1) ?? said.trim().split("\n").at(-1) ?? "";
  return `La base fournie ne démarre pas (${last.trim()}). Le détail est dans ${join(folder, "postgres.log")} ; un PostgreSQL à vous, par DATABASE_URL, fonctionne aussi.`;
}

async function launch(place: Place, binaries: string, way: Way): Promise<ChildProcess> {
  mkdirSync(place.sockets, { recursive: true, mode: 0o700 });
  chmodSync(place.sockets, 0o700);
  giveFolder(way, place.sockets);
  if (existsSync(place.log) && statSync(place.log).size > 5_000_000) truncateSync(place.log);
  const log = openSync(place.log, "a", 0o600);
  const words = [
    ...way.prefix,
    ...diesWithParent(),
    join(binaries, "postgres"),
    "-D",
    place.cluster,
    "-k",
    place.sockets,
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  const before = existsSync(place.log) ? statSync(place.log).size : 0;
  const child = spawn(words[0] ?? "", words.slice(1), {
    // A group of its own: Ctrl+C in the terminal is for the program, which stops the database when it has finished.
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    ...asWay(way),
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  for (let turn = 0; turn < 1200 && !ended; turn++) {
    if (await answers(place.sockets)) return child;
    await pause(turn < 40 ? 25 : 100);
  }
  if (!ended) await stopChild(child);
  throw new EmbeddedRefusal(failureSentence(readFileSync(place.log, "utf8").slice(before), place.folder));
}

async function answers(sockets: string): Promise<boolean> {
  const client = new pg.Client({ host: sockets, port, user: "traboule", database: "postgres", connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function hasDatabase(sockets: string): Promise<boolean> {
  return asOwner(sockets, async (client) => (await client.query("SELECT 1 FROM pg_database WHERE datname = 'traboule'")).rowCount === 1);
}

async function furnish(sockets: string): Promise<void> {
  await asOwner(sockets, async (client) => {
    await client.query(`DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'traboule_web') THEN
        CREATE ROLE traboule_web LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
      END IF;
    END $$`);
    if ((await client.query("SELECT 1 FROM pg_database WHERE datname = 'traboule'")).rowCount === 0) await client.query("CREATE DATABASE traboule");
  });
}

async function asOwner<R>(sockets: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ host: sockets, port, user: "traboule", database: "postgres" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Fast shutdown: open transactions are rolled back, everything acknowledged is on the disk. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGINT");
  const late = setTimeout(() => child.kill("SIGQUIT"), 20_000);
  await gone;
  clearTimeout(late);
}
