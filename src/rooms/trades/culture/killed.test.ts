// A program killed in the middle of a draw, or of a closure of many dates: it was done once, or not begun; done again, nothing happens twice.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { projectRoot } from "../../../core/root.ts";
import { type TestHouse, testHouse } from "../../../core/testing/house.ts";
import { wholeFile } from "../../../core/testing/server.ts";
import { book } from "./bookings/writes.ts";
import { announceDraw } from "./draws/writes.ts";
import { breaches, makeDate, makeStructures } from "./testing.ts";

const rounds = 8;
const now = "2020-11-12T10:00:00+01:00";
let house: TestHouse;
let structures: string[] = [];

before(async () => {
  house = await testHouse(wholeFile, { poolSize: 4 });
  house.clock.set("2020-11-02T10:00:00+01:00");
  structures = await house.run("culture", (tx) => makeStructures(tx, 30));
});

const source = (path: string): string => JSON.stringify(join(import.meta.dirname, path));
/** A program of its own that carries out one act: it says when it begins and when it has ended. */
function program(act: string): { begun: Promise<void>; ended: Promise<boolean>; kill(): void } {
  const script = `
    import { openDatabase } from ${source("../../../core/db/database.ts")};
    import { inTransaction } from ${source("../../../core/db/transaction.ts")};
    import { makeIds } from ${source("../../../core/ids.ts")};
    import { mintScope } from ${source("../../../core/rights.ts")};
    import { holdDraw } from ${source("draws/writes.ts")};
    import { cancelDates } from ${source("cancellations/writes.ts")};
    const clock = { now: () => new Date(${JSON.stringify(now)}) };
    const database = openDatabase(JSON.parse(process.env.FACTS), { role: "traboule_web" });
    const scope = mintScope({ house: process.env.HOUSE, houseCode: "demo", houseName: "Maison demo", zone: "Europe/Paris", account: null, name: "essai",
      session: null, secondFactor: false, grants: [{ role: "culture", site: null, programme: null }], ip: null });
    const run = (work) => inTransaction({ database, clock, ids: makeIds(clock) }, scope, "2020-11-12", work);
    await run(async () => {});
    process.stdout.write("begun\\n");
    await run((tx) => ${act});
    process.stdout.write("ended\\n");
    await database.close();`;
  const child = spawn(process.execPath, ["--import", "./scripts/load-tsx.ts", "--input-type=module", "-e", script], {
    cwd: projectRoot,
    env: { ...process.env, FACTS: JSON.stringify(house.ownerFacts), HOUSE: house.houseId },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const closed = new Promise<void>((done) => child.once("close", () => done()));
  const begun = new Promise<void>((heard, failed) => {
    child.stdout.on("data", (text: Buffer) => {
      said += text.toString();
      if (said.includes("begun")) heard();
    });
    child.once("close", () => failed(new Error("it never began")));
  });
  return {
    begun,
    ended: closed.then(() => said.includes("ended")),
    kill: () => void child.kill("SIGKILL"),
  };
}

/** Kills the act at moments spread over the time that it takes; gives how often it was cut before its end. */
async function killOften(
  acts: readonly string[],
  check: (round: number, ended: boolean) => Promise<void>,
): Promise<number> {
  const [first = "", ...others] = acts;
  const whole = program(first);
  await whole.begun;
  const started = performance.now();
  assert.equal(await whole.ended, true);
  const takes = performance.now() - started;
  await check(0, true);
  let cut = 0;
  for (const [at, act] of others.entries()) {
    const one = program(act);
    await one.begun;
    await pause((takes * at) / others.length);
    one.kill();
    const ended = await one.ended;
    if (!ended) cut += 1;
    await check(at + 1, ended);
  }
  return cut;
}

const count = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await house.owner.query<{ count: string }>(text, values)).rows[0]?.count);
/** What a killed program left open ends with its connection: the server needs a moment to see it. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    const open = await count(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'",
    );
    if (open === 0) return;
    await pause(20);
  }
}
const again = async (act: string): Promise<void> => {
  const one = program(act);
  await one.begun;
  assert.equal(await one.ended, true);
};

test("many dates called off: all of them or none, and each structure told once, whenever the program is killed", async () => {
  const acts: { act: string; id: string; day: string }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const day = `2021-0${1 + Math.floor(round / 5)}-1${round % 5}`;
    const id = house.deps.ids.uuid();
    for (let date = 0; date < 6; date++) {
      const made = await house.run("culture", (tx) => makeDate(tx, { venue: structures[0] ?? "", places: 100, day }));
      await house.run("culture", async (tx) => {
        for (const structure of structures)
          await book(tx, {
            id: tx.ids.uuid(),
            date: made.date,
            structure,
            person: null,
            firstName: null,
            people: 2,
            companions: 0,
            wait: false,
          });
      });
    }
    acts.push({
      id,
      day,
      act: `cancelDates(tx, { id: ${JSON.stringify(id)}, date: null, structure: null, from: ${JSON.stringify(day)}, to: ${JSON.stringify(day)}, reason: "Fermeture des salles" })`,
    });
  }
  const facts = async (round: number) => {
    const { id, day } = acts[round] ?? { id: "", day: "2000-01-01" };
    return {
      dates: await count("SELECT count(*) FROM culture.dates WHERE on_day = $1 AND cancelled_at IS NOT NULL", [day]),
      bookings: await count(
        "SELECT count(*) FROM culture.bookings b JOIN culture.dates d ON d.id = b.date_id WHERE d.on_day = $1 AND b.state = 'cancelled'",
        [day],
      ),
      letters: await count("SELECT count(*) FROM messages.messages WHERE key LIKE $1", [`culture-loss/${id}/%`]),
    };
  };
  const all = { dates: 6, bookings: 6 * structures.length, letters: structures.length };
  const none = { dates: 0, bookings: 0, letters: 0 };
  const cut = await killOften(
    acts.map(({ act }) => act),
    async (round, ended) => {
      await settled();
      const found = await facts(round);
      if (ended || found.dates > 0) assert.deepEqual(found, all, `round ${round}`);
      else assert.deepEqual(found, none, `round ${round}`);
      await again(acts[round]?.act ?? "");
      assert.deepEqual(await facts(round), all, `round ${round}, done again`);
    },
  );
  assert.ok(cut > 0, "it was cut in the middle at least once");
  assert.deepEqual(await breaches((text) => house.owner.query(text)), []);
});

test("a draw: held once or not begun, with the result that its seed fixed before", async () => {
  const dates: string[] = [];
  const window = { opensAt: new Date("2020-11-02T08:00:00+01:00"), closesAt: new Date("2020-11-10T18:00:00+01:00") };
  for (let round = 0; round <= rounds; round++) {
    const { date } = await house.run("culture", (tx) =>
      makeDate(tx, { venue: structures[0] ?? "", places: 40, day: "2021-03-20" }),
    );
    assert.equal(await house.run("culture", (tx) => announceDraw(tx, { date, ...window })), true);
    await house.run("culture", async (tx) => {
      for (const structure of [...structures, ...structures, ...structures])
        await book(tx, {
          id: tx.ids.uuid(),
          date,
          structure,
          person: null,
          firstName: null,
          people: 2,
          companions: 0,
          wait: false,
        });
    });
    dates.push(date);
  }
  const facts = async (date: string) => ({
    drawn: await count("SELECT count(*) FROM culture.draws WHERE date_id = $1 AND drawn_at IS NOT NULL", [date]),
    lines: await count("SELECT count(*) FROM culture.draw_lines WHERE date_id = $1", [date]),
    given: await count(
      "SELECT coalesce(sum(seats), 0) AS count FROM culture.bookings WHERE date_id = $1 AND state = 'confirmed'",
      [date],
    ),
    letters: await count("SELECT count(*) FROM messages.messages WHERE key LIKE $1", [`culture-draw/${date}/%`]),
  });
  const all = { drawn: 1, lines: 90, given: 40, letters: 30 };
  const none = { drawn: 0, lines: 0, given: 0, letters: 0 };
  const acts = dates.map((date) => `holdDraw(tx, ${JSON.stringify(date)})`);
  await killOften(acts, async (round, ended) => {
    await settled();
    const found = await facts(dates[round] ?? "");
    if (ended || found.drawn > 0) assert.deepEqual(found, all, `round ${round}`);
    else assert.deepEqual(found, none, `round ${round}`);
    await again(acts[round] ?? "");
    assert.deepEqual(await facts(dates[round] ?? ""), all, `round ${round}, done again`);
  });
  assert.deepEqual(await breaches((text) => house.owner.query(text)), []);
});
