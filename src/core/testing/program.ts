// The program as its users have it: the launcher and the compiled files, in a process of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { isAlive, pause } from "../db/embedded/process.ts";
import { projectRoot } from "../root.ts";

type Env = Record<string, string>;
/** What was said, with plain spaces where French typography asks for others. */
export type Ran = { code: number | null; out: string; err: string };

export const launcher = join(projectRoot, "bin/traboule.js");

/** Nothing of the tests' own environment but the way to programs: no setting of this machine changes what is tested. */
const environment = (env: Env): Env => ({
  PATH: process.env.PATH ?? "",
  HOME: tmpdir(),
  TMPDIR: tmpdir(),
  PORT: "0",
  NODE_COMPILE_CACHE: codeFolder,
  ...env,
});

/** Where the program's compiled code is kept between its many starts. */
const codeFolder = join(projectRoot, "node_modules/.cache/traboule/program");
/** The flags of the Node that the launcher starts: a Node that has them already runs the program itself, which spares a process. */
export const ownFlags = (readFileSync(launcher, "utf8").match(/(?<=")--max-[a-z-]+=\d+(?=")/g) ?? []) as string[];

/** `before`: words in front of the launcher's, to run it as somebody else; `flags`: for the Node that runs it. */
function launch(args: string[], env: Env, before: string[] = [], flags: string[] = [], detached = false): ChildProcess {
  const [command = "", ...words] = [...before, process.execPath, ...flags, launcher, ...args];
  return spawn(command, words, { env: environment(env), stdio: ["ignore", "pipe", "pipe"], detached });
}

/** As it is typed: French typography asks for spaces that do not break. */
export const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

function listen(child: ChildProcess): Ran {
  const ran: Ran = { code: null, out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (ran.out += plain(text)));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (ran.err += plain(text)));
  return ran;
}

const closed = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("close", (code) => resolve(code)));

/** Runs a command to its end. `flags`: none to have the launcher start another Node, as it does for its users. */
export async function runProgram(args: string[], env: Env = {}, before: string[] = [], flags = ownFlags): Promise<Ran> {
  const child = launch(args, env, before, flags);
  const ran = listen(child);
  ran.code = await closed(child);
  return ran;
}

export type Running = {
  ran: Ran;
  pid: number;
  url: string;
  ended: Promise<number | null>;
  /** Waits until the output has a text; gives it. Fails when the program ends without it. */
  says(what: RegExp): Promise<string>;
  /** Asks it to stop, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** SIGKILL for the whole program at once: launcher, server, database. */
  killAll(): Promise<void>;
};

const alive = new Map<Running, string>();

/** `start`, in a process group of its own. `open: false` does not wait until it answers. */
export async function startProgram(env: Env, wish: { open?: boolean; before?: string[] } = {}): Promise<Running> {
  const child = launch(["start"], env, wish.before, [], true);
  const ran = listen(child);
  let over = false;
  const ended = closed(child).then((code) => {
    over = true;
    alive.delete(running);
    return code;
  });
  const pid = child.pid ?? 0;
  const running: Running = {
    ran,
    pid,
    url: "",
    ended,
    async says(what) {
      while (!over) {
        const found = what.exec(ran.out);
        if (found) return found[1] ?? found[0];
        await pause(10);
      }
      throw new Error(`the program ended without saying ${what}:\n${ran.out}\n${ran.err}`);
    },
    async stop(signal = "SIGTERM") {
      process.kill(pid, signal);
      return ended;
    },
    async killAll() {
      // The database leads a group of its own; whoever stands under the launcher is found before anybody falls.
      const all = [pid, ...descendants(pid)];
      for (const one of all) stopHard(one);
      await ended;
      while (all.some(isAlive)) await pause(10);
    },
  };
  alive.set(running, env.TRABOULE_DATA ?? "");
  if (wish.open !== false) running.url = await running.says(/Traboule est ouverte : (http:\S+)/);
  return running;
}

const stopHard = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has gone by itself.
  }
};

/** Every process under this one, children of children too. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(name);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const under = (one: number): number[] => (children.get(one) ?? []).flatMap((child) => [child, ...under(child)]);
  return under(pid);
}

const parentOf = (pid: string): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
};

/** The processes that work on a data folder: those whose command line or current folder names it. */
export function processesOn(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isAlive(Number(name)))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`${folder}/`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The database's first process of a data folder, from the file that it keeps there. */
export const databasePid = (folder: string): number =>
  Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);

/** An empty folder, removed after the test with whatever still runs in it stopped first. */
export function temporaryFolder(t: Pick<TestContext, "after">): string {
  const folder = mkdtempSync(join(tmpdir(), "traboule-program-"));
  t.after(async () => {
    for (const [running, data] of alive) if (data.startsWith(folder)) await running.killAll();
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  return folder;
}
