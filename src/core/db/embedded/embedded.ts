// The supervisor of the embedded PostgreSQL: starts it (making its cluster the first time), uses the one that another command has open,
// starts it again when it dies, stops it at the end. A Unix socket in a closed folder is its only entrance.
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findBinaries } from "./binaries.ts";
import {
  isOccupied,
  makeCluster,
  type Place,
  refuseOtherCluster,
  removeHalfMade,
  removeStalePidFiles,
  runningServer,
} from "./cluster.ts";
import { makeFolder, takeClusterLock } from "./lock.ts";
import { birthOf, isAlive, pause } from "./process.ts";
import { asRefusal, EmbeddedRefusal } from "./refusal.ts";
import { answers, furnish, launch, port, shortenLog, stopChild, stopProcess } from "./server.ts";
import { findWay } from "./unprivileged.ts";

export type EmbeddedDatabase = {
  socketFolder: string;
  port: number;
  connection(role: "owner" | "web"): { host: string; port: number; user: string; database: string; ssl: false };
  /** True when another process of this program started the server and lives: `stop` then leaves it. */
  readonly adopted: boolean;
  stop(): Promise<void>;
};

/** `child` when we started it; `ours` when it is ours to stop. */
type Running = { pid: number; birth: string; child: ChildProcess | null; ours: boolean };

const mostTries = 50;

/**
 * Starts, or joins, the database of a data folder. `log` is told, in English, when the server died and is started again.
 * @throws EmbeddedRefusal with one French sentence.
 */
export async function startEmbedded(options: {
  folder: string;
  log?: (line: string) => void;
}): Promise<EmbeddedDatabase> {
  makeFolder(resolve(options.folder));
  const folder = realpathSync(resolve(options.folder));
  const place: Place = {
    folder,
    cluster: join(folder, "postgres"),
    log: join(folder, "postgres.log"),
    sockets: socketFolderOf(folder),
  };
  const say = options.log ?? (() => {});
  let running = await enter(place);
  let stopping = false;
  let entering: Promise<void> | null = null;
  let tries = 0;
  let next = 0;
  let quietSince = Date.now();
  let shortened = Date.now();

  // A server that dies, or that another command started and has stopped, is started again by whoever still needs it: at once, then
  // less and less often (at most every 30 s), and no more after 50 tries in a row.
  const watch = setInterval(() => {
    const now = Date.now();
    if (stopping || entering) return;
    if (isAlive(running.pid) && birthOf(running.pid) === running.birth) {
      if (now - quietSince > 60_000) tries = 0;
      if (running.ours && now - shortened > 30_000) {
        shortened = now;
        keepShort(place.log, say);
      }
      return;
    }
    if (now < next || tries >= mostTries) return;
    tries++;
    next = now + Math.min(30_000, 100 * 2 ** tries);
    say(`the database stopped; starting it again (${tries} of ${mostTries})`);
    entering = enter(place)
      .then((again) => {
        running = again;
        quietSince = Date.now();
      })
      .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        entering = null;
      });
  }, 200);
  watch.unref();

  return {
    socketFolder: place.sockets,
    port,
    connection: (role) => ({
      host: place.sockets,
      port,
      user: role === "owner" ? "traboule" : "traboule_web",
      database: "traboule",
      // Said aloud: PGSSLMODE of the environment is about some other server.
      ssl: false,
    }),
    get adopted() {
      return !running.ours;
    },
    async stop() {
      stopping = true;
      clearInterval(watch);
      await entering;
      if (running.child) await stopChild(running.child);
      else if (running.ours) await stopProcess(running.pid);
    },
  };
}

function keepShort(log: string, say: (line: string) => void): void {
  try {
    shortenLog(log);
  } catch (error) {
    say(`the database's log could not be shortened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function enter(place: Place): Promise<Running> {
  const lock = await takeClusterLock(place.folder);
  try {
    const joined = await joinServer(place);
    if (joined) return joined;
    const binaries = findBinaries();
    const way = findWay(binaries);
    refuseOtherCluster(place.cluster);
    removeHalfMade(place.folder);
    if (!existsSync(join(place.cluster, "PG_VERSION"))) makeCluster(place, binaries, way);
    removeStalePidFiles(place, port);
    signStarter(place);
    const child = await launch(place, binaries, way);
    try {
      await furnish(place.sockets);
    } catch (error) {
      await stopChild(child);
      throw error;
    }
    const pid = child.pid ?? 0;
    return { pid, birth: birthOf(pid), child, ours: true };
  } catch (error) {
    throw asRefusal(error, place.folder);
  } finally {
    lock.release();
  }
}

/**
 * The server that runs already. One whose starter has died is about to stop, and its end is awaited; where nothing stops it (no
 * `setpriv`), it becomes ours after three seconds. Null when none runs.
 */
async function joinServer(place: Place): Promise<Running | null> {
  let last = 0;
  for (let turn = 0; turn < 300; turn++) {
    const open = runningServer(place.cluster);
    if (!open && !isOccupied(place.cluster)) return null;
    if (open) {
      last = open.pid;
      const led = starterLives(place);
      // Looked at again after the answer: a server may still answer in the instant after its starter died.
      if ((led || turn > 30) && (await answers(open.sockets)) && starterLives(place) === led) {
        place.sockets = open.sockets;
        if (!led) signStarter(place);
        return { pid: open.pid, birth: birthOf(open.pid), child: null, ours: !led };
      }
    }
    await pause(100);
  }
  throw new EmbeddedRefusal(
    `Le PostgreSQL de ces données tourne (processus ${last || "inconnu"}) mais ne répond pas : arrêtez ce processus, puis recommencez ; rien n’est perdu.`,
  );
}

/** The socket's path must stay under 108 bytes: a deep data folder gets a short one beside the temporary files. */
function socketFolderOf(folder: string): string {
  const inside = join(folder, "socket");
  if (Buffer.byteLength(join(inside, `.s.PGSQL.${port}.lock`)) < 100) return inside;
  return join(tmpdir(), `traboule-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`);
}

const starterFile = (place: Place): string => join(place.folder, "postgres.starter");

function signStarter(place: Place): void {
  writeFileSync(starterFile(place), `${process.pid} ${birthOf(process.pid)}`);
}

function starterLives(place: Place): boolean {
  try {
    const [pid, birth] = readFileSync(starterFile(place), "utf8").split(" ");
    return isAlive(Number(pid)) && birthOf(Number(pid)) === birth;
  } catch {
    return false;
  }
}
