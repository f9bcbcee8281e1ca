// Dates called off together: all or none, each structure told once, and never counted as used places.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../../core/figures/ask.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { book } from "../bookings/writes.ts";
import { bookingsSource, boxOfficeFigures, datesSource } from "../figures.ts";
import { breaches, makeDate, makeStructures } from "../testing.ts";
import { cancelDates, wouldCancel } from "./writes.ts";

let house: TestHouse;
let structures: string[] = [];
before(async () => {
  house = await testHouse(wholeFile, { poolSize: 6 });
  house.clock.set("2020-03-02T10:00:00+01:00");
  structures = await house.run("culture", (tx) => makeStructures(tx, 8));
});

const registry = makeRegistry([datesSource, bookingsSource], boxOfficeFigures);
const figures = async (...codes: string[]): Promise<number[]> => {
  const table = await house.run("culture", (tx) =>
    askFigures(tx, registry, { codes, period: { from: "2020-01-01", to: "2020-12-31" }, by: [[]] }),
  );
  return codes.map((code) => table.at(code));
};
const letters = async (act: string): Promise<number> =>
  (
    await house.owner.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM messages.messages WHERE key LIKE $1",
      [`culture-loss/${act}/%`],
    )
  ).rows[0]?.count ?? 0;
const wish = (id: string, more: Partial<Parameters<typeof cancelDates>[1]> = {}) => ({
  id,
  date: null,
  structure: null,
  from: "2020-03-14",
  to: "2020-05-11",
  reason: "crise sanitaire",
  ...more,
});

test("a closure calls off every date of its days in one act, and each structure hears of it once", async () => {
  const [venue = "", other = ""] = structures;
  const dates: string[] = [];
  for (const [day, of] of [
    ["2020-03-13", venue],
    ["2020-03-14", venue],
    ["2020-04-01", other],
    ["2020-05-11", venue],
    ["2020-05-12", other],
  ] as const) {
    const { date } = await house.run("culture", (tx) =>
      makeDate(tx, { venue: of, places: 20, day, title: `Sortie du ${day}` }),
    );
    dates.push(date);
    for (const structure of structures.slice(2, 6))
      await house.run("culture", (tx) =>
        book(tx, {
          id: tx.ids.uuid(),
          date,
          structure,
          person: null,
          firstName: null,
          people: 2,
          companions: 1,
          wait: false,
        }),
      );
  }
  assert.deepEqual(
    await figures("billetterie.places", "billetterie.reservees", "billetterie.reservees_reelles"),
    [100, 60, 60],
  );
  const one = house.deps.ids.uuid();
  const preview = await house.run("culture", (tx) => wouldCancel(tx, wish(one)));
  assert.deepEqual(
    preview.dates.map(({ title, held }) => [title, held]),
    [
      ["Sortie du 2020-03-14", 12],
      ["Sortie du 2020-04-01", 12],
      ["Sortie du 2020-05-11", 12],
    ],
  );
  assert.deepEqual(
    preview.structures.map(({ held }) => held),
    [9, 9, 9, 9],
  );

  // The connection dies in the middle: nothing is done, nobody is told.
  await assert.rejects(
    house.run("culture", async (tx) => {
      await cancelDates(tx, wish(one));
      await house.owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
      );
      await new Promise((later) => setTimeout(later, 50));
    }),
  );
  assert.deepEqual(await figures("billetterie.dates_annulees", "billetterie.reservees_reelles"), [0, 60]);
  assert.equal(await letters(one), 0);

  // Asked again, by three at once: done once.
  const got = await Promise.all([1, 2, 3].map(() => house.run("culture", (tx) => cancelDates(tx, wish(one)))));
  assert.deepEqual(
    got.filter((outcome) => outcome.made).map(({ dates: off, bookings, told }) => [off, bookings, told]),
    [[3, 12, 4]],
  );
  assert.equal(await letters(one), 4, "four structures, one letter each, for three dates");
  assert.deepEqual(
    await figures(
      "billetterie.places",
      "billetterie.places_maintenues",
      "billetterie.reservees",
      "billetterie.reservees_reelles",
      "billetterie.dates_annulees",
    ),
    [100, 40, 60, 24, 3],
  );
  assert.deepEqual(await breaches((text) => house.owner.query<Record<string, unknown>>(text)), []);

  // A date that is off takes nobody, and a second closure over the same days touches what is left alone.
  const refused = await house.run("culture", (tx) =>
    book(tx, {
      id: tx.ids.uuid(),
      date: dates[1] ?? "",
      structure: structures[7] ?? "",
      person: null,
      firstName: null,
      people: 1,
      companions: 0,
      wait: true,
    }),
  );
  assert.deepEqual(refused, { ok: false, refusal: { why: "cancelled" } });
  const wider = await house.run("culture", (tx) =>
    cancelDates(tx, wish(tx.ids.uuid(), { from: "2020-03-01", to: "2020-12-31", structure: venue })),
  );
  assert.deepEqual([wider.dates, wider.bookings], [1, 4]);
});

test("two closures that overlap, at once, call each date off once", async () => {
  for (let day = 1; day <= 9; day++)
    await house.run("culture", (tx) => makeDate(tx, { venue: structures[0] ?? "", places: 5, day: `2020-10-0${day}` }));
  const got = await Promise.all([
    house.run("culture", (tx) => cancelDates(tx, wish(tx.ids.uuid(), { from: "2020-10-01", to: "2020-10-06" }))),
    house.run("culture", (tx) => cancelDates(tx, wish(tx.ids.uuid(), { from: "2020-10-03", to: "2020-10-09" }))),
  ]);
  assert.equal(
    got.reduce((sum, one) => sum + one.dates, 0),
    9,
  );
});
