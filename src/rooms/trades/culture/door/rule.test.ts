// Attendance out of its lines: whatever the order in which devices send them, however often.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { attendanceOf, type CheckIn, isWhole } from "./rule.ts";

const line = (id: string, kind: CheckIn["kind"], came: number | null, at: number, undoes: string | null = null) => ({
  id,
  kind,
  came,
  undoes,
  at,
});

test("silence is not a number; arrivals add up, never above the places; a total holds until more arrive", () => {
  assert.equal(attendanceOf([], 4), null);
  assert.equal(attendanceOf([line("a", "arrival", 1, 1)], 4), 1);
  assert.equal(attendanceOf([line("a", "arrival", 3, 1), line("b", "arrival", 3, 2)], 4), 4);
  assert.equal(attendanceOf([line("a", "arrival", 3, 1), line("b", "total", 0, 2)], 4), 0);
  assert.equal(attendanceOf([line("a", "total", 1, 1), line("b", "arrival", 1, 2)], 4), 2);
  assert.equal(attendanceOf([line("a", "arrival", 3, 1), line("b", "total", null, 2)], 4), null);
  assert.equal(attendanceOf([line("a", "total", 6, 1), line("b", "arrival", 1, 2)], 4), 6, "what was counted stays");
});

test("arrivals of a part of a group say nothing of the others; a total, or everybody in, says all", () => {
  const part = [line("a", "arrival", 1, 1)];
  assert.equal(isWhole(part, 3), false);
  assert.equal(isWhole([...part, line("b", "arrival", 2, 2)], 3), true);
  assert.equal(isWhole([...part, line("b", "total", 1, 2)], 3), true);
  assert.equal(isWhole([...part, line("b", "total", 1, 2), line("c", "undo", null, 3, "b")], 3), false);
  assert.equal(isWhole([...part, line("b", "total", null, 2), line("c", "arrival", 1, 3)], 3), false);
});

test("what is taken back was never there; the rest stands", () => {
  const lines = [
    line("a", "arrival", 2, 1),
    line("b", "arrival", 1, 2),
    line("c", "undo", null, 3, "a"),
    line("d", "undo", null, 4, "a"),
  ];
  assert.equal(attendanceOf(lines, 4), 1);
  assert.equal(attendanceOf(lines.slice(0, 3), 4), 1);
  assert.equal(attendanceOf([line("a", "arrival", 2, 1), line("c", "undo", null, 3, "a")], 4), null);
});

test("the order in which lines come in changes nothing, and the answer is within what was said", () => {
  const lines = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      kind: fc.constantFrom<CheckIn["kind"]>("arrival", "total", "undo"),
      came: fc.integer({ min: 1, max: 6 }),
      undoes: fc.string({ minLength: 1, maxLength: 3 }),
      at: fc.integer({ min: 0, max: 5 }),
    }),
    { selector: (one) => one.id, maxLength: 12 },
  );
  fc.assert(
    fc.property(
      lines.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      fc.integer({ min: 1, max: 6 }),
      ([all, mixed], seats) => {
        const made = (some: typeof all): CheckIn[] =>
          some.map((one) => ({
            ...one,
            came: one.kind === "undo" ? null : one.came,
            undoes: one.kind === "undo" ? one.undoes : null,
          }));
        const came = attendanceOf(made(all), seats);
        assert.equal(attendanceOf(made(mixed), seats), came);
        if (came !== null) assert.ok(came >= 0 && came <= Math.max(seats, 6));
      },
    ),
  );
});
