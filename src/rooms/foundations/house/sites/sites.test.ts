// Sites: one place under its several names, kept by those who answer for it.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { makeHouseRoom } from "../room.ts";
import { sitesByName } from "../site-names.ts";

let house: TestHouse;
let server: Server;
let direction: Visitor;
const visitor = (cookie: string): Visitor => makeVisitor(server, house.services.config.publicUrl, cookie);

before(async () => {
  house = await testHouse(wholeFile);
  const room = makeHouseRoom({ words: () => ({}), programmes: async () => [], recordOf: async () => null });
  server = makeServer({ rooms: [room], services: house.services, chrome: plainChrome });
  direction = visitor((await house.signIn("direction")).cookie);
});

test("a site is known by its code, its name and its other names, accents and case aside", async () => {
  const path = `/lieux/${house.sites.gerland}`;
  assert.equal((await direction.post(`${path}/alias`, { alias: "Antenne 7ème" })).status, 303);
  const known = () => house.run("direction", sitesByName);
  for (const name of ["gerland", "antenne gerland", "antenne 7eme", "7eme"])
    assert.equal((await known()).get(name), house.sites.gerland, name);
  const taken = await direction.post(`/lieux/${house.sites.mermoz}/alias`, { alias: "ANTENNE 7EME" });
  assert.equal(taken.status, 422, "a name names one site");
  assert.match(taken.text, /porte déjà ce nom/);
  assert.match((await direction.get("/lieux")).text, /Antenne 7ème/);
  assert.equal((await direction.post(`${path}/alias/retrait`, { alias: "Antenne 7ème" })).status, 303);
  assert.equal((await known()).get("antenne 7eme"), undefined);
});

test("a name that two sites share is given to neither; their codes still tell them apart", async () => {
  const [one, two] = [house.deps.ids.uuid(), house.deps.ids.uuid()];
  for (const key of [one, two]) await direction.post("/lieux", { key, name: "Antenne du Ferry", kind: "other" });
  const known = await house.run("direction", sitesByName);
  assert.equal(known.get("antenne du ferry"), undefined);
  assert.deepEqual([known.get("du ferry"), known.get("du ferry 2")], [one, two]);
});

test("a manager keeps their own site and no other", async () => {
  const manager = visitor((await house.signIn("site-manager", { site: house.sites.gerland })).cookie);
  assert.equal((await manager.get(`/lieux/${house.sites.gerland}`)).status, 200);
  assert.equal((await manager.get(`/lieux/${house.sites.mermoz}`)).status, 403);
  const list = await manager.get("/lieux");
  assert.ok(list.text.includes(`/lieux/${house.sites.gerland}`));
  assert.ok(!list.text.includes(`/lieux/${house.sites.mermoz}`), "no link to what would be refused");
  assert.ok(!list.text.includes("Ajouter le lieu"));
  const form = { version: "1", name: "Autre", kind: "antenne" };
  assert.equal((await manager.post(`/lieux/${house.sites.mermoz}`, form)).status, 403);
  assert.equal(
    (await manager.post(`/lieux/${house.sites.mermoz}/fermeture`, { version: "1", day: "31/12/2020" })).status,
    403,
  );
});

test("two people who change the same site: the second is shown what it is now, and their own words", async () => {
  const path = `/lieux/${house.sites.mermoz}`;
  const version = fieldOf((await direction.get(path)).text, "version");
  const edit = (commune: string) =>
    direction.post(path, { version, name: "Antenne Mermoz/Bachut", kind: "antenne", postal: "69008", commune });
  assert.equal((await edit("Lyon 8e")).status, 303);
  const stale = await edit("Lyon huitième");
  assert.equal(stale.status, 409);
  assert.match(stale.text, /Lyon 8e/);
  assert.match(stale.text, /value="Lyon huitième"/);
});

test("a site closes on a day, not before it opened, and opens again", async () => {
  const key = house.deps.ids.uuid();
  await direction.post("/lieux", { key, name: "Lieu passager", kind: "other", opened: "15/06/2020" });
  const path = `/lieux/${key}`;
  const early = await direction.post(`${path}/fermeture`, { version: "1", day: "14/06/2020" });
  assert.equal(early.status, 422);
  assert.match(early.text, /avant l’ouverture/);
  assert.equal((await direction.post(`${path}/fermeture`, { version: "1", day: "31/12/2020" })).status, 303);
  assert.match((await direction.get("/lieux")).text, /fermé après le 31\/12\/2020/);
  assert.equal((await direction.post(`${path}/reouverture`, { version: "2" })).status, 303);
  assert.ok(!(await direction.get("/lieux")).text.includes("fermé après"));
});

test("the form sent twice adds one site; a mistake is told and what was typed is given back", async () => {
  const key = house.deps.ids.uuid();
  for (let turn = 0; turn < 2; turn += 1)
    assert.equal((await direction.post("/lieux", { key, name: "Lieu unique", kind: "other" })).status, 303);
  const { rows } = await house.owner.query("SELECT 1 FROM house.sites WHERE name = 'Lieu unique'");
  assert.equal(rows.length, 1);
  const wrong = await direction.post("/lieux", {
    key: house.deps.ids.uuid(),
    name: "",
    kind: "other",
    postal: "6900",
    commune: "Vénissieux",
    opened: "31/02/2020",
  });
  assert.equal(wrong.status, 422);
  for (const kept of ["Vénissieux", "6900", "31/02/2020", "Écrivez le nom du lieu", "cinq chiffres", "jj/mm/aaaa"])
    assert.ok(wrong.text.includes(kept), kept);
});

test("the list is counted, and its file has as many rows", async () => {
  const { rows } = await house.owner.query("SELECT 1 FROM house.sites WHERE house_id = $1", [house.houseId]);
  assert.match((await direction.get("/lieux")).text, new RegExp(`${rows.length}\u00a0lieux`));
  assert.equal((await direction.get("/lieux/export.csv")).text.trim().split("\r\n").length, rows.length + 1);
});
