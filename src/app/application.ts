// The application: the table of contents of what the server answers.
import type { Hono } from "hono";
import type { Services } from "../core/http/route.ts";
import { makeServer } from "../core/http/server.ts";
import { assetUrls, serveAssets } from "./assets.ts";
import { chrome } from "./chrome.tsx";
import type { Log } from "./log.ts";
import { rooms } from "./rooms.ts";
import { makeWatch } from "./watch.ts";

/** Everything the server answers, without a socket: `makeApplication(…).request("/")`. */
export function makeApplication(services: Services, log?: Log): Hono {
  const watch = makeWatch(services);
  return makeServer({
    rooms,
    services,
    chrome: chrome(rooms, assetUrls),
    ...(log ? { log } : {}),
    observe: watch.observe,
    before(app) {
      watch.mount(app);
      serveAssets(app);
    },
  });
}
