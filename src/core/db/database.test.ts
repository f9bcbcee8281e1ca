// A connection is the web role's, or is none: nothing is ever asked as the owner that a single login still is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testHouse } from "../testing/house.ts";
import { openDatabase } from "./database.ts";

test("each connection steps down to its role before it is used", async (t) => {
  const { ownerFacts } = await testHouse(t);
  const database = openDatabase({ ...ownerFacts, max: 3 }, { role: "traboule_web" });
  const who = () =>
    database.withClient(async (client) => (await client.query<{ who: string }>("SELECT current_user AS who")).rows[0]);
  assert.deepEqual(await Promise.all([who(), who(), who()]), Array(3).fill({ who: "traboule_web" }));
  await database.close();
});

test("a connection that cannot step down is never used", async (t) => {
  const { ownerFacts } = await testHouse(t);
  const database = openDatabase({ ...ownerFacts, max: 2 }, { role: "no_such_role" });
  let used = 0;
  const use = () => database.withClient(async () => used++);
  for (let turn = 0; turn < 5; turn++) await assert.rejects(use(), /no_such_role/);
  assert.equal(used, 0);
  await database.close();
});
