// Jobs that run by themselves: at the hour of each house, once whatever the number of copies, one house's failure being no other's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { TestClock } from "pg-boss";
import type { Job } from "../core/jobs/job.ts";
import { type TestHouse, testHouse } from "../core/testing/house.ts";
import { runJob, startJobs } from "./jobs.ts";
import type { Log } from "./log.ts";
import { rooms } from "./rooms.ts";

type Line = { job?: string; house?: string };

/** A log that keeps its lines. */
function keptLog(): { log: Log; lines: Line[] } {
  const lines: Line[] = [];
  const keep = (facts: Line) => void lines.push(facts);
  return { log: { error: keep, warn: keep } as unknown as Log, lines };
}

const counting = (fails: (house: string) => boolean = () => false): Job => ({
  name: "test.count",
  cron: "30 2 * * *",
  sentence: "Compte.",
  async run(tx) {
    // The write shows that a failed house keeps nothing.
    await sql`INSERT INTO core.import_mappings (house_id, kind, headers_key, mapping, saved_at)
      VALUES (${tx.scope.house}, 'test', ${tx.ids.uuid()}, '{}', now())`.execute(tx.on());
    if (fails(tx.scope.house)) throw new Error("it fails");
    return { counted: 1 };
  },
});

const written = async (house: TestHouse): Promise<Record<string, number>> => {
  const { rows } = await house.owner.query<{ code: string; n: number }>(
    "SELECT h.code, count(m.kind)::int AS n FROM house.houses h LEFT JOIN core.import_mappings m USING (house_id) GROUP BY 1 ORDER BY 1",
  );
  return Object.fromEntries(rows.map(({ code, n }) => [code, n]));
};

test("a house that fails is told and tried again; the others are not kept from it, nor served twice", async (t) => {
  const house = await testHouse(t);
  const { houseId: second } = await house.anotherHouse("reunion");
  const { log, lines } = keptLog();
  let broken = true;
  const job = counting((id) => broken && id === second);
  await assert.rejects(runJob(house.services, job, { run: "night-1" }, log), /test\.count failed for reunion/);
  assert.deepEqual(
    lines.map(({ job: name, house: code }) => [name, code]),
    [["test.count", "reunion"]],
  );
  assert.deepEqual(await written(house), { demo: 1, reunion: 0 });
  broken = false;
  assert.deepEqual(await runJob(house.services, job, { run: "night-1" }, log), { reunion: { counted: 1 } });
  assert.deepEqual(await written(house), { demo: 1, reunion: 1 });
  const both = await Promise.all([1, 2].map(() => runJob(house.services, job, { run: "night-2" }, log)));
  assert.deepEqual(await written(house), { demo: 2, reunion: 2 }, "two workers over one turn");
  assert.equal(both.flatMap((counts) => Object.keys(counts)).length, 2);
  const { rows } = await house.owner.query("SELECT house_id, details FROM core.journal WHERE act = 'job.run'");
  assert.equal(rows.length, 4, "each turn has its line in each house's journal");
});

test("the schedule: each zone at its own hour, once for several copies, and once when the machine slept through it", async (t) => {
  const house = await testHouse(t);
  const { houseId: second } = await house.anotherHouse("reunion");
  await house.owner.query("UPDATE house.houses SET zone = 'Indian/Reunion' WHERE house_id = $1", [second]);
  const clock = new TestClock("2020-12-01T20:00:00Z");
  const { log, lines } = keptLog();
  const place = { ...house.services, owner: house.ownerFacts };
  const start = () => startJobs(place, log, { jobs: [counting()], clock });
  const copies = [await start(), await start()];
  const until = async (iso: string): Promise<void> => {
    while (clock.now() < Date.parse(iso)) await clock.tick(20_000);
  };
  const done = async (counts: Record<string, number>): Promise<void> => {
    for (let turn = 0; turn < 100 && JSON.stringify(await written(house)) !== JSON.stringify(counts); turn++)
      await clock.tick(1000);
    assert.deepEqual(await written(house), counts);
  };
  await clock.setTime("2020-12-01T22:28:00Z");
  await until("2020-12-01T22:34:00Z");
  await done({ demo: 0, reunion: 1 });
  await clock.setTime("2020-12-02T01:28:00Z");
  await until("2020-12-02T01:34:00Z");
  await done({ demo: 1, reunion: 1 });
  for (const copy of copies) await copy.stop();
  // The machine is off for two nights.
  await clock.setTime("2020-12-04T08:00:00Z");
  const again = await start();
  await until("2020-12-04T08:03:00Z");
  await done({ demo: 2, reunion: 2 });
  await until("2020-12-04T08:10:00Z");
  assert.deepEqual(await written(house), { demo: 2, reunion: 2 });
  await again.stop();
  assert.deepEqual(lines, []);
});

test("what the rooms declare is scheduled, and what they no longer declare is not", async (t) => {
  const house = await testHouse(t);
  const { log } = keptLog();
  const place = { ...house.services, owner: house.ownerFacts };
  const old = await startJobs(place, log, { jobs: [{ ...counting(), name: "test.gone" }] });
  await old.stop();
  const jobs = await startJobs(place, log);
  await jobs.stop();
  const { rows } = await house.owner.query<{ name: string; cron: string; timezone: string }>(
    "SELECT name, cron, timezone FROM pgboss.schedule ORDER BY name",
  );
  const declared = rooms
    .flatMap((room) => [...(room.jobs ?? []), ...(room.errands ?? [])])
    .map(({ name, cron }) => ({ name, cron, timezone: "Europe/Paris" }));
  assert.ok(declared.some(({ name }) => name === "people.retention"));
  assert.deepEqual(
    rows,
    declared.sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  const { rows: web } = await house.owner.query(
    "SELECT has_schema_privilege('traboule_web', 'pgboss', 'USAGE') AS may",
  );
  assert.deepEqual(web, [{ may: false }], "the web role has no business there");
});
