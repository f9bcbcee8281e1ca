// The stage of one size: a database of its own in a temporary folder with the house in it, the program in its own process as it runs in
// production, the floor in another, the load in a third. All of it goes when the measure is over.
import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { makeApplication } from "../src/app/application.ts";
import { type Config, readConfig } from "../src/core/config/config.ts";
import { type ConnectionFacts, openDatabase } from "../src/core/db/database.ts";
import { startEmbedded } from "../src/core/db/embedded/embedded.ts";
import { migrate } from "../src/core/db/migrate.ts";
import type { Services } from "../src/core/http/route.ts";
import { makeIds } from "../src/core/ids.ts";
import { projectRoot } from "../src/core/root.ts";
import { systemClock } from "../src/core/time.ts";
import { bookingOf, gesturesOf, recordGestures } from "./gestures.ts";
import type { Size } from "./ground.ts";
import { type House, makeHouse } from "./house.ts";
import type { DriverOrder, Measured, Order } from "./load.ts";
import { listenTo, type Recording } from "./recording.ts";

export type Place = {
  folder: string;
  config: Config;
  /** What the program is started with. */
  environment: Record<string, string | undefined>;
  owner: pg.ClientConfig;
  web: ConnectionFacts;
};

export type Stage = {
  place: Place;
  size: Size;
  house: House;
  /** The process of the program. */
  pid: number;
  /** Where program and floor answer. */
  program: string;
  floor: string;
  recording: Recording;
  gestures: ReturnType<typeof gesturesOf>;
  /** Has the load's process carry out an order. */
  load(order: Order | DriverOrder): Promise<Measured>;
  stopLoad(): void;
  /** The most memory that the program has held so far, in MB; null where the system does not tell. */
  peakMemory(): number | null;
  close(): Promise<void>;
};

/** Starts a database, makes the house in it and starts everything. `say` hears what is being done. */
export async function setStage(size: Size, say: (what: string) => void): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "traboule-bench-"));
  const embedded = await startEmbedded({ folder });
  const leave = async (): Promise<void> => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const place = await placeIn(folder, embedded.connection("owner"), embedded.connection("web"));
    await migrate(place.owner);
    say("people and visits");
    const house = await withServices(place, (services) => makeHouse(place.owner, services, size));
    const stage = await openStage(place, house, say);
    return { ...stage, close: () => stage.close().then(leave) };
  } catch (error) {
    await leave();
    throw error;
  }
}

export async function placeIn(folder: string, owner: pg.ClientConfig, web: ConnectionFacts): Promise<Place> {
  const own = {
    TRABOULE_DATA: folder,
    PORT: String(await freePort()),
    // The server is this bench's: the program is told of it as of anybody's own.
    DATABASE_URL: urlOf(owner),
    DATABASE_WEB_URL: urlOf(web),
    LOG_LEVEL: "error",
  };
  const environment = { ...process.env, ...own };
  const read = readConfig({ ...own, TRABOULE_SECRET: "a secret of the bench, which guards nothing" });
  if (!read.ok) throw new Error(read.mistakes.join("\n"));
  return { folder, config: read.config, environment, owner, web };
}

const urlOf = ({ host = "", port = 5432, user = "", database = "" }: pg.ClientConfig): string =>
  `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;

async function withServices<R>(place: Place, work: (services: Services) => Promise<R>): Promise<R> {
  const database = openDatabase(place.web);
  const mail = { send: async () => "outbox" as const };
  const files = { data: place.folder };
  try {
    return await work({
      database,
      clock: systemClock,
      ids: makeIds(systemClock),
      config: place.config,
      mail,
      sms: mail,
      files,
    });
  } finally {
    await database.close();
  }
}

/** Records the gestures, then starts load, floor and program over a house that is there. */
export async function openStage(place: Place, house: House, say: (what: string) => void): Promise<Stage> {
  const gestures = gesturesOf(house, place.config.publicUrl);
  say("what the program says for each gesture");
  const recording = await withServices(place, (services) => {
    const { take } = listenTo(services.database.pool);
    return recordGestures(
      makeApplication(services),
      take,
      { ...gestures, booking: bookingOf(house, place.config.publicUrl) },
      house.id,
    );
  });
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const child of children.reverse()) await stopped(child);
  };
  try {
    const load = fork(join(projectRoot, "dist/load.js"));
    children.push(load);
    const floor = await startFloor(place, recording, children);
    const pid = await startProgram(place, children);
    return {
      place,
      size: house.size,
      house,
      pid,
      program: place.config.publicUrl,
      floor,
      recording,
      gestures,
      load: (order) =>
        new Promise((resolve, reject) => {
          load.once("message", ({ measured, failed }: { measured?: Measured; failed?: string }) =>
            measured ? resolve(measured) : reject(new Error(failed)),
          );
          load.send(order);
        }),
      stopLoad: () => void load.send("stop"),
      peakMemory: () => peakOf(pid),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives the floor's address. */
async function startFloor(place: Place, recording: Recording, children: ChildProcess[]): Promise<string> {
  const path = join(place.folder, "recording.json");
  writeFileSync(path, JSON.stringify(recording));
  const floor = fork(join(projectRoot, "dist/floor.js"), {
    env: { ...process.env, FLOOR_RECORDING: path, FLOOR_DATABASE: JSON.stringify(place.owner) },
  });
  children.push(floor);
  const port = await new Promise<number>((resolve, reject) => {
    floor.once("message", (message: { port: number }) => resolve(message.port));
    floor.once("exit", () => reject(new Error("the floor did not start")));
  });
  return `http://127.0.0.1:${port}`;
}

/** Starts the program by its launcher, as `npm start` does, which gives it its flags. Gives its process. */
async function startProgram(place: Place, children: ChildProcess[]): Promise<number> {
  const program = spawn(process.execPath, [join(projectRoot, "bin/traboule.js"), "start"], {
    env: place.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(program);
  program.stdout.resume();
  for (let turn = 0; turn < 600; turn++) {
    if (program.exitCode !== null) throw new Error("the program did not start");
    const ready = await fetch(`${place.config.publicUrl}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return childOf(program.pid ?? 0);
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error("the program does not answer");
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const stopped = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });

/** The process that a launcher started, where the system tells; else the launcher's. */
function childOf(launcher: number): number {
  try {
    const [child = ""] = readFileSync(`/proc/${launcher}/task/${launcher}/children`, "utf8").trim().split(" ");
    return Number(child) || launcher;
  } catch {
    return launcher;
  }
}

function peakOf(pid: number): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : null;
  } catch {
    return null;
  }
}
