// Ending a worker thread. Killed at any moment it may stop half-way through making a zlib stream, and its cleaning up then takes the
// whole process with it (« close before init »): it is asked first, and goes between two turns of its own loop.
import type { MessagePort, Worker } from "node:worker_threads";

const leave = "leave";

/** In the worker: goes as soon as it is asked to. */
export function leaveWhenAsked(port: MessagePort | null): void {
  port?.on("message", (message: unknown) => {
    if (message === leave) process.exit();
  });
}

/** Sends a worker away; one that does not hear within `patience` milliseconds, since it computes without end, is killed. */
export async function sendAway(worker: Worker, patience = 2000): Promise<void> {
  // A worker that has gone has no thread number left.
  if (worker.threadId < 0) return;
  const gone = new Promise<void>((done) => worker.once("exit", () => done()));
  worker.postMessage(leave);
  const clock = setTimeout(() => void worker.terminate(), patience);
  await gone;
  clearTimeout(clock);
}
