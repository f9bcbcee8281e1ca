// PostgreSQL refuses to run as root. For root, a way to run it as nobody is looked for; for anyone else it runs as it is.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { EmbeddedRefusal } from "./refusal.ts";

const nobody = 65534;

/** A way of running a program: the words before its name, and the user that it and its folders must belong to. */
export type Way = { prefix: string[]; uid?: number; gid?: number };

const works = (command: string, args: string[]): boolean => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/**
 * The first way that works here, in order of preference: as we are; as nobody in a user namespace; as nobody, if that user can reach
 * the binaries. @throws EmbeddedRefusal when root has none.
 */
export function findWay(binaries: string): Way {
  if (process.platform === "win32" || process.getuid?.() !== 0) return { prefix: [] };
  const namespace = ["--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (works("unshare", [...namespace, "true"])) return { prefix: ["unshare", ...namespace] };
  const { error } = spawnSync("true", { stdio: "ignore", uid: nobody, gid: nobody });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "EPERM")
    throw new EmbeddedRefusal(
      "La base ne peut pas tourner en tant que root, et ce système ne laisse pas prendre un autre utilisateur : démarrez sous un utilisateur ordinaire, ou donnez l’adresse d’un PostgreSQL par DATABASE_URL.",
    );
  const way = { prefix: [], uid: nobody, gid: nobody };
  refuseClosed(`${binaries}/postgres`, "installez le programme ailleurs");
  return way;
}

/** The user of the way, as options of `spawn`. */
export const asUser = ({ uid, gid }: Way): { uid?: number; gid?: number } =>
  uid === undefined || gid === undefined ? {} : { uid, gid };

/** True when a folder of that user may be ours: made by us, or given to nobody by a root that we are. */
export function mayOwn(uid: number): boolean {
  const mine = process.getuid?.();
  return mine === undefined || uid === mine || (mine === 0 && uid === nobody);
}

/** Gives a folder to the user of the way. @throws EmbeddedRefusal when that user could not reach it. */
export function giveFolder(way: Way, folder: string): void {
  if (way.uid === undefined || way.gid === undefined) return;
  refuseClosed(folder, "choisissez un autre dossier par TRABOULE_DATA");
  chownSync(folder, way.uid, way.gid);
  chmodSync(folder, 0o700);
}

function refuseClosed(path: string, advice: string): void {
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    if (existsSync(parent) && (statSync(parent).mode & 0o001) === 0 && statSync(parent).uid !== nobody)
      throw new EmbeddedRefusal(
        `La base ne peut pas tourner en tant que root, et l’utilisateur « nobody » ne peut pas entrer dans ${parent} : ${advice}, démarrez sous un utilisateur ordinaire, ou donnez l’adresse d’un PostgreSQL par DATABASE_URL.`,
      );
    if (parent === dirname(parent)) return;
  }
}

/** Words that send a program that signal when the one who started it dies, where the system knows how. */
export function diesWithParent(signal: "INT" | "KILL"): string[] {
  const words = ["--pdeathsig", signal];
  return process.platform === "linux" && works("setpriv", [...words, "true"]) ? ["setpriv", ...words] : [];
}
