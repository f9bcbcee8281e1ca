// Measures over a small source: counts, distinct people and structures, sums, ratios, and the rounding that a report prints.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { testHouse } from "../testing/house.ts";
import { askFigures, ratioOf } from "./ask.ts";
import { count, distinct, type Figure, type FigureSource, ratio, sum } from "./figure.ts";
import { makeRegistry } from "./registry.ts";

// Sessions as a room to come might publish them: hours, a person, a structure.
const sessions: FigureSource = {
  name: "sessions",
  from: "(SELECT h.house_id, x.* FROM house.houses h, (VALUES (1, date '2020-01-10', 1.5, 'a', 's1', 'nord'), (2, date '2020-01-11', 2.0, 'a', 's2', 'nord'), (3, date '2020-02-12', 0.25, 'b', NULL, 'sud'), (4, date '2020-02-13', 3.0, NULL, 's2', NULL), (5, date '2021-01-01', 9.0, 'c', 's3', 'sud')) x (id, day, hours, person, structure, place)) r",
  day: "r.day",
  joins: {},
  person: "r.person",
  structure: "r.structure",
  dimensions: [{ key: "place", label: "Lieu", expression: "r.place", unknown: "sans lieu" }],
  published: [[]],
  list: { id: "r.id", order: "r.id", columns: [], personColumns: [] },
  seeNames: { name: "x", sentence: "x", roles: [] },
};
const figure = (code: string, measure: Figure["measure"], where?: string): Figure => ({
  code,
  label: code,
  unit: "",
  definition: code,
  source: "sessions",
  measure,
  by: ["place"],
  printed: [],
  ...(where ? { where: { sql: where } } : {}),
});
const figures = [
  figure("s.sessions", count()),
  figure("s.longues", count(), "r.hours >= 2"),
  figure("s.heures", sum("r.hours")),
  figure("s.personnes", distinct("person")),
  figure("s.structures", distinct("structure")),
  figure("s.part_longues", ratio("s.longues", "s.sessions", { round: 1, percent: true })),
];

test("counts, sums, distinct people and structures, ratios, in a period, whole and by place", async (t) => {
  const house = await testHouse(t);
  await house.anotherHouse("autre");
  const registry = makeRegistry([sessions], figures);
  const table = await house.run("direction", (tx) =>
    askFigures(tx, registry, {
      codes: figures.map(({ code }) => code),
      period: { from: "2020-01-01", to: "2020-12-31" },
      by: [[], ["place"]],
    }),
  );
  const numbers = (by: string[], values: string[]) => figures.map(({ code }) => table.at(code, by, values));
  assert.deepEqual(numbers([], []), [4, 2, 6.75, 2, 2, 50]);
  assert.deepEqual(numbers(["place"], ["nord"]), [2, 1, 3.5, 1, 2, 50]);
  assert.deepEqual(numbers(["place"], ["sud"]), [1, 0, 0.25, 1, 0, 0]);
  assert.deepEqual(numbers(["place"], ["-"]), [1, 1, 3, 0, 1, 100]);
});

test("a ratio is rounded half up, as an exact fraction is", () => {
  assert.equal(ratioOf(1, 8, 0, true), 13);
  assert.equal(ratioOf(1, 200, 0, true), 1);
  assert.equal(ratioOf(0, 0, 1, true), 0);
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 2 }),
      (a, b, round) => {
        const scaled = ratioOf(a, b, round, true) * 10 ** round;
        const exact = (100 * a * 10 ** round) / b;
        assert.ok(Math.round(scaled) - exact <= 0.5 + 1e-6 && exact - Math.round(scaled) < 0.5 + 1e-6);
      },
    ),
  );
});

test("a registry that does not hold together is refused when the program starts", () => {
  const [first] = figures;
  assert.ok(first);
  assert.throws(() => makeRegistry([sessions], [first, first]), /twice/);
  assert.throws(() => makeRegistry([], figures), /no source/);
  assert.throws(() => makeRegistry([sessions], [{ ...first, by: ["mois"] }]), /no dimension/);
  assert.throws(() => makeRegistry([sessions], [figure("r", ratio("x", "y", { round: 0 }))]), /term/);
});
