// To whom an outing is proposed: what the form of each side makes of communes, territories, kinds and names, and that the booking obeys.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { bookingList } from "../bookings/list.tsx";
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
  assert.match(page, /18\/12\/2020 à 20\sh\s00/);
  assert.deepEqual(await welcomed(key), ["Structure 2"]);
});

test("a name that is nearly one is proposed to the team, in the sentence and beside the field; to a venue, nothing is told", async () => {
  const { rows } = await house.owner.query<{ id: string }>(
    "INSERT INTO partners.structures (house_id, id, name, created_at, changed_at) VALUES ($1, $2, 'Théâtre du Griffon 97', now(), now()) RETURNING id",
    [house.houseId, house.deps.ids.uuid()],
  );
  assert.ok(rows[0]);
  const offer = {
    key: house.deps.ids.uuid(),
    partenaire: "theatre du grifon",
    titre: "Cirque",
    jour: "20/12/2020",
    places: "50",
    max: "4",
  };
  const [first] = await house.run("culture", (tx) => makeStructures(tx, 1));
  const { rows: dates } = await house.owner.query<{ id: string }>("SELECT id FROM culture.dates LIMIT 1");
  for (const wrong of [
    await team.post("/culture/sorties/nouvelle", offer),
    await team.post("/culture/limites", { saison: "2020", structure: "Griffon 97", places: "4" }),
    await team.post(`/culture/dates/${dates[0]?.id}/reservations`, {
      key: house.deps.ids.uuid(),
      structure: "Griffon 97",
      personnes: "1",
      accompagnants: "0",
    }),
  ]) {
    assert.equal(wrong.status, 422);
    assert.match(wrong.text.replaceAll("\u00a0", " "), /vouliez-vous dire : « Théâtre du Griffon 97 » \?/);
    assert.match(wrong.text, /<option value="Théâtre du Griffon 97"/);
    assert.doesNotMatch(wrong.text, /ajoutez-la/);
  }
  const form = { titre: "Concert", jours: "19/12/2020", places: "5", key: house.deps.ids.uuid() };
  const own = await venue.post("/espace/offres", { ...form, structures: "Griffon 97" });
  assert.equal(own.status, 422);
  assert.match(own.text, /Écrivez-le exactement/);
  assert.doesNotMatch(own.text, /Théâtre du Griffon/);
  assert.ok(first);
});

test("only kinds that those who book bear are proposed: a donor's never", async () => {
  const donor = house.deps.ids.uuid();
  await house.owner.query(
    "INSERT INTO partners.terms (house_id, id, kind, label) VALUES ($1, $2, 'type', 'Donateur d’essai')",
    [house.houseId, donor],
  );
  const [structure] = await house.run("culture", (tx) => makeStructures(tx, 1));
  await house.owner.query("UPDATE partners.structures SET type_id = $2 WHERE id = $1", [structure, donor]);
  const page = (await venue.get("/espace/offres/nouvelle")).text;
  assert.match(page, /Foyer d’essai/);
  assert.doesNotMatch(page, /Donateur d’essai/);
});

test("the pages beside a list stand in a line of their own, and the title leads to the outing", async () => {
  const page = (await team.get("/culture/sorties")).text.replaceAll("\u00a0", " ");
  assert.match(page, /<p class="no-print">Aussi : <a href="\/culture\/reservations">Réservations<\/a> · /);
  assert.match(page, /<a href="\/culture\/dates\/[0-9a-f-]{36}"[^>]*>Concert<\/a>/);
  assert.doesNotMatch(page, /XLSX<\/a> ·/);
  const bookings = (await team.get("/culture/reservations")).text;
  assert.deepEqual(bookingList.crumbs, [{ href: "/culture/sorties", label: "Sorties proposées" }]);
  assert.match(bookings, /<a href="\/culture\/reservations\/[0-9a-f-]{36}"[^>]*>Concert<\/a>/);
});
