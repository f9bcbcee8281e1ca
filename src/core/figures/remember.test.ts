// Answers that are kept: counted once while nothing changes, and never older than the question.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type RawBuilder, sql } from "kysely";
import pg from "pg";
import type { Tx } from "../db/transaction.ts";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { wholeFile } from "../testing/server.ts";
import { remembered } from "./remember.ts";

let house: TestHouse;
before(async () => {
  house = await testHouse(wholeFile);
});

const sites = (tx: Tx): RawBuilder<{ many: number }> =>
  sql<{
    many: number;
  }>`SELECT count(*)::int AS many FROM house.sites WHERE house_id = ${tx.scope.house}`;
const ask = async (tx: Tx): Promise<number> => (await remembered(tx, sites(tx)))[0]?.many ?? -1;
const asked = (): Promise<number> => house.run("direction", ask);

let made = 0;
const addSite = (client: { query(text: string, values: unknown[]): Promise<unknown> }) =>
  client.query(
    "INSERT INTO house.sites (house_id, id, code, name, kind) VALUES ($1, gen_random_uuid(), $2, $2, 'other')",
    [house.houseId, `lieu-${++made}`],
  );
const connected = async (): Promise<pg.Client> => {
  const client = new pg.Client(house.ownerFacts);
  await client.connect();
  return client;
};

test("the same question is counted once while nothing changes, however many ask at once", async () => {
  await house.owner.query("CREATE SEQUENCE core.asked; GRANT USAGE ON SEQUENCE core.asked TO traboule_web");
  const count = (): Promise<readonly { turn: number }[]> =>
    house.run("direction", (tx) =>
      remembered<{ turn: number }>(tx, sql`SELECT nextval('core.asked')::int AS turn FROM pg_sleep(0.2)`),
    );
  const together = await Promise.all([count(), count(), count()]);
  assert.deepEqual([...together, await count()].flat(), Array(4).fill({ turn: 1 }));
  await addSite(house.owner);
  assert.deepEqual(await count(), [{ turn: 2 }]);
});

test("a change is in the next answer", async () => {
  const then = await asked();
  await addSite(house.owner);
  assert.equal(await asked(), then + 1);
  await house.owner.query("DELETE FROM house.sites WHERE house_id = $1 AND code = $2", [house.houseId, `lieu-${made}`]);
  assert.equal(await asked(), then);
});

test("what is counted while somebody writes is not kept", async () => {
  const then = await asked();
  const writer = await connected();
  await writer.query("BEGIN");
  await addSite(writer);
  assert.equal(await asked(), then, "not committed yet");
  await writer.query("COMMIT");
  assert.equal(await asked(), then + 1);
  await writer.end();
});

test("what a transaction has written itself is told to nobody else", async () => {
  const then = await asked();
  await assert.rejects(
    house.run("direction", async (tx) => {
      await sql`INSERT INTO house.sites (house_id, id, code, name, kind) VALUES (${tx.scope.house}, gen_random_uuid(), 'a-moi', 'A moi', 'other')`.execute(
        tx.on(),
      );
      assert.equal(await ask(tx), then + 1);
      throw new Error("given up");
    }),
    /given up/,
  );
  assert.equal(await asked(), then);
});

test("a transaction that keeps seeing an old state has no clock", async () => {
  const settled = async (level: string): Promise<unknown> => {
    await house.owner.query(`BEGIN ISOLATION LEVEL ${level}`);
    const { rows } = await house.owner.query("SELECT settled FROM core.clock()");
    await house.owner.query("ROLLBACK");
    return rows[0]?.settled;
  };
  assert.equal(await settled("REPEATABLE READ"), false);
  assert.equal(await settled("READ COMMITTED"), true);
});

test("a question that fails for one is asked again by the others", async () => {
  const broken = (tx: Tx): RawBuilder<{ many: number }> =>
    sql`SELECT 1 / (SELECT count(*)::int FROM house.sites, pg_sleep(0.2) WHERE house_id = ${tx.scope.house} AND code = 'nulle-part') AS many`;
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(() => house.run("direction", (tx) => remembered(tx, broken(tx)))),
  );
  for (const outcome of outcomes)
    assert.match(String(outcome.status === "rejected" && outcome.reason), /division by zero/);
});

test("an answer lies between what was committed when it was asked and when it came", async () => {
  const writers = await Promise.all([connected(), connected()]);
  let [begun, done] = [await asked(), await asked()];
  let writing = true;
  const write = async (writer: pg.Client): Promise<void> => {
    while (writing) {
      begun++;
      await writer.query("BEGIN");
      await addSite(writer);
      await writer.query("COMMIT");
      done++;
      await new Promise((later) => setTimeout(later, Math.random() * 8));
    }
  };
  const read = async (): Promise<void> => {
    for (let turn = 0; turn < 60; turn++) {
      const least = done;
      const many = await asked();
      assert.ok(many >= least && many <= begun, `${least} <= ${many} <= ${begun}`);
    }
  };
  const writings = writers.map(write);
  await Promise.all([read(), read()]).finally(() => {
    writing = false;
  });
  await Promise.all(writings);
  await Promise.all(writers.map((writer) => writer.end()));
});

test("every table of a room moves the clock", async () => {
  const { rows } = await house.owner.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.relnamespace::regnamespace::text NOT IN ('core', 'house')
        AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'note_change' AND t.tgenabled = 'O')`,
  );
  assert.deepEqual(rows, []);
});
