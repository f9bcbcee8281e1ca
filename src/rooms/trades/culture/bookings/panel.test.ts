// A structure's season: what it gave back is not an absence, what nobody reported is not one either.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inTransaction } from "../../../../core/db/transaction.ts";
import { testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { givenBy } from "../offers/panel.tsx";
import { makeDate, makeStructures } from "../testing.ts";
import { seasonOfStructure } from "./panel.tsx";
import { book, cancelBooking } from "./writes.ts";

test("absences are told apart from places given back and from silence", async () => {
  const house = await testHouse(wholeFile);
  house.clock.set("2020-11-02T10:00:00+01:00");
  const [venue = "", centre = ""] = await house.run("culture", (tx) => makeStructures(tx, 2));
  const booked: string[] = [];
  for (const [at, day] of ["2020-11-10", "2020-11-11", "2020-11-12", "2020-11-13", "2021-10-01"].entries()) {
    const { date } = await house.run("culture", (tx) =>
      makeDate(tx, { venue, places: 10, day, title: `Sortie ${at}` }),
    );
    const id = house.deps.ids.uuid();
    const wish = { id, date, structure: centre, person: null, firstName: null, people: 2, companions: 0, wait: false };
    assert.ok((await house.run("culture", (tx) => book(tx, wish))).ok);
    booked.push(id);
  }
  await house.run("culture", (tx) => cancelBooking(tx, booked[1] ?? "", "structure"));
  await house.owner.query("UPDATE culture.bookings SET attended = 0 WHERE id = $1", [booked[0]]);
  await house.owner.query("UPDATE culture.bookings SET attended = 2 WHERE id = $1", [booked[2]]);
  // A day after all of these but the last, which is of another season.
  const season = await inTransaction(house.deps, house.scope("culture"), "2020-12-01", (tx) =>
    seasonOfStructure(tx, centre),
  );
  assert.deepEqual(season, {
    name: "Structure 2",
    bookings: 4,
    givenBack: 1,
    seats: 6,
    absent: 1,
    unreported: 1,
    absences: [{ id: booked[0], title: "Sortie 0", day: "10/11/2020" }],
  });
  const given = await inTransaction(house.deps, house.scope("culture"), "2020-12-01", (tx) => givenBy(tx, venue));
  assert.deepEqual(given, {
    name: "Structure 1",
    dates: 4,
    cancelled: 0,
    toCome: 0,
    places: 40,
    taken: 6,
    unreported: 1,
  });
});
