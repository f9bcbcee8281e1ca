// However deep the page, as few rows are read for it: what stands before it is not read again.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { CompiledQuery, sql } from "kysely";
import { inTransaction, type Tx } from "../../core/db/transaction.ts";
import { readAsked } from "../../core/lists/asked.ts";
import type { List } from "../../core/lists/list.ts";
import { placeOf, rowsOf } from "../../core/lists/rows.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { lists, rooms } from "../rooms.ts";

const people = 6000;
let house: TestHouse;
let account: string;

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 2 });
  ({ account } = await house.signIn("direction"));
  const { owner, houseId, sites } = house;
  await owner.query(
    `INSERT INTO people.persons (house_id, id, code, family_name, given_name, site_id, created_on, created_at, last_contact_on)
     SELECT $1, gen_random_uuid(), 'C' || lpad(n::text, 6, '0'), 'Nom' || n % 700, 'Prénom' || n % 31, $2, date '2020-01-01', now(), date '2020-01-01' + n % 300
       FROM generate_series(1, ${people}) n`,
    [houseId, sites.gerland],
  );
  await owner.query(
    `INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, occurred_at, person_id, mode, recorded_at)
     SELECT house_id, gen_random_uuid(), $2, date '2020-01-01' + (row_number() OVER () % 330)::int, '10:00', id, 'in_person', now() FROM people.persons WHERE house_id = $1`,
    [houseId, sites.gerland],
  );
  await owner.query(
    `INSERT INTO core.journal (house_id, id, at, act) SELECT $1, gen_random_uuid(), timestamptz '2020-11-30' - n * interval '1 minute', 'person.listed' FROM generate_series(1, ${people}) n`,
    [houseId],
  );
  await owner.query("ANALYZE people.persons, agenda.visits, core.journal");
});

type Node = {
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Relation Name"?: string;
  Plans?: Node[];
};
/** Rows that the scans of a plan went through. */
const rowsRead = (node: Node): number =>
  (node["Relation Name"] ? (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"] : 0) +
  (node.Plans ?? []).reduce((sum, plan) => sum + rowsRead(plan), 0);

async function readFor(tx: Tx, list: List, query: Record<string, string>): Promise<{ read: number; last: string }> {
  const asked = await readAsked(tx, list, query, list.right);
  const cut = { after: await placeOf(tx, list, asked, list.right), most: 51 };
  const page = rowsOf(tx, list, asked, list.right, cut);
  const { rows } = await page.execute(tx.on());
  const compiled = page.compile(tx.on());
  const explained = CompiledQuery.raw(`EXPLAIN (ANALYZE, FORMAT JSON) ${compiled.sql}`, [...compiled.parameters]);
  const plan = (await tx.on().executeQuery<{ "QUERY PLAN": { Plan: Node }[] }>(explained)).rows[0]?.["QUERY PLAN"][0];
  return { read: plan ? rowsRead(plan.Plan) : Number.NaN, last: rows.at(-1)?.id ?? "" };
}

for (const [name, middle, most] of [
  [
    "personnes",
    sql`SELECT id::text FROM people.persons ORDER BY family_name, given_name, id OFFSET ${people - 300} LIMIT 1`,
    400,
  ],
  [
    "visites",
    sql`SELECT id::text FROM agenda.visits ORDER BY occurred_on DESC, occurred_at DESC, id DESC OFFSET ${people - 300} LIMIT 1`,
    600,
  ],
  ["journal", sql`SELECT id::text FROM core.journal ORDER BY at DESC, id DESC OFFSET ${people - 300} LIMIT 1`, 400],
] as const)
  test(`${name}: the page of row ${people - 300} reads as few rows as the first`, () =>
    inTransaction(house.deps, house.scope("direction", { account }), "2020-12-01", async (tx) => {
      const list = lists.find((one) => one.name === name) as List | undefined;
      assert.ok(list);
      const year = { de: "01/01/2020", a: "31/12/2020" };
      const first = await readFor(tx, list, year);
      const { rows } = await sql<{ id: string }>`${middle}`.execute(tx.on());
      const deep = await readFor(tx, list, { ...year, apres: rows[0]?.id ?? "" });
      assert.notEqual(deep.last, first.last);
      assert.ok(first.read < most && deep.read < most, `first ${first.read}, deep ${deep.read}`);
    }));
