// The cluster on the disk: made whole or not at all, never made over something else, and who is in it.
import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { embeddedVersion } from "./binaries.ts";
import { isAlive, plainEnvironment } from "./process.ts";
import { EmbeddedRefusal, failureSentence } from "./refusal.ts";
import { asUser, diesWithParent, giveFolder, type Way } from "./unprivileged.ts";

/** Where things are in a data folder. `sockets` is that of the server that was joined, else our own. `throwaway`: see `startEmbedded`. */
export type Place = { folder: string; cluster: string; log: string; sockets: string; throwaway: boolean };

/** The living server of the cluster and the folder of its socket, from its `postmaster.pid`; null when there is none. */
export function runningServer(cluster: string): { pid: number; sockets: string } | null {
  const lines = linesOf(join(cluster, "postmaster.pid"));
  const pid = Number(lines[0]);
  return pid > 0 && isAlive(pid) && isIn(cluster, pid) ? { pid, sockets: lines[4]?.trim() ?? "" } : null;
}

/** True while a process of a server that has died still holds the cluster: it leaves by itself, within moments. */
export function isOccupied(cluster: string): boolean {
  if (process.platform !== "linux") return false;
  return readdirSync("/proc").some((name) => /^\d+$/.test(name) && isAlive(Number(name)) && worksIn(cluster, name));
}

/**
 * Removes the pid files of a dead server whose number another process has now (after a restart of a machine or of a container the same small
 * numbers come back): PostgreSQL would refuse to start. To be called when nobody is in the cluster.
 */
export function removeStalePidFiles(place: Place, port: number): void {
  if (process.platform !== "linux") return;
  for (const path of [join(place.cluster, "postmaster.pid"), join(place.sockets, `.s.PGSQL.${port}.lock`)]) {
    const pid = Math.abs(Number(linesOf(path)[0]));
    if (pid > 0 && existsSync(`/proc/${pid}`) && !(isAlive(pid) && isIn(place.cluster, pid)))
      rmSync(path, { force: true });
  }
}

const linesOf = (path: string): string[] => {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
};

const worksIn = (cluster: string, pid: string): boolean => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
};

/** True when the process is a PostgreSQL of this cluster and not some other program that has its number now. */
function isIn(cluster: string, pid: number): boolean {
  if (process.platform !== "linux" || worksIn(cluster, String(pid))) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
  } catch {
    return false;
  }
}

/** @throws EmbeddedRefusal when the cluster is another version's, or is no cluster at all; nothing is touched. */
export function refuseOtherCluster(cluster: string): void {
  const path = join(cluster, "PG_VERSION");
  if (!existsSync(path)) {
    if (existsSync(cluster) && readdirSync(cluster).length > 0)
      throw new EmbeddedRefusal(
        `Le dossier ${cluster} n’est pas vide et n’est pas une base de PostgreSQL : rien n’a été touché, choisissez un autre dossier par TRABOULE_DATA ou remettez-y une sauvegarde.`,
      );
    return;
  }
  const found = readFileSync(path, "utf8").trim();
  if (found !== embeddedVersion)
    throw new EmbeddedRefusal(
      `Les données de ${cluster} sont celles d’un PostgreSQL ${found}, et celui-ci est un ${embeddedVersion} : faites une sauvegarde (« npx traboule backup ») avec la version de Traboule qui les a écrites, puis restaurez-la ici dans un dossier neuf. Rien n’a été touché.`,
    );
}

/**
 * Removes what killed first starts left behind. Done at each start: an `initdb` that outlived its starter by a moment may have made its
 * folder again after the removal.
 */
export function removeHalfMade(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith("postgres.new-"))
      rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** Makes the cluster beside its place, then moves it there: a start that was killed meanwhile leaves nothing half made. */
export function makeCluster(place: Place, binaries: string, way: Way): void {
  const fresh = join(place.folder, `postgres.new-${process.pid}`);
  mkdirSync(fresh, { mode: 0o700 });
  giveFolder(way, fresh);
  const [command = "", ...args] = [
    ...way.prefix,
    ...diesWithParent("KILL"),
    join(binaries, "initdb"),
    `--pgdata=${fresh}`,
    "--username=traboule",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=icu",
    "--icu-locale=fr",
    "--data-checksums",
    "--no-instructions",
    ...(place.throwaway ? ["--no-sync"] : []),
  ];
  const made = spawnSync(command, args, { encoding: "utf8", env: plainEnvironment(), cwd: "/", ...asUser(way) });
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new EmbeddedRefusal(
      failureSentence(`${made.stderr ?? ""}${made.error?.message ?? ""}`, place.folder, place.log),
    );
  }
  if (existsSync(place.cluster)) rmdirSync(place.cluster);
  renameSync(fresh, place.cluster);
  if (process.platform === "win32") return;
  // The new name must be on the disk before anything that is written under it.
  const handle = openSync(place.folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
