// XLSX, written in a worker thread: making a workbook is long arithmetic, and the desk must not wait for it. Rows are asked for as fast
// as the reader takes what is made of them.
import { Worker } from "node:worker_threads";
import { sendAway } from "../workers.ts";
import type { Cell, ExportColumn } from "./cell.ts";

export type ToWriter = { rows: Record<string, Cell>[] } | { end: true };
export type FromWriter = { bytes: Uint8Array } | { more: true } | { done: true } | { failed: string };

const workerUrl = new URL(import.meta.url.endsWith(".ts") ? "./xlsx.worker.ts" : "./xlsx.worker.js", import.meta.url);

/** A workbook of one sheet of rows (or several, where one cannot hold them) and one sheet « Lisez-moi » with the given lines. */
export function xlsxStream(
  sheet: string,
  columns: readonly ExportColumn[],
  rows: AsyncIterable<Record<string, Cell>[]>,
  readMe: readonly string[],
): ReadableStream<Uint8Array> {
  const worker = new Worker(workerUrl, {
    workerData: { sheet, columns, readMe },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 192 },
  });
  const source = rows[Symbol.asyncIterator]();
  let asked = false;
  /** Closed, broken or given up: what the worker still says comes too late, and a closed stream takes nothing without throwing. */
  let over = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        worker.on("message", (message: FromWriter) => {
          if (over) return;
          if ("bytes" in message) controller.enqueue(message.bytes);
          else if ("failed" in message) fail(controller, new Error(message.failed));
          else if ("done" in message) {
            over = true;
            controller.close();
            void sendAway(worker);
          } else if ((controller.desiredSize ?? 0) > 0) feed(controller);
          else asked = true;
        });
        worker.on("error", (error) => fail(controller, error));
      },
      pull(controller) {
        if (asked) feed(controller);
      },
      async cancel() {
        over = true;
        await sendAway(worker);
        await source.return?.();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 1_000_000 }),
  );

  function feed(controller: ReadableStreamDefaultController<Uint8Array>): void {
    asked = false;
    source.next().then(
      ({ done, value }) => over || worker.postMessage((done ? { end: true } : { rows: value }) satisfies ToWriter),
      (error: unknown) => fail(controller, error),
    );
  }

  function fail(controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void {
    if (over) return;
    over = true;
    controller.error(error);
    void sendAway(worker);
    void source.return?.();
  }
}
