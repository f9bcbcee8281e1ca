// Governance kept by hand: an administrator counted once however many mandates, a meeting with its quorum and its decisions, a member.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../../core/figures/ask.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { boardRoom } from "../room.ts";

const publicUrl = "http://localhost:4700";
const registry = makeRegistry(boardRoom.figureSources ?? [], boardRoom.figures ?? []);
let house: TestHouse;
let as: (role: Role) => Promise<Visitor>;
before(async () => {
  house = await testHouse(wholeFile);
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms: [boardRoom], services, chrome: plainChrome });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
});
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const figure = (code: string): Promise<number> =>
  house.run("direction", async (tx) =>
    (await askFigures(tx, registry, { codes: [code], period: yearPeriod(2020), by: [[]] })).at(code),
  );
const key = () => house.deps.ids.uuid();

test("somebody who sits twice is one administrator; a mandate that ends stays, one noted by mistake goes with its reason", async () => {
  const direction = await as("direction");
  const path = "/gouvernance/mandats";
  const form = {
    nom: "Arnaud",
    prenom: "Élise",
    sexe: "F",
    college: "Citoyens",
    fonction: "",
    debut: "01/01/2019",
    fin: "30/06/2020",
  };
  const first = key();
  for (let twice = 0; twice < 2; twice += 1)
    assert.equal((await direction.post(`${path}/nouveau`, { key: first, ...form })).status, 303);
  const second = {
    ...form,
    nom: "ARNAUD",
    college: "Personnes qualifiées",
    bureau: "oui",
    debut: "01/07/2020",
    fin: "",
  };
  assert.equal((await direction.post(`${path}/nouveau`, { key: key(), ...second })).status, 303);
  const other = key();
  assert.equal((await direction.post(`${path}/nouveau`, { key: other, ...form, nom: "Blanc" })).status, 303);
  assert.deepEqual([await figure("gouvernance.administrateurs"), await figure("gouvernance.bureau")], [2, 1]);

  const wrong = await direction.post(`${path}/nouveau`, {
    key: key(),
    ...form,
    debut: "01/07/2020",
    fin: "30/06/2020",
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /La fin vient avant le début/);
  assert.match(wrong.text, /value="Arnaud"/, "what was typed stays");
  assert.equal((await direction.post(`${path}/${other}`, { ...form, nom: "Blanche", version: "1" })).status, 303);
  const late = await direction.post(`${path}/${other}`, { ...form, nom: "Blanchard", version: "1" });
  assert.equal(late.status, 409);
  assert.match(late.text, /value="Blanchard"/);
  assert.equal((await direction.post(`${path}/${other}/retrait`, { raison: "" })).status, 422);
  assert.equal((await direction.post(`${path}/${other}/retrait`, { raison: "jamais élue" })).status, 303);
  assert.equal((await direction.get(`${path}/${other}`)).status, 404);
  assert.equal(await figure("gouvernance.administrateurs"), 1);
  const { rows } = await house.owner.query("SELECT act, details FROM core.journal WHERE subject_id = $1 ORDER BY act", [
    other,
  ]);
  assert.deepEqual(
    rows.map(({ act }) => act),
    ["mandate.added", "mandate.corrected", "mandate.removed"],
  );
  assert.match(JSON.stringify(rows), /jamais élue/);
  assert.doesNotMatch(JSON.stringify(rows), /Blanche/, "the journal names nobody");
  const board = await as("board");
  assert.equal((await board.get(`${path}/${first}`)).status, 200);
  assert.equal((await board.post(`${path}/${first}`, { ...form, version: "1" })).status, 403);
});

test("a meeting says who was there, whether the quorum was, and what was decided", async () => {
  const direction = await as("direction");
  const path = "/gouvernance/reunions";
  const form = {
    date: "08/06/2020",
    instance: "assemblée générale",
    objet: "Clôture 2019",
    convoques: "30",
    presents: "12",
    representes: "3",
    quorum: "15",
    decisions: "Comptes approuvés\n\nBureau élu",
  };
  const meeting = key();
  assert.equal((await direction.post(`${path}/nouvelle`, { key: meeting, ...form })).status, 303);
  const few = { ...form, presents: "4" };
  assert.equal((await direction.post(`${path}/nouvelle`, { key: key(), ...few })).status, 303);
  const wrong = await direction.post(`${path}/nouvelle`, { key: key(), ...form, presents: "40" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /plus que les convoqués/);
  const shown = flat((await direction.get(`${path}/${meeting}`)).text);
  assert.match(shown, /15 présents ou représentés pour un quorum de 15 : atteint/);
  assert.match(shown, /<li>Comptes approuvés<\/li><li>Bureau élu<\/li>/);
  assert.deepEqual([await figure("gouvernance.reunions"), await figure("gouvernance.reunions_au_quorum")], [2, 1]);
  assert.match(flat((await direction.get(path)).text), /12 présents, 3 représentés sur 30/);
});

test("a member of the association is kept from a day to a day", async () => {
  const direction = await as("direction");
  const member = key();
  const form = {
    nature: "organisation",
    nom: "Maison des Tilleuls",
    college: "Citoyens",
    debut: "01/03/2020",
    fin: "",
  };
  assert.equal((await direction.post("/gouvernance/membres/nouveau", { key: member, ...form, debut: "" })).status, 422);
  assert.equal((await direction.post("/gouvernance/membres/nouveau", { key: member, ...form })).status, 303);
  assert.equal(await figure("gouvernance.membres"), 1);
  assert.match((await direction.get("/gouvernance/membres?etat=en-cours")).text, /Maison des Tilleuls/);
  assert.equal((await (await as("adviser")).get("/gouvernance/membres")).status, 403);
});
