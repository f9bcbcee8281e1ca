// `npx traboule import`: a dry run of each file, then its import, in the order in which the files need each other.
import { GiveUp, inTransaction, type Tx } from "../../core/db/transaction.ts";
import type { Services } from "../../core/http/route.ts";
import { dryRun, runImport, type Tally, tellCounts } from "../../core/importing/engine.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { ImportRefusal } from "../../core/importing/refusal.ts";
import type { Scope } from "../../core/rights.ts";
import { dayIn } from "../../core/time.ts";
import { type Found, findFiles } from "./folder.ts";
import { fingerprint, overFile } from "./table.ts";

export type ImportWish = {
  /** Nothing at all is imported when a single row is refused, or a file cannot be read. */
  strict: boolean;
  print: (line: string) => void;
  /** Without a dry run: for files that are known. */
  untried?: boolean;
  progress?: (share: number, what: string) => void;
};

/** Exit code: 0 imported, 1 refused by --strict, 2 nothing could be read. */
export async function importCommand(
  services: Services,
  scope: Scope,
  kinds: readonly ImportKind[],
  path: string,
  wish: ImportWish,
): Promise<number> {
  const today = dayIn(scope.zone, services.clock.now());
  const within = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => inTransaction(services, scope, today, work);
  const { files, refused } = await within((tx) => findFiles(tx, kinds, path, wish.print));
  if (files.length === 0) {
    wish.print("Rien n’a pu être lu.");
    return 2;
  }
  const tell = progressOver(files, wish);
  if (wish.strict) {
    if (refused > 0) return giveUpAll(wish);
    // One transaction for all: what is tried is what is kept, unless a row is refused.
    const kept = await within<[Found, Tally][] | null>(async (tx) => {
      const done: [Found, Tally][] = [];
      for (const file of files) {
        const tally = await imported(tx, file, tell(file, 0, 1)).catch((error: unknown) =>
          refusedFile(file, error, wish),
        );
        if (tally) tellTally(file, "essai", tally, wish);
        if (!tally || tally.counts.refused > 0) throw new GiveUp(null);
        done.push([file, tally]);
      }
      return done;
    });
    if (kept === null) return giveUpAll(wish);
    for (const [file, { counts }] of kept) wish.print(`${file.name} (importé) : ${tellCounts(counts)}.`);
    return 0;
  }
  let read = 0;
  for (const file of files) {
    try {
      if (!wish.untried) {
        const tried = await within((tx) =>
          overFile(tx, file, file.kind, (rows) => dryRun(tx, file.kind, rows), tell(file, 0, 0.3)),
        );
        tellTally(file, "essai", tried, wish);
      }
      const tally = await within((tx) => imported(tx, file, wish.untried ? tell(file, 0, 1) : tell(file, 0.3, 1)));
      wish.print(`${file.name} (importé) : ${tellCounts(tally.counts)}.`);
      read++;
    } catch (error) {
      refusedFile(file, error, wish);
    }
  }
  return read > 0 ? 0 : 2;
}

function giveUpAll({ print }: ImportWish): number {
  print("--strict : rien n’est importé.");
  return 1;
}

async function imported(tx: Tx, file: Found, share: (read: number) => void): Promise<Tally> {
  const sha256 = await fingerprint(file.path);
  return overFile(
    tx,
    file,
    file.kind,
    (rows) => runImport(tx, file.kind, rows, { id: tx.ids.uuid(), fileName: file.name, sha256 }),
    share,
  );
}

/** A file that cannot be read is named; anything else is a mistake of the program. */
function refusedFile(file: Found, error: unknown, { print }: ImportWish): null {
  if (!(error instanceof ImportRefusal)) throw error;
  print(`${file.name} : ${error.message}`);
  return null;
}

/** Progress over all files by their size: what is read of one is its share of the whole. */
function progressOver(files: readonly Found[], { progress }: ImportWish) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const starts = new Map<Found, number>();
  let before = 0;
  for (const file of files) {
    starts.set(file, before);
    before += file.size;
  }
  return (file: Found, from: number, to: number) =>
    (read: number): void =>
      progress?.(
        ((starts.get(file) ?? 0) + file.size * (from + (to - from) * read)) / total,
        file.kind.label.toLowerCase(),
      );
}

function tellTally(file: Found, what: string, { counts, notes, sentences }: Tally, { print }: ImportWish): void {
  print(`${file.name} (${what}) : ${tellCounts(counts)}.`);
  for (const note of notes.slice(0, 20)) print(`  ${note}`);
  for (const { line, verdict, sentence } of sentences.slice(0, 20))
    print(`  ligne ${line} (${verdict === "refused" ? "refusée" : "douteuse"}) : ${sentence}`);
  const more = counts.refused + counts.doubtful - Math.min(20, sentences.length);
  if (more > 0) print(`  … et ${more.toLocaleString("fr-FR")} ${more === 1 ? "autre" : "autres"}.`);
}
