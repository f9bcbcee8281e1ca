// Figures of the box office that count structures and communes: each once, opened onto what they count.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askFigures } from "../../../core/figures/ask.ts";
import { openFigure } from "../../../core/figures/open.ts";
import { makeRegistry } from "../../../core/figures/registry.ts";
import { testHouse } from "../../../core/testing/house.ts";
import { wholeFile } from "../../../core/testing/server.ts";
import { book, cancelBooking } from "./bookings/writes.ts";
import { bookingsSource, boxOfficeFigures, datesSource } from "./figures.ts";
import { makeDate, makeStructures } from "./testing.ts";

const period = { from: "2020-01-01", to: "2020-12-31" };

test("communes and structures are counted once each, and open onto themselves; a booking given back reaches nobody", async () => {
  const house = await testHouse(wholeFile);
  house.clock.set("2020-11-02T10:00:00+01:00");
  const registry = makeRegistry([datesSource, bookingsSource], boxOfficeFigures);
  // Two in Bron, two in Lyon, one in Oullins, which gives its places back; one of Lyon has no known commune.
  const ids = await house.run("culture", (tx) => makeStructures(tx, 6, ["Oullins", "Bron", "Lyon"]));
  const names = await house.owner.query<{ id: string; commune_name: string }>(
    "SELECT id, commune_name FROM partners.structures WHERE id = ANY($1::uuid[])",
    [ids],
  );
  const of = (commune: string) => names.rows.filter((row) => row.commune_name === commune).map((row) => row.id);
  const [oullins = "", ...others] = [of("Oullins")[0] ?? "", ...of("Bron"), ...of("Lyon")];
  await house.owner.query("UPDATE partners.structures SET commune_name = NULL WHERE id = $1", [of("Lyon")[1]]);
  for (const day of ["2020-11-20", "2020-12-04"]) {
    const { date } = await house.run("culture", (tx) => makeDate(tx, { venue: oullins, places: 50, day }));
    for (const structure of [oullins, ...others]) {
      const wish = {
        id: house.deps.ids.uuid(),
        date,
        structure,
        person: null,
        firstName: null,
        people: 2,
        companions: 0,
        wait: false,
      };
      assert.ok((await house.run("culture", (tx) => book(tx, wish))).ok);
      if (structure === oullins) await house.run("culture", (tx) => cancelBooking(tx, wish.id, "structure"));
      await house.owner.query("UPDATE culture.bookings SET attended = 1, attended_source = 'import' WHERE id = $1", [
        wish.id,
      ]);
    }
  }
  const [communes, served] = ["billetterie.communes_touchees", "billetterie.structures_servies"];
  const table = await house.run("culture", (tx) =>
    askFigures(tx, registry, { codes: [communes, served], period, by: [[], ["mois"]] }),
  );
  assert.deepEqual([table.at(communes), table.at(served)], [2, 4]);
  const came = await house.run("culture", (tx) =>
    askFigures(tx, registry, { codes: ["billetterie.venues"], period, by: [[]] }),
  );
  assert.equal(came.at("billetterie.venues"), 8, "who is said to have come on a booking given back is not counted");
  assert.deepEqual([table.at(communes, ["mois"], ["11"]), table.at(communes, ["mois"], ["12"])], [2, 2]);
  const opened = async (code: string) => {
    const figure = registry.figure(code);
    assert.ok(figure);
    return house.run("culture", (tx) =>
      openFigure(tx, registry, figure, { period, filters: {}, names: true }, { skip: 0, most: 50 }),
    );
  };
  const reached = await opened(communes);
  assert.deepEqual(reached.rows.map((row) => row.commune).toSorted(), ["Bron", "Lyon"]);
  const open = await opened(served);
  assert.deepEqual(
    open.columns.map(({ label }) => label),
    ["Structure", "Commune", "Première sortie de la période"],
  );
  assert.equal(open.rows.length, 4);
  assert.equal(open.href?.("x"), "/structures/x");
});
