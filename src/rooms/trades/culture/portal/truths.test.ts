// What the portal says is what is so: who was told and who could not be, when a code opens the door, what comes next for whoever waits, what a
// click would take away before it does.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readSaid } from "../../../../core/http/said.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { PartnerRole } from "../../../../core/rights.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { addressesOf, toldWords } from "../notices.ts";
import { cultureRoom } from "../room.ts";
import { makeDate, makeStructures } from "../testing.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let server: Server;
let as: (role: PartnerRole, structure: string) => Promise<Visitor>;
let [venue, centre, foyer, silent]: string[] = [];

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  server = makeServer({ rooms, services, chrome: plainChrome });
  as = async (role, structure) => makeVisitor(server, publicUrl, (await house.signIn(role, { structure })).cookie);
  [venue, centre, foyer, silent] = await house.run("culture", (tx) => makeStructures(tx, 4, ["Lyon"]));
  await house.owner.query("UPDATE partners.structures SET email = NULL WHERE id = $1", [silent]);
});

const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
/** The sentence of the page that follows an act. */
const said = (location: string): string =>
  flat(readSaid(house.services.config.secret, new URL(location, publicUrl)) ?? "");
const keys = () => ({ key1: id(), key2: id(), key3: id() });
const aDate = (places: number, day: string, title: string) =>
  house.run("culture", (tx) => makeDate(tx, { venue: venue ?? "", places, day, title }));
const codeOf = async (booking: string): Promise<string> =>
  (await house.owner.query<{ code: string }>("SELECT code FROM culture.bookings WHERE id = $1", [booking])).rows[0]
    ?.code ?? "";
/** A booking that the team wrote for a structure. */
async function booked(date: string, structure: string, seats: number): Promise<string> {
  const booking = id();
  await house.owner.query(
    "INSERT INTO culture.bookings (house_id, id, date_id, structure_id, people, state, code, asked_at, confirmed_at) VALUES ($1, $2, $3, $4, $5, 'confirmed', $6, now(), now())",
    [house.houseId, booking, date, structure, seats, house.deps.ids.shortCode()],
  );
  await house.owner.query("UPDATE culture.dates SET taken = taken + $2 WHERE id = $1", [date, seats]);
  return booking;
}

test("a structure without an address is told at the one by which somebody signs in for it; without any, it is said who is not told", async () => {
  const { date } = await aDate(10, "2020-12-19", "Le Cid");
  await booked(date, centre ?? "", 2);
  await booked(date, silent ?? "", 3);
  const giver = await as("cultural-partner", venue ?? "");
  const page = flat((await giver.get(`/espace/dates/${date}`)).text);
  assert.match(page, /5 places sont tenues ou demandées par 2 structures, qui les perdent/);
  assert.match(page, /Une date annulée ne peut pas être rétablie/);
  const off = await giver.post(`/espace/dates/${date}/annulation`, { key: id(), raison: "Panne" });
  assert.match(
    said(off.location),
    /La date est annulée ; 1 structure prévenue ; 1 sans adresse : l’équipe l’appellera/,
  );
  const addresses = (structure: string | undefined) => house.run("culture", (tx) => addressesOf(tx, [structure ?? ""]));
  assert.equal((await addresses(silent)).size, 0);
  const { account } = await house.signIn("social-partner", { structure: silent ?? "" });
  assert.deepEqual([...(await addresses(silent)).values()], [`${account}@exemple.test`]);
  await house.owner.query("UPDATE house.grants SET to_day = '2020-11-01' WHERE account_id = $1", [account]);
  assert.equal((await addresses(silent)).size, 0, "who worked there before is not written to");
  assert.equal(toldWords(2, 0).replace(/\u00a0/g, " "), "2 structures prévenues");
  assert.equal(toldWords(0, 2).replace(/\u00a0/g, " "), "2 sans adresse : l’équipe les appellera");
});

test("who waits reads its rank and what comes next, and no code before there is a place", async () => {
  const { date } = await aDate(1, "2020-12-20", "Phèdre");
  const first = await booked(date, foyer ?? "", 1);
  const seeker = await as("social-partner", centre ?? "");
  const [one, two] = [keys(), keys()];
  await seeker.post(`/espace/sorties/${date}`, { ...one, attendre: "1" });
  house.clock.set("2020-12-01T09:06:00+01:00");
  await seeker.post(`/espace/sorties/${date}`, { ...two, attendre: "1" });
  const waits = flat((await seeker.get(`/espace/reservations/${two.key1}`)).text);
  assert.match(waits, /Rang sur la liste d’attente 2\./);
  assert.match(waits, /Pas encore de place/);
  assert.match(waits, /Ne plus attendre La demande quitte la liste d’attente, et perd son rang/);
  assert.doesNotMatch(waits, new RegExp(await codeOf(two.key1)));
  const list = flat((await seeker.get("/espace/reservations")).text);
  assert.doesNotMatch(list, new RegExp(`${await codeOf(one.key1)}|annulations déduites`));
  assert.match(list, /pas encore de place/);
  const holder = await as("social-partner", foyer ?? "");
  const held = await holder.get(`/espace/reservations/${first}`);
  assert.match(held.text, new RegExp(`<strong>${await codeOf(first)}</strong>`));
  assert.match(held.text, /<details><summary>Annuler la réservation<\/summary>/, "asked again before it is done");
  assert.match(flat(held.text), /Cela ne peut pas être défait\. Oui, annuler la réservation/);
  await holder.post(`/espace/reservations/${first}/annulation`);
  assert.doesNotMatch((await holder.get(`/espace/reservations/${first}`)).text, new RegExp(await codeOf(first)));
  const giver = await as("cultural-partner", venue ?? "");
  assert.match(flat((await giver.get(`/espace/dates/${date}`)).text), /1 place est proposée à qui attend/);
});

test("all that is wrong with what a venue publishes is said at once", async () => {
  const giver = await as("cultural-partner", venue ?? "");
  const form = { key: id(), titre: "Le Cid", accompagnants: "1" };
  const wrong = await giver.post("/espace/offres", { ...form, jours: "31/02/2021", heure: "bientôt", places: "" });
  assert.equal(wrong.status, 422);
  for (const field of ["jours", "heure", "places"]) inPage(wrong.text, new RegExp(`href="#(${field})"`));
  const past = await giver.post("/espace/offres", { ...form, jours: "01/11/2020", places: "" });
  assert.match(past.text, /Un de ces jours est passé/);
  assert.match(past.text, /Écrivez le nombre de places/);
});
