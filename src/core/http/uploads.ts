// What every upload shares: where it waits, its name without what no name needs, and what is said when it cannot be kept.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Answer, refusal } from "./answer.ts";
import { type NotReceived, type ReceivedFile, receiveFile } from "./multipart.ts";
import type { Services } from "./route.ts";

export const uploadsOf = (services: Pick<Services, "files">): string => join(services.files.data, "uploads");

/** A file's own name, its last `most` signs. */
export const cleanFileName = (name: string, most: number): string =>
  name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._ ()’'-]/gu, "_")
    .slice(-most);

const unreadable = refusal(422, "L’envoi du fichier s’est interrompu : rien n’a été gardé. Recommencez.");
const full = refusal(503, "Le disque du serveur est plein : rien n’a été gardé. Prévenez la personne qui s’en occupe.");

const makeFolder = (folder: string): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });

/**
 * Takes a file of `most` bytes at most in, and gives what `read` makes of it; an answer when it cannot be kept. What `read` has not moved
 * away is removed. `prepare` sees to the folder first. No transaction is open meanwhile.
 */
export async function takeIn<Kept>(
  request: Request,
  services: Services,
  most: number,
  refused: Readonly<Record<Exclude<NotReceived, "unreadable">, Answer>>,
  read: (file: ReceivedFile, id: string) => Promise<Kept | Answer>,
  prepare: (folder: string) => Promise<unknown> = makeFolder,
): Promise<Kept | Answer> {
  const folder = uploadsOf(services);
  const id = services.ids.uuid();
  const path = join(folder, `${id}.part`);
  try {
    await prepare(folder);
    const file = await receiveFile(request, path, most);
    if (typeof file === "string") return file === "unreadable" ? unreadable : refused[file];
    return await read(file, id);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") return full;
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}
