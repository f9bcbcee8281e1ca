// The team is held to the rule of the season as structures are: it is told, says why, and the reason stays with the booking.
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
let venue: string;
before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  team = makeVisitor(
    makeServer({ rooms, services, chrome: plainChrome }),
    publicUrl,
    (await house.signIn("culture")).cookie,
  );
  [venue = ""] = await house.run("culture", (tx) => makeStructures(tx, 2));
});

test("a structure that may not book is told of with the rule; said why, it is booked once, and the reason is on the list", async () => {
  const { date } = await house.run("culture", (tx) => makeDate(tx, { venue, places: 5, day: "2020-12-20" }));
  const path = `/culture/dates/${date}/reservations`;
  const wish = { key: house.deps.ids.uuid(), structure: "Structure 2", personnes: "2", accompagnants: "0" };
  assert.equal((await team.post(path, wish)).status, 303, "a house without a rule asks for nothing");
  await house.owner.query(
    "INSERT INTO partners.season_rules (house_id, season, side, dues_cents, pay_by, convention_by, source) VALUES ($1, 2020, 'social', 1500, '2020-10-31', '2020-10-31', 'Bureau')",
    [house.houseId],
  );
  const next = { ...wish, key: house.deps.ids.uuid(), prenom: "Zoé" };
  const told = await team.post(path, next);
  assert.equal(told.status, 422);
  assert.match(told.text, /n’est pas inscrite à cette saison/);
  assert.match(told.text, /name="malgre"/);
  assert.match(told.text, /value="Zoé"/, "what was typed stays");
  assert.equal((await team.post(path, { ...next, malgre: "ok" })).status, 422, "two letters are no reason");
  for (const turn of [1, 2])
    assert.equal((await team.post(path, { ...next, malgre: "Convention signée hier" })).status, 303, `time ${turn}`);
  const { rows } = await house.owner.query("SELECT booking_id, reason, rule FROM culture.booking_exceptions");
  assert.deepEqual(rows, [{ booking_id: next.key, reason: "Convention signée hier", rule: "not-registered" }]);
  assert.match(
    (await team.get(`/culture/dates/${date}`)).text,
    /malgré la règle de la saison : Convention signée hier/,
  );
  const file = await team.get("/culture/reservations/export.csv");
  assert.equal(file.text.split("Convention signée hier").length, 2);
  const { rows: lines } = await house.owner.query(
    "SELECT details->>'against' AS against FROM core.journal WHERE act = 'booking.made' AND subject_id = $1",
    [next.key],
  );
  assert.deepEqual(lines, [{ against: "not-registered" }]);
});
