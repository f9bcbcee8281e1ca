// A session seen before starts from what it was; what it is now decides. Nothing is kept, told or traced under what is no longer true.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { z } from "zod";
import { declareRights } from "../rights.ts";
import type { Room } from "../room.ts";
import { plainChrome } from "../testing/chrome.ts";
import { testHouse } from "../testing/house.ts";
import { page, redirect, refusal } from "./answer.ts";
import { declareRoutes } from "./route.ts";
import { makeServer } from "./server.ts";

const rights = declareRights({ "note.write": { sentence: "écrire une note", roles: ["reception"] } });

function room(runs: string[]): Room {
  const routes = declareRoutes();
  routes.get("/notes", { right: rights["note.write"], trace: "note.listed" }, async (at) => {
    runs.push("listed");
    const { rows } = await sql<{ code: string }>`SELECT code FROM house.sites ORDER BY code`.execute(at.tx.on());
    return page({ title: "Notes", body: rows.map((row) => row.code).join(" ") });
  });
  routes.get("/notes/export.csv", { right: rights["note.write"], trace: "note.exported" }, async () => ({
    kind: "file",
    name: "notes.csv",
    type: "text/csv",
    stream: new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("secret"));
        controller.close();
      },
    }),
  }));
  routes.post(
    "/notes",
    {
      right: rights["note.write"],
      trace: "note.written",
      form: z.object({ alias: z.string() }),
      onMistakes: () => refusal(422, "Non."),
      swift: true,
    },
    async (at) => {
      await sql`INSERT INTO house.site_aliases (house_id, site_id, alias)
        SELECT house_id, id, ${at.form.alias} FROM house.sites WHERE house_id = ${at.scope.house} AND code = 'gerland'`.execute(
        at.tx.on(),
      );
      return redirect("/notes", "Écrit.");
    },
  );
  routes.post(
    "/notes/at-once",
    {
      right: rights["note.write"],
      trace: "note.kept",
      form: z.object({ alias: z.string() }),
      onMistakes: () => refusal(422, "Non."),
      swift: true,
    },
    async (at) => {
      const [text, values] = [
        `WITH made AS (INSERT INTO house.site_aliases (house_id, site_id, alias)
           SELECT house_id, id, $2::text FROM house.sites WHERE house_id = $1 AND code = 'gerland' AND $2 <> ''
           ON CONFLICT DO NOTHING RETURNING 1)`,
        [at.scope.house, at.form.alias],
      ];
      if (at.tx.atOnce) await at.tx.atOnce({ text, values, line: at.takeLine() });
      else {
        runs.push("the long way");
        at.nothingHappened();
      }
      return redirect("/notes", "Écrit.");
    },
  );
  return { name: "notes", uses: [], rights, routes };
}

const changes: [string, string, number][] = [
  ["its session has ended", "DELETE FROM house.sessions WHERE account_id = $1", 401],
  ["its account is closed", "UPDATE house.accounts SET closed_at = now() WHERE id = $1", 401],
  ["its role has ended", "UPDATE house.grants SET to_day = '2019-01-01' WHERE account_id = $1", 403],
  ["its role is another", "UPDATE house.grants SET role = 'board' WHERE account_id = $1", 403],
];
for (const [what, change, status] of changes)
  test(`somebody known a moment ago: ${what}`, async (t) => {
    const house = await testHouse(t);
    const runs: string[] = [];
    const server = makeServer({ rooms: [room(runs)], services: house.services, chrome: plainChrome });
    const { cookie, account } = await house.signIn("reception");
    const origin = new URL(house.services.config.publicUrl).origin;
    const get = (path: string) => server.request(path, { headers: { cookie } });
    const write = (alias: string, path = "/notes") =>
      server.request(path, {
        method: "POST",
        headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ alias }),
      });
    assert.equal((await get("/notes")).status, 200);
    assert.equal((await write("known")).status, 303);
    assert.equal((await write("at once", "/notes/at-once")).status, 303);
    await house.owner.query(change, [account]);
    const file = await get("/notes/export.csv");
    assert.equal(file.status, status);
    assert.doesNotMatch(await file.text(), /secret/);
    // Each time as if it had just been remembered.
    for (let turn = 0; turn < 2; turn++) {
      const answer = await get("/notes");
      assert.equal(answer.status, status);
      assert.doesNotMatch(await answer.text(), /gerland/);
      assert.equal((await write(`late ${turn}`)).status, status);
      assert.equal((await write(`late at once ${turn}`, "/notes/at-once")).status, status);
    }
    const { rows: aliases } = await house.owner.query("SELECT alias FROM house.site_aliases WHERE alias LIKE 'late%'");
    assert.deepEqual(aliases, []);
    const { rows: traces } = await house.owner.query<{ act: string }>(
      "SELECT act FROM core.journal WHERE act LIKE 'note.%' ORDER BY act",
    );
    assert.deepEqual(
      traces.map((row) => row.act),
      ["note.kept", "note.listed", "note.written"],
    );
  });

for (const path of ["/notes", "/notes/at-once"])
  test(`a write to ${path} is the first thing that meets the change: nothing of it is kept`, async (t) => {
    const house = await testHouse(t);
    const server = makeServer({ rooms: [room([])], services: house.services, chrome: plainChrome });
    const { cookie, account } = await house.signIn("reception");
    const origin = new URL(house.services.config.publicUrl).origin;
    assert.equal((await server.request("/notes", { headers: { cookie } })).status, 200);
    await house.owner.query("UPDATE house.grants SET role = 'board' WHERE account_id = $1", [account]);
    const answer = await server.request(path, {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ alias: "late" }),
    });
    assert.equal(answer.status, 403);
    const { rows } = await house.owner.query(
      "SELECT alias FROM house.site_aliases WHERE alias = 'late' UNION ALL SELECT act FROM core.journal WHERE act IN ('note.written', 'note.kept')",
    );
    assert.equal(rows.length, 0);
  });

test("a role given meanwhile counts at once, and the work that ran twice leaves one line", async (t) => {
  const house = await testHouse(t);
  const runs: string[] = [];
  const server = makeServer({ rooms: [room(runs)], services: house.services, chrome: plainChrome });
  const { cookie, account } = await house.signIn("reception");
  const get = () => server.request("/notes", { headers: { cookie } });
  assert.equal((await get()).status, 200);
  await house.owner.query("UPDATE house.accounts SET name = 'Camille Autre' WHERE id = $1", [account]);
  assert.equal((await get()).status, 200);
  assert.equal(runs.length, 3, "under the old scope, then under the new one");
  const { rows } = await house.owner.query("SELECT 1 FROM core.journal WHERE act = 'note.listed'");
  assert.equal(rows.length, 2);
});

test("an act at once is written with its line, once; what makes nothing goes the long way and leaves none", async (t) => {
  const house = await testHouse(t);
  const runs: string[] = [];
  const server = makeServer({ rooms: [room(runs)], services: house.services, chrome: plainChrome });
  const { cookie } = await house.signIn("reception");
  const origin = new URL(house.services.config.publicUrl).origin;
  const write = (alias: string) =>
    server.request("/notes/at-once", {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ alias }),
    });
  const answers = await Promise.all(["kept", "kept", "kept", ""].map(write));
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [303, 303, 303, 303],
  );
  assert.equal(runs.length, 3, "two that came after, and one of nothing");
  const { rows } = await house.owner.query<{ act: string; house: boolean }>(
    "SELECT act, house_id = $1 AS house FROM core.journal WHERE act = 'note.kept'",
    [house.houseId],
  );
  assert.deepEqual(rows, [{ act: "note.kept", house: true }]);
});
