// A load: a number of clients that each send one request after another over a kept connection, for some seconds. It runs in a process of
// its own, forked by the bench, so that it measures the server and not itself.
import { Agent, request } from "node:http";
import pg from "pg";
import { makeIds } from "../src/core/ids.ts";
import { systemClock } from "../src/core/time.ts";
import type { Statement } from "./recording.ts";

/** A request. In path and body, `{person}` stands for the next of the order's people and `{key}` for a fresh identifier. */
export type Shot = { method: "GET" | "POST"; path: string; headers?: Record<string, string>; body?: string };

export type Order = {
  /** At most: a "stop" ends it before. */
  seconds: number;
  /** Milliseconds that a client waits between an answer and its next request; none when absent: it asks without a pause. */
  pause?: number;
  /** How many clients shoot at once, each with headers of its own: a session is one person's. */
  clients: readonly Record<string, string>[];
  /** How many requests at most: none when absent. */
  most?: number;
  /** Walked through in their order, by all clients together. */
  shots: readonly Shot[];
  persons: readonly string[];
  /** Which answers count; any other spoils the measure. */
  fine: readonly number[];
  origin: string;
};

/** The same without HTTP: the driver's own loop over a statement, a connection a client. */
export type DriverOrder = {
  seconds: number;
  connections: number;
  database: pg.ClientConfig;
  /** More than one: a transaction, as the program makes one of them. */
  statements: readonly Statement[];
  /** Values that differ each time: a fresh key, a fresh short code, the next of `persons`. */
  replace: { key: string; person: string; code?: string };
  persons: readonly string[];
  /** How many at most: none when absent. */
  most?: number;
};

export type Measured = {
  requests: number;
  perSecond: number;
  /** Times in milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** Answers that do not count, by status. */
  spoiled: Record<string, number>;
};

const ids = makeIds(systemClock);
let stopAsked = false;

async function measure(
  { seconds, pause, most }: { seconds: number; pause?: number; most?: number },
  clients: number,
  once: (client: number, turn: number) => Promise<number | true>,
): Promise<Measured> {
  const times: number[] = [];
  const spoiled: Record<string, number> = {};
  let turn = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  stopAsked = false;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < until && !stopAsked && (most === undefined || turn < most)) {
        const at = performance.now();
        const outcome = await once(client, turn++);
        if (outcome === true) times.push(performance.now() - at);
        else spoiled[outcome] = (spoiled[outcome] ?? 0) + 1;
        if (pause) await new Promise((next) => setTimeout(next, pause));
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return {
    requests: times.length,
    perSecond: times.length / elapsed,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    spoiled,
  };
}

async function shoot(order: Order): Promise<Measured> {
  const { clients, shots, persons, fine, origin } = order;
  const agent = new Agent({ keepAlive: true, maxSockets: clients.length });
  const fill = (text: string, turn: number): string =>
    text.replace("{person}", () => persons[turn % persons.length] ?? "").replace("{key}", () => ids.uuid());
  try {
    return await measure(order, clients.length, async (client, turn) => {
      const shot = shots[turn % shots.length];
      if (!shot) throw new Error("no shot");
      const body = shot.body === undefined ? undefined : fill(shot.body, turn);
      const headers = { ...clients[client], ...shot.headers };
      const status = await send(agent, origin + fill(shot.path, turn), shot.method, headers, body);
      return fine.includes(status) ? true : status;
    });
  } finally {
    agent.destroy();
  }
}

function send(
  agent: Agent,
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const going = request(
      url,
      {
        agent,
        method,
        headers:
          body === undefined
            ? headers
            : {
                ...headers,
                "content-type": "application/x-www-form-urlencoded",
                "content-length": Buffer.byteLength(body),
              },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
        answer.on("error", reject);
      },
    );
    going.on("error", reject);
    going.end(body);
  });
}

async function drive(order: DriverOrder): Promise<Measured> {
  const { connections, persons, replace } = order;
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(order.database);
      await client.connect();
      return client;
    }),
  );
  try {
    return await measure(order, connections, async (client, turn) => {
      const [key, code] = [ids.uuid(), ids.shortCode()];
      const own = (value: unknown): unknown =>
        value === replace.key
          ? key
          : value === replace.person
            ? persons[turn % persons.length]
            : value === replace.code
              ? code
              : value;
      const { statements } = order;
      const alone = statements.length === 1;
      if (!alone) await clients[client]?.query("BEGIN");
      for (const { name, text, values } of statements)
        await clients[client]?.query({ ...(name ? { name } : {}), text, values: values.map(own) });
      if (!alone) await clients[client]?.query("COMMIT");
      return true;
    });
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

process.on("message", (order: Order | DriverOrder | "stop") => {
  if (order === "stop") {
    stopAsked = true;
    return;
  }
  ("shots" in order ? shoot(order) : drive(order)).then(
    (measured) => process.send?.({ measured }),
    (error: Error) => process.send?.({ failed: error.message }),
  );
});
