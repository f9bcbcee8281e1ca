// PostgreSQL refuses to run as root. For root, a way to run it as nobody is looked for; for anyone else it runs as it is.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { EmbeddedRefusal } from "./refusal.ts";

const nobody = 65534;

/** A way of running a program: the words before its name, and the user that its folders must belong to. */
export type Way = { prefix: string[]; uid?: number; gid?: number; kind: "direct" | "namespace" | "nobody" };

const works = (command: string, args: string[]): boolean => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** The first way that works here, in order of preference. @throws EmbeddedRefusal when root has none. */
export function findWay(): Way {
  if (process.platform === "win32" || process.getuid?.() !== 0) return { prefix: [], kind: "direct" };
  const namespace = ["unshare", "--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (works("unshare", [...namespace.slice(1), "true"])) return { prefix: namespace, kind: "namespace" };
  return { prefix: [], uid: nobody, gid: nobody, kind: "nobody" };
}

/** Gives a folder to the user of the way. @throws EmbeddedRefusal when that user could not reach it. */
export function giveFolder(way: Way, folder: string): void {
  if (way.uid === undefined || way.gid === undefined) return;
  chownSync(folder, way.uid, way.gid);
  chmodSync(folder, 0o700);
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    if (existsSync(parent) && (statSync(parent).mode & 0o001) === 0)
      throw new EmbeddedRefusal(
        `La base ne peut pas tourner en tant que root, et l’utilisateur « nobody » ne peut pas entrer dans ${parent} : choisissez un autre dossier par TRABOULE_DATA, démarrez sous un utilisateur ordinaire, ou donnez l’adresse d’un PostgreSQL par DATABASE_URL.`,
      );
    if (parent === dirname(parent)) break;
  }
}

/** Words that make the program stop (fast shutdown) when the one who started it dies, where the system knows how. */
export function diesWithParent(): string[] {
  return process.platform === "linux" && works("setpriv", ["--pdeathsig", "INT", "true"]) ? ["setpriv", "--pdeathsig", "INT"] : [];
}
