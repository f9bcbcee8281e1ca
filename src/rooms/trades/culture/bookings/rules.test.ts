// The rules of places, with their boundary cases.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { minuteIn } from "../../../../core/time.ts";
import { seasonOf } from "../../../foundations/partners/door.ts";
import { answerBy, type Booker, type DateFacts, freeFor, losers, obstacle, seatsInside } from "./rules.ts";

const now = new Date("2020-11-02T10:00:00+01:00");
const date: DateFacts = {
  id: "d",
  places: 20,
  taken: 10,
  way: "first",
  cancelled: false,
  startsAt: new Date("2020-12-19T20:00:00+01:00"),
  closesAt: new Date("2020-12-18T12:00:00+01:00"),
  mostEach: 6,
  companions: true,
  forCommunes: [],
  forTypes: [],
  forStructures: [],
  allotments: [],
};
const booker: Booker = { id: "s", commune: "Lyon", type: "t", seasonSeats: 0, seasonLimit: null };
const wish = { people: 2, companions: 1 };

test("what keeps a structure from a date is named, in the order in which it is of use", () => {
  const why = (facts: Partial<DateFacts>, who: Partial<Booker> = {}, asked = wish) =>
    obstacle({ ...date, ...facts }, { ...booker, ...who }, asked, now)?.why ?? null;
  assert.equal(why({}), null);
  assert.equal(why({ cancelled: true }), "cancelled");
  assert.equal(why({ closesAt: now }), "over");
  assert.equal(why({ forCommunes: ["Bron"] }), "not-for-you");
  assert.equal(why({ forCommunes: ["Bron", "Lyon"] }), null);
  assert.equal(why({ forCommunes: ["Lyon"] }, { commune: null }), "not-for-you");
  assert.equal(why({ forTypes: ["other"] }), "not-for-you");
  assert.equal(why({ forStructures: ["other"] }), "not-for-you");
  assert.equal(why({ companions: false }), "no-companions");
  assert.equal(why({ mostEach: 2 }), "too-many-at-once");
  assert.equal(why({}, { seasonLimit: 10, seasonSeats: 8 }), "season-limit");
  assert.equal(why({}, { seasonLimit: 10, seasonSeats: 7 }), null);
});

test("places kept for a commune are for it until their moment, then for all", () => {
  const until = new Date("2020-12-10T00:00:00+01:00");
  const facts = { ...date, allotments: [{ places: 8, communes: ["Vaulx-en-Velin"], until, held: 3 }] };
  assert.equal(freeFor(facts, booker, now), 5, "ten are free, five of them are still kept");
  assert.equal(freeFor(facts, { ...booker, commune: "Vaulx-en-Velin" }, now), 10);
  assert.equal(freeFor(facts, booker, until), 10);
  assert.equal(freeFor({ ...facts, taken: 18 }, booker, now), 0);
});

test("the time to answer shortens as the date nears, spares the night, and never passes the end of bookings", () => {
  const at = (asked: string, closes: string): string =>
    answerBy(new Date(asked), new Date(closes), "Europe/Paris").toISOString();
  assert.equal(at("2020-11-02T10:00:00+01:00", "2020-12-18T12:00:00+01:00"), "2020-11-04T09:00:00.000Z");
  assert.equal(at("2020-12-10T10:00:00+01:00", "2020-12-18T12:00:00+01:00"), "2020-12-11T09:00:00.000Z");
  // Six hours from five in the afternoon end in the night: nine in the morning.
  assert.equal(at("2020-12-16T17:00:00+01:00", "2020-12-18T12:00:00+01:00"), "2020-12-17T08:00:00.000Z");
  assert.equal(at("2020-12-18T11:50:00+01:00", "2020-12-18T12:00:00+01:00"), "2020-12-18T11:00:00.000Z");
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 * 24 * 90 }),
      fc.integer({ min: 0, max: 60 * 24 * 365 }),
      (ahead, from) => {
        const asked = new Date(Date.UTC(2020, 0, 1) + from * 60_000);
        const closes = new Date(asked.getTime() + ahead * 60_000);
        const until = answerBy(asked, closes, "Europe/Paris");
        assert.ok(until > asked && until <= closes);
        const minute = minuteIn("Europe/Paris", until);
        assert.ok(
          (minute >= "09:00" && minute < "21:00") || closes.getTime() - until.getTime() < 15 * 3_600_000,
          minute,
        );
      },
    ),
  );
});

test("fewer places: unanswered offers lose first, then the last bookings, whole, and no more than needed", () => {
  const held = (id: string, state: string, hour: number, seats: number) => ({
    id,
    state,
    seats,
    attended: null,
    confirmedAt: state === "offered" ? null : new Date(Date.UTC(2020, 10, 1, hour)),
  });
  const all = [
    held("a", "confirmed", 1, 4),
    held("b", "confirmed", 2, 4),
    held("c", "offered", 0, 2),
    held("d", "confirmed", 3, 3),
  ];
  const ids = (places: number) => losers(all, places).map((one) => one.id);
  assert.deepEqual(ids(13), []);
  assert.deepEqual(ids(12), ["c"]);
  assert.deepEqual(ids(10), ["d"], "the offer fits again");
  assert.deepEqual(ids(0), ["c", "d", "b", "a"]);
  assert.deepEqual(ids(9), ["c", "d"]);
  assert.deepEqual(
    losers([held("a", "confirmed", 1, 6), held("b", "confirmed", 2, 1)], 3).map((one) => one.id),
    ["a"],
    "the last one was taken first, and fits once the large group is out",
  );
});

test("whatever is held and whatever is left: it fits, nobody who lost could have stayed, and whoever is in stays", () => {
  const held = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      state: fc.constantFrom("confirmed", "offered"),
      seats: fc.integer({ min: 1, max: 9 }),
      confirmedAt: fc.integer({ min: 0, max: 50 }).map((hour) => new Date(Date.UTC(2020, 10, 1, hour))),
      attended: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
    }),
    { selector: (one) => one.id, maxLength: 14 },
  );
  fc.assert(
    fc.property(held, fc.nat(60), (all, more) => {
      const places = seatsInside(all) + more;
      const lost = losers(all, places);
      const kept = all.filter((one) => !lost.includes(one)).reduce((sum, one) => sum + one.seats, 0);
      assert.ok(kept <= places);
      for (const one of lost) {
        assert.ok(kept + one.seats > places, "its places are there");
        assert.ok(!one.attended, "it is in already");
      }
    }),
  );
});

test("a season turns on the first of September", () => {
  assert.deepEqual([seasonOf("2020-08-31"), seasonOf("2020-09-01"), seasonOf("2021-01-01")], [2019, 2020, 2020]);
});
