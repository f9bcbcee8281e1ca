// Places taken at once, through the pages of structures: a crowd on the last places, the same form twice at the same moment, and what sends
// the act the long way.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { cultureRoom } from "../room.ts";
import { breaches, makeDate, makeStructures } from "../testing.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
const visitors: Visitor[] = [];
let structures: string[] = [];

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  structures = await house.run("culture", (tx) => makeStructures(tx, 12));
  for (const structure of structures)
    visitors.push(makeVisitor(server, publicUrl, (await house.signIn("social-partner", { structure })).cookie));
});

const id = (): string => house.deps.ids.uuid();
const aDate = (places: number): Promise<string> =>
  house.run(
    "culture",
    async (tx) => (await makeDate(tx, { venue: structures[0] ?? "", places, day: "2020-12-19" })).date,
  );
const form = (people: number, more: Record<string, string> = {}) => ({
  key1: id(),
  key2: id(),
  key3: id(),
  prenom1: "Ada",
  personnes1: String(people),
  ...more,
});
const facts = async (date: string) => {
  const { rows } = await house.owner.query<{ taken: number; held: number; lines: number; bookings: number }>(
    `SELECT d.taken, (SELECT coalesce(sum(b.seats), 0)::int FROM culture.bookings b WHERE b.date_id = d.id AND b.state = 'confirmed') AS held,
            (SELECT count(*)::int FROM culture.bookings b WHERE b.date_id = d.id) AS bookings,
            (SELECT count(*)::int FROM core.journal j WHERE j.act = 'own-booking.made' AND j.details->>'date' = d.id::text) AS lines
       FROM culture.dates d WHERE d.id = $1`,
    [date],
  );
  return rows[0];
};

test("sixty ask at once for ten places: ten have one, fifty are told, each booking has its line", async () => {
  const date = await aDate(10);
  const got = await Promise.all(
    Array.from({ length: 60 }, (_, at) => visitors[at % visitors.length]?.post(`/espace/sorties/${date}`, form(1))),
  );
  const refused = got.filter((one) => one?.status !== 303);
  assert.equal(refused.length, 50);
  assert.ok(refused.every((one) => one?.text.includes("Il ne reste plus de place")));
  assert.deepEqual(await facts(date), { taken: 10, held: 10, bookings: 10, lines: 10 });
  assert.deepEqual(await breaches((text) => house.owner.query(text)), []);
});

test("the same form four times at the same moment is one booking, and takes its places once", async () => {
  const date = await aDate(10);
  const same = form(3);
  const got = await Promise.all([1, 2, 3, 4].map(() => visitors[0]?.post(`/espace/sorties/${date}`, same)));
  assert.deepEqual(
    got.map((one) => one?.status),
    [303, 303, 303, 303],
  );
  assert.deepEqual(await facts(date), { taken: 3, held: 3, bookings: 1, lines: 1 });
});

test("what is not plain goes the long way: a limit of the season, a waiting list, places kept for others", async () => {
  const date = await aDate(4);
  await house.owner.query(
    `INSERT INTO culture.limits (house_id, id, season, structure_id, seats)
     SELECT $1, $2, 2020, $3, 2 + coalesce(sum(seats), 0) FROM culture.bookings WHERE structure_id = $3 AND state = 'confirmed'`,
    [house.houseId, id(), structures[1]],
  );
  const limited = await visitors[1]?.post(`/espace/sorties/${date}`, form(3));
  assert.match(limited?.text ?? "", /peut encore réserver 2 places/);
  assert.equal((await visitors[1]?.post(`/espace/sorties/${date}`, form(2)))?.status, 303);
  assert.equal((await visitors[2]?.post(`/espace/sorties/${date}`, form(2)))?.status, 303);
  assert.equal((await visitors[3]?.post(`/espace/sorties/${date}`, form(2, { attendre: "1" })))?.status, 303);
  assert.deepEqual(await facts(date), { taken: 4, held: 4, bookings: 3, lines: 3 });
  const kept = await aDate(4);
  await house.owner.query(
    "INSERT INTO culture.allotments (house_id, id, date_id, places, communes, until) VALUES ($1, $2, $3, 3, ARRAY['Bron'], '2020-12-18')",
    [house.houseId, id(), kept],
  );
  assert.match((await visitors[4]?.post(`/espace/sorties/${kept}`, form(2)))?.text ?? "", /Il reste 1 place/);
  assert.equal((await visitors[4]?.post(`/espace/sorties/${kept}`, form(1)))?.status, 303);
});
