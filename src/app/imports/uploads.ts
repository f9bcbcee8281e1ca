// The files behind the drafts: what was sent, and the rows to look at, as they stand in it. Kept a day.
import { appendFile, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvText, mark } from "../../core/exporting/csv.ts";
import type { Services } from "../../core/http/route.ts";
import { uploadsOf } from "../../core/http/uploads.ts";
import type { ImportRow, VerdictWord } from "../../core/importing/kind.ts";
import { keptFor } from "./drafts.ts";

/** Lists of rows to look at, by the name under which they are downloaded. */
export const lists = { refused: "refusees", doubtful: "douteuses" } as const;
export type ListName = keyof typeof lists;

export const listPath = (folder: string, draft: string, list: ListName): string =>
  join(folder, `${draft}.${lists[list]}.csv`);

/** Makes the folder, and empties it of what is older than a day. */
export async function tidyUploads(folder: string, now: Date): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const facts = await stat(join(folder, name)).catch(() => null);
    if (facts && now.getTime() - facts.mtimeMs > keptFor) await rm(join(folder, name), { force: true });
  }
}

/** Tidies now and every hour, while the program runs. */
export function keepUploads({ files, clock }: Pick<Services, "files" | "clock">): { stop(): void } {
  const tidy = (): void => void tidyUploads(uploadsOf({ files }), clock.now()).catch(() => {});
  tidy();
  const timer = setInterval(tidy, 3_600_000);
  return { stop: () => clearInterval(timer) };
}

export async function removeUpload(folder: string, draft: string, what: "file" | "everything"): Promise<void> {
  await rm(join(folder, draft), { force: true });
  if (what === "everything")
    for (const list of Object.keys(lists) as ListName[]) await rm(listPath(folder, draft, list), { force: true });
}

export type RowsToLookAt = {
  told(row: ImportRow, verdict: VerdictWord, sentence: string): void;
  /** Writes what was told since the last time. */
  flush(): Promise<void>;
};

/** Writes the refused and the doubtful rows as they stand in the file, with their line and why, so that they can be mended and sent again. */
export async function writeLists(folder: string, draft: string, headers: readonly string[]): Promise<RowsToLookAt> {
  const waiting: Record<ListName, (string | number)[][]> = { refused: [], doubtful: [] };
  const names = Object.keys(waiting) as ListName[];
  for (const list of names)
    await writeFile(listPath(folder, draft, list), mark + csvText([["Ligne", "Pourquoi", ...headers]]), {
      mode: 0o600,
    });
  return {
    told({ line, raw = [] }, verdict, sentence) {
      const list = verdict === "refused" ? waiting.refused : waiting.doubtful;
      list.push([line, sentence, ...headers.map((_, at) => raw[at] ?? "")]);
    },
    async flush() {
      for (const list of names) {
        if (waiting[list].length === 0) continue;
        await appendFile(listPath(folder, draft, list), csvText(waiting[list]));
        waiting[list] = [];
      }
    },
  };
}
