// A list of ten thousand rows as files: fast, in a bounded memory, every row once.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sql } from "kysely";
import { declareRoutes } from "../http/route.ts";
import { makeServer } from "../http/server.ts";
import { declareRights } from "../rights.ts";
import { plainChrome } from "../testing/chrome.ts";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { wholeFile } from "../testing/server.ts";
import { makeVisitor, type Visitor } from "../testing/visitor.ts";
import { chipsOf, queryOf, readAsked } from "./asked.ts";
import { between, holds } from "./conditions.ts";
import type { List } from "./list.ts";
import { declareList } from "./routes.ts";

const rights = declareRights({ "line.see": { sentence: "voir les lignes", roles: ["direction"] } });
type Line = { id: string; name: string; day: string };
const lines: List<Line> = {
  name: "lignes",
  path: "/lignes",
  title: "Lignes",
  words: ["ligne", "lignes"],
  right: rights["line.see"],
  trace: { listed: "line.listed", exported: "line.exported" },
  query: (tx) => ({
    select: sql`l.id, l.name, l.day`,
    from: sql`(SELECT ${tx.scope.house}::uuid AS house_id, n::text AS id, CASE WHEN n % 10 = 0 THEN '=Élodie ' ELSE 'Ligne 100% ' END || n AS name, date '2020-01-01' + (n % 366) AS day
      FROM generate_series(1, 10000) n) l`,
    where: [sql`l.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`l.day` }],
  tie: { by: sql`l.id` },
  filters: [
    { kind: "days", key: "de", label: "Jours", usual: () => null, where: between(sql`l.day`) },
    { kind: "text", key: "nom", label: "Nom", where: (value) => holds(sql`l.name`, value) },
    {
      kind: "choice",
      key: "sorte",
      label: "Sorte",
      usual: "toutes",
      options: () => [
        { value: "paires", label: "paires" },
        { value: "toutes", label: "toutes" },
      ],
      where: (value) => (value === "paires" ? sql`l.id::int % 2 = 0` : null),
    },
  ],
  columns: [
    {
      key: "nom",
      label: "Nom",
      header: true,
      render: (line) => line.name,
      cell: (line) => line.name,
      sort: sql`l.name`,
    },
    { key: "jour", label: "Jour", cell: (line) => ({ day: line.day }) },
  ],
  empty: () => <p>Rien.</p>,
};

let house: TestHouse;
let direction: Visitor;

before(async () => {
  const routes = declareRoutes();
  declareList(routes, lines);
  const room = { name: "lines", uses: [], rights, routes };
  house = await testHouse(wholeFile, { rooms: [room] });
  const server = makeServer({ rooms: [room], services: house.services, chrome: plainChrome });
  direction = makeVisitor(server, house.services.config.publicUrl, (await house.signIn("direction")).cookie);
});

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

test("ten thousand rows leave as CSV, each once, in the order asked for, and no text is a formula", async () => {
  const before = process.memoryUsage().rss;
  const got = await direction.get("/lignes/export.csv?tri=-nom");
  assert.ok(process.memoryUsage().rss - before < 150_000_000);
  const rows = got.text.trim().split("\r\n").slice(1);
  assert.equal(rows.length, 10_000);
  assert.equal(new Set(rows).size, 10_000);
  const names = rows.map((row) => row.split(";")[0] ?? "");
  assert.ok(names.every((name) => !name.startsWith("=")));
  assert.equal(names[0], "Ligne 100% 9999");
});

test("words combine without regard to accents, and no sign of what is typed is a pattern", async () => {
  for (const [nom, count] of [
    ["elodie", 1000],
    ["ÉLODIE 10000", 1],
    ["10000 élodie", 1],
    ["100 %", 9012],
    ["_", 0],
    ["' OR ''='", 0],
    ["\\", 0],
  ] as const) {
    const page = plain((await direction.get("/lignes", { query: { nom } })).text);
    assert.match(
      page,
      new RegExp(`<span>${count === 0 ? "0" : count.toLocaleString("fr-FR").replace(/\s/g, " ")} ligne`),
      nom,
    );
  }
});

test("filters are seen, each with the way out of it; the order and the other filters stay", async () => {
  const query = {
    de: "01/02/2020",
    a: "29/02/2020",
    nom: "ligne",
    sorte: "paires",
    tri: "-nom",
    apres: "2",
    inconnu: "x",
  };
  await house.run("direction", async (tx) => {
    const asked = await readAsked(tx, lines, query, lines.right);
    assert.deepEqual(
      chipsOf(lines, asked).map((chip) => [plain(chip.label), decodeURIComponent(chip.without)]),
      [
        ["Jours : du 01/02/2020 au 29/02/2020", "/lignes?nom=ligne&sorte=paires&tri=-nom"],
        ["Nom : « ligne »", "/lignes?de=01/02/2020&a=29/02/2020&sorte=paires&tri=-nom"],
        ["Sorte : paires", "/lignes?de=01/02/2020&a=29/02/2020&nom=ligne&tri=-nom"],
      ],
    );
    // Read back, the address of a list asks for the same.
    const again = Object.fromEntries(new URLSearchParams(queryOf(lines, asked)));
    assert.deepEqual((await readAsked(tx, lines, again, lines.right)).values, asked.values);
  });
  const page = await direction.get("/lignes", { query });
  assert.match(page.text, /aria-sort="descending"/);
  assert.match(
    page.text,
    /export\.xlsx\?de=01%2F02%2F2020&amp;a=29%2F02%2F2020&amp;nom=ligne&amp;sorte=paires&amp;tri=-nom"/,
  );
});

test("a filter that cannot be read is said, on the page and by the file, and what was typed stays", async () => {
  for (const [name, value] of [
    ["de", "hier"],
    ["sorte", "impaires"],
  ] as const) {
    const page = await direction.get("/lignes", { query: { [name]: value } });
    assert.equal(page.status, 422);
    assert.match(page.text, /class="mistake"/);
    assert.equal((await direction.get("/lignes/export.csv", { query: { [name]: value } })).status, 422);
  }
  assert.match((await direction.get("/lignes?de=hier")).text, /value="hier"/);
});

test("the journal says which list was opened and how many rows left, and no name that was typed", async () => {
  await direction.get("/lignes/export.csv?nom=Quillevéré&sorte=paires");
  const told = async () =>
    (
      await house.owner.query<{ details: Record<string, unknown> }>(
        "SELECT details FROM core.journal WHERE act = 'line.exported' AND details -> 'filters' ? 'nom'",
      )
    ).rows;
  // The line is committed when the last row has left.
  for (let turn = 0; turn < 100 && (await told()).length === 0; turn += 1)
    await new Promise((done) => setTimeout(done, 10));
  assert.deepEqual(
    (await told()).map((row) => row.details),
    [{ list: "lignes", filters: { nom: "…", sorte: "paires" }, count: 0 }],
  );
});
