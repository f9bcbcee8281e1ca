// Every figure of the house has a fingerprint, whatever restricts it; it moves with the rows that are counted and with nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprints } from "../../core/figures/fingerprint.ts";
import { yearPeriod } from "../../core/figures/print.ts";
import { testHouse } from "../../core/testing/house.ts";
import { registry, rooms } from "../rooms.ts";

const period = yearPeriod(2020);

test("every figure has a fingerprint, alone and along each of its dimensions", async (t) => {
  const house = await testHouse(t, { rooms });
  for (const figure of registry.figures)
    for (const filters of [{}, ...figure.by.map((key) => ({ [key]: "-" }))]) {
      const printOf = await house
        .run("direction", (tx) => fingerprints(tx, registry, [{ figure, filters, period }]))
        .catch((error: unknown) => assert.fail(`${figure.code} ${JSON.stringify(filters)}: ${error}`));
      assert.match(printOf({ figure, filters, period }), /^0(\.0\.0)?(\/0(\.0\.0)?)?$/, figure.code);
    }
  const all = registry.figures.flatMap((figure) =>
    [{}, ...figure.by.map((key) => ({ [key]: "-" }))].map((filters) => ({ figure, filters, period })),
  );
  await house.run("direction", (tx) => fingerprints(tx, registry, all));
});

test("a fingerprint tells which rows were counted", async (t) => {
  const house = await testHouse(t, { rooms });
  const figures = ["antennes.visites", "antennes.personnes", "antennes.visites_par_personne"].flatMap(
    (code) => registry.figure(code) ?? [],
  );
  const printed = () =>
    house.run("direction", async (tx) => {
      const asked = figures.map((figure) => ({ figure, filters: { antenne: "gerland" }, period }));
      const printOf = await fingerprints(tx, registry, asked);
      return asked.map(printOf);
    });
  const add = async (day: string): Promise<string> => {
    const { rows } = await house.owner.query<{ id: string }>(
      `WITH one AS (INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at)
          VALUES ($1, gen_random_uuid(), left(md5(random()::text), 7), 'Essai', 'Personne', '2020-01-01', now()) RETURNING house_id, id)
       INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, person_id, mode, recorded_at)
       SELECT house_id, gen_random_uuid(), $2, $3, id, 'in_person', now() FROM one RETURNING id`,
      [house.houseId, house.sites.gerland, day],
    );
    return rows[0]?.id ?? "";
  };
  await add("2020-03-01");
  const [first, second] = [await printed(), await add("2020-03-02")];
  const both = await printed();
  for (const [at, print] of both.entries()) assert.notEqual(print, first[at]);
  await house.owner.query("UPDATE agenda.visits SET mode = 'phone' WHERE id = $1", [second]);
  assert.deepEqual(await printed(), both, "what the figure does not count changes nothing");
  await house.owner.query("UPDATE agenda.visits SET occurred_on = '2019-03-02' WHERE id = $1", [second]);
  assert.deepEqual(await printed(), first, "the rows of before, the text of before");
  await add("2020-03-02");
  for (const [at, print] of (await printed()).entries()) {
    assert.notEqual(print, both[at], "as many rows, others");
    assert.equal(print.split(".")[0], both[at]?.split(".")[0]);
  }
});
