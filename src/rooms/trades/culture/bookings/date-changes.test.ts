// What the team changes of a date and calls off, through its pages: what is typed is checked, days are said as they were typed, and what
// would be called off is read first.
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
import { book } from "./writes.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let team: Visitor;
let [venue, centre]: string[] = [];
before(async () => {
  house = await testHouse(wholeFile, { rooms });
  house.clock.set("2020-12-01T10:00:00+01:00");
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  team = makeVisitor(
    makeServer({ rooms, services, chrome: plainChrome }),
    publicUrl,
    (await house.signIn("culture")).cookie,
  );
  [venue, centre] = await house.run("culture", (tx) => makeStructures(tx, 2, ["Bron", "Lyon"]));
});
const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const aDate = async (day = "2020-12-20"): Promise<string> =>
  (await house.run("culture", (tx) => makeDate(tx, { venue: venue ?? "", places: 10, day, title: "Le Cid" }))).date;

test("places are kept for communes where a structure is, until the day that was typed; nothing unrestricted is told as missing", async () => {
  const path = `/culture/dates/${await aDate()}`;
  const form = { key: id(), places: "4", communes: "bron, Nulleville", jusque: "15/12/2020" };
  const refused = await team.post(`${path}/places-gardees`, form);
  assert.equal(refused.status, 422);
  assert.match(flat(refused.text), /Aucune structure n’est à Nulleville : vérifiez le nom\./);
  assert.match(refused.text, /bron, Nulleville/, "what was typed is kept");
  assert.equal((await team.post(`${path}/places-gardees`, { ...form, communes: "bron" })).status, 303);
  const shown = flat((await team.get(path)).text);
  assert.match(shown, /4 places gardées pour Bron jusqu’au 15\/12\/2020/);
  assert.doesNotMatch(shown, /Réservé à|Réservé aux/);
  const { rows } = await house.owner.query<{ until: Date }>("SELECT until FROM culture.allotments");
  assert.equal(rows[0]?.until.toISOString(), "2020-12-15T23:00:00.000Z", "midnight of the house");
});

test("a territory may hold a commune where no structure is, and says so", async () => {
  const added = await team.post("/culture/territoires/nouveau", {
    key: id(),
    nom: "Est",
    communes: "Bron\nNulleville",
  });
  assert.equal(added.status, 303);
  assert.match(decodeURIComponent(added.location.replaceAll("+", " ")), /Aucune structure n’est à Nulleville/);
});

test("a draw that closes at the end of a day is told with that day", async () => {
  const path = `/culture/dates/${await aDate()}/tirage`;
  assert.equal((await team.post(path, { ouvre: "02/12/2020", ferme: "10/12/2020" })).status, 303);
  assert.match(flat((await team.get(path)).text), /Demandes jusqu’au 10\/12\/2020\./);
});

test("what would be called off together is read first, date by date, and nothing that was not read is called off", async () => {
  const date = await aDate("2020-12-26");
  await house.run("culture", (tx) =>
    book(tx, {
      id: id(),
      date,
      structure: centre ?? "",
      person: null,
      firstName: null,
      people: 3,
      companions: 0,
      wait: false,
    }),
  );
  const form = { key: id(), partenaire: "", du: "26/12/2020", au: "28/12/2020", raison: "Travaux", vues: "" };
  const read = await team.post("/culture/annulations", form);
  assert.match(flat(read.text), /Le Cid , Structure 1, 26\/12\/2020 à 20 h 00 : 3 places réservées/);
  assert.match(flat(read.text), /Structure 2 : 3 places/);
  assert.match(read.text, /class="danger"[^>]*>Annuler cette date</);
  await aDate("2020-12-27");
  const changed = await team.post("/culture/annulations", { ...form, vues: "1" });
  assert.equal(changed.status, 409);
  assert.match(flat(changed.text), /Annuler ces 2 dates/);
  assert.equal((await team.post("/culture/annulations", { ...form, vues: "2" })).status, 303);
  const { rows } = await house.owner.query("SELECT on_day FROM culture.dates WHERE cancelled_at IS NOT NULL");
  assert.equal(rows.length, 2);
});
