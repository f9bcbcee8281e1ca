// Visits for programs: noted once, for the sites of the role only, read by pages that end.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../core/http/server.ts";
import { plainChrome } from "../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../core/testing/house.ts";
import { wholeFile } from "../../../core/testing/server.ts";
import { ask, type Got, type Server } from "../../../core/testing/visitor.ts";
import { agendaRoom } from "./room.tsx";

let house: TestHouse;
let server: Server;
let gerland: string;
let direction: string;
const key = (): string => house.deps.ids.uuid();
const post = (cookie: string, json: unknown): Promise<Got> =>
  ask(server, house.services.config.publicUrl, "POST", "/api/v1/visits", { cookie, json });
const get = async (cookie: string, path: string): Promise<{ status: number; data: Record<string, unknown> }> => {
  const got = await ask(server, house.services.config.publicUrl, "GET", path, { cookie });
  return { status: got.status, data: JSON.parse(got.text) as Record<string, unknown> };
};
const lines = async (act: string): Promise<number> =>
  (await house.owner.query("SELECT 1 FROM core.journal WHERE act = $1", [act])).rowCount ?? 0;

before(async () => {
  house = await testHouse(wholeFile, { rooms: [agendaRoom] });
  server = makeServer({ rooms: [agendaRoom], services: house.services, chrome: plainChrome });
  gerland = (await house.signIn("reception", { site: house.sites.gerland })).cookie;
  direction = (await house.signIn("direction")).cookie;
});

test("a visit is noted once however often it is sent, with one line of the journal", async () => {
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM agenda.visit_terms WHERE house_id = $1 AND label = 'atelier'",
    [house.houseId],
  );
  const wish = { id: key(), site: "gerland", reason: rows[0]?.id, mode: "video", unnamedSex: "F" };
  const answers = await Promise.all([1, 2, 3].map(() => post(gerland, wish)));
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [200, 200, 200],
  );
  const given = answers.map((answer) => JSON.parse(answer.text) as { made: boolean; visit: Record<string, unknown> });
  assert.equal(given.filter((one) => one.made).length, 1);
  for (const { visit } of given)
    assert.deepEqual(
      [visit.id, visit.day, visit.hour, visit.site, visit.reasonLabel, visit.mode, visit.unnamedSex, visit.withdrawn],
      [wish.id, "2020-12-01", "09:05", house.sites.gerland, "atelier", "video", "F", null],
    );
  assert.equal(await lines("visit.recorded"), 1);
  assert.deepEqual((await get(gerland, `/api/v1/visits/${wish.id}`)).data, given[0]?.visit);
});

test("what cannot be is refused with a sentence, and nothing is noted", async () => {
  const count = async (): Promise<number> => (await house.owner.query("SELECT 1 FROM agenda.visits")).rowCount ?? 0;
  const before = await count();
  for (const [wish, status] of [
    [{ site: "gerland" }, 422],
    [{ id: "1", site: "gerland" }, 422],
    [{ id: key(), site: "nulle part" }, 422],
    [{ id: key(), site: key() }, 422],
    [{ id: key(), site: "gerland", day: "2020-12-02" }, 422],
    [{ id: key(), site: "gerland", hour: "25:00" }, 422],
    [{ id: key(), site: "gerland", hour: "23:00" }, 422],
    [{ id: key(), site: "gerland", person: key() }, 422],
    [{ id: key(), site: "gerland", reason: key() }, 422],
    [{ id: key(), site: "gerland", mode: "fax" }, 422],
    [{ id: key(), site: "Mermoz/Bachut" }, 403],
  ] as const) {
    const answer = await post(gerland, wish);
    assert.equal(answer.status, status, JSON.stringify(wish));
    assert.match(answer.type, /problem\+json/);
    assert.ok((JSON.parse(answer.text) as { title: string }).title.length > 10);
  }
  assert.equal(await count(), before);
  const board = (await house.signIn("board")).cookie;
  assert.equal((await post(board, { id: key(), site: "gerland" })).status, 403);
  assert.equal((await get(board, "/api/v1/visits")).status, 403);
});

test("an identifier that another site's visit bears gives nothing of it away", async () => {
  const wish = { id: key(), site: "mermoz" };
  assert.equal((await post(direction, wish)).status, 200);
  const taken = await post(gerland, { ...wish, site: "gerland" });
  assert.equal(taken.status, 409);
  assert.doesNotMatch(taken.text, /Mermoz/);
  assert.equal((await get(gerland, `/api/v1/visits/${wish.id}`)).status, 404);
  assert.equal((await get(direction, `/api/v1/visits/${wish.id}`)).status, 200);
});

test("the list is read by pages to its end, each visit once, of the role's own sites", async () => {
  for (let turn = 0; turn < 7; turn++)
    await post(direction, { id: key(), site: turn % 3 ? "gerland" : "mermoz", day: `2020-11-${20 + turn}` });
  type Page = { count: number; withdrawn: number; next: string | null; visits: { id: string; site: string }[] };
  const read = async (cookie: string, query: string): Promise<{ ids: string[]; first: Page }> => {
    const ids: string[] = [];
    let first: Page | null = null;
    for (let next: string | null = ""; next !== null; ) {
      const page = (await get(cookie, `/api/v1/visits?most=2${query}${next ? `&before=${next}` : ""}`))
        .data as unknown as Page;
      first ??= page;
      ids.push(...page.visits.map((visit) => visit.id));
      next = page.next;
    }
    assert.ok(first);
    return { ids, first };
  };
  const all = await read(direction, "");
  assert.equal(all.ids.length, all.first.count + all.first.withdrawn);
  assert.equal(new Set(all.ids).size, all.ids.length);
  const own = await read(gerland, "");
  assert.ok(own.ids.length < all.ids.length);
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM agenda.visits WHERE site_id = $1", [
    house.sites.gerland,
  ]);
  assert.deepEqual(own.ids.toSorted(), rows.map((row) => row.id).sort());
  assert.deepEqual((await read(direction, `&site=${house.sites.gerland}`)).ids.toSorted(), own.ids.toSorted());
  assert.equal((await get(gerland, "/api/v1/visits?site=mermoz")).status, 404);
  assert.equal((await get(gerland, "/api/v1/visits?from=hier")).status, 422);
  assert.deepEqual((await read(direction, "&from=2020-11-20&to=2020-11-21")).ids.length, 2);
  assert.ok((await lines("visit.read")) > 0);
});

test("the words of the lists are given with their days", async () => {
  const { data } = await get(gerland, "/api/v1/visit-terms");
  const terms = data.terms as { kind: string; label: string; from: string; to: string | null }[];
  assert.ok(
    terms.some((term) => term.kind === "orientation" && term.label === "Mission Locale" && term.from === "2000-01-01"),
  );
});
