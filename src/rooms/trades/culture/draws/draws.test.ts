// Draws: fair by their rule, held once, and replayed by a script that shares no code with the program.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import fc from "fast-check";
import { projectRoot } from "../../../../core/root.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { book } from "../bookings/writes.ts";
import { breaches, makeDate, makeStructures } from "../testing.ts";
import { draw, printOf } from "./rule.ts";
import { announceDraw, drawOf, holdDraw } from "./writes.ts";

let house: TestHouse;
let structures: string[] = [];
before(async () => {
  house = await testHouse(wholeFile);
  house.clock.set("2020-11-02T10:00:00+01:00");
  structures = await house.run("culture", (tx) => makeStructures(tx, 40));
});

const window = { opensAt: new Date("2020-11-02T08:00:00+01:00"), closesAt: new Date("2020-11-10T18:00:00+01:00") };

async function drawnDate(places: number): Promise<string> {
  const { date } = await house.run("culture", (tx) =>
    makeDate(tx, { venue: structures[0] ?? "", places, day: "2020-12-19" }),
  );
  assert.equal(await house.run("culture", (tx) => announceDraw(tx, { date, ...window })), true);
  return date;
}
const ask = (date: string, structure: string, people: number) =>
  house.run("culture", (tx) =>
    book(tx, { id: tx.ids.uuid(), date, structure, person: null, firstName: null, people, companions: 0, wait: false }),
  );

type Line = { booking_id: string; seats: number; served: number; given: boolean };
const linesOf = async (date: string): Promise<Line[]> =>
  (
    await house.owner.query<Line>(
      "SELECT booking_id, seats, served, given FROM culture.draw_lines WHERE date_id = $1 ORDER BY rank",
      [date],
    )
  ).rows;

/** The script's own result: request -> given. */
function replayed(
  lines: readonly Line[],
  seed: string,
  places: number,
): { code: number | null; given: Map<string, boolean> } {
  const folder = mkdtempSync(join(tmpdir(), "traboule-draw-"));
  try {
    const file = join(folder, "demandes.csv");
    const rows = [...lines].sort((a, b) => (a.booking_id < b.booking_id ? -1 : 1));
    writeFileSync(
      file,
      `demande;places;deja_servies;retenue\n${rows.map((line) => `${line.booking_id};${line.seats};${line.served};${line.given ? "oui" : "non"}`).join("\n")}\n`,
    );
    const run = spawnSync(
      process.execPath,
      [join(projectRoot, "scripts/replay-draw.mjs"), file, seed, String(places)],
      { encoding: "utf8" },
    );
    const given = run.stdout
      .trim()
      .split("\n")
      .map((line) => line.split(";"));
    return { code: run.status, given: new Map(given.map(([id = "", said]) => [id, said === "oui"])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("requests wait for the draw, which is held once, when they are closed, and is replayed by others", async () => {
  house.clock.set("2020-11-02T10:00:00+01:00");
  const date = await drawnDate(30);
  const announced = await house.run("culture", (tx) => drawOf(tx, date));
  assert.equal(announced?.seed, null, "the seed is not shown before");
  for (const [at, structure] of structures.entries()) {
    const got = await ask(date, structure, 1 + (at % 5));
    assert.equal(got.ok && got.state, "requested");
  }
  assert.equal(await house.run("culture", (tx) => holdDraw(tx, date)), null, "not before the requests are closed");
  house.clock.set("2020-11-10T18:00:00+01:00");
  const late = await ask(date, structures[1] ?? "", 1);
  assert.deepEqual(late, { ok: false, refusal: { why: "over" } });
  const held = await Promise.all([1, 2, 3].map(() => house.run("culture", (tx) => holdDraw(tx, date))));
  assert.deepEqual(
    held.filter((one) => one !== null).map((one) => one.requests),
    [40],
    "drawn once, whoever asks at once",
  );
  const told = await house.run("culture", (tx) => drawOf(tx, date));
  assert.equal(printOf(told?.seed ?? ""), announced?.seedPrint, "the seed is the one that was announced");
  const lines = await linesOf(date);
  const { code, given } = replayed(lines, told?.seed ?? "", told?.places ?? 0);
  assert.equal(code, 0);
  assert.deepEqual(given, new Map(lines.map((line) => [line.booking_id, line.given])));
  assert.deepEqual(await breaches((text) => house.owner.query<Record<string, unknown>>(text)), []);
  const { rows } = await house.owner.query<{ sent: number }>(
    "SELECT count(*)::int AS sent FROM messages.messages WHERE key LIKE $1",
    [`culture-draw/${date}/%`],
  );
  assert.equal(rows[0]?.sent, 40, "each structure is told once");
  // Another seed gives another result: the script would tell.
  assert.equal(replayed(lines, "another seed", told?.places ?? 0).code, 1);
});

test("who was served more this season comes later, on average; groups stay whole; no place is left that a group would fit", () => {
  const requests = Array.from({ length: 40 }, (_, at) => ({ id: `r${at}`, seats: 1, served: at < 20 ? 0 : 9 }));
  let [fresh, served] = [0, 0];
  for (let seed = 0; seed < 200; seed++)
    for (const line of draw(String(seed), requests, 10)) if (line.given) line.served === 0 ? fresh++ : served++;
  assert.ok(fresh > served * 3, `${fresh} against ${served}`);
  assert.ok(served > 0, "nobody is shut out");
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.record({ seats: fc.integer({ min: 1, max: 9 }), served: fc.nat(50) }), { maxLength: 60 }),
      fc.nat(80),
      (seed, asked, places) => {
        const lines = draw(
          seed,
          asked.map((one, at) => ({ id: `r${at}`, ...one })),
          places,
        );
        const taken = lines.filter((line) => line.given).reduce((sum, line) => sum + line.seats, 0);
        assert.ok(taken <= places);
        for (const line of lines) if (!line.given) assert.ok(line.seats > places - taken || line.rank > 1);
        const left = places - taken;
        assert.ok(lines.every((line) => line.given || line.seats > left));
        assert.deepEqual(
          draw(seed, asked.map((one, at) => ({ id: `r${at}`, ...one })).reverse(), places),
          lines,
          "whatever the order of the requests",
        );
      },
    ),
    { numRuns: 200 },
  );
});
