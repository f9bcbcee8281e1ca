// Never one place too many: many structures at once on one date, by every way to places, and the invariants asked of the rows after. The
// second guard is tried alone, and both are taken away to see that the check would tell.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import pg from "pg";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { sendCrowd } from "../crowd.ts";
import { breaches, makeDate, makeStructures } from "../testing.ts";
import { recount, repairCounters } from "./recount.ts";
import { book } from "./writes.ts";

let house: TestHouse;
let structures: string[] = [];
before(async () => {
  house = await testHouse(wholeFile, { poolSize: 12 });
  house.clock.set("2020-11-02T10:00:00+01:00");
  structures = await house.run("culture", (tx) => makeStructures(tx, 60));
});
const query = (text: string) => house.owner.query<Record<string, unknown>>(text);

test("mixed requests at once never give a place twice, lose one, or leave one while a group that fits waits", async () => {
  const places = 100;
  const { date } = await house.run("culture", (tx) =>
    makeDate(tx, { venue: structures[0] ?? "", places, day: "2020-12-19" }),
  );
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("culture", work);
  const outcomes = await sendCrowd({ run, date, places, structures, requests: 600, together: 12 });
  assert.deepEqual(await breaches(query), []);
  // It was a contention: each way was taken, and places ran out.
  for (const what of ["confirmed", "waiting", "full", "gave back", "changed", "accepted", "lowered"])
    assert.ok((outcomes.get(what) ?? 0) > 0, `${what}: ${JSON.stringify([...outcomes])}`);
  const { differences } = await house.run("culture", recount);
  assert.deepEqual(differences, []);
});

test("two who want the last place: one has it, the other is told, and the same form twice is one booking", async () => {
  const { date } = await house.run("culture", (tx) =>
    makeDate(tx, { venue: structures[0] ?? "", places: 1, day: "2020-12-20" }),
  );
  const wish = (id: string, structure: string) => ({
    id,
    date,
    structure,
    person: null,
    firstName: "Ada",
    people: 1,
    companions: 0,
    wait: false,
  });
  const ids = [house.deps.ids.uuid(), house.deps.ids.uuid()];
  const got = await Promise.all(
    ids.map((id, at) => house.run("culture", (tx) => book(tx, wish(id, structures[at] ?? "")))),
  );
  assert.deepEqual(got.map((one) => one.ok).sort(), [false, true]);
  const winner = got.findIndex((one) => one.ok);
  const again = await Promise.all(
    [1, 2, 3].map(() => house.run("culture", (tx) => book(tx, wish(ids[winner] ?? "", structures[winner] ?? "")))),
  );
  assert.ok(again.every((one) => one.ok && !one.made));
  assert.deepEqual(await breaches(query), []);
});

/** A program that forgot every lock: it reads what is left, then writes. */
async function careless(date: string, clients: number): Promise<{ refused: number }> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client(house.ownerFacts);
      await client.connect();
      return client;
    }),
  );
  let refused = 0;
  await Promise.all(
    connections.map(async (client, at) => {
      const { rows } = await client.query<{ left: number }>(
        "SELECT places - (SELECT coalesce(sum(seats), 0) FROM culture.bookings b WHERE b.date_id = d.id AND b.state = 'confirmed')::int AS left FROM culture.dates d WHERE id = $1",
        [date],
      );
      await new Promise((later) => setTimeout(later, 30));
      if ((rows[0]?.left ?? 0) < 4) return;
      await client
        .query(
          "INSERT INTO culture.bookings (house_id, id, date_id, structure_id, people, state, code, asked_at, confirmed_at) VALUES ($1, gen_random_uuid(), $2, $3, 4, 'confirmed', substr(md5(random()::text), 1, 9), now(), now())",
          [house.houseId, date, structures[at % structures.length]],
        )
        .catch((error: Error & { constraint?: string }) => {
          if (error.constraint !== "never_one_too_many") throw error;
          refused++;
        });
    }),
  );
  await Promise.all(connections.map((client) => client.end()));
  return { refused };
}

test("the database refuses by itself what a careless program would let through; without its guard the check tells", async () => {
  const make = () =>
    house.run("culture", (tx) => makeDate(tx, { venue: structures[0] ?? "", places: 10, day: "2020-12-21" }));
  const guarded = await make();
  const { refused } = await careless(guarded.date, 8);
  assert.equal(refused, 6, "two groups of four fit in ten places");
  assert.ok(!(await breaches(query)).some((one) => one.startsWith("more places")));
  const told = await house.run("culture", recount);
  assert.deepEqual(
    told.differences.map(({ counter, held }) => ({ counter, held })),
    [{ counter: 0, held: 8 }],
    "the counter that the careless program left behind is told",
  );
  // The lowering of places is guarded too.
  await assert.rejects(
    house.owner.query("UPDATE culture.dates SET places = 7 WHERE id = $1", [guarded.date]),
    /places held of 7/,
  );
  await house.run("culture", (tx) =>
    repairCounters(
      tx,
      told.differences.map((one) => one.date),
    ),
  );
  assert.deepEqual((await house.run("culture", recount)).differences, []);
  // Planted: without the guard, places are given twice, and the invariants say so.
  const open = await make();
  await house.owner.query("ALTER TABLE culture.bookings DISABLE TRIGGER refuse_too_many");
  try {
    await careless(open.date, 8);
    assert.ok((await breaches(query)).some((one) => one.startsWith("more places held")));
  } finally {
    await house.owner.query("ALTER TABLE culture.bookings ENABLE TRIGGER refuse_too_many");
  }
});
