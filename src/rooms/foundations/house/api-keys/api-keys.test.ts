// Keys of programs: they carry a role and its dates, are shown once, and stop at once.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { z } from "zod";
import { declareRoutes } from "../../../../core/http/route.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { declareRights, may } from "../../../../core/rights.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { ask, type Fields, inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { makeHouseRoom } from "../room.ts";

let house: TestHouse;
let server: Server;
let admin: Visitor;

const rights = declareRights({ "door.look": { sentence: "regarder la porte", roles: ["reception", "adviser"] } });

/** A room with one question of the interface: who asks, and for which site. */
function doorRoom(): Room {
  const routes = declareRoutes();
  routes.api(
    "GET",
    "/api/v1/door",
    {
      right: rights["door.look"],
      trace: "door.looked-at",
      summary: "La porte",
      query: z.object({}),
      answer: z.object({ house: z.string(), gerland: z.boolean(), mermoz: z.boolean() }),
    },
    (at) =>
      Promise.resolve({
        house: at.scope.houseCode,
        gerland: may(at.scope, rights["door.look"], { site: house.sites.gerland }),
        mermoz: may(at.scope, rights["door.look"], { site: house.sites.mermoz }),
      }),
  );
  return { name: "door", uses: [], rights, routes };
}

before(async () => {
  house = await testHouse(wholeFile);
  const room = makeHouseRoom({ words: () => ({}), programmes: async () => [], recordOf: async () => null });
  server = makeServer({ rooms: [room, doorRoom()], services: house.services, chrome: plainChrome });
  admin = makeVisitor(server, house.services.config.publicUrl, (await house.signIn("administrator")).cookie);
});

async function makeKey(wish: Fields = {}): Promise<{ key: string; secret: string }> {
  const key = house.deps.ids.uuid();
  const got = await admin.post("/cles", { key, name: "Tableur", role: "reception", from: "01/12/2020", ...wish });
  assert.equal(got.status, 200, got.text);
  return { key, secret: inPage(got.text, /<code>(trb_[A-Za-z0-9_-]{43})<\/code>/) };
}
const look = (secret: string, path = "/api/v1/door") =>
  ask(server, house.services.config.publicUrl, "GET", path, { headers: { authorization: `Bearer ${secret}` } });

test("a key asks with its role, in its house, under its own name in the journal", async () => {
  const { key, secret } = await makeKey();
  const got = await look(secret);
  assert.equal(got.status, 200);
  assert.deepEqual(JSON.parse(got.text), { house: "demo", gerland: true, mermoz: true });
  const { rows } = await house.owner.query("SELECT act FROM core.journal WHERE account_id = $1", [key]);
  assert.deepEqual(rows, [{ act: "door.looked-at" }]);
  assert.match((await admin.get("/journal?acte=door.looked-at")).text, /Tableur/);
});

test("a key of another role is refused, and of one site is narrowed", async () => {
  const board = await makeKey({ role: "board" });
  const refused = await look(board.secret);
  assert.equal(refused.status, 403);
  assert.equal(refused.type, "application/problem+json");
  const narrow = await makeKey({ site: house.sites.gerland });
  assert.deepEqual(JSON.parse((await look(narrow.secret)).text), { house: "demo", gerland: true, mermoz: false });
});

test("a revoked key stops at the next request", async () => {
  const { key, secret } = await makeKey();
  assert.equal((await look(secret)).status, 200);
  assert.equal((await admin.post("/cles/revocation", { id: key })).status, 303);
  assert.equal((await look(secret)).status, 401);
  assert.equal((await admin.post("/cles/revocation", { id: key })).status, 303);
  const { rows } = await house.owner.query(
    "SELECT 1 FROM core.journal WHERE act = 'api-key.revoked' AND subject_id = $1",
    [key],
  );
  assert.equal(rows.length, 1, "revoked once");
  assert.equal((await admin.post("/cles/revocation", { id: house.deps.ids.uuid() })).status, 404);
});

test("a key opens from its first day to its last", async () => {
  const { secret } = await makeKey({ from: "05/12/2020", to: "10/12/2020" });
  const on = async (day: string): Promise<number> => {
    house.clock.set(`${day}T10:00:00+01:00`);
    return (await look(secret)).status;
  };
  try {
    assert.deepEqual(
      [await on("2020-12-04"), await on("2020-12-05"), await on("2020-12-10"), await on("2020-12-11")],
      [401, 200, 200, 401],
    );
  } finally {
    house.clock.set("2020-12-01T09:05:00+01:00");
  }
});

test("a key opens the interface and no page, and is no cookie", async () => {
  const { secret } = await makeKey({ role: "administrator" });
  assert.equal((await look(secret, "/comptes")).status, 401);
  assert.equal((await look(secret, "/compte")).status, 401);
  assert.equal(
    (await makeVisitor(server, house.services.config.publicUrl, `traboule=${secret}`).get("/comptes")).status,
    401,
  );
  for (const wrong of ["", "trb_", secret.slice(0, -1), `${secret}x`]) assert.equal((await look(wrong)).status, 401);
});

test("a key is shown once, kept as a hash, and the form sent twice makes one", async () => {
  const { key, secret } = await makeKey();
  const { rows } = await house.owner.query<{ row: string }>(
    "SELECT k::text AS row FROM house.api_keys k WHERE id = $1",
    [key],
  );
  assert.ok(!rows[0]?.row.includes(secret));
  assert.ok(!(await admin.get("/cles")).text.includes(secret));
  const again = await admin.post("/cles", { key, name: "Tableur", role: "reception", from: "01/12/2020" });
  assert.equal(again.status, 303, "its secret is not made anew");
  assert.equal((await look(secret)).status, 200);
});

test("a mistake in the form is told and what was typed is given back", async () => {
  const wrong = await admin.post("/cles", {
    key: house.deps.ids.uuid(),
    name: "Tableur",
    role: "",
    from: "31/02/2020",
    to: "x",
  });
  assert.equal(wrong.status, 422);
  for (const kept of [
    "Tableur",
    "31/02/2020",
    "Choisissez un rôle",
    "Écrivez le premier jour",
    "Écrivez le dernier jour",
  ])
    assert.ok(wrong.text.includes(kept), kept);
  const foreign = await admin.post("/cles", {
    key: house.deps.ids.uuid(),
    name: "Tableur",
    role: "adviser",
    site: (await house.anotherHouse("loin")).sites.gerland,
    from: "01/12/2020",
  });
  assert.equal(foreign.status, 422);
  assert.match(foreign.text, /pas de cette maison/);
});

test("the list is counted, and its file has as many rows and no key", async () => {
  const { rows } = await house.owner.query("SELECT 1 FROM house.api_keys WHERE house_id = $1", [house.houseId]);
  assert.match((await admin.get("/cles")).text, new RegExp(`${rows.length}\u00a0clés`));
  const file = await admin.get("/cles/export.csv");
  assert.equal(file.text.trim().split("\r\n").length, rows.length + 1);
  assert.ok(!file.text.includes("trb_"));
});
