// Who may book on which day: the cases at their edges, and what holds whatever the facts.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays } from "../../../../core/time.ts";
import { bookingRight, type Membership, type SeasonFacts, seasonDays, seasonOf } from "./rules.ts";

const rule = { duesCents: 1500, payBy: "2020-12-31", conventionBy: "2020-10-31" };
const member = (more: Partial<Membership> = {}): Membership => ({
  season: 2020,
  fromDay: "2020-09-01",
  endedOn: null,
  dues: "paid",
  convention: { from_day: "2020-09-01", to_day: "2021-08-31" },
  ...more,
});
const ask = (more: Partial<SeasonFacts> = {}): string => {
  const { may, reason } = bookingRight({
    day: "2020-11-15",
    closed: false,
    rule,
    now: member(),
    before: null,
    ...more,
  });
  return `${may ? "oui" : "non"} ${reason}`;
};

test("a season turns on the first of September", () => {
  assert.deepEqual([seasonOf("2020-08-31"), seasonOf("2020-09-01"), seasonOf("2021-01-01")], [2019, 2020, 2020]);
  assert.deepEqual(seasonDays(2020), { from: "2020-09-01", to: "2021-08-31" });
});

test("who is in order books; who is not may until the days of the rule, and is told why afterwards", () => {
  assert.equal(ask(), "oui in-order");
  assert.equal(ask({ now: member({ dues: "due" }), day: "2020-12-31" }), "oui dues-awaited");
  assert.equal(ask({ now: member({ dues: "due" }), day: "2021-01-01" }), "non dues-owed");
  assert.equal(ask({ now: member({ dues: "waived" }), day: "2021-01-01" }), "oui in-order");
  assert.equal(ask({ now: member({ convention: null }), day: "2020-10-31" }), "oui convention-awaited");
  assert.equal(ask({ now: member({ convention: null }), day: "2020-11-01" }), "non no-convention");
  assert.equal(ask({ now: member({ convention: { from_day: null, to_day: "2020-11-14" } }) }), "non no-convention");
  assert.equal(ask({ now: null, before: member(), day: "2020-10-31" }), "oui renewing");
  assert.equal(ask({ now: null, before: member(), day: "2020-11-01" }), "non not-registered");
  assert.equal(ask({ now: null, before: member({ dues: "due" }), day: "2020-10-01" }), "non not-registered");
  assert.equal(ask({ now: member({ endedOn: "2020-11-15" }) }), "non ended");
  assert.equal(ask({ rule: null, now: null }), "oui no-rule");
  assert.equal(ask({ closed: true }), "non closed");
});

const dayOf = fc.integer({ min: 0, max: 364 }).map((count) => addDays("2020-09-01", count));
const memberOf = fc.record({
  season: fc.constant(2020),
  fromDay: dayOf,
  endedOn: fc.option(dayOf, { nil: null }),
  dues: fc.constantFrom("due" as const, "paid" as const, "waived" as const),
  convention: fc.option(
    fc.record({ from_day: fc.option(dayOf, { nil: null }), to_day: fc.option(dayOf, { nil: null }) }),
    { nil: null },
  ),
});

test("whatever the facts: a closed structure never books, paying takes nothing away, and later grace never refuses", () => {
  fc.assert(
    fc.property(
      dayOf,
      dayOf,
      dayOf,
      fc.option(memberOf, { nil: null }),
      fc.option(memberOf, { nil: null }),
      (day, payBy, conventionBy, now, before) => {
        const facts = { day, closed: false, rule: { duesCents: 1500, payBy, conventionBy }, now, before };
        const given = bookingRight(facts);
        assert.equal(bookingRight({ ...facts, closed: true }).may, false);
        if (!given.may) return;
        if (now) assert.equal(bookingRight({ ...facts, now: { ...now, dues: "paid" } }).may, true);
        const later = { ...facts.rule, payBy: addDays(payBy, 30), conventionBy: addDays(conventionBy, 30) };
        assert.equal(bookingRight({ ...facts, rule: later }).may, true);
        if (given.until) assert.ok(given.until >= day, "what is still allowed is allowed today");
      },
    ),
  );
});
