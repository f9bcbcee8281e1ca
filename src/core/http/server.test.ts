// The pipeline: scope, right, trace and journal in one transaction; what is refused leaves nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { z } from "zod";
import { declareRights } from "../rights.ts";
import type { Room } from "../room.ts";
import { plainChrome } from "../testing/chrome.ts";
import { testHouse } from "../testing/house.ts";
import { json, page, redirect, refusal } from "./answer.ts";
import { declareRoutes } from "./route.ts";
import { makeServer } from "./server.ts";

const rights = declareRights({ "note.write": { sentence: "écrire une note", roles: ["reception"] } });

function noteRoom(): Room {
  const routes = declareRoutes();
  routes.get("/notes", { right: rights["note.write"], trace: "note.listed" }, async (at) => {
    const { rows } = await sql<{ house: string }>`select core.current_house() as house`.execute(at.tx.on());
    return page({ title: "Notes", body: rows[0]?.house });
  });
  const form = z.object({ alias: z.string().min(1, "Écrivez un nom.") });
  routes.post(
    "/notes",
    {
      right: rights["note.write"],
      trace: "note.written",
      form,
      onMistakes: (_, { fields }) => refusal(422, fields.alias ?? ""),
    },
    async (at) => {
      await sql`insert into house.site_aliases (house_id, site_id, alias) select house_id, id, ${at.form.alias} from house.sites where house_id = ${at.scope.house} and code = 'gerland'`.execute(
        at.tx.on(),
      );
      if (at.form.alias === "late") return refusal(409, "Trop tard.");
      if (at.form.alias === "bug") throw new Error("planted");
      return redirect("/notes", "Écrit.");
    },
  );
  routes.api(
    "GET",
    "/api/v1/notes",
    {
      right: rights["note.write"],
      trace: "note.listed",
      summary: "Notes",
      query: z.object({ n: z.coerce.number().max(3) }),
      answer: z.object({ n: z.number() }),
    },
    async (at) => ({ n: at.form.n }),
  );
  routes.openGet("/open", { right: "anyone", trace: { none: "test" } }, () => json({ ok: true }));
  return { name: "notes", uses: [], rights, routes };
}

test("a request runs in its house, under its right, and leaves its trace", async (t) => {
  const house = await testHouse(t);
  const server = makeServer({ rooms: [noteRoom()], services: house.services, chrome: plainChrome });
  const desk = await house.signIn("reception");
  const board = await house.signIn("board");
  const acts = async (): Promise<string[]> =>
    (await house.owner.query<{ act: string }>("SELECT act FROM core.journal ORDER BY act")).rows.map((row) => row.act);

  assert.equal((await server.request("/notes")).status, 401);
  assert.equal((await server.request("/notes", { headers: { cookie: "traboule=forged" } })).status, 401);
  assert.equal((await server.request("/notes", { headers: { cookie: board.cookie } })).status, 403);
  const seen = await server.request("/notes", { headers: { cookie: desk.cookie } });
  assert.equal(seen.status, 200);
  assert.match(await seen.text(), new RegExp(house.houseId));
  assert.deepEqual(await acts(), ["access.refused", "note.listed"]);
});

test("an act that is refused or breaks leaves nothing; one that succeeds leaves the act and its line", async (t) => {
  const house = await testHouse(t);
  const server = makeServer({ rooms: [noteRoom()], services: house.services, chrome: plainChrome });
  const { cookie } = await house.signIn("reception");
  const post = (alias: string, headers: Record<string, string> = {}) =>
    server.request("/notes", {
      method: "POST",
      headers: {
        cookie,
        "content-type": "application/x-www-form-urlencoded",
        origin: house.services.config.publicUrl,
        ...headers,
      },
      body: new URLSearchParams({ alias }).toString(),
    });
  const left = async (): Promise<unknown[]> =>
    (await house.owner.query("SELECT alias, (SELECT count(*)::int FROM core.journal) AS lines FROM house.site_aliases"))
      .rows;
  assert.equal((await post("")).status, 422);
  assert.equal((await post("late")).status, 409);
  assert.equal((await post("bug")).status, 500);
  assert.equal(
    (await post("kept", { origin: "https://elsewhere.test" })).status,
    403,
    "another site's form is refused",
  );
  assert.deepEqual(await left(), []);
  const done = await post("kept\u0000");
  assert.equal(done.status, 303);
  assert.deepEqual(await left(), [{ alias: "kept", lines: 1 }]);
});

test("the journal cannot be altered by the web role", async (t) => {
  const house = await testHouse(t);
  await house.run("reception", async (tx) => tx.journal({ act: "kept" }));
  for (const statement of [
    "UPDATE core.journal SET act = 'other'",
    "DELETE FROM core.journal",
    "TRUNCATE core.journal",
  ])
    await assert.rejects(
      house.run("direction", async (tx) => void (await sql.raw(statement).execute(tx.on()))),
      /permission denied/,
    );
});

test("row-level security holds when a query forgets its house", async (t) => {
  const house = await testHouse(t);
  const other = await house.anotherHouse("other");
  const seen = await house.run("direction", async (tx) =>
    (await sql<{ id: string }>`select id from house.sites`.execute(tx.on())).rows.map((row) => row.id),
  );
  assert.deepEqual(seen.sort(), [house.sites.gerland, house.sites.mermoz].sort());
  await assert.rejects(
    house.run(
      "direction",
      async (tx) =>
        void (await sql`insert into house.site_aliases values (${other.houseId}, ${other.sites.gerland}, 'x')`.execute(
          tx.on(),
        )),
    ),
    /row-level security/,
  );
});

test("the interface answers JSON, and refuses with problem details", async (t) => {
  const house = await testHouse(t);
  const server = makeServer({ rooms: [noteRoom()], services: house.services, chrome: plainChrome });
  const { cookie } = await house.signIn("reception");
  assert.deepEqual(await (await server.request("/api/v1/notes?n=2", { headers: { cookie } })).json(), { n: 2 });
  const refused = await server.request("/api/v1/notes?n=9", { headers: { cookie } });
  assert.equal(refused.status, 422);
  assert.equal(refused.headers.get("content-type"), "application/problem+json");
  assert.equal((await server.request("/api/v1/notes?n=2")).status, 401);
});
