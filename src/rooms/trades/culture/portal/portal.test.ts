// The portal as both sides live it: a venue publishes, a structure finds and books for somebody, changes, gives back, waits; what each
// sees is its own.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { PartnerRole } from "../../../../core/rights.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { cultureRoom } from "../room.ts";
import { breaches, makeDate, makeStructures } from "../testing.ts";
import { daysOfSeries } from "./shapes.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let server: Server;
let as: (role: PartnerRole, structure: string) => Promise<Visitor>;
let [venue, otherVenue, centre, foyer]: string[] = [];

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  server = makeServer({ rooms, services, chrome: plainChrome });
  as = async (role, structure) => makeVisitor(server, publicUrl, (await house.signIn(role, { structure })).cookie);
  [venue, otherVenue, centre, foyer] = await house.run("culture", (tx) => makeStructures(tx, 4, ["Bron", "Lyon"]));
});

const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const keys = () => ({ key1: id(), key2: id(), key3: id() });
const aDate = (places: number, day = "2020-12-19") =>
  house.run("culture", (tx) => makeDate(tx, { venue: venue ?? "", places, day, title: "Le Cid" }));
const stateOf = async (booking: string): Promise<string> =>
  (await house.owner.query<{ state: string }>("SELECT state FROM culture.bookings WHERE id = $1", [booking])).rows[0]
    ?.state ?? "none";

test("a venue publishes a series by one short form; the same form twice is one offer, and a day that is none is said", async () => {
  const giver = await as("cultural-partner", venue ?? "");
  const form = {
    key: id(),
    titre: "Casse-noisette",
    jours: "19/12/2020\n20/12/2020",
    heure: "20 h 30",
    places: "10",
    semaines: "2",
    acces: ["quiet", "step-free"],
    accompagnants: "1",
    age: "6",
  };
  const wrong = await giver.post("/espace/offres", { ...form, jours: "31/02/2021" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Casse-noisette/, "what was typed is kept");
  assert.equal(
    (await giver.post("/espace/offres", { ...form, jours: "01/11/2020" })).status,
    422,
    "a day that is past",
  );
  assert.equal((await giver.post("/espace/offres", form)).status, 303);
  assert.equal((await giver.post("/espace/offres", form)).status, 303);
  const { rows } = await house.owner.query(
    "SELECT on_day::text AS day, at::text, places FROM culture.dates WHERE offer_id = $1 ORDER BY on_day",
    [form.key],
  );
  assert.deepEqual(
    rows.map((row) => row.day),
    ["2020-12-19", "2020-12-20", "2020-12-26", "2020-12-27"],
  );
  assert.deepEqual([rows[0]?.at, rows[0]?.places], ["20:30:00", 10]);
  const copied = await giver.get(`/espace/offres/nouvelle?copie=${form.key}`);
  assert.match(copied.text, /value="Casse-noisette"/);
  const neighbour = await as("cultural-partner", otherVenue ?? "");
  assert.equal((await neighbour.get(`/espace/offres/nouvelle?copie=${form.key}`)).status, 404);
  assert.doesNotMatch((await neighbour.get("/espace/offres")).text, /Casse-noisette/);

  const seeker = await as("social-partner", centre ?? "");
  const found = await seeker.get("/espace/sorties?enfants=8&acces=quiet&quand=mois&commune=Lyon");
  assert.match(flat(found.text), /Casse-noisette/);
  assert.doesNotMatch((await seeker.get("/espace/sorties?enfants=3")).text, /Casse-noisette/, "from six years on");
  assert.doesNotMatch((await seeker.get("/espace/sorties?commune=Bron")).text, /Casse-noisette/);
  assert.match((await seeker.get("/espace/sorties?vue=calendrier")).text, /jour=2020-12-26/);
});

test("a series is each day, repeated each week, sorted and once", () => {
  assert.deepEqual(daysOfSeries("20/12/2020, 13/12/2020", 2), { days: ["2020-12-13", "2020-12-20", "2020-12-27"] });
  assert.ok("wrong" in daysOfSeries("", 1));
  assert.ok("wrong" in daysOfSeries("demain", 1));
  assert.ok("wrong" in daysOfSeries("20/12/2020\n21/12/2020\n22/12/2020", 52));
});

test("a structure books for somebody by a first name, for several at once, changes and gives back; the venue reads no more than the door needs", async () => {
  const { date } = await aDate(10);
  const seeker = await as("social-partner", centre ?? "");
  const form = { ...keys(), prenom1: "Ada", personnes1: "1", accompagnants1: "1", personnes2: "3" };
  const booked = await seeker.post(`/espace/sorties/${date}`, form);
  assert.equal(booked.status, 303, booked.text);
  assert.equal((await seeker.post(`/espace/sorties/${date}`, form)).status, 303, "sent twice");
  const { rows } = await house.owner.query(
    "SELECT people, companions, first_name, structure_id FROM culture.bookings WHERE date_id = $1 ORDER BY people",
    [date],
  );
  assert.deepEqual(
    rows.map((row) => [row.people, row.companions, row.first_name]),
    [
      [1, 1, "Ada"],
      [3, 0, null],
    ],
  );
  assert.ok(rows.every((row) => row.structure_id === centre));

  const stranger = await as("social-partner", foyer ?? "");
  for (const path of ["", "/annulation", "/acceptation"])
    assert.equal(
      (await stranger.post(`/espace/reservations/${form.key1}${path}`, { version: "1", personnes: "1" })).status,
      404,
      path,
    );
  assert.doesNotMatch((await stranger.get("/espace/reservations")).text, /Le Cid/);

  const own = `/espace/reservations/${form.key1}`;
  assert.equal((await seeker.post(own, { version: "1", personnes: "2", accompagnants: "1" })).status, 303);
  const stale = await seeker.post(own, { version: "1", personnes: "4", accompagnants: "1" });
  assert.equal(stale.status, 409);
  assert.equal((await seeker.post(own, { version: "2", personnes: "40", accompagnants: "0" })).status, 422);
  const giver = await as("cultural-partner", venue ?? "");
  const door = flat((await giver.get(`/espace/dates/${date}`)).text);
  assert.match(door, /Ada/);
  assert.match(door, /6 places réservées sur 10/);
  assert.equal((await (await as("cultural-partner", otherVenue ?? "")).get(`/espace/dates/${date}`)).status, 404);

  assert.equal((await seeker.post(`${own}/annulation`)).status, 303);
  assert.equal((await seeker.post(`${own}/annulation`)).status, 303, "twice");
  assert.equal(await stateOf(form.key1), "cancelled");
  assert.match(flat((await seeker.get("/espace/reservations?passees=1")).text), /annulée par la structure/);
});

test("two tabs want the last place: one has it; the other keeps what was typed, waits, and takes it when it comes back", async () => {
  const { date } = await aDate(1, "2021-01-20");
  const [one, two] = [await as("social-partner", centre ?? ""), await as("social-partner", foyer ?? "")];
  const [first, second] = [
    { ...keys(), prenom1: "Ada" },
    { ...keys(), prenom1: "Blaise" },
  ];
  const got = await Promise.all([
    one.post(`/espace/sorties/${date}`, first),
    two.post(`/espace/sorties/${date}`, second),
  ]);
  assert.deepEqual(got.map(({ status }) => status).sort(), [303, 409]);
  const late = got.findIndex(({ status }) => status === 409);
  assert.match(got[late]?.text ?? "", late === 0 ? /value="Ada"/ : /value="Blaise"/);
  assert.match(flat(got[late]?.text ?? ""), /liste d’attente/);
  const [winner, loser] =
    late === 0
      ? [
          { who: two, form: second },
          { who: one, form: first },
        ]
      : [
          { who: one, form: first },
          { who: two, form: second },
        ];
  assert.equal((await loser.who.post(`/espace/sorties/${date}`, { ...loser.form, attendre: "1" })).status, 303);
  assert.equal(await stateOf(loser.form.key1), "waiting");
  await winner.who.post(`/espace/reservations/${winner.form.key1}/annulation`);
  assert.equal(await stateOf(loser.form.key1), "offered");
  assert.match(flat((await loser.who.get(`/espace/reservations/${loser.form.key1}`)).text), /Prendre ces places/);
  assert.equal((await loser.who.post(`/espace/reservations/${loser.form.key1}/acceptation`)).status, 303);
  assert.equal(await stateOf(loser.form.key1), "confirmed");
  assert.equal((await winner.who.post(`/espace/reservations/${winner.form.key1}/acceptation`)).status, 409);
  assert.deepEqual(await breaches((text) => house.owner.query(text)), []);
});

test("several at once are all booked or none", async () => {
  const { date } = await aDate(4, "2021-01-21");
  const seeker = await as("social-partner", centre ?? "");
  const form = { ...keys(), personnes1: "3", personnes2: "3" };
  const got = await seeker.post(`/espace/sorties/${date}`, form);
  assert.equal(got.status, 409);
  assert.match(got.text, /href="#personnes2"/);
  assert.equal(await stateOf(form.key1), "none");
  const { rows } = await house.owner.query("SELECT taken FROM culture.dates WHERE id = $1", [date]);
  assert.deepEqual(rows, [{ taken: 0 }]);
  const unknown = await seeker.post(`/espace/sorties/${date}`, { ...keys(), fiche1: "ZZZZZZZ" });
  assert.equal(unknown.status, 422);
  assert.match(unknown.text, /Aucune fiche/);
});

test("whose dues are owed is told the rule and books nothing", async () => {
  const { date } = await aDate(4, "2021-01-22");
  await house.owner.query(
    "INSERT INTO partners.season_rules (house_id, season, side, dues_cents, pay_by, convention_by, source) VALUES ($1, 2020, 'social', 1500, '2020-10-31', '2020-10-31', 'Bureau')",
    [house.houseId],
  );
  const seeker = await as("social-partner", centre ?? "");
  const form = keys();
  const refused = await seeker.post(`/espace/sorties/${date}`, form);
  assert.equal(refused.status, 422);
  assert.match(flat(refused.text), /n’est pas inscrite à cette saison/);
  assert.match(flat(refused.text), /Cotisation : 15 €/);
  assert.equal(await stateOf(form.key1), "none");
  await house.owner.query("DELETE FROM partners.season_rules");
});

test("a venue lowers its places by a rule that is shown before, and calls a date off with its reason, once", async () => {
  const { date } = await aDate(6, "2021-01-23");
  const [one, two] = [await as("social-partner", centre ?? ""), await as("social-partner", foyer ?? "")];
  const [first, second] = [
    { ...keys(), personnes1: "3" },
    { ...keys(), personnes1: "2" },
  ];
  await one.post(`/espace/sorties/${date}`, first);
  house.clock.set("2020-12-01T09:06:00+01:00");
  await two.post(`/espace/sorties/${date}`, second);
  const giver = await as("cultural-partner", venue ?? "");
  const path = `/espace/dates/${date}`;
  const version = inPage((await giver.get(path)).text, /name="version" value="(\d+)"/);
  const lower = { key: id(), version, places: "4" };
  const warned = await giver.post(`${path}/places`, lower);
  assert.equal(warned.status, 422);
  assert.match(flat(warned.text), /1 réservation serait perdue\. Les places proposées/);
  assert.equal(await stateOf(second.key1), "confirmed", "nothing is done before it is confirmed");
  assert.equal((await giver.post(`${path}/places`, { ...lower, confirme: "1" })).status, 303);
  assert.deepEqual([await stateOf(first.key1), await stateOf(second.key1)], ["confirmed", "cancelled"]);
  const waits = { ...keys(), personnes1: "2", attendre: "1" };
  await two.post(`/espace/sorties/${date}`, waits);
  assert.equal(await stateOf(waits.key1), "waiting");
  await house.owner.query("UPDATE culture.bookings SET attended = 2 WHERE id = $1", [first.key1]);
  const inside = {
    key: id(),
    version: inPage((await giver.get(path)).text, /name="version" value="(\d+)"/),
    places: "2",
  };
  for (const confirme of ["", "1"]) {
    const refused = await giver.post(`${path}/places`, { ...inside, confirme });
    assert.equal(refused.status, 422);
    assert.match(
      flat(refused.text),
      /2 personnes sont déjà entrées, sur des réservations de 3 places : au moins 3 places/,
    );
  }
  assert.equal(await stateOf(first.key1), "confirmed");
  const off = { key: id(), raison: "Panne de chauffage" };
  assert.equal((await giver.post(`${path}/annulation`, { key: id(), raison: "" })).status, 422);
  await giver.post(`${path}/annulation`, off);
  await giver.post(`${path}/annulation`, off);
  assert.equal(await stateOf(first.key1), "cancelled");
  const { rows } = await house.owner.query(
    "SELECT count(*)::int AS letters FROM messages.messages WHERE body LIKE '%Panne de chauffage%'",
  );
  assert.deepEqual(rows, [{ letters: 2 }], "one to who came, one to who waited");
  assert.match((await giver.get("/espace/offres")).text, /Panne de chauffage/);
  const waited = flat((await two.get(`/espace/reservations/${waits.key1}`)).text);
  assert.match(waited, /annulée par le lieu : Panne de chauffage/);
  assert.doesNotMatch(waited, /sans réponse/);
  assert.equal((await one.get(`/espace/sorties/${date}`)).status, 404, "it is no longer proposed");
});

test("a territory is handed over to an association until a day, its structures are told whom to call, and it comes back", async () => {
  const team = makeVisitor(server, publicUrl, (await house.signIn("culture")).cookie);
  const territory = id();
  await team.post("/culture/territoires/nouveau", {
    key: territory,
    nom: "Bron et alentours",
    communes: "Bron\nBron, Lyon",
  });
  const { rows } = await house.owner.query("SELECT communes FROM culture.territories WHERE id = $1", [territory]);
  assert.deepEqual(rows, [{ communes: ["Bron", "Lyon"] }]);
  const path = `/culture/territoires/${territory}/delegations`;
  const hand = { key: id(), structure: "Structure 2", du: "01/12/2020" };
  assert.equal((await team.post(path, { ...hand, structure: "Personne" })).status, 422);
  assert.equal((await team.post(path, hand)).status, 303);
  assert.equal((await team.post(path, hand)).status, 303, "twice");
  assert.equal(
    (await team.post(path, { ...hand, key: id(), structure: "Structure 1" })).status,
    422,
    "somebody has it",
  );
  const seeker = await as("social-partner", centre ?? "");
  assert.match(
    flat((await seeker.get("/espace/sorties")).text),
    /Structure 2 s’occupe du territoire Bron et alentours/,
  );
  const end = { version: "1", au: "30/11/2020", raison: "Elle arrête en 2021" };
  assert.equal((await team.post(`${path}/${hand.key}/fin`, end)).status, 303);
  assert.doesNotMatch((await seeker.get("/espace/sorties")).text, /s’occupe du territoire/);
  assert.match(flat((await team.get(`/culture/territoires/${territory}`)).text), /Elle arrête en 2021/);
  assert.equal(
    (await team.post(path, { ...hand, key: id(), structure: "Structure 1" })).status,
    303,
    "it may go to another",
  );
});
