// Reads a table out of a file somebody brought. All parsing is done in a worker thread with a memory of its own: a hostile or enormous
// file ends that worker, and nothing else.
import { Worker } from "node:worker_threads";
import { sendAway } from "../workers.ts";
import { ImportRefusal, type ReadingLimits, readingLimits } from "./refusal.ts";

/** `share`: how much of the file is read when the row is, 0 to 1. */
export type TableRow = { line: number; cells: string[]; share: number };
export type TableHead = {
  kind: "csv" | "xlsx";
  headers: string[];
  encoding: string | null;
  separator: string | null;
  sheet: string | null;
};
export type Table = { head: TableHead; rows: AsyncIterable<TableRow[]>; close(): Promise<void> };

export type FromWorker =
  | { say: "head"; head: TableHead }
  | { say: "rows"; rows: TableRow[] }
  | { say: "refusal"; sentence: string; line: number | null }
  | { say: "end" };

const workerUrl = new URL(
  import.meta.url.endsWith(".ts") ? "./reader.worker.ts" : "./reader.worker.js",
  import.meta.url,
);

/** How many batches may be under way: the worker waits for the reader. */
const ahead = 3;

/**
 * Opens a file: its headers at once, its rows in batches as they are asked for. Close it when it is not read to the end.
 * @throws ImportRefusal with a sentence, here or while the rows are read.
 */
export async function openTable(path: string, wish: Partial<ReadingLimits> = {}): Promise<Table> {
  const limits = { ...readingLimits, ...wish };
  const worker = new Worker(workerUrl, {
    workerData: { path, limits, ahead },
    // What the program was started with is not the worker's concern, and would be loaded for each file.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  const next = listen(worker, limits);
  const close = async (): Promise<void> => {
    await sendAway(worker);
  };
  try {
    const first = await next();
    if (first?.say !== "head") throw new ImportRefusal("Ce fichier est vide.");
    return { head: first.head, rows: rowsOf(next, worker, close), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the worker says, one message at a time; null at the end of the file. */
function listen(worker: Worker, limits: ReadingLimits): () => Promise<FromWorker | null> {
  const waiting: FromWorker[] = [];
  let wake: (() => void) | null = null;
  let ended: ImportRefusal | "end" | null = null;
  let spent = 0;
  const finish = (how: ImportRefusal | "end"): void => {
    ended ??= how;
    wake?.();
  };
  worker.on("message", (message: FromWorker) => {
    if (message.say === "refusal") finish(new ImportRefusal(message.sentence, message.line));
    else if (message.say === "end") finish("end");
    else {
      waiting.push(message);
      wake?.();
    }
  });
  worker.on("error", (error: NodeJS.ErrnoException) =>
    finish(
      new ImportRefusal(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? "Ce fichier demande trop de mémoire pour être lu : il est refusé."
          : "Ce fichier ne peut pas être lu : il est refusé.",
      ),
    ),
  );
  worker.on("exit", () =>
    finish(new ImportRefusal("La lecture de ce fichier s’est arrêtée avant sa fin : il est refusé.")),
  );
  return async () => {
    while (waiting.length === 0) {
      if (ended === "end") return null;
      if (ended) throw ended;
      const started = performance.now();
      const clock = setTimeout(
        () =>
          finish(
            new ImportRefusal(`Ce fichier demande plus de ${limits.seconds} secondes de lecture : il est refusé.`),
          ),
        Math.max(0, limits.seconds * 1000 - spent),
      );
      await new Promise<void>((done) => {
        wake = done;
      });
      wake = null;
      clearTimeout(clock);
      spent += performance.now() - started;
    }
    return waiting.shift() ?? null;
  };
}

async function* rowsOf(
  next: () => Promise<FromWorker | null>,
  worker: Worker,
  close: () => Promise<void>,
): AsyncGenerator<TableRow[]> {
  try {
    for (let message = await next(); message; message = await next()) {
      if (message.say !== "rows") continue;
      worker.postMessage("more");
      yield message.rows;
    }
  } finally {
    await close();
  }
}
