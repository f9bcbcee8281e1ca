// Locks on the data folder: one `start` at a time, and one process at a time that makes or starts the cluster. A lock file appears whole
// or not at all (written aside, then linked), so that a SIGKILL at any moment never leaves one that nobody can read.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { birthOf, isAlive, pause } from "./process.ts";
import { asRefusal, EmbeddedRefusal } from "./refusal.ts";

type Holder = { pid: number; birth: string; startedAt: string; url?: string };
type Taken = { release(): void };

const read = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
};

const parse = (text: string): Partial<Holder> => {
  try {
    return { ...(JSON.parse(text) as Partial<Holder>) };
  } catch {
    return {};
  }
};

const lives = ({ pid, birth }: Partial<Holder>): boolean =>
  typeof pid === "number" && isAlive(pid) && birthOf(pid) === birth;

/** Tries to take the lock file. A lock left by the dead, or cut short, is taken over. */
function tryLock(path: string, url?: string): Taken | { holder: Partial<Holder> } {
  const mine: Holder = {
    pid: process.pid,
    birth: birthOf(process.pid),
    ...(url ? { url } : {}),
    startedAt: new Date().toISOString(),
  };
  const text = JSON.stringify(mine);
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text, { mode: 0o600 });
  try {
    for (let turn = 0; turn < 3; turn++) {
      try {
        linkSync(aside, path);
        return { release: () => void (read(path) === text && rmSync(path, { force: true })) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const found = read(path);
      if (found === null) continue;
      const holder = parse(found);
      if (lives(holder)) return { holder };
      takeAway(path, found);
    }
    return { holder: parse(read(path) ?? "") };
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Removes the dead lock that was read; if another process has replaced it meanwhile, puts that one back. */
function takeAway(path: string, dead: string): void {
  const away = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, away);
    if (read(away) !== dead) linkSync(away, path);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    rmSync(away, { force: true });
  }
}

/** The lock of a running `start`, with its address. @throws EmbeddedRefusal naming the one that runs. */
export async function takeStartLock(folder: string, url: string): Promise<{ release(): Promise<void> }> {
  makeFolder(folder);
  const taken = guarded(folder, () => tryLock(join(folder, "start.json"), url));
  if ("release" in taken) return { release: async () => taken.release() };
  const { pid, url: address } = taken.holder;
  throw new EmbeddedRefusal(
    `Traboule tourne déjà sur ces données (processus ${[pid ?? "inconnu", address].filter(Boolean).join(", ")}) : utilisez-la, ou arrêtez-la d’abord.`,
  );
}

/** Waits for the cluster's lock, at most three minutes: longer than a recovery may take. */
export async function takeClusterLock(folder: string): Promise<Taken> {
  for (let turn = 0; turn < 1800; turn++) {
    const taken = guarded(folder, () => tryLock(join(folder, "postgres.lock")));
    if ("release" in taken) return taken;
    await pause(100);
  }
  throw new EmbeddedRefusal(
    "Une autre commande prépare la base depuis plus de trois minutes : attendez qu’elle finisse, ou arrêtez-la.",
  );
}

/** Makes the data folder. @throws EmbeddedRefusal when it cannot be written. */
export function makeFolder(folder: string): void {
  guarded(folder, () => {
    mkdirSync(folder, { recursive: true });
    const trial = join(folder, `.writable.${process.pid}`);
    writeFileSync(trial, "traboule");
    rmSync(trial, { force: true });
  });
}

function guarded<R>(folder: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw asRefusal(error, folder);
  }
}
