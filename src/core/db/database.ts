// Connections. One pool of the web role, whose connections are pipelined: statements that need no answer from each other leave
// together. Values are what the code expects: days stay texts "2020-12-31", counts and decimals are numbers.
import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import pg from "pg";

const keep = (text: string): string => text;
pg.types.setTypeParser(1082, keep); // date
pg.types.setTypeParser(1083, (text) => text.slice(0, 5)); // time: to the minute
pg.types.setTypeParser(20, Number); // bigint: counts, far below 2^53
pg.types.setTypeParser(1700, Number); // numeric

export type ConnectionFacts = pg.ClientConfig & { max?: number };

export type Database = {
  /** Runs work on one connection of the pool. */
  withClient<R>(work: (client: pg.PoolClient) => Promise<R>): Promise<R>;
  pool: pg.Pool;
  close(): Promise<void>;
};

/** Opens a pool. `role`: the role taken on each connection when the login is not already the web role (see `docs/decisions`). */
export function openDatabase(
  facts: ConnectionFacts,
  options: { role?: string; onError?: (error: Error) => void } = {},
): Database {
  const role = options.role;
  const pool = new pg.Pool({
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    ...facts,
    pipeline: true,
    // Awaited: a connection that cannot step down to its role is closed, and never used as the owner that it still is.
    ...(role ? { onConnect: (client) => client.query(`SET ROLE ${pg.escapeIdentifier(role)}`) } : {}),
  } as pg.PoolConfig);
  // A server that goes away must not end the program: the pool drops the connection and the next request opens another.
  pool.on("error", (error) => options.onError?.(error));
  pool.on("connect", (client) => {
    client.on("error", (error) => options.onError?.(error));
  });
  return {
    pool,
    async withClient(work) {
      const client = await pool.connect();
      let broken = false;
      try {
        return await work(client);
      } catch (error) {
        broken = isConnectionFault(error);
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

/** True when the database could not be reached or went away: the request may be tried again. */
export function isConnectionFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as Error & { code?: string }).code ?? "";
  return (
    /^(08|57P0)/.test(code) ||
    ["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    )
  );
}

const names = new Map<string, string>();

/** The name under which a text is prepared: the same in every process, so that a pooler between may share it. */
export function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash("sha256").update(text).digest("base64url").slice(0, 22);
    names.set(text, name);
  }
  return name;
}

class ClientConnection implements DatabaseConnection {
  private readonly client: pg.ClientBase;
  private readonly prepared: boolean;
  constructor(client: pg.ClientBase, prepared: boolean) {
    this.client = client;
    this.prepared = prepared;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = [...query.parameters];
    sendTogether(this.client);
    const result = await this.client.query(
      this.prepared ? { name: nameOf(query.sql), text: query.sql, values } : { text: query.sql, values },
    );
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }
  // biome-ignore lint/correctness/useYield: the interface asks for a generator; a pipelined connection has no cursors (see readInBatches).
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("read in batches instead of streaming");
  }
}

/** Two query builders over one connection: `often` prepares its statements (see `Tx`). */
export type Builders = { once: Kysely<unknown>; often: Kysely<unknown> };

const buildersOf = new WeakMap<pg.ClientBase, Builders>();

/** The query builders bound to one connection, made once a connection. */
export function onClient(client: pg.ClientBase): Builders {
  let found = buildersOf.get(client);
  if (!found) {
    found = {
      once: builderOver(new ClientConnection(client, false)),
      often: builderOver(new ClientConnection(client, true)),
    };
    buildersOf.set(client, found);
  }
  return found;
}

function builderOver(connection: DatabaseConnection): Kysely<unknown> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: async () => {
        throw new Error("transactions are opened by inTransaction");
      },
      commitTransaction: async () => {},
      rollbackTransaction: async () => {},
      releaseConnection: async () => {},
      destroy: async () => {},
    }),
  };
  return new Kysely<unknown>({ dialect });
}

const gathering = new WeakSet<pg.ClientBase>();

/**
 * What is asked of the connection in this turn of the event loop leaves in one writing: each writing wakes the server, and costs as much
 * as the rest of a small statement. To be called before statements that need no answer from each other.
 */
export function sendTogether(client: pg.ClientBase): void {
  if (gathering.has(client)) return;
  gathering.add(client);
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  stream.cork();
  // After every microtask of this turn: what they ask leaves too.
  process.nextTick(() => {
    gathering.delete(client);
    stream.uncork();
  });
}
