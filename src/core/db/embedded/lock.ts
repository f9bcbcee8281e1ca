// Locks on the data folder: one `start` at a time, and one process at a time that makes or starts the cluster.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { birthOf, isAlive, pause } from "./process.ts";
import { EmbeddedRefusal } from "./refusal.ts";

type Holder = { pid: number; birth: string; url?: string };

const readHolder = (path: string): Holder | null => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return null;
  }
};

const holds = (holder: Holder | null): boolean => holder !== null && isAlive(holder.pid) && birthOf(holder.pid) === holder.birth;

/** Tries to take the lock file; null when somebody living holds it (`holder`). A lock left by the dead is taken over. */
function tryLock(path: string, url?: string): { release(): void } | { holder: Holder | null } {
  const mine: Holder = { pid: process.pid, birth: birthOf(process.pid), ...(url ? { url } : {}) };
  for (let turn = 0; turn < 2; turn++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = readHolder(path);
      if (holds(holder) || (holder === null && turn === 1)) return { holder };
      if (holder !== null) rmSync(path, { force: true });
    }
  }
  return { holder: readHolder(path) };
}

/** The lock of a running `start`. @throws EmbeddedRefusal naming the one that runs. */
export async function takeStartLock(folder: string, url: string): Promise<{ release(): Promise<void> }> {
  makeFolder(folder);
  const taken = tryLock(join(folder, "start.json"), url);
  if ("release" in taken) return { release: async () => taken.release() };
  throw new EmbeddedRefusal(
    `Traboule tourne déjà sur ces données (processus ${taken.holder?.pid ?? "inconnu"}, ${taken.holder?.url ?? ""}) : utilisez-la, ou arrêtez-la d’abord.`,
  );
}

/** Waits for the cluster's lock, at most a minute. */
export async function takeClusterLock(folder: string): Promise<{ release(): void }> {
  for (let turn = 0; turn < 600; turn++) {
    const taken = tryLock(join(folder, "postgres.lock"));
    if ("release" in taken) return taken;
    await pause(100);
  }
  throw new EmbeddedRefusal("Une autre commande prépare la base depuis plus d’une minute : attendez qu’elle finisse, ou arrêtez-la.");
}

/** Makes the data folder. @throws EmbeddedRefusal when it cannot be written. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, ".writable"), "");
    rmSync(join(folder, ".writable"), { force: true });
  } catch (error) {
    throw new EmbeddedRefusal(sentenceFor(error as NodeJS.ErrnoException, folder));
  }
}

/** The sentence for a fault of the disk. */
export function sentenceFor(error: NodeJS.ErrnoException, folder: string): string {
  if (error.code === "ENOSPC") return `Le disque de ${folder} est plein : libérez de la place, rien n’est perdu.`;
  return `Le dossier des données ${folder} ne peut pas être écrit (${error.code ?? error.message}) : choisissez-en un autre par TRABOULE_DATA.`;
}
