// A load: a number of clients that each send one request after another over a kept connection, for some seconds. Runs in a process of its
// own so that it measures the server and not itself.
import { Agent, request } from "node:http";

export type Shot = { method: "GET" | "POST"; path: string; headers?: Record<string, string>; body?: string };
export type Measured = {
  requests: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p95: number;
  refused: Record<string, number>;
};

/** Shoots `next(i)` at the origin with `clients` at once for `seconds`; `fine(status)` says which answers count. Times in ms. */
export async function shoot(wish: {
  origin: string;
  clients: number;
  seconds: number;
  next: (turn: number) => Shot;
  fine: (status: number) => boolean;
}): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: wish.clients });
  const times: number[] = [];
  const refused: Record<string, number> = {};
  let turn = 0;
  const started = performance.now();
  const until = started + wish.seconds * 1000;
  await Promise.all(
    Array.from({ length: wish.clients }, async () => {
      while (performance.now() < until) {
        const at = performance.now();
        const status = await send(wish.origin, agent, wish.next(turn++));
        if (wish.fine(status)) times.push(performance.now() - at);
        else refused[status] = (refused[status] ?? 0) + 1;
      }
    }),
  );
  agent.destroy();
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { requests: times.length, seconds, perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95), refused };
}

function send(origin: string, agent: Agent, shot: Shot): Promise<number> {
  return new Promise((resolve, reject) => {
    const going = request(
      origin + shot.path,
      {
        agent,
        method: shot.method,
        headers: {
          ...shot.headers,
          ...(shot.body === undefined ? {} : { "content-length": Buffer.byteLength(shot.body) }),
        },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
        answer.on("error", reject);
      },
    );
    going.on("error", reject);
    going.end(shot.body);
  });
}
