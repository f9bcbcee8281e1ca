// Every declared list: what the page counts, what the CSV holds and what the workbook holds are the same rows, whatever the filters; and
// no address, however odd, breaks one.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { inTransaction, type Tx } from "../../core/db/transaction.ts";
import { readAsked } from "../../core/lists/asked.ts";
import type { AnyList, Filter, List } from "../../core/lists/list.ts";
import { allRows, type ListPage, pageAndCount } from "../../core/lists/rows.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { type Got, makeVisitor, type Server, type Visitor } from "../../core/testing/visitor.ts";
import { accompanimentSamples } from "../../core/testing/walk/accompaniment-samples.ts";
import { aroundSamples } from "../../core/testing/walk/around-samples.ts";
import { contactSamples } from "../../core/testing/walk/contact-samples.ts";
import { cultureSamples } from "../../core/testing/walk/culture-samples.ts";
import { type Hand, makeHand } from "../../core/testing/walk/hand.ts";
import { kitSamples } from "../../core/testing/walk/kit-samples.ts";
import { listSamples } from "../../core/testing/walk/list-samples.ts";
import { meetingSamples } from "../../core/testing/walk/meeting-samples.ts";
import { outpostSamples } from "../../core/testing/walk/outpost-samples.ts";
import { partnerSamples } from "../../core/testing/walk/partner-samples.ts";
import { portalSamples } from "../../core/testing/walk/portal-samples.ts";
import { programmeSamples } from "../../core/testing/walk/programme-samples.ts";
import { recordSamples } from "../../core/testing/walk/record-samples.ts";
import { resourceSamples } from "../../core/testing/walk/resource-samples.ts";
import { seasonSamples } from "../../core/testing/walk/season-samples.ts";
import { makeApplication } from "../application.ts";
import { lists, rooms } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
let server: Server;
let self: { cookie: string; account: string };
/** Who reads a list: the direction, or the administrator where only they may. */
type Reader = { role: "direction" | "administrator"; visitor: Visitor; cookie: string; account: string };
const readers: Reader[] = [];
const readerOf = (list: AnyList): Reader => readers.find(({ role }) => list.right.roles.includes(role)) as Reader;

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  self = await house.signIn("direction");
  const administrator = await house.signIn("administrator");
  for (const [role, who] of [
    ["direction", self],
    ["administrator", administrator],
  ] as const)
    readers.push({ role, ...who, visitor: makeVisitor(server, publicUrl, who.cookie) });
  const makers = { direction: self.cookie, administrator: administrator.cookie };
  const hand = makeHand(house, server, publicUrl, makers, self);
  await furnish(hand);
});

/** Records of every kind, made through the pages. */
async function furnish(hand: Hand): Promise<void> {
  await hand.apiKey();
  await hand.imported();
  const samples = {
    ...recordSamples,
    ...partnerSamples,
    ...programmeSamples,
    ...accompanimentSamples,
    ...meetingSamples,
    ...contactSamples,
    ...listSamples,
    ...cultureSamples,
    ...aroundSamples,
    ...outpostSamples,
    ...kitSamples,
    ...seasonSamples,
    ...portalSamples,
    ...resourceSamples,
  };
  for (const name of [
    "POST /parcours/nouveau",
    "POST /parcours/:enrolment/sortie",
    "POST /structures-accompagnees/nouvelle",
    "POST /file-active/passage",
    "POST /entretiens",
    "POST /entretiens/:interview/etat",
    "POST /seances",
    "POST /seances/:session/inscriptions",
    "POST /structures/nouvelle",
    "POST /structures/:structure/fermeture",
    "POST /personnes/:person/orienter",
    "POST /orientations/:referral/suite",
    "POST /messages/:message/texte",
    "POST /accueil/visites",
    "POST /visites/:visit/retrait",
    "POST /groupes/:act",
    "POST /culture/sorties/nouvelle",
    "POST /culture/dates/:date/reservations",
    "POST /equipe/:member",
    "POST /structures/:structure/comptes",
    "POST /structures/:structure/saisons",
    "POST /structures/saisons/reponses/:letter",
    "POST /culture/territoires/nouveau",
    "POST /culture/projets/nouveau",
    "POST /culture/metiers/nouvelle",
    "POST /culture/volontaires/nouveau",
    "POST /culture/tribune/nouveau",
    "POST /culture/kit/nouveau",
    "POST /rapport/declares/nouveau",
    "POST /gouvernance/membres/nouveau",
  ])
    for (let turn = 0; turn < 3; turn += 1) {
      const sample = (await samples[name]?.(hand)) ?? {};
      const path = name.slice("POST ".length).replace(/:([a-z]+)/g, (_, key: string) => sample.params?.[key] ?? "");
      const got = await hand.ask("POST", path, { ...sample, cookie: self.cookie });
      assert.ok([200, 303].includes(got.status), `${name}: ${got.status} ${got.text.slice(0, 500)}`);
    }
  // A session of the pole of culture is one of a programme of that pole.
  await house.owner.query(
    "UPDATE programmes.programmes SET pole = 'culture' WHERE id IN (SELECT programme_id FROM agenda.sessions)",
  );
  // What comes from files alone.
  for (const [at, text] of ["A", "B", "C"].entries())
    await house.owner.query(
      `WITH entry AS (INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, funder, external_id) VALUES ($1, gen_random_uuid(), date '2020-03-01' + $2::int, '74', 'Zéphyrine ' || $3, 'credit', 10.10, 'Ville', $3)),
            mandate AS (INSERT INTO board.mandates (house_id, id, given_name, family_name, college, external_id) VALUES ($1, gen_random_uuid(), 'Zéphyrine', $3, 'Collège ' || $3, $3))
       INSERT INTO board.meetings (house_id, id, on_day, body, external_id) VALUES ($1, gen_random_uuid(), date '2020-03-01' + $2::int, 'Conseil ' || $3, $3)`,
      [house.houseId, at, text],
    );
}

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
/** The number under the table: "Pages" says how many rows there are. */
const counted = (got: Got): number =>
  Number(/aria-label="Pages"><span>([\d ]+)/.exec(plain(got.text))?.[1]?.replaceAll(" ", "") ?? "-1");
const csvRows = (got: Got): string[][] => parse(got.text, { delimiter: ";", bom: true }) as string[][];

async function xlsxRows(path: string, cookie: string): Promise<string[][]> {
  const answer = await server.request(path, { headers: { cookie } });
  assert.equal(answer.status, 200, path);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await answer.arrayBuffer()) as unknown as ExcelJS.Buffer);
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => void rows.push((row.values as unknown[]).slice(1).map(String)));
  return rows;
}

const reading = <R>(list: AnyList, work: (tx: Tx) => Promise<R>): Promise<R> => {
  const { role, account } = readerOf(list);
  return inTransaction(house.deps, house.scope(role, { account }), "2020-12-01", work);
};

/** Values that a filter may take, the first few. */
const valuesOf = (filter: Filter, list: AnyList): Promise<Record<string, string>[]> =>
  reading(list, async (tx) => {
    if (filter.kind === "days")
      return [
        { de: "01/01/2020", a: "31/12/2020" },
        { de: "30/11/2020", a: "" },
      ];
    if (filter.kind === "text")
      return ["z", "%", "_", "' OR 1=1 --", "Zéphyrine", "\\"].map((one) => ({ [filter.key]: one }));
    if (filter.kind === "yes-no") return [{ [filter.key]: "oui" }, { [filter.key]: "non" }];
    const known = await filter.options(tx, list.right);
    return known.slice(0, 4).map((one) => ({ [filter.key]: one.value }));
  });

test("lists have names and addresses of their own", () => {
  assert.ok(lists.length > 0);
  assert.equal(new Set(lists.map((list) => list.name)).size, lists.length);
  for (const list of lists) {
    const keys = list.filters.map((filter) => filter.key);
    assert.equal(new Set(keys).size, keys.length, list.name);
    for (const key of keys) assert.ok(!["tri", "apres", "vue"].includes(key), `${list.name}: ${key} is the engine's`);
  }
});

// The journal grows by each of its readings: its own test compares it under a filter.
for (const list of lists.filter(({ name }) => name !== "journal"))
  test(`${list.path}: page, CSV and workbook hold the same rows, whatever the filters`, async () => {
    const asked: Record<string, string>[] = [{}];
    for (const filter of list.filters) asked.push(...(await valuesOf(filter, list)));
    let most = 0;
    for (const query of asked) {
      const said = new URLSearchParams(query).toString();
      const page = await readerOf(list).visitor.get(`${list.path}?${said}`);
      assert.equal(page.status, 200, `${list.path}?${said}: ${page.text.slice(0, 300)}`);
      const count = counted(page);
      const csv = csvRows(await readerOf(list).visitor.get(`${list.path}/export.csv?${said}`));
      assert.equal(csv.length - 1, count, `${list.path}?${said}`);
      most = Math.max(most, count);
      const sorted = list.columns.find((column) => column.sort)?.key ?? "";
      const turned = csvRows(await readerOf(list).visitor.get(`${list.path}/export.csv?${said}&tri=-${sorted}`));
      assert.deepEqual(turned.map(String).sort(), csv.map(String).sort(), "an order takes no row away");
    }
    assert.ok(most > 0, "the list has rows to be compared");
    for (const query of [asked[0], asked.at(-1)]) {
      const said = new URLSearchParams(query).toString();
      const csv = csvRows(await readerOf(list).visitor.get(`${list.path}/export.csv?${said}`));
      const xlsx = await xlsxRows(`${list.path}/export.xlsx?${said}`, readerOf(list).cookie);
      assert.equal(xlsx.length, csv.length, `${list.path}?${said}`);
      assert.deepEqual(xlsx[0], csv[0]);
    }
  });

for (const list of lists)
  test(`${list.path}: an odd address is answered by a sentence or by nothing, never by a fault`, async () => {
    const odd = [
      "'",
      '"><b>',
      "%",
      "_",
      "\\",
      "\u0000",
      "x".repeat(10_000),
      "00000000-0000-0000-0000-000000000000",
      "31/02/2020",
    ];
    for (const filter of list.filters)
      for (const value of odd) {
        const said = new URLSearchParams({ [filter.key]: value, ...(filter.kind === "days" ? { a: value } : {}) });
        const got = await readerOf(list).visitor.get(`${list.path}?${said}`);
        assert.ok([200, 422].includes(got.status), `${filter.key}=${value.slice(0, 40)}: ${got.status}`);
        assert.ok(!got.text.includes("<b>"), "what was typed is no markup");
        const file = await readerOf(list).visitor.get(`${list.path}/export.csv?${said}`);
        assert.equal(file.status, got.status, "who is told of a mistake on the page is told by the file too");
      }
    for (const more of [
      "tri=inconnu",
      "tri=-",
      "tri='--",
      "apres=0",
      "apres='--",
      "apres=00000000-0000-0000-0000-000000000000",
      `apres=${"x".repeat(400)}`,
      "apres=%00",
      "inconnu=1",
    ])
      assert.equal((await readerOf(list).visitor.get(`${list.path}?${more}`)).status, 200, more);
  });

for (const list of lists)
  test(`${list.path}: pages one after the other hold the file's rows in its order, whatever orders them`, () =>
    reading(list, async (tx) => {
      const whole = Object.fromEntries(
        list.filters.flatMap((filter): [string, string][] =>
          filter.kind === "days"
            ? [
                ["de", "01/01/2020"],
                ["a", "31/12/2021"],
              ]
            : [],
        ),
      );
      const sorts = list.columns.filter((column) => column.sort).flatMap(({ key }) => [key, `-${key}`]);
      for (const tri of ["", ...sorts]) {
        const ask = (apres: string) => readAsked(tx, list, { ...whole, tri, apres }, list.right);
        const file: string[] = [];
        for await (const rows of allRows(tx, list as List, await ask(""), list.right))
          file.push(...rows.map((row) => row.id));
        // The journal is long by what these tests do: its pages are longer too.
        for (const size of file.length > 100 ? [29, 41] : [1, 3]) {
          const paged: string[] = [];
          for (let next: string | null = ""; next !== null && paged.length <= file.length; ) {
            const page: ListPage<{ id: string }> = await pageAndCount(
              tx,
              list as List,
              await ask(next),
              list.right,
              size,
            );
            assert.equal(page.counted.count, file.length);
            assert.equal(page.further, next !== "");
            paged.push(...page.rows.map((row) => row.id));
            next = page.next;
          }
          assert.deepEqual(paged, file, `${list.path} tri=${tri}, by ${size}`);
        }
      }
    }));

for (const list of lists)
  test(`${list.path}: columns order the rows both ways, and say so`, async () => {
    for (const column of list.columns.filter((one) => one.sort && one.render))
      for (const [tri, word] of [
        [column.key, "ascending"],
        [`-${column.key}`, "descending"],
      ]) {
        const got = await readerOf(list).visitor.get(`${list.path}?tri=${tri}`);
        assert.equal(got.status, 200, tri);
        assert.ok(counted(got) === 0 || got.text.includes(`aria-sort="${word}"`), `${tri} ${list.path}`);
      }
  });
