// To whom an outing is proposed: what the form of each side makes of communes, territories, kinds and names, and that the booking obeys.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { book } from "../bookings/writes.ts";
import { cultureRoom } from "../room.ts";
import { makeStructures } from "../testing.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let team: Visitor;
let venue: Visitor;
let structures: string[] = [];
let [type, territory] = ["", ""];

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  structures = await house.run("culture", (tx) => makeStructures(tx, 4, ["Bron", "Lyon"]));
  team = makeVisitor(server, publicUrl, (await house.signIn("culture")).cookie);
  venue = makeVisitor(
    server,
    publicUrl,
    (await house.signIn("cultural-partner", { structure: structures[0] ?? "" })).cookie,
  );
  [type, territory] = [house.deps.ids.uuid(), house.deps.ids.uuid()];
  await house.owner.query(
    "INSERT INTO partners.terms (house_id, id, kind, label) VALUES ($1, $2, 'type', 'Foyer d’essai')",
    [house.houseId, type],
  );
  await house.owner.query("UPDATE partners.structures SET type_id = $2 WHERE id = $1", [structures[1], type]);
  await house.owner.query(
    "INSERT INTO culture.territories (house_id, id, name, communes) VALUES ($1, $2, 'Est', ARRAY['Bron'])",
    [house.houseId, territory],
  );
});

/** Which of the structures may book the first date of an offer. */
async function welcomed(offer: string): Promise<string[]> {
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM culture.dates WHERE offer_id = $1", [offer]);
  const date = rows[0]?.id ?? "";
  const names: string[] = [];
  for (const [at, structure] of structures.entries()) {
    const wish = {
      id: house.deps.ids.uuid(),
      date,
      structure,
      person: null,
      firstName: null,
      people: 1,
      companions: 0,
      wait: false,
    };
    const got = await house.run("culture", (tx) => book(tx, wish));
    if (got.ok) names.push(`Structure ${at + 1}`);
    else assert.equal(got.refusal.why, "not-for-you");
  }
  return names;
}
const published = async (more: Record<string, string | string[]>): Promise<string> => {
  const key = house.deps.ids.uuid();
  const form = {
    key,
    titre: "Concert",
    jours: "19/12/2020",
    heure: "20:00",
    places: "50",
    accompagnants: "1",
    ...more,
  };
  const got = await venue.post("/espace/offres", form);
  assert.equal(got.status, 303, got.text);
  return key;
};

test("a venue says to whom: everybody, a territory, a kind, names; several narrow together", async () => {
  assert.equal((await welcomed(await published({}))).length, 4);
  assert.deepEqual(await welcomed(await published({ territoire: territory })), ["Structure 2", "Structure 4"]);
  assert.deepEqual(await welcomed(await published({ types: [type] })), ["Structure 2"]);
  assert.deepEqual(await welcomed(await published({ structures: "structure 3\nStructure 4" })), [
    "Structure 3",
    "Structure 4",
  ]);
  assert.deepEqual(await welcomed(await published({ territoire: territory, structures: "Structure 3\nStructure 4" })), [
    "Structure 4",
  ]);
});

test("a name that is none, or a territory gone meanwhile, is said beside its field and keeps what was typed", async () => {
  const form = { titre: "Concert", jours: "19/12/2020", places: "5", key: house.deps.ids.uuid() };
  const nobody = await venue.post("/espace/offres", { ...form, structures: "Nulle part" });
  assert.equal(nobody.status, 422);
  assert.match(nobody.text, /Aucune structure ne porte le nom « Nulle part »/);
  assert.match(nobody.text, /<textarea[^>]*>Nulle part/);
  const gone = await venue.post("/espace/offres", { ...form, territoire: house.deps.ids.uuid() });
  assert.match(gone.text, /Ce territoire n’existe plus/);
});

test("the team publishes for the same publics, bookings close when it says, and the date's page tells both", async () => {
  const key = house.deps.ids.uuid();
  const got = await team.post("/culture/sorties/nouvelle", {
    key,
    partenaire: "Structure 1",
    titre: "Cirque",
    jour: "20/12/2020",
    heure: "20:00",
    dates: "1",
    repetition: "none",
    places: "50",
    max: "4",
    cloture: "48",
    types: [type],
    structures: "Structure 2",
  });
  assert.equal(got.status, 303, got.text);
  const page = (await team.get(got.location.split("?")[0] ?? "")).text;
  assert.match(page, /Foyer d’essai/);
  assert.match(page, /Réservé à ces structures/);
  assert.match(page, /18\/12\/2020 à 20:00/);
  assert.deepEqual(await welcomed(key), ["Structure 2"]);
});
