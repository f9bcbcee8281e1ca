// A line to the database that a test can cut in the middle of a request, and mend.
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";

export type CutLine = {
  /** Where to connect instead of the database itself. */
  facts: pg.ClientConfig;
  /** Cuts what is open, and refuses what comes. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
};

/** `folder`: a short folder for the line's own socket. */
export async function makeCutLine(folder: string, database: pg.ClientConfig): Promise<CutLine> {
  const { host, port, user, database: name, password } = new pg.Client(database);
  const target = host.startsWith("/") ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port };
  const open = new Set<Socket>();
  let server: Server;
  const listen = (): Promise<void> =>
    new Promise((resolve) => {
      server = createServer((near) => {
        const far = createConnection(target);
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(one);
          one.on("error", () => other.destroy());
          one.on("close", () => {
            open.delete(one);
            other.destroy();
          });
          one.pipe(other);
        }
      });
      server.listen(join(folder, ".s.PGSQL.5432"), resolve);
    });
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  await listen();
  return {
    facts: { host: folder, port: 5432, user, database: name, ...(password ? { password: String(password) } : {}) },
    cut,
    mend: listen,
    close: cut,
  };
}
