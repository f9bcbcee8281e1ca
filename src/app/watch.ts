// What the machine's keeper asks: alive, ready, how it goes.
import type { Hono } from "hono";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Services } from "../core/http/route.ts";

export type Watch = {
  observe(facts: { verb: string; path: string; status: number; seconds: number }): void;
  mount(app: Hono): void;
};

/** Health, readiness and Prometheus metrics. Routes are named by their pattern, never by what was asked: no identifier leaves. */
export function makeWatch(services: Services): Watch {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "traboule_request_seconds",
    help: "Time to answer, by verb, route and status.",
    labelNames: ["verb", "path", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  new Gauge({
    name: "traboule_database_connections",
    help: "Connections of the pool, by state.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const { pool } = services.database;
      this.set({ state: "open" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  return {
    observe: (facts) =>
      seconds.observe({ verb: facts.verb, path: facts.path, status: String(facts.status) }, facts.seconds),
    mount(app) {
      app.get("/healthz", (context) => context.text("ok\n"));
      app.get("/readyz", async (context) => {
        try {
          await services.database.withClient((client) => client.query("SELECT 1"));
          return context.text("ok\n");
        } catch {
          return context.text("la base de données ne répond pas\n", 503);
        }
      });
      app.get("/metrics", async (context) => {
        // For the machine's own collector only: neither another machine nor somebody behind the proxy.
        const address = (context.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
          ?.socket?.remoteAddress;
        const local = address === undefined || /^(127\.|::1$|::ffff:127\.)/.test(address);
        if (!local || context.req.header("x-forwarded-for")) return context.notFound();
        return context.text(await registry.metrics(), 200, { "content-type": registry.contentType });
      });
    },
  };
}
