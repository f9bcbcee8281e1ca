// The files of a folder that the house can read, in the order in which they need each other.
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Tx } from "../../core/db/transaction.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { openTable } from "../../core/importing/read.ts";
import { ImportRefusal } from "../../core/importing/refusal.ts";
import { kindByName, kindOf } from "./table.ts";

export type Found = { path: string; name: string; size: number; kind: ImportKind };

/** What is there to read. `print` hears what is left aside, and why; `refused`: files that could not be opened. */
export async function findFiles(
  tx: Tx,
  kinds: readonly ImportKind[],
  path: string,
  print: (line: string) => void,
): Promise<{ files: Found[]; refused: number }> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    print(`${path} n’existe pas.`);
    return { files: [], refused: 0 };
  }
  const paths = stats.isDirectory()
    ? readdirSync(path)
        .filter((name) => /\.(csv|txt|tsv|xlsx)$/i.test(name) && !name.startsWith("~$"))
        .sort()
        .map((name) => join(path, name))
    : [path];
  const files: Found[] = [];
  let refused = 0;
  for (const one of paths) {
    const name = basename(one);
    try {
      const kind = kindByName(kinds, name) ?? (await kindOf(tx, kinds, name, await headersOf(one)));
      if (kind) files.push({ path: one, name, size: statSync(one).size, kind });
      else print(`${name} : rien dans la maison ne sait encore lire ce fichier ; il est laissé de côté.`);
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      refused++;
      print(`${name} : ${error.message}`);
    }
  }
  return { files: inOrder(files), refused };
}

async function headersOf(path: string): Promise<string[]> {
  const table = await openTable(path);
  await table.close();
  return table.head.headers;
}

/** Files after those whose kinds they need. */
export function inOrder<F extends { kind: Pick<ImportKind, "kind" | "after"> }>(files: readonly F[]): F[] {
  const left = [...files];
  const ordered: F[] = [];
  while (left.length > 0) {
    const ready = left.findIndex((file) =>
      file.kind.after.every((kind) => !left.some((other) => other !== file && other.kind.kind === kind)),
    );
    ordered.push(...left.splice(Math.max(0, ready), 1));
  }
  return ordered;
}
