// Connections. One pool of the web role, whose connections are pipelined: statements that need no answer from each other leave
// together. Values are what the code expects: days stay texts "2020-12-31", counts and decimals are numbers.
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

class ClientConnection implements DatabaseConnection {
  private readonly client: pg.ClientBase;
  constructor(client: pg.ClientBase) {
    this.client = client;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.client.query(query.sql, [...query.parameters]);
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }
  // biome-ignore lint/correctness/useYield: the interface asks for a generator; a pipelined connection has no cursors (see readInBatches).
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("read in batches instead of streaming");
  }
}

const kyselyOf = new WeakMap<pg.ClientBase, Kysely<unknown>>();

/** The query builder bound to one connection, made once a connection. */
export function onClient(client: pg.ClientBase): Kysely<unknown> {
  let found = kyselyOf.get(client);
  if (!found) {
    const connection = new ClientConnection(client);
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
    found = new Kysely<unknown>({ dialect });
    kyselyOf.set(client, found);
  }
  return found;
}
