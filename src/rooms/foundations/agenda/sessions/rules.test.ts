// The waiting list's rule and the days of a series, over many cases.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holidayOf } from "../weeks/holidays.ts";
import { entering, weeklyDays } from "./rules.ts";

test("groups enter whole, in their order, as long as the next one fits, and never beyond the capacity", () => {
  const groups = fc
    .array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 })
    .map((sizes) => sizes.map((size, turn) => ({ id: String(turn), size })));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(20), groups, (capacity, taken, waiting) => {
      const entered = entering(capacity, taken, waiting);
      // A prefix of the queue: nobody overtakes.
      assert.deepEqual(
        entered,
        waiting.slice(0, entered.length).map((group) => group.id),
      );
      const size = (count: number): number => waiting.slice(0, count).reduce((sum, group) => sum + group.size, 0);
      if (entered.length > 0) assert.ok(taken + size(entered.length) <= capacity);
      // The longest one: the next would not fit.
      const next = waiting[entered.length];
      if (next) assert.ok(taken + size(entered.length) + next.size > capacity);
      assert.equal(entering(null, taken, waiting).length, waiting.length);
    }),
  );
});

test("a weekly series leaves the public holidays out, says them, and keeps its number", () => {
  const { days, skipped } = weeklyDays("2026-04-06", 3, holidayOf);
  assert.deepEqual(days, ["2026-04-13", "2026-04-20", "2026-04-27"]);
  assert.deepEqual(skipped, [{ day: "2026-04-06", name: "Lundi de Pâques" }]);
  // The eleven days of the Labour code (L3133-1), as the ministry publishes them for 2026 and 2027.
  const of = (year: number): string[] => {
    const found: string[] = [];
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10);
      if (holidayOf(day)) found.push(day.slice(5));
    }
    return found;
  };
  const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
  assert.deepEqual(of(2026), [...fixed, "04-06", "05-14", "05-25"].sort());
  assert.deepEqual(of(2027), [...fixed, "03-29", "05-06", "05-17"].sort());
});
