// One run of the server: started and awaited, furnished with its role and database, its log kept short, stopped.
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
} from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Place } from "./cluster.ts";
import { isAlive, pause, plainEnvironment } from "./process.ts";
import { EmbeddedRefusal, failureSentence } from "./refusal.ts";
import { asUser, diesWithParent, giveFolder, mayOwn, type Way } from "./unprivileged.ts";

export const port = 5432;
const logLimit = 5_000_000;
const settings: Record<string, string> = {
  listen_addresses: "",
  max_connections: "100",
  // A sixteenth of the machine's memory: what a year's figures and the desk read all day should stay there.
  shared_buffers: `${Math.min(512, Math.max(128, Math.round(totalmem() / 2 ** 24)))}MB`,
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  random_page_cost: "1.1",
  jit: "off",
  // Every answer is awaited by somebody, and many at once: starting processes to help one costs more than they bring.
  max_parallel_workers_per_gather: "0",
  // The name of the process would be written anew at each statement, for nobody.
  update_process_title: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  idle_in_transaction_session_timeout: "10min",
  log_min_messages: "warning",
  // Bound values are personal data: they stay out of the server's log.
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};
const neverWaits: Record<string, string> = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Starts the server and waits until it answers. @throws EmbeddedRefusal with what it said in a sentence. */
export async function launch(place: Place, binaries: string, way: Way): Promise<ChildProcess> {
  mkdirSync(place.sockets, { recursive: true, mode: 0o700 });
  const found = lstatSync(place.sockets);
  // A short socket folder lies beside everybody's temporary files: one that somebody else made is not entered.
  if (!found.isDirectory() || !mayOwn(found.uid))
    throw new EmbeddedRefusal(
      `Le dossier ${place.sockets} est à quelqu’un d’autre : supprimez-le, ou donnez à TRABOULE_DATA un chemin plus court.`,
    );
  chmodSync(place.sockets, 0o700);
  giveFolder(way, place.sockets);
  shortenLog(place.log);
  const log = openSync(place.log, "a", 0o600);
  const before = statSync(place.log).size;
  const [command = "", ...args] = [
    ...way.prefix,
    ...diesWithParent("INT"),
    join(binaries, "postgres"),
    ...["-D", place.cluster, "-k", place.sockets, "-p", String(port)],
    ...Object.entries({ ...settings, ...(place.throwaway ? neverWaits : {}) }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]),
  ];
  const child = spawn(command, args, {
    // A group of its own: Ctrl+C in the terminal is for the program, which stops the database when it has finished.
    detached: true,
    stdio: ["ignore", log, log],
    env: plainEnvironment(),
    ...asUser(way),
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
  const said = readFileSync(place.log).subarray(before).toString("utf8");
  throw new EmbeddedRefusal(failureSentence(said, place.folder, place.log));
}

/** Keeps the log under 5 MB, and the part before it once. The server appends: it goes on at the beginning. */
export function shortenLog(path: string): void {
  if (!existsSync(path) || statSync(path).size < logLimit) return;
  try {
    copyFileSync(path, `${path}.1`);
    chmodSync(`${path}.1`, 0o600);
  } finally {
    truncateSync(path);
  }
}

const clientOf = (sockets: string): pg.Client => {
  // `ssl` said aloud: PGSSLMODE of the environment is about some other server.
  const client = new pg.Client({
    host: sockets,
    port,
    user: "traboule",
    database: "postgres",
    ssl: false,
    connectionTimeoutMillis: 2000,
  });
  // Without a listener, a server that goes away would end the program.
  client.on("error", () => {});
  return client;
};

export async function answers(sockets: string): Promise<boolean> {
  const client = clientOf(sockets);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes the web role and the database where they are not there. */
export async function furnish(sockets: string): Promise<void> {
  const client = clientOf(sockets);
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'traboule_web'");
    if (rowCount === 0)
      await client.query("CREATE ROLE traboule_web LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE");
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'traboule'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE traboule");
  } finally {
    await client.end().catch(() => {});
  }
}

/** Fast shutdown: open transactions are rolled back, everything acknowledged is on the disk. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGINT");
  const late = setTimeout(() => child.kill("SIGQUIT"), 20_000);
  await gone;
  clearTimeout(late);
}

/** The same for a server that another process had started and left behind. */
export async function stopProcess(pid: number): Promise<void> {
  for (let turn = 0; turn < 400 && isAlive(pid); turn++) {
    try {
      if (turn === 0 || turn === 200) process.kill(pid, turn === 0 ? "SIGINT" : "SIGQUIT");
    } catch {
      return;
    }
    await pause(100);
  }
}
