// XLSX, written in a worker thread: making a workbook is long arithmetic, and the desk must not wait for it.
import { Worker } from "node:worker_threads";
import type { Cell, ExportColumn } from "./cell.ts";

export type ToWriter = { rows: Record<string, Cell>[] } | { end: true };
export type FromWriter = { bytes: Uint8Array } | { more: true } | { done: true } | { failed: string };

const workerUrl = new URL(import.meta.url.endsWith(".ts") ? "./xlsx.worker.ts" : "./xlsx.worker.js", import.meta.url);

/** A workbook of one sheet of rows and one sheet « Lisez-moi » with the given lines. */
export function xlsxStream(
  sheet: string,
  columns: readonly ExportColumn[],
  rows: AsyncIterable<Record<string, Cell>[]>,
  readMe: readonly string[],
): ReadableStream<Uint8Array> {
  const worker = new Worker(workerUrl, {
    workerData: { sheet, columns, readMe },
    resourceLimits: { maxOldGenerationSizeMb: 192 },
  });
  const source = rows[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      worker.on("message", (message: FromWriter) => {
        if ("bytes" in message) controller.enqueue(message.bytes);
        else if ("failed" in message) controller.error(new Error(message.failed));
        else if ("done" in message) {
          controller.close();
          void worker.terminate();
        } else
          source.next().then(
            (next) =>
              worker.postMessage(
                next.done ? ({ end: true } satisfies ToWriter) : ({ rows: next.value } satisfies ToWriter),
              ),
            (error: unknown) => {
              controller.error(error);
              void worker.terminate();
            },
          );
      });
      worker.on("error", (error) => controller.error(error));
    },
    async cancel() {
      await worker.terminate();
      await source.return?.();
    },
  });
}
