// Who else works on a server that one command started: each leaves its name in the data folder for as long as it is there, so that the one
// who started the server does not stop it under the others' hands.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { birthOf, isAlive } from "./process.ts";

const folderOf = (data: string): string => join(data, "postgres.guests");

/** Leaves our name. To be called under the cluster's lock, as is the look at the names. */
export function signGuest(data: string): void {
  mkdirSync(folderOf(data), { recursive: true, mode: 0o700 });
  writeFileSync(join(folderOf(data), String(process.pid)), birthOf(process.pid), { mode: 0o600 });
}

/** Takes our name away. */
export function leaveGuests(data: string): void {
  rmSync(join(folderOf(data), String(process.pid)), { force: true });
}

/** The living others. Names of the dead are taken away. */
export function listGuests(data: string): number[] {
  const living: number[] = [];
  for (const name of namesIn(data)) {
    const pid = Number(name);
    if (pid === process.pid) continue;
    if (isAlive(pid) && birthOf(pid) === textOf(join(folderOf(data), name))) living.push(pid);
    else rmSync(join(folderOf(data), name), { force: true });
  }
  return living;
}

const namesIn = (data: string): string[] => {
  try {
    return readdirSync(folderOf(data)).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
};

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
};
