// Whatever happens to visits, what the list counts, what the figure says and what the export holds agree.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Tx } from "../../../core/db/transaction.ts";
import { readInBatches } from "../../../core/db/transaction.ts";
import { askFigures } from "../../../core/figures/ask.ts";
import { makeRegistry } from "../../../core/figures/registry.ts";
import { testHouse } from "../../../core/testing/house.ts";
import { antennesFigures, visitsSource } from "./figures.ts";
import { forgetNames } from "./names.ts";
import { countVisits, type VisitFilter, type VisitLine, visitById, visitList } from "./reads.ts";
import { agendaRoom } from "./room.tsx";
import { attachVisit, correctVisit, keepName, recordVisit, restoreVisit, withdrawVisit } from "./writes.ts";

const registry = makeRegistry([visitsSource], antennesFigures);
const days = ["2020-11-30", "2020-12-01"] as const;

/** What a run does to its visits: `visit` and `other` choose among those that are there. */
const act = fc.record({
  what: fc.constantFrom("record", "record", "again", "withdraw", "restore", "correct", "attach"),
  visit: fc.nat(20),
  other: fc.nat(20),
  day: fc.constantFrom(...days),
});

test("any run of acts keeps the list, the figure and the export at one number", async (t) => {
  const house = await testHouse(t, { rooms: [agendaRoom] });
  const sites = Object.values(house.sites);
  const people: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const id = house.deps.ids.uuid();
    await house.owner.query(
      "INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at) VALUES ($1, $2, $3, 'Essai', 'Camille', '2020-01-01', now())",
      [house.houseId, id, house.deps.ids.shortCode()],
    );
    people.push(id);
  }
  const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

  const agree = async (
    tx: Tx,
    expected: Map<string, { counts: boolean; person: string | null; day: string; site: string }>,
  ) => {
    const counting = [...expected.values()].filter((visit) => visit.counts);
    const filter: VisitFilter = { sites: "all", from: days[0], to: days[1] };
    const { count, withdrawn } = await countVisits(tx, filter);
    assert.equal(count - withdrawn, counting.length);
    assert.equal(withdrawn, expected.size - counting.length);
    let exported = 0;
    for await (const rows of readInBatches<VisitLine>(tx, { compile: () => visitList(tx, filter).compile(tx.on()) }, 3))
      exported += rows.filter((row) => row.withdrawn === null).length;
    assert.equal(exported, counting.length);
    const table = await askFigures(tx, registry, {
      codes: ["antennes.visites", "antennes.personnes", "antennes.visites_sans_nom"],
      period: { from: days[0], to: days[1] },
      by: [[], ["antenne"]],
    });
    assert.equal(table.at("antennes.visites"), counting.length);
    assert.equal(table.at("antennes.visites_sans_nom"), counting.filter((visit) => visit.person === null).length);
    assert.equal(
      table.at("antennes.personnes"),
      new Set(counting.flatMap((visit) => (visit.person ? [visit.person] : []))).size,
    );
    for (const [code, site] of Object.entries(house.sites))
      assert.equal(
        table.at("antennes.visites", ["antenne"], [code]),
        counting.filter((visit) => visit.site === site).length,
        code,
      );
    // The list by pages is the list.
    const paged: string[] = [];
    for (let before: string | null = null; ; ) {
      const { rows } = await visitList(tx, filter, { before, most: 3 }).execute(tx.on());
      paged.push(...rows.map((row) => row.id));
      before = rows.at(-1)?.id ?? null;
      if (rows.length < 3) break;
    }
    assert.deepEqual([paged.length, new Set(paged).size], [expected.size, expected.size]);
  };

  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (acts) => {
      await house.owner.query("TRUNCATE agenda.visits CASCADE");
      const known = new Map<string, { counts: boolean; person: string | null; day: string; site: string }>();
      for (const { what, visit, other, day } of acts)
        await house.run("direction", async (tx) => {
          const id = known.size > 0 ? pick([...known.keys()], visit) : null;
          const there = id ? known.get(id) : undefined;
          if (what === "record" || !id || !there) {
            const made = {
              id: tx.ids.uuid(),
              siteId: pick(sites, visit),
              occurredOn: day,
              occurredAt: other % 2 ? "08:00" : null,
              personId: other % 4 ? pick(people, other) : null,
              reasonId: null,
              orientationId: null,
              mode: "in_person",
              groupId: null,
              unnamedSex: null,
            } as const;
            assert.deepEqual(await recordVisit(tx, made), { ok: true, made: true });
            known.set(made.id, { counts: true, person: made.personId, day, site: made.siteId });
            return;
          }
          const line = await visitById(tx, id);
          assert.ok(line);
          if (what === "again") {
            const wish = { ...line, personId: pick(people, other), occurredOn: day, unnamedSex: null };
            assert.deepEqual(await recordVisit(tx, wish), { ok: true, made: false });
          } else if (what === "withdraw") {
            assert.equal(await withdrawVisit(tx, id, "essai"), there.counts);
            there.counts = false;
          } else if (what === "restore") {
            assert.equal(await restoreVisit(tx, id), !there.counts);
            there.counts = true;
          } else if (what === "attach") {
            const person = pick(people, other);
            assert.equal(await attachVisit(tx, line, person, "essai"), person !== there.person);
            there.person = person;
          } else {
            const siteId = pick(sites, other);
            const wish = {
              ...line,
              siteId,
              occurredOn: day,
              reason: "essai",
              version: line.version - (other % 3 ? 0 : 1),
            };
            const corrected = await correctVisit(tx, line, wish);
            assert.equal(corrected.ok, other % 3 !== 0);
            if (corrected.ok) Object.assign(there, { day, site: siteId });
          }
        });
      await house.run("direction", (tx) => agree(tx, known));
    }),
    { numRuns: 14 },
  );
});

test("a name that waited a year for its file is forgotten, and its visit stays", async (t) => {
  const house = await testHouse(t, { rooms: [agendaRoom] });
  const visits = await house.run("direction", async (tx) => {
    const made: string[] = [];
    for (const day of ["2020-11-30", "2019-11-30"]) {
      const id = tx.ids.uuid();
      await recordVisit(tx, {
        id,
        siteId: house.sites.gerland,
        occurredOn: day,
        occurredAt: null,
        personId: null,
        reasonId: null,
        orientationId: null,
        mode: "in_person",
        groupId: null,
        unnamedSex: null,
      });
      await keepName(tx, id, "Camille Aubin", "1990-04-03");
      made.push(id);
    }
    assert.deepEqual(await forgetNames.run(tx), { names: 1 });
    return made;
  });
  const { rows } = await house.owner.query(
    "SELECT v.id, n.name FROM agenda.visits v LEFT JOIN agenda.visit_names n ON n.visit_id = v.id WHERE v.id = ANY($1) ORDER BY v.occurred_on DESC",
    [visits],
  );
  assert.deepEqual(rows, [
    { id: visits[0], name: "Camille Aubin" },
    { id: visits[1], name: null },
  ]);
});
