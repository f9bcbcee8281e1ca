// Figures by venue and by structure: two that bear one name are two cells with words that tell them apart; a structure's own figures are the
// house's for it, and no other's.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { askFigures } from "../../../../core/figures/ask.ts";
import { labelsOf } from "../../../../core/figures/labels.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import type { Room } from "../../../../core/room.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { book } from "../bookings/writes.ts";
import { bookingsSource, datesSource } from "../figures.ts";
import { cultureRoom } from "../room.ts";
import { makeDate, makeStructures } from "../testing.ts";
import { ownFigures } from "./figures.ts";

const rooms: Room[] = [cultureRoom];
const registry = makeRegistry(cultureRoom.figureSources ?? [], cultureRoom.figures ?? []);
const period = { from: "2020-09-01", to: "2021-08-31" };
let house: TestHouse;
let [opera, twin, centre, foyer]: string[] = [];
before(async () => {
  house = await testHouse(wholeFile, { rooms });
  [opera, twin, centre, foyer] = await house.run("culture", (tx) => makeStructures(tx, 4, ["Bron", "Lyon"]));
  await house.owner.query("UPDATE partners.structures SET name = 'Le Théâtre' WHERE id = ANY($1::uuid[])", [
    [opera, twin],
  ]);
  await house.owner.query("UPDATE partners.structures SET name = 'Le Centre' WHERE id = ANY($1::uuid[])", [
    [centre, foyer],
  ]);
  const booked = async (
    tx: Tx,
    venue: string,
    structure: string,
    seats: number,
    day: string,
    attended: number | null,
  ) => {
    const { date } = await makeDate(tx, { venue, places: 10, day: "2020-12-20" });
    const id = tx.ids.uuid();
    const wish = { id, date, structure, person: null, firstName: null, people: seats, companions: 0, wait: false };
    assert.ok((await book(tx, wish)).ok);
    await sql`UPDATE culture.dates SET on_day = ${day} WHERE id = ${date}`.execute(tx.on());
    await sql`UPDATE culture.bookings SET attended = ${attended}::int, attended_source = ${attended === null ? null : "team"} WHERE id = ${id}`.execute(
      tx.on(),
    );
  };
  await house.run("culture", async (tx) => {
    await booked(tx, opera ?? "", centre ?? "", 2, "2020-11-10", 1);
    await booked(tx, opera ?? "", centre ?? "", 3, "2020-11-11", null);
    await booked(tx, twin ?? "", foyer ?? "", 4, "2020-12-24", null);
  });
});

test("two venues and two structures of one name are not mixed, and are told apart in words", () =>
  house.run("culture", async (tx) => {
    const places = await askFigures(tx, registry, { codes: ["billetterie.places"], period, by: [["lieu"]] });
    assert.equal(places.at("billetterie.places", ["lieu"], [opera ?? ""]), 20);
    assert.equal(places.at("billetterie.places", ["lieu"], [twin ?? ""]), 10);
    const seats = await askFigures(tx, registry, {
      codes: ["billetterie.reservees"],
      period,
      by: [["structure"], ["lieu"]],
    });
    assert.equal(seats.at("billetterie.reservees", ["structure"], [centre ?? ""]), 5);
    assert.equal(seats.at("billetterie.reservees", ["structure"], [foyer ?? ""]), 4);
    assert.equal(seats.at("billetterie.reservees", ["lieu"], [opera ?? ""]), 5);
    for (const [source, key, ids] of [
      [datesSource, "lieu", [opera, twin]],
      [bookingsSource, "lieu", [opera, twin]],
      [bookingsSource, "structure", [centre, foyer]],
    ] as const) {
      const dimension = source.dimensions.find((one) => one.key === key);
      assert.ok(dimension);
      const labels = await labelsOf(tx, dimension, period);
      const words = ids.map((id) => labels.get(id ?? "") ?? "");
      assert.equal(new Set(words).size, 2, words.join(" / "));
      for (const word of words) assert.match(word, /^Le (Théâtre|Centre) \((Bron|Lyon), /);
    }
  }));

test("what a structure reads of itself is what the house's figures say of it; silence is of past days only", () =>
  house.run("culture", async (tx) => {
    assert.deepEqual(await ownFigures(tx, centre ?? "", "booker", period), {
      places: 0,
      booked: 5,
      standing: 5,
      came: 1,
      unreported: 3,
    });
    assert.deepEqual(await ownFigures(tx, foyer ?? "", "booker", period), {
      places: 0,
      booked: 4,
      standing: 4,
      came: 0,
      unreported: 0,
    });
    const venue = await ownFigures(tx, opera ?? "", "venue", period);
    assert.deepEqual(venue, { places: 20, booked: 5, standing: 5, came: 1, unreported: 3 });
    const season = await ownFigures(tx, opera ?? "", "venue", { from: "2021-09-01", to: "2022-08-31" });
    assert.deepEqual(season, { places: 0, booked: 0, standing: 0, came: 0, unreported: 0 }, "a season to come");
  }));
