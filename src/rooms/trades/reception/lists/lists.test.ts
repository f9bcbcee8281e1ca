// The desk's lists: who may edit which word, that a word ends and is never lost, and that what was typed comes back.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import ExcelJS from "exceljs";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { agendaRoom } from "../../../foundations/agenda/room.tsx";
import { makeReceptionRoom } from "../room.ts";

let house: TestHouse;
let server: Server;
let gerland: Visitor;
let direction: Visitor;
let desk: Visitor;
const publicUrl = "http://localhost:4700";
const key = (): string => house.deps.ids.uuid();

type Term = {
  id: string;
  label: string;
  from_day: string;
  to_day: string | null;
  site_id: string | null;
  version: number;
};
const terms = async (where: string): Promise<Term[]> =>
  (
    await house.owner.query<Term>(
      `SELECT * FROM agenda.visit_terms WHERE house_id = $1 AND ${where} ORDER BY position`,
      [house.houseId],
    )
  ).rows;
const termOf = async (label: string): Promise<Term> => {
  const [found] = await terms(`label = '${label}'`);
  assert.ok(found, label);
  return found;
};
const word = (mot: string, more: Record<string, string> = {}) => ({
  key: key(),
  liste: "reason",
  mot,
  lieu: "",
  du: "",
  ...more,
});
const change = (term: Term, more: Record<string, string> = {}) => ({
  mot: term.label,
  place: "1",
  au: "",
  version: String(term.version),
  ...more,
});

before(async () => {
  house = await testHouse(wholeFile, { rooms: [agendaRoom] });
  server = makeServer({
    rooms: [agendaRoom, makeReceptionRoom({ workerText: () => "" })],
    services: { ...house.services, config: { ...house.services.config, publicUrl } },
    chrome: plainChrome,
  });
  await arrive();
});

/** Everybody signs in: a session does not outlive the night. */
async function arrive(): Promise<void> {
  const visitor = async (...facts: Parameters<TestHouse["signIn"]>): Promise<Visitor> =>
    makeVisitor(server, publicUrl, (await house.signIn(...facts)).cookie);
  gerland = await visitor("site-manager", { site: house.sites.gerland });
  direction = await visitor("direction");
  desk = await visitor("reception", { site: house.sites.gerland });
}
const morningOf = async (day: string): Promise<void> => {
  house.clock.set(`${day}T09:05:00+01:00`);
  await arrive();
};

test("who answers for a site edits the words of that site, and neither the house's nor another site's", async () => {
  assert.equal(
    (await gerland.post("/accueil/listes", word("jardin partagé", { lieu: house.sites.gerland }))).status,
    303,
  );
  assert.equal(
    (await direction.post("/accueil/listes", word("permanence CAF", { lieu: house.sites.mermoz }))).status,
    303,
  );
  for (const lieu of ["", house.sites.mermoz]) {
    const refused = await gerland.post("/accueil/listes", word("intrus", { lieu }));
    assert.equal(refused.status, 403);
    assert.match(refused.text, /votre antenne/);
  }
  for (const label of ["information", "permanence CAF"]) {
    const term = await termOf(label);
    assert.equal((await gerland.get(`/accueil/listes/${term.id}`)).status, 403);
    assert.equal((await gerland.post(`/accueil/listes/${term.id}`, change(term, { au: "01/12/2020" }))).status, 403);
    assert.deepEqual((await termOf(label)).to_day, null);
  }
  const own = await termOf("jardin partagé");
  assert.equal((await gerland.post(`/accueil/listes/${own.id}`, change(own, { mot: "Jardin partagé" }))).status, 303);
  assert.equal((await gerland.post("/accueil/listes", word("x", { lieu: key() }))).status, 422);
  const page = await gerland.get("/accueil/listes");
  assert.match(page.text, /Jardin partagé/);
  assert.doesNotMatch(page.text, /permanence CAF/, "another site's words are not hers to see");
  assert.equal((await desk.get("/accueil/listes")).status, 403);
  assert.doesNotMatch((await gerland.get("/accueil/listes/nouveau")).text, /toute la maison|Mermoz/);
  assert.match((await direction.get("/accueil/listes/nouveau")).text, /toute la maison/);
});

test("a word is offered from its first day to its last, at its site; the visits that bear it keep it", async () => {
  await direction.post("/accueil/listes", word("bilan de compétences"));
  const term = await termOf("bilan de compétences");
  assert.deepEqual([term.from_day, term.to_day, term.site_id], ["2020-12-01", null, null]);
  const offered = async (): Promise<boolean> =>
    /bilan de compétences/.test((await desk.get("/accueil?sansnom=1")).text);
  assert.equal(await offered(), true);
  const visit = { key: key(), lieu: house.sites.gerland, motif: term.id };
  assert.equal((await desk.post("/accueil/visites", visit)).status, 303);
  assert.equal((await direction.post(`/accueil/listes/${term.id}`, change(term, { au: "01/12/2020" }))).status, 303);
  assert.equal(await offered(), true, "its last day is a day of it");
  await morningOf("2020-12-02");
  assert.equal(await offered(), false);
  assert.match((await desk.get(`/visites/${visit.key}`)).text, /bilan de compétences/);
  const list = await direction.get("/accueil/listes");
  assert.match(list.text, /n’est plus proposé depuis le 01\/12\/2020/);
  assert.equal((await terms("true")).filter((one) => one.id === term.id).length, 1, "ended, not deleted");
  const ended = await termOf("bilan de compétences");
  assert.equal((await direction.post(`/accueil/listes/${term.id}`, change(ended))).status, 303);
  assert.equal(await offered(), true, "its end is taken back");
  await direction.post("/accueil/listes", word("droits au logement", { du: "03/12/2020" }));
  assert.doesNotMatch((await desk.get("/accueil?sansnom=1")).text, /droits au logement/);
  await morningOf("2020-12-03");
  assert.match((await desk.get("/accueil?sansnom=1")).text, /droits au logement/);
});

test("what cannot be is said beside its field, and what was typed stays", async () => {
  const again = await direction.post("/accueil/listes", word("ATELIER", { liste: "reason" }));
  assert.equal(again.status, 422);
  assert.match(again.text, /déjà dans la liste/);
  assert.match(again.text, /value="ATELIER"/);
  assert.equal((await direction.post("/accueil/listes", word(" "))).status, 422);
  assert.equal((await direction.post("/accueil/listes", word("vélo", { du: "32/12/2020" }))).status, 422);
  const sent = word("mobilité");
  for (let turn = 0; turn < 2; turn++) assert.equal((await direction.post("/accueil/listes", sent)).status, 303);
  const term = await termOf("mobilité");
  for (const [more, says] of [
    [{ au: "01/01/2019" }, /vient avant le premier/],
    [{ mot: "information" }, /a déjà ce mot/],
    [{ place: "douze" }, /en chiffres/],
    [{ mot: "<script>" }, null],
  ] as const) {
    const answer = await direction.post(`/accueil/listes/${term.id}`, change(await termOf("mobilité"), more));
    if (says) {
      assert.equal(answer.status, 422);
      assert.match(answer.text, says);
    } else assert.equal(answer.status, 303);
    if ("mot" in more && more.mot === "<script>") {
      assert.match((await direction.get("/accueil/listes")).text, /&lt;script>/);
      const now = await termOf("<script>");
      await direction.post(`/accueil/listes/${term.id}`, change(now, { mot: "mobilité" }));
    }
  }
});

test("two who change one word: the second sees what the first did", async () => {
  const term = await termOf("information");
  assert.equal(
    (await direction.post(`/accueil/listes/${term.id}`, change(term, { mot: "renseignement" }))).status,
    303,
  );
  const stale = await direction.post(`/accueil/listes/${term.id}`, change(term, { mot: "infos" }));
  assert.equal(stale.status, 409);
  assert.match(stale.text, /renseignement/);
  assert.match(stale.text, /value="infos"/);
  const { rows } = await house.owner.query(
    "SELECT details->'before'->>'label' AS before, details->'after'->>'label' AS after FROM core.journal WHERE act = 'term.changed' AND subject_id = $1",
    [term.id],
  );
  assert.deepEqual(rows, [{ before: "information", after: "renseignement" }]);
});

test("the lists are counted, and leave as CSV and XLSX with as many rows", async () => {
  const count = (await terms("true")).length;
  const page = await direction.get("/accueil/listes");
  assert.match(page.text, new RegExp(`${count}\\u00a0mots`));
  const csv = await direction.get("/accueil/listes/export.csv");
  assert.equal(csv.text.trimEnd().split("\r\n").length, count + 1);
  const xlsx = await server.request("/accueil/listes/export.xlsx", { headers: { cookie: direction.cookie } });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(await xlsx.arrayBuffer());
  assert.equal(book.getWorksheet("Listes")?.actualRowCount, count + 1);
  const another = await house.anotherHouse("autre");
  const foreign = makeVisitor(server, publicUrl, (await house.signIn("direction", { house: another.houseId })).cookie);
  const term = await termOf("atelier");
  assert.equal((await foreign.get(`/accueil/listes/${term.id}`)).status, 404);
  assert.equal((await foreign.post(`/accueil/listes/${term.id}`, change(term))).status, 404);
});
