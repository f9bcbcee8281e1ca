// A long document made beside the program: in a process of its own, which may take its time and its memory, be killed, or die, while the desk
// works on. A few at a time; who asks more waits.
import { fork } from "node:child_process";

export type ToMake = { template: string; data: object; files: Readonly<Record<string, Uint8Array>> };
export type Made = { pdf: Uint8Array } | { failed: string };

const workerUrl = new URL(import.meta.url.endsWith(".ts") ? "./pdf.worker.ts" : "./pdf.worker.js", import.meta.url);

/** How long one document may take, and how many are made at once. */
const limits = { milliseconds: 60_000, megabytes: 512, together: 2 };

let making = 0;
const waiting: (() => void)[] = [];

/** Waits for a place; `leave` gives it back. */
async function enter(): Promise<() => void> {
  if (making >= limits.together) await new Promise<void>((go) => waiting.push(go));
  else making += 1;
  let left = false;
  return () => {
    if (left) return;
    left = true;
    const next = waiting.shift();
    if (next) next();
    else making -= 1;
  };
}

/**
 * The PDF of a template and its data, with pictures by their names; null when it could not be made: its process was killed, took too long or
 * failed. Nothing is written anywhere. `onStart`: the process that makes it.
 */
export async function renderAside(
  template: URL,
  data: object,
  files: ToMake["files"],
  onStart: (pid: number) => void = () => {},
): Promise<Buffer | null> {
  const leave = await enter();
  try {
    return await new Promise<Buffer | null>((resolve) => {
      const child = fork(workerUrl, [], {
        execArgv: [`--max-old-space-size=${limits.megabytes}`],
        serialization: "advanced",
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        env: {},
      });
      const clock = setTimeout(() => child.kill("SIGKILL"), limits.milliseconds);
      const end = (made: Buffer | null): void => {
        clearTimeout(clock);
        child.kill("SIGKILL");
        resolve(made);
      };
      child.on("message", (message: Made) => end("pdf" in message ? Buffer.from(message.pdf) : null));
      child.on("error", () => end(null));
      child.on("exit", () => end(null));
      child.on("spawn", () => {
        onStart(child.pid ?? 0);
        child.send({ template: template.href, data, files } satisfies ToMake, () => {});
      });
    });
  } finally {
    leave();
  }
}
