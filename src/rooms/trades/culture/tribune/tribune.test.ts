// The forum and the public page: closed until it is opened, nothing shown before it was read, signed as its author wants, gone when taken back.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { cultureRoom } from "../room.ts";
import { makeDate, makeStructures } from "../testing.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let team: Visitor;
let passer: Visitor;
let home: string;
before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  team = makeVisitor(server, publicUrl, (await house.signIn("culture")).cookie);
  passer = makeVisitor(server, publicUrl);
  const { rows } = await house.owner.query("SELECT code FROM house.houses WHERE house_id = $1", [house.houseId]);
  home = `/culture-pour-tous/${rows[0].code}`;
});
const id = (): string => house.deps.ids.uuid();
const text = (more: Record<string, string> = {}) => ({
  key: id(),
  titre: "Ma première pièce",
  texte: "J’y suis allée <b>seule</b>.",
  signature: "first",
  prenom: "Zoé",
  nom: "Durand",
  joindre: "zoe@exemple.test",
  accord: "1",
  ...more,
});

test("a page that is not open does not exist for strangers", async () => {
  assert.equal((await passer.get(home)).status, 404);
  assert.equal((await passer.post(`${home}/tribune/ecrire`, text())).status, 404);
  const page = { version: "0", presentation: "Le pôle culture", venir: "Par une structure", ouverte: "" };
  assert.equal((await team.post("/culture/page-publique", page)).status, 303);
  assert.equal((await passer.get(home)).status, 404, "written, and closed");
  assert.equal((await team.post("/culture/page-publique", { ...page, ouverte: "1" })).status, 409);
  const silent = await team.post("/culture/page-publique", { ...page, version: "1", venir: "", ouverte: "1" });
  assert.equal(silent.status, 422);
  assert.match(silent.text, /Dites comment en profiter avant d’ouvrir/);
  assert.equal((await team.post("/culture/page-publique", { ...page, version: "1", ouverte: "1" })).status, 303);
  const shown = await passer.get(home);
  assert.equal(shown.status, 200);
  assert.match(shown.text, /Le pôle culture/);
  assert.equal((await passer.get("/culture-pour-tous/nulle-part")).status, 404);
});

test("what is on: outings ahead that everybody may book, and no other", async () => {
  const kept = await house.run("culture", async (tx) => {
    const [venue = ""] = await makeStructures(tx, 1);
    await makeDate(tx, { venue, places: 10, day: "2030-06-10", title: "Le grand concert" });
    await makeDate(tx, { venue, places: 10, day: "2001-06-10", title: "Le concert passé" });
    return makeDate(tx, { venue, places: 10, day: "2030-06-11", title: "Le concert gardé" });
  });
  await house.owner.query("UPDATE culture.offers SET for_communes = '{Bron}' WHERE id = $1", [kept.offer]);
  const shown = (await passer.get(home)).text;
  assert.match(shown, /Le grand concert/);
  assert.doesNotMatch(shown, /Le concert passé|Le concert gardé/);
});

test("a text is shown once it was read, signed as its author wants, and gone when it is taken back", async () => {
  const form = text();
  const unsigned = await passer.post(`${home}/tribune/ecrire`, { ...form, prenom: "" });
  assert.equal(unsigned.status, 422);
  assert.match(unsigned.text, /Le prénom manque/);
  const { accord: _, ...silent } = form;
  assert.equal((await passer.post(`${home}/tribune/ecrire`, silent)).status, 422, "without consent");
  assert.equal((await passer.post(`${home}/tribune/ecrire`, form)).status, 303);
  assert.equal((await passer.post(`${home}/tribune/ecrire`, form)).status, 303, "the same form twice");
  assert.doesNotMatch((await passer.get(`${home}/tribune`)).text, /Ma première pièce/);
  const path = `/culture/tribune/${form.key}`;
  assert.equal((await team.post(path, { version: "1", decision: "refuse" })).status, 422, "a refusal says why");
  assert.equal((await team.post(path, { version: "1", decision: "publish" })).status, 303);
  assert.equal((await team.post(path, { version: "1", decision: "publish" })).status, 409);
  const shown = (await passer.get(`${home}/tribune`)).text;
  assert.match(shown, /Zoé/);
  assert.match(shown, /&lt;b>seule/);
  assert.doesNotMatch(shown, /Durand|zoe@exemple/);

  assert.equal((await team.post(`${path}/retrait`, { version: "2" })).status, 303);
  assert.equal((await team.post(`${path}/retrait`, { version: "2" })).status, 303, "the same form twice");
  assert.doesNotMatch((await passer.get(`${home}/tribune`)).text, /Ma première pièce/);
  const { rows } = await house.owner.query(
    "SELECT title, body, first_name, family_name, reach, state FROM culture.contributions WHERE id = $1",
    [form.key],
  );
  assert.deepEqual(rows, [
    { title: "", body: "", first_name: null, family_name: null, reach: null, state: "withdrawn" },
  ]);
  const { rows: lines } = await house.owner.query("SELECT act FROM core.journal WHERE subject_id = $1", [form.key]);
  assert.deepEqual(lines.map(({ act }) => act).sort(), [
    "contribution.decided",
    "contribution.received",
    "contribution.withdrawn",
  ]);
});
