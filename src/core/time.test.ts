// Days and ages, as a person at a desk counts them.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, ageOn, dayIn, isDay, minuteIn } from "./time.ts";

const anyDay = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2100-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test("the day and the minute are those of the zone, summer and winter", () => {
  const midnight = new Date("2020-06-30T22:30:00Z");
  assert.equal(dayIn("Europe/Paris", midnight), "2020-07-01");
  assert.equal(minuteIn("Europe/Paris", midnight), "00:30");
  assert.equal(dayIn("Indian/Reunion", midnight), "2020-07-01");
  assert.equal(dayIn("America/Martinique", midnight), "2020-06-30");
  assert.equal(minuteIn("Europe/Paris", new Date("2020-12-31T23:05:00Z")), "00:05");
  assert.equal(dayIn("Europe/Paris", new Date("2020-12-31T23:05:00Z")), "2021-01-01");
});

test("a day is one that the calendar has", () => {
  for (const day of ["2020-02-29", "2000-02-29", "1999-12-31"]) assert.equal(isDay(day), true, day);
  for (const text of [
    "2021-02-29",
    "1900-02-29",
    "2020-13-01",
    "2020-00-10",
    "2020-1-1",
    "20200101",
    "",
    "2020-02-30x",
  ])
    assert.equal(isDay(text), false, text);
  fc.assert(fc.property(anyDay, (day) => assert.equal(isDay(day), true)));
});

test("days later and days earlier meet", () => {
  assert.equal(addDays("2020-02-28", 1), "2020-02-29");
  assert.equal(addDays("2021-01-01", -1), "2020-12-31");
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -40_000, max: 40_000 }), (day, count) => {
      assert.equal(addDays(addDays(day, count), -count), day);
    }),
  );
});

test("an age grows by one on the birthday, and on 1 March for who was born on 29 February", () => {
  assert.equal(ageOn("1994-03-03", "2020-03-02"), 25);
  assert.equal(ageOn("1994-03-03", "2020-03-03"), 26);
  assert.equal(ageOn("1996-02-29", "2021-02-28"), 24);
  assert.equal(ageOn("1996-02-29", "2021-03-01"), 25);
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 40_000 }), (birth, lived) => {
      const today = ageOn(birth, addDays(birth, lived));
      const tomorrow = ageOn(birth, addDays(birth, lived + 1));
      assert.ok(tomorrow === today || tomorrow === today + 1);
      assert.ok(Math.abs(today - lived / 365.25) < 1.01);
    }),
  );
});
