// `npx traboule import`: a dry run of each file, then its import, in the order in which the files need each other.
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { inTransaction } from "../../core/db/transaction.ts";
import type { Services } from "../../core/http/route.ts";
import { dryRun, runImport, type Tally, tellCounts } from "../../core/importing/engine.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { openTable } from "../../core/importing/read.ts";
import { ImportRefusal } from "../../core/importing/refusal.ts";
import type { Scope } from "../../core/rights.ts";
import { dayIn } from "../../core/time.ts";
import { fingerprint, kindOf, rowsOf } from "./table.ts";

export type ImportWish = {
  strict: boolean;
  print: (line: string) => void;
  progress?: (share: number, what: string) => void;
};
type Found = { path: string; name: string; kind: ImportKind };

/** Exit code: 0 imported, 1 refused by --strict, 2 nothing could be read. */
export async function importCommand(
  services: Services,
  scope: Scope,
  kinds: readonly ImportKind[],
  path: string,
  wish: ImportWish,
): Promise<number> {
  const files = await findFiles(kinds, path, wish.print);
  if (files.length === 0) {
    wish.print("Rien n’a pu être lu.");
    return 2;
  }
  let readable = 0;
  const total = files.reduce((sum, file) => sum + statSync(file.path).size, 0);
  let before = 0;
  for (const file of files) {
    const today = dayIn(scope.zone, services.clock.now());
    const size = statSync(file.path).size;
    const tell = (half: number) => (rows: number) =>
      wish.progress?.(
        Math.min(0.999, (before + size * (half + Math.min(0.5, rows / 60_000))) / total),
        `${file.kind.label.toLowerCase()} : ${rows} lignes`,
      );
    try {
      const tried = await inTransaction(services, scope, today, (tx) =>
        overFile(file, (rows) => dryRun(tx, file.kind, rows, { progress: tell(0) })),
      );
      wish.print(`${file.name} (essai) : ${tellCounts(tried.counts)}.`);
      tellSentences(tried, wish.print);
      if (wish.strict && tried.counts.refused > 0) {
        wish.print("--strict : rien n’est importé de ce fichier.");
        return 1;
      }
      const sha256 = await fingerprint(file.path);
      const done = await inTransaction(services, scope, today, (tx) =>
        overFile(file, (rows) =>
          runImport(tx, file.kind, rows, { id: tx.ids.uuid(), fileName: file.name, sha256 }, { progress: tell(0.5) }),
        ),
      );
      wish.print(`${file.name} (importé) : ${tellCounts(done.counts)}.`);
      readable++;
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      wish.print(`${file.name} : ${error.message}`);
      if (wish.strict) return 1;
    }
    before += size;
  }
  return readable > 0 ? 0 : 2;
}

async function overFile(file: Found, work: (rows: ReturnType<typeof rowsOf>) => Promise<Tally>): Promise<Tally> {
  const table = await openTable({ path: file.path, name: file.name });
  try {
    return await work(rowsOf(table, file.kind));
  } finally {
    await table.close();
  }
}

function tellSentences(tally: Tally, print: (line: string) => void): void {
  for (const note of tally.notes.slice(0, 20)) print(`  ${note}`);
  for (const { line, verdict, sentence } of tally.sentences.slice(0, 20))
    print(`  ligne ${line} (${verdict === "refused" ? "refusée" : "douteuse"}) : ${sentence}`);
  if (tally.sentences.length > 20) print(`  … et ${tally.sentences.length - 20} autres.`);
}

async function findFiles(kinds: readonly ImportKind[], path: string, print: (line: string) => void): Promise<Found[]> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    print(`${path} n’existe pas.`);
    return [];
  }
  const paths = stats.isDirectory()
    ? readdirSync(path)
        .filter((name) => /\.(csv|xlsx)$/i.test(name))
        .sort()
        .map((name) => join(path, name))
    : [path];
  const found: Found[] = [];
  for (const one of paths) {
    const name = basename(one);
    const byName = kindOf(kinds, name, []);
    try {
      const table = byName ? null : await openTable({ path: one, name });
      const kind = byName ?? kindOf(kinds, name, table?.head.headers ?? []);
      await table?.close();
      if (kind) found.push({ path: one, name, kind });
      else print(`${name} : rien dans la maison ne sait encore lire ce fichier ; il est laissé de côté.`);
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      print(`${name} : ${error.message}`);
    }
  }
  return inOrder(found);
}

/** Files after those whose kinds they need. */
function inOrder(files: readonly Found[]): Found[] {
  const left = [...files];
  const ordered: Found[] = [];
  while (left.length > 0) {
    const ready = left.findIndex((file) =>
      file.kind.after.every((kind) => !left.some((other) => other !== file && other.kind.kind === kind)),
    );
    ordered.push(...left.splice(Math.max(0, ready), 1));
  }
  return ordered;
}
