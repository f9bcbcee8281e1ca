// Puts the application on a socket.
import { type ServerType, serve } from "@hono/node-server";
import type { Services } from "../core/http/route.ts";
import { makeApplication } from "./application.ts";
import type { Log } from "./log.ts";
import { refusedPort } from "./port.ts";

/** Listens on the configured address. @throws Refused with a sentence when the port was taken meanwhile. */
export function listen(services: Services, log: Log): Promise<{ close(): Promise<void> }> {
  const { host, port } = services.config;
  const application = makeApplication(services, log);
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: application.fetch, hostname: host, port }, () =>
      resolve({
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ("closeIdleConnections" in server) server.closeIdleConnections();
            // A browser that keeps its connection does not keep the program from stopping.
            setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), 3000).unref();
          }),
      }),
    );
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusedPort(error, host, port)));
  });
}
