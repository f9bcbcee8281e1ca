// The server on its socket: what it says of itself, what it refuses before anybody reads it, and to whom.
import assert from "node:assert/strict";
import { once } from "node:events";
import { request as ask, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { before, test } from "node:test";
import { type ServerType, serve } from "@hono/node-server";
import { type TestHouse, testHouse } from "../core/testing/house.ts";
import { wholeFile } from "../core/testing/server.ts";
import { makeApplication } from "./application.ts";
import { rooms } from "./rooms.ts";

let house: TestHouse;
let server: ServerType;
let port = 0;
let origin = "";
const logged: object[] = [];

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  await new Promise<void>((resolve) => {
    server = serve({ fetch: (request, env) => application.fetch(request, env), hostname: "127.0.0.1", port: 0 }, () =>
      resolve(),
    );
  });
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
  const config = { ...house.services.config, publicUrl: origin };
  const log = { error: (facts: object) => void logged.push(facts) };
  const application = makeApplication({ ...house.services, config }, log as never);
  wholeFile.after(async () => {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
});

type Answer = { status: number; headers: IncomingMessage["headers"]; text: string };

/** A request as bytes on the socket: nothing is added that is not said. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Iterable<Buffer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on("error", reject);
    if (typeof body === "string" || body === undefined) sent.end(body);
    else
      void (async () => {
        for (const part of body) if (!sent.destroyed && !sent.write(part)) await once(sent, "drain").catch(() => {});
        sent.end();
      })();
  });
}
const form = { "content-type": "application/x-www-form-urlencoded" };

test("every answer says what a browser may do with it", async () => {
  const { cookie } = await house.signIn("direction");
  for (const [path, headers] of [
    ["/connexion", {}],
    ["/lieux", { cookie }],
    ["/nulle-part", {}],
    ["/lieux", {}],
    ["/api/v1/openapi.json", {}],
  ] as const) {
    const got = await send("GET", path, headers);
    const policy = String(got.headers["content-security-policy"]);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      assert.ok(policy.includes(part), `${path}: ${part}`);
    assert.ok(!policy.includes("unsafe"), policy);
    assert.equal(got.headers["x-content-type-options"], "nosniff", path);
    assert.equal(got.headers["x-frame-options"], "DENY", path);
    // `no-referrer` would make browsers say "Origin: null" on plain forms, which would then be refused.
    assert.equal(got.headers["referrer-policy"], "same-origin", path);
    assert.equal(got.headers["access-control-allow-origin"], undefined, path);
    assert.equal(got.headers["cache-control"], "no-store", path);
  }
});

test("a form of another site is refused with a sentence, and nothing is done", async () => {
  const { cookie, account } = await house.signIn("administrator");
  const body = new URLSearchParams({ key: house.deps.ids.uuid(), name: "Posé", kind: "other" }).toString();
  for (const headers of [
    { origin: "https://ailleurs.test" },
    { origin: "null" },
    { origin: `${origin}.ailleurs.test` },
    { origin: "https://ailleurs.test", "sec-fetch-site": "cross-site" },
    {},
  ]) {
    const got = await send("POST", "/lieux", { ...form, cookie, ...headers }, body);
    assert.equal(got.status, 403, JSON.stringify(headers));
    assert.match(got.text, /ne vient pas d’une page de Traboule/);
  }
  for (const type of ["text/plain", "application/json", "multipart/form-data; boundary=x", ""]) {
    const got = await send("POST", "/lieux", { "content-type": type, cookie, origin: "https://ailleurs.test" }, body);
    assert.ok(got.status === 403 || got.status === 413, `${type}: ${got.status}`);
  }
  const { rows } = await house.owner.query("SELECT 1 FROM core.journal WHERE account_id = $1", [account]);
  assert.deepEqual(rows, []);
  assert.equal((await send("POST", "/lieux", { ...form, cookie, origin }, body)).status, 303, "one's own is not");
});

test("what is too large is refused without being read, whatever its length says", async () => {
  const { cookie } = await house.signIn("direction");
  const headers = { ...form, cookie, origin };
  const told = await send("POST", "/lieux", headers, `name=${"x".repeat(1_000_100)}`);
  assert.equal(told.status, 413);
  assert.match(told.text, /trop grand/);
  let sent = 0;
  function* endless(): Generator<Buffer> {
    for (; sent < 400; sent += 1) yield Buffer.alloc(1_000_000, 97);
  }
  const chunked = await send(
    "POST",
    "/connexion",
    { ...form, origin, "transfer-encoding": "chunked" },
    endless(),
  ).catch((error: NodeJS.ErrnoException) => error.code);
  assert.ok(
    chunked === "ECONNRESET" || chunked === "EPIPE" || (typeof chunked === "object" && chunked.status === 413),
    String(chunked),
  );
  assert.ok(sent < 400, "four hundred megabytes were not taken");
  assert.equal((await send("GET", "/connexion")).status, 200, "and the next one is served");
});

test("a body that is no form, or is broken, is refused with a sentence", async () => {
  const { cookie } = await house.signIn("direction");
  for (const [type, body] of [
    ["application/json", "{}"],
    ["text/plain", "name=x"],
    ["multipart/form-data", "rien"],
    ["multipart/form-data; boundary=x", "--y\r\n\r\n"],
  ] as const) {
    const got = await send("POST", "/lieux", { "content-type": type, cookie, origin }, body);
    assert.equal(got.status, 413, type);
    assert.match(got.text, /n’est pas un formulaire/);
  }
  const broken = await send("POST", "/lieux", { ...form, cookie, origin }, "%FF%00=%ZZ&name=%00%E2%82&&&=");
  assert.equal(broken.status, 422);
});

test("an unknown page, an unknown verb and a strange path are told in a page", async () => {
  for (const [verb, path, status] of [
    ["GET", "/nulle-part", 404],
    ["PUT", "/lieux", 404],
    ["DELETE", "/personnes/1", 404],
    ["GET", "/lieux/%00", 401],
    ["GET", "/invitation/%00%F0%9F%98%80", 404],
    ["GET", `/invitation/${"x".repeat(5000)}`, 404],
    ["GET", "/assets/..%2f..%2fpackage.json", 404],
    ["GET", "/assets/../../package.json", 404],
    ["GET", "/assets/manifest.json", 404],
  ] as const) {
    const got = await send(verb, path, { origin });
    assert.equal(got.status, status, `${verb} ${path}`);
    assert.ok(!got.text.includes("node_modules"), path);
  }
  assert.equal((await send("HEAD", "/connexion")).status, 200);
  assert.match((await send("GET", "/nulle-part")).text, /<html lang="fr">.*Cette page n’existe pas/s);
});

test("the machine's keeper is told that it lives, is ready, and how it goes; nobody else is", async () => {
  assert.equal((await send("GET", "/healthz")).text, "ok\n");
  assert.equal((await send("GET", "/readyz")).text, "ok\n");
  const { cookie } = await house.signIn("direction");
  await send("GET", `/lieux/${house.sites.gerland}`, { cookie });
  await send("GET", `/personnes?q=${encodeURIComponent("Zoé")}`, { cookie });
  const metrics = await send("GET", "/metrics");
  assert.equal(metrics.status, 200);
  assert.match(metrics.text, /traboule_request_seconds_count\{verb="GET",path="\/lieux\/:site",status="200"\} 1/);
  assert.match(metrics.text, /traboule_database_connections\{state="open"\} \d+/);
  assert.ok(!metrics.text.includes(house.sites.gerland), "routes are named by their pattern: no identifier leaves");
  assert.ok(!metrics.text.includes("q="));
  assert.equal(
    (await send("GET", "/metrics", { "x-forwarded-for": "203.0.113.7" })).status,
    404,
    "somebody behind the proxy",
  );
});

test("what goes wrong is logged without anybody's data, and told without its details", async () => {
  const { cookie } = await house.signIn("direction");
  await house.owner.query("ALTER TABLE house.site_aliases RENAME TO hidden");
  try {
    const got = await send("POST", "/lieux", { ...form, cookie, origin }, "name=Zoé&kind=other");
    assert.equal(got.status, 500);
    assert.match(got.text, /Une erreur s’est produite.*elle est notée/);
    assert.match(got.text, /name="name" value="Zo/, "what was typed goes again");
    assert.ok(!got.text.includes("site_aliases"), "no detail of the fault");
    const line = JSON.stringify(logged.at(-1));
    assert.match(line, /site_aliases/);
    assert.ok(!line.includes("Zoé") && !line.includes(cookie));
  } finally {
    await house.owner.query("ALTER TABLE house.hidden RENAME TO site_aliases");
  }
});
