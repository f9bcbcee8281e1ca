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
import { leaveGuests, listGuests, signGuest } from "./guests.ts";
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
  /** Stops the server once no other process works on it; `now` does not wait for them. */
  stop(how?: { now: boolean }): Promise<void>;
};

/** `child` when we started it; `ours` when it is ours to stop. */
type Running = { pid: number; birth: string; child: ChildProcess | null; ours: boolean };

const mostTries = 50;
/** Waits of a tenth of a second before it is told: most waits are over by then. */
const toldAfter = 10;

/**
 * Starts, or joins, the database of a data folder. `log` is told, in English, when the server died and is started again. `lasting`: for a
 * program that stays, which waits for its own server rather than join one that ends with the command that started it. `waiting` is told
 * once when others have to be waited for, before the start or before the stop. `throwaway`: for a new folder whose database nobody needs
 * after a crash of the machine, a test's: it never waits for the disk.
 * @throws EmbeddedRefusal with one French sentence.
 */
export async function startEmbedded(options: {
  folder: string;
  log?: (line: string) => void;
  lasting?: boolean;
  throwaway?: boolean;
  waiting?: (when: "start" | "stop", pids: number[]) => void;
}): Promise<EmbeddedDatabase> {
  makeFolder(resolve(options.folder));
  const folder = realpathSync(resolve(options.folder));
  const place: Place = {
    folder,
    cluster: join(folder, "postgres"),
    log: join(folder, "postgres.log"),
    sockets: socketFolderOf(folder),
    throwaway: options.throwaway ?? false,
  };
  const say = options.log ?? (() => {});
  let running = await enter(place, options.lasting ? (pid) => options.waiting?.("start", [pid]) : null);
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
    entering = enter(place, null)
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
    async stop(how) {
      stopping = true;
      clearInterval(watch);
      await entering;
      if (!running.ours) return leaveGuests(folder);
      await leave(place, running, how?.now ? null : (pids) => options.waiting?.("stop", pids));
    },
  };
}

/** Stops our server under the cluster's lock, so that nobody joins it meanwhile. `patient`: the others on it are waited for, and told once. */
async function leave(place: Place, running: Running, patient: ((pids: number[]) => void) | null): Promise<void> {
  for (let turn = 0; ; turn++) {
    // On a full disk no lock can be written: the server is stopped all the same.
    const lock = await takeClusterLock(place.folder).catch(() => null);
    try {
      const guests = patient ? listGuests(place.folder) : [];
      if (guests.length === 0) {
        if (running.child) await stopChild(running.child);
        else await stopProcess(running.pid);
        return;
      }
      if (turn === toldAfter) patient?.(guests);
    } finally {
      lock?.release();
    }
    await pause(100);
  }
}

function keepShort(log: string, say: (line: string) => void): void {
  try {
    shortenLog(log);
  } catch (error) {
    say(`the database's log could not be shortened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `lasting`: a server that another living command leads is not joined; its end is awaited, and told once who leads it. */
async function enter(place: Place, lasting: ((pid: number) => void) | null): Promise<Running> {
  for (let turn = 0; ; turn++) {
    const running = await enterOnce(place, lasting !== null);
    if (typeof running !== "number") return running;
    if (turn === toldAfter) lasting?.(running);
    await pause(100);
  }
}

/** What was entered; or the process that leads the server, when it is somebody else's and was not to be joined. */
async function enterOnce(place: Place, lasting: boolean): Promise<Running | number> {
  const lock = await takeClusterLock(place.folder);
  try {
    const leader = lasting && runningServer(place.cluster) ? starterOf(place) : null;
    if (leader !== null && leader !== process.pid) return leader;
    const joined = await joinServer(place);
    if (joined?.ours === false) signGuest(place.folder);
    else leaveGuests(place.folder);
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

/** The living process that started the server, or took it over; null when that one has died. */
function starterOf(place: Place): number | null {
  try {
    const [pid, birth] = readFileSync(starterFile(place), "utf8").split(" ");
    return isAlive(Number(pid)) && birthOf(Number(pid)) === birth ? Number(pid) : null;
  } catch {
    return null;
  }
}

const starterLives = (place: Place): boolean => starterOf(place) !== null;
