// The journal as it is read: who, what, when, on which record; page after page; as a file; by those who may, whose reading is written too.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { makeHouseRoom } from "../room.ts";

const person = "018f4d1e-0000-7000-8000-000000000001";
let house: TestHouse;
let server: Server;
let direction: Visitor;
let reader: { cookie: string; account: string };

before(async () => {
  house = await testHouse(wholeFile);
  const room = makeHouseRoom({
    words: () => ({
      "person.opened": "a ouvert une fiche",
      "person.sensitive-read": "a lu des données sensibles",
      "journal.read": "a lu le journal",
      "account.granted": "a donné un rôle",
    }),
    programmes: async () => [],
    recordOf: async (_, code) => (code === "AC4TRF7" ? person : null),
  });
  server = makeServer({ rooms: [room], services: house.services, chrome: plainChrome });
  reader = await house.signIn("adviser");
  direction = makeVisitor(server, house.services.config.publicUrl, (await house.signIn("direction")).cookie);
  // 250 readings over three days, the last before midnight in Paris.
  for (let at = 0; at < 250; at += 1) {
    house.clock.set(new Date(Date.parse("2020-11-28T23:59:00+01:00") - at * 900_000).toISOString());
    await house.run(
      "adviser",
      async (tx) =>
        tx.journal({
          act: at % 10 === 0 ? "person.sensitive-read" : "person.opened",
          ...(at % 50 === 0 ? { subject: { kind: "person", id: person } } : {}),
          details: { turn: at },
        }),
      { account: reader.account },
    );
  }
  house.clock.set("2020-12-01T09:05:00+01:00");
});

const rowsOf = (text: string): number => (text.match(/<tr>/g)?.length ?? 1) - 1;
const countOf = (text: string): number => Number(inPage(text, /([\d\u202f]+)\u00a0lignes?/).replace("\u202f", ""));

test("a filter narrows by account, act, day and record, and the count is its own", async () => {
  const seen = async (query: string): Promise<number> => {
    const got = await direction.get(`/journal?${query}`);
    assert.equal(got.status, 200);
    assert.equal(rowsOf(got.text), Math.min(50, countOf(got.text)));
    return countOf(got.text);
  };
  const account = `compte=${reader.account}`;
  assert.equal(await seen(account), 250);
  assert.equal(await seen(`${account}&acte=person.sensitive-read`), 25);
  assert.equal(await seen(`${account}&de=28/11/2020&a=28/11/2020`), 96, "a day of the house: 24 hours by quarters");
  assert.equal(await seen(`${account}&de=2020-11-29&a=2020-11-29`), 0);
  assert.equal(await seen(`${account}&fiche=${person}`), 5);
  assert.equal(await seen(`${account}&fiche=AC4TRF7`), 5, "by the code that people read");
  assert.match((await direction.get("/journal?fiche=AC4TRF7")).text, /value="AC4TRF7"/, "what was typed stays");
  assert.equal(
    await seen("fiche=AC4TRF7&acte=journal.read"),
    3,
    "having looked at a file's lines is a line of that file",
  );
  assert.equal(await seen("fiche=ZZZZZZZ"), 0, "a code that names nothing finds nothing");
  const odd = await direction.get("/journal?acte=%00&compte=x&de=hier&apres=x");
  assert.equal(odd.status, 422);
  assert.equal(await seen(""), countOf(odd.text) + 1, "what is unreadable is said; that reading is one line more");
});

test("pages follow each other without losing or repeating a line", async () => {
  const turns: number[] = [];
  let path = `/journal?compte=${reader.account}`;
  for (let pages = 0; path && pages < 20; pages += 1) {
    const { text } = await direction.get(path);
    for (const [, turn] of text.matchAll(/turn\u00a0: (\d+)/g)) turns.push(Number(turn));
    path = inPage(text, /href="([^"]+)">Suite</);
  }
  assert.deepEqual(
    turns,
    Array.from({ length: 250 }, (_, at) => at),
  );
});

test("the file has the lines of the filter, in the words of the page", async () => {
  const file = await direction.get(`/journal/export.csv?compte=${reader.account}&acte=person.opened`);
  assert.equal(file.type, "text/csv; charset=utf-8");
  const lines = file.text.trim().split("\r\n");
  assert.equal(lines.length, 226);
  assert.match(lines[1] ?? "", /^28\/11\/2020 à 23\u00a0h\u00a044;Camille adviser;a ouvert une fiche;/);
});

test("a line's facts are in words: places by their names, roles as the house calls them", async () => {
  await house.run("administrator", async (tx) =>
    tx.journal({
      act: "account.granted",
      details: { roles: ["reception"], site: house.sites.gerland, secondFactor: true, to: null, filters: [] },
    }),
  );
  const { text } = await direction.get("/journal?acte=account.granted");
  assert.match(text, />lieu\u00a0: Antenne Gerland\u00a0; rôles\u00a0: Accueil\u00a0; seconde étape\u00a0: oui</);
});

test("reading the journal, and taking it away, are written in it", async () => {
  const before = await direction.get(`/journal?acte=journal.read`);
  const after = await direction.get(`/journal?acte=journal.read`);
  assert.equal(countOf(after.text), countOf(before.text) + 1);
  await direction.get("/journal/export.csv?de=01/12/2020");
  const { rows } = await house.owner.query("SELECT 1 FROM core.journal WHERE act = 'journal.exported'");
  assert.ok(rows.length > 0);
});

test("a line is of its house, its author's name with it, and nobody without the right reads it", async () => {
  const away = await house.anotherHouse("loin");
  const other = makeVisitor(
    server,
    house.services.config.publicUrl,
    (await house.signIn("direction", { house: away.houseId })).cookie,
  );
  assert.equal(countOf((await other.get(`/journal?compte=${reader.account}`)).text), 0);
  assert.ok(!(await other.get("/journal/export.csv")).text.includes("turn"));
  const adviser = makeVisitor(server, house.services.config.publicUrl, reader.cookie);
  for (const path of ["/journal", "/journal/export.csv"]) assert.equal((await adviser.get(path)).status, 403);
});
