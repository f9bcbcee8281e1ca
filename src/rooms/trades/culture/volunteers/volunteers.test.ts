// Missions of volunteers: noted once, their days and hours checked, changed by two at once, counted in each period that they touch.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../../core/figures/ask.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { cultureRoom } from "../room.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let team: Visitor;
let tutor: string;
before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  const signed = await house.signIn("culture");
  tutor = signed.account;
  team = makeVisitor(server, publicUrl, signed.cookie);
});
const id = (): string => house.deps.ids.uuid();
const mission = (more: Record<string, string> = {}) => ({
  prenom: "Ada",
  nom: "Essai",
  genre: "civic",
  debut: "02/11/2020",
  fin: "30/06/2021",
  heures: "24",
  lieu: house.sites.gerland,
  tuteur: tutor,
  ...more,
});
const registry = makeRegistry(cultureRoom.figureSources ?? [], cultureRoom.figures ?? []);
const countOf = (code: string, from: string, to: string): Promise<number> =>
  house.run("culture", async (tx) =>
    (await askFigures(tx, registry, { codes: [code], period: { from, to }, by: [[]] })).at(code),
  );

test("a mission has its days, its hours, its place and its tutor, or a sentence each; it is noted once", async () => {
  const wrong = await team.post("/culture/volontaires/nouveau", {
    key: id(),
    ...mission({ fin: "01/11/2020", heures: "70", tuteur: "", lieu: house.deps.ids.uuid() }),
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /de 1 à 48/);
  assert.match(wrong.text, /value="01\/11\/2020"/, "what was typed stays");
  const stranger = await team.post("/culture/volontaires/nouveau", { key: id(), ...mission({ tuteur: id() }) });
  assert.equal(stranger.status, 422, "a tutor is an account of the pole");
  const key = id();
  for (const turn of [1, 2])
    assert.equal((await team.post("/culture/volontaires/nouveau", { key, ...mission() })).status, 303, `time ${turn}`);
  const { rows } = await house.owner.query("SELECT weekly_hours, version FROM culture.volunteers");
  assert.deepEqual(rows, [{ weekly_hours: 24, version: 1 }]);
  const path = `/culture/volontaires/${key}`;
  const change = mission({ version: "1", fin: "31/01/2021", depart: "Un emploi" });
  assert.equal((await team.post(path, change)).status, 303);
  const late = await team.post(path, { ...change, heures: "20" });
  assert.equal(late.status, 409);
  assert.match(late.text, /value="20"/, "what was typed stays");
  assert.match((await team.get(path)).text, /Un emploi/);
});

test("a mission counts in each period that one of its days is in, and in no other", async () => {
  assert.equal(await countOf("permanences.volontaires", "2020-01-01", "2020-12-31"), 1);
  assert.equal(await countOf("permanences.volontaires", "2021-01-31", "2021-12-31"), 1, "its last day");
  assert.equal(await countOf("permanences.volontaires", "2021-02-01", "2021-12-31"), 0, "it ended early");
  assert.equal(await countOf("permanences.volontaires_heures", "2020-01-01", "2020-12-31"), 24);
});
