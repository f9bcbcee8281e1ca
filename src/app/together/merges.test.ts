// Two files made one, and taken apart again, with everything that all rooms hang on a person: row for row as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Tx } from "../../core/db/transaction.ts";
import { askFigures } from "../../core/figures/ask.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { addDays } from "../../core/time.ts";
import { attachVisit, recordVisit, visitById } from "../../rooms/foundations/agenda/door.ts";
import { chosenFields } from "../../rooms/foundations/people/merge/rules.ts";
import { mergePersons, undoMerge } from "../../rooms/foundations/people/merge/writes.ts";
import { findPersons, personById } from "../../rooms/foundations/people/reads.ts";
import type { PersonFacts } from "../../rooms/foundations/people/rules.ts";
import { recordSituation, withdrawSituation } from "../../rooms/foundations/people/sheet/writes.ts";
import type { PeopleTables, SituationKind } from "../../rooms/foundations/people/tables.ts";
import { situationWords } from "../../rooms/foundations/people/words.ts";
import { changePerson, createPerson } from "../../rooms/foundations/people/writes.ts";
import { personLinks, registry, rooms } from "../rooms.ts";

/** Everything that hangs on one person, and what the person says of themselves. */
type Held = {
  facts: PersonFacts;
  visits: number[];
  situations: { kind: SituationKind; value: string; back: number; withdrawn: boolean }[];
  consents: number;
  requests: number;
  numbers: number;
  archived: boolean;
  contact: number;
};

const word = fc.constantFrom("Paquet", "Lahlou", "Diarra", "Vidal", "Ba", "Œuvrard", "Dos Santos");
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const facts: fc.Arbitrary<PersonFacts> = fc.record({
  sex: orNull(fc.constantFrom("F", "M", "X") as fc.Arbitrary<"F" | "M" | "X">),
  familyName: word,
  birthName: orNull(word),
  givenName: fc.constantFrom("Rosa", "Gaël", "Idriss"),
  birthDate: orNull(fc.constantFrom("1980-01-02", "1980-02-01", "1999-12-31")),
  phone: orNull(fc.constantFrom("+33612345678", "+33699999999")),
  email: orNull(fc.constantFrom("rosa@exemple.test", "gael@exemple.test")),
  address: orNull(fc.constantFrom("1 rue de la Soie", "2 rue de la Soie")),
  postalCode: orNull(fc.constantFrom("69007", "69100", "38200")),
  communeName: orNull(fc.constantFrom("Lyon", "Villeurbanne", "Vienne")),
  siteId: fc.constant(null),
});
const kinds = Object.keys(situationWords) as SituationKind[];
const situation = fc
  .record({
    kind: fc.constantFrom(...kinds),
    pick: fc.nat(20),
    back: fc.integer({ min: 0, max: 6 }),
    withdrawn: fc.boolean(),
  })
  .map(({ kind, pick, ...rest }) => {
    const values = Object.keys(situationWords[kind].values);
    return { kind, value: values[pick % values.length] ?? "", ...rest };
  });
const held: fc.Arbitrary<Held> = fc.record({
  facts,
  visits: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }),
  situations: fc.array(situation, { maxLength: 6 }),
  consents: fc.nat(2),
  requests: fc.nat(2),
  numbers: fc.nat(2),
  archived: fc.boolean(),
  contact: fc.integer({ min: 0, max: 900 }),
});

let turn = 0;
/** People of one round have names, telephones and mails of their own: twenty namesakes are no twins any more. */
let round = 0;
const ofRound = (name: string): string =>
  `${name} ${[...String(round)].map((digit) => "zabcdefghi"[Number(digit)]).join("")}`;

const factsOf = ({ facts }: Held): PersonFacts => ({
  ...facts,
  familyName: ofRound(facts.familyName),
  phone: facts.phone && `${facts.phone.slice(0, -3)}${String(round).padStart(3, "0")}`,
  email: facts.email && `${round}.${facts.email}`,
});

/** Makes the person with all that hangs on them; gives the identifier. */
async function make(house: TestHouse, tx: Tx, wish: Held): Promise<string> {
  const id = tx.ids.uuid();
  const db = tx.on<PeopleTables>();
  const at = { house_id: tx.scope.house, person_id: id };
  await createPerson(tx, factsOf(wish), id);
  for (const back of wish.visits) {
    const made = await recordVisit(tx, {
      ...visitOn(addDays(tx.today, -back), house),
      id: tx.ids.uuid(),
      personId: id,
    });
    assert.ok(made.ok);
  }
  for (const { kind, value, back, withdrawn } of wish.situations) {
    const fromDay = addDays(tx.today, -back);
    await recordSituation(tx, id, { kind, value, fromDay, sinceDay: null });
    if (withdrawn) await withdrawSituation(tx, id, kind, fromDay, "essai");
  }
  for (let left = wish.consents; left > 0; left--)
    await db
      .insertInto("people.consents")
      .values({
        ...at,
        id: tx.ids.uuid(),
        purpose: "notice",
        answer: "informed",
        on_day: tx.today,
        recorded_at: tx.clock.now(),
        recorded_by: null,
      })
      .execute();
  for (let left = wish.requests; left > 0; left--)
    await db
      .insertInto("people.requests")
      .values({
        ...at,
        id: tx.ids.uuid(),
        kind: "access",
        received_on: tx.today,
        due_on: tx.today,
        answered_on: null,
        answer: null,
        recorded_by: null,
      })
      .execute();
  for (let left = wish.numbers; left > 0; left--)
    await db
      .insertInto("people.external_ids")
      .values({ ...at, system: "import", external_id: `N${++turn}` })
      .execute();
  await db
    .updateTable("people.persons")
    .set({ last_contact_on: addDays(tx.today, -wish.contact), archived_at: wish.archived ? tx.clock.now() : null })
    .where("id", "=", id)
    .execute();
  return id;
}

const visitOn = (day: string, house: TestHouse) => ({
  siteId: house.sites.gerland,
  occurredOn: day,
  occurredAt: null,
  reasonId: null,
  orientationId: null,
  mode: "in_person" as const,
  groupId: null,
  unnamedSex: null,
});

const doMerge = async (
  tx: Tx,
  kept: string,
  absorbed: string,
  fromAbsorbed: readonly (typeof chosenFields)[number][] = [],
) => {
  const [one, other] = [await personById(tx, kept), await personById(tx, absorbed)];
  const merged = await mergePersons(tx, personLinks, {
    kept,
    absorbed,
    key: tx.ids.uuid(),
    fromAbsorbed,
    versions: { kept: one?.version ?? 0, absorbed: other?.version ?? 0 },
  });
  assert.ok(merged?.ok, JSON.stringify(merged));
  return merged.merge;
};

/** Every row of the house, table by table, as the owner sees it. Left out: versions, which only grow, the journal and the merges themselves. */
async function everything(house: TestHouse): Promise<Record<string, unknown[]>> {
  const { rows: tables } = await house.owner.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE column_name = 'house_id' AND table_type = 'BASE TABLE' AND table_schema IN ('people', 'agenda', 'core') ORDER BY 1`,
  );
  const whole: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    if (["core.journal", "people.merges"].includes(name)) continue;
    const { rows } = await house.owner.query<{ row: unknown }>(
      `SELECT to_jsonb(t) - 'version' AS row FROM ${name} t ORDER BY (to_jsonb(t) - 'version')::text`,
    );
    whole[name] = rows.map((row) => row.row);
  }
  return whole;
}

const fields = fc.subarray([...chosenFields]);

test("a merge moves everything, and taking it back gives back exactly the same rows", async (t) => {
  const house = await testHouse(t, { rooms });
  await fc.assert(
    fc.asyncProperty(held, held, held, fields, async (one, other, third, fromAbsorbed) => {
      round++;
      const [a, b] = await house.run("direction", async (tx) => {
        await make(house, tx, third);
        return [await make(house, tx, one), await make(house, tx, other)];
      });
      const before = await everything(house);
      const merge = await house.run("direction", (tx) => doMerge(tx, a, b, fromAbsorbed));
      for (const link of personLinks) {
        const { rows } = await house.owner.query<{ count: number }>(
          `SELECT count(*) AS count FROM ${link.table} WHERE ${link.column} = $1`,
          [b],
        );
        // A situation of the same kind and day as one of the kept file's cannot stand beside it, and waits.
        if (link.table !== "people.situations") assert.equal(rows[0]?.count, 0, link.table);
      }
      const undone = await house.run("direction", (tx) => undoMerge(tx, merge));
      assert.deepEqual(undone, { ok: true, kept: a, absorbed: b });
      assert.deepEqual(await everything(house), before);
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

test("merges in a chain are taken back in the order opposite to theirs, and in no other", async (t) => {
  const house = await testHouse(t, { rooms });
  await fc.assert(
    fc.asyncProperty(held, held, held, fields, fields, fc.boolean(), async (one, other, third, first, second, up) => {
      round++;
      const [a, b, c] = await house.run("direction", async (tx) => [
        await make(house, tx, one),
        await make(house, tx, other),
        await make(house, tx, third),
      ]);
      const zero = await everything(house);
      const earlier = await house.run("direction", (tx) => doMerge(tx, a, b, first));
      const half = await everything(house);
      // Either a third file joins the kept one, or the kept one joins a third.
      const later = await house.run("direction", (tx) => (up ? doMerge(tx, c, a, second) : doMerge(tx, a, c, second)));
      const full = await everything(house);
      const early = await house.run("direction", (tx) => undoMerge(tx, earlier));
      assert.ok(
        early && !early.ok && early.sentence.includes("annulez d’abord cette fusion-là"),
        JSON.stringify(early),
      );
      assert.deepEqual(await everything(house), full);
      assert.ok((await house.run("direction", (tx) => undoMerge(tx, later)))?.ok);
      assert.deepEqual(await everything(house), half);
      assert.ok((await house.run("direction", (tx) => undoMerge(tx, earlier)))?.ok);
      assert.deepEqual(await everything(house), zero);
      const twice = await house.run("direction", (tx) => undoMerge(tx, earlier));
      assert.ok(twice && !twice.ok, "an undoing is done once");
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

const plainly = (name: string, more: Partial<PersonFacts> = {}): Held => ({
  facts: {
    sex: "F",
    familyName: name,
    birthName: null,
    givenName: "Rosa",
    birthDate: "1980-01-02",
    phone: "+33611111111",
    email: null,
    address: null,
    postalCode: "69007",
    communeName: "Lyon",
    siteId: null,
    ...more,
  },
  visits: [1, 2],
  situations: [],
  consents: 0,
  requests: 0,
  numbers: 1,
  archived: false,
  contact: 1,
});

const inFirstRound = (): void => {
  round = 0;
};

test("what is done to the kept file between the merge and its undoing stays on it", async (t) => {
  inFirstRound();
  const house = await testHouse(t, { rooms });
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("direction", work);
  const [a, b, c] = await run(async (tx) => [
    await make(house, tx, plainly("Diarra", { communeName: "Lyon" })),
    await make(
      house,
      tx,
      plainly("Diara", {
        phone: "+33622222222",
        email: "b@exemple.test",
        postalCode: "69100",
        communeName: "Villeurbanne",
      }),
    ),
    await make(house, tx, plainly("Vidal", { birthDate: "1970-01-01", phone: null })),
  ]);
  const visitsOf = async (person: string): Promise<string[]> =>
    (
      await house.owner.query<{ id: string }>("SELECT id FROM agenda.visits WHERE person_id = $1 ORDER BY id", [person])
    ).rows.map((row) => row.id);
  const [mine, theirs] = [await visitsOf(a), await visitsOf(b)];
  const merge = await run((tx) => doMerge(tx, a, b, ["email", "postal_code", "commune_name"]));
  const merged = await run((tx) => personById(tx, a));
  assert.equal(merged?.email, "0.b@exemple.test");
  assert.equal(merged?.commune_code, "69266", "the official code follows the chosen commune");

  // A new visit, a new telephone, and one of the moved visits turns out to be a third person's.
  const fresh = house.deps.ids.uuid();
  await run(async (tx) => {
    await recordVisit(tx, { ...visitOn(tx.today, house), id: fresh, personId: a });
    const now = await personById(tx, a);
    assert.ok(now);
    const changed = await changePerson(tx, now, now.version, {
      ...factsOf(plainly("Diarra")),
      email: "0.b@exemple.test",
      postalCode: "69100",
      communeName: "Villeurbanne",
      phone: "+33633333333",
    });
    assert.deepEqual(changed, { ok: true, fields: ["phone"] });
    const visit = await visitById(tx, theirs[0] ?? "");
    assert.ok(visit && (await attachVisit(tx, visit, c, "c’était une autre personne")));
  });
  assert.ok((await run((tx) => undoMerge(tx, merge)))?.ok);
  const [first, second] = await run(async (tx) => [await personById(tx, a), await personById(tx, b)]);
  assert.equal(first?.phone, "+33633333333", "the telephone noted since is kept");
  assert.equal(first?.email, null, "what came from the other file goes back");
  assert.equal(first?.commune_code, "69387");
  assert.equal(first?.last_contact_on, "2020-12-01", "the visit since was this person's");
  assert.equal(second?.phone, "+33622222000");
  assert.deepEqual(await visitsOf(a), [...mine, fresh].sort(), "a visit noted since stays with the kept file");
  assert.deepEqual(await visitsOf(b), theirs.slice(1));
  assert.ok((await visitsOf(c)).includes(theirs[0] ?? ""), "a visit given to somebody else since stays theirs");
});

test("distinct people change by one, and the person is found by both numbers and both codes", async (t) => {
  const house = await testHouse(t, { rooms });
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("direction", work);
  const counted = () =>
    run(async (tx) => {
      const table = await askFigures(tx, registry, {
        codes: ["antennes.personnes", "antennes.visites"],
        period: { from: "2020-01-01", to: "2020-12-31" },
        by: [[]],
      });
      return [table.at("antennes.personnes"), table.at("antennes.visites")];
    });
  const [a, b, c] = await run(async (tx) => [
    await make(house, tx, plainly("Diarra")),
    await make(house, tx, plainly("Diara")),
    await make(house, tx, plainly("Dirra")),
  ]);
  const { rows } = await house.owner.query<{ id: string; code: string; external_id: string }>(
    "SELECT p.id, p.code, e.external_id FROM people.persons p JOIN people.external_ids e ON e.person_id = p.id",
  );
  const before = await counted();
  assert.deepEqual(before, [3, 6]);
  const merge = await run((tx) => doMerge(tx, a, b));
  assert.deepEqual(await counted(), [2, 6]);
  const second = await run((tx) => doMerge(tx, c, a));
  assert.deepEqual(await counted(), [1, 6]);
  for (const { code, external_id } of rows)
    for (const typed of [code, external_id, code.toLowerCase()])
      assert.deepEqual(
        (await run((tx) => findPersons(tx, typed))).map((one) => one.id),
        [c],
        typed,
      );
  assert.ok((await run((tx) => undoMerge(tx, second)))?.ok);
  assert.ok((await run((tx) => undoMerge(tx, merge)))?.ok);
  assert.deepEqual(await counted(), before);
  for (const { id, external_id } of rows)
    assert.deepEqual(
      (await run((tx) => findPersons(tx, external_id))).map((one) => one.id),
      [id],
    );
});

test("two merges of the same pair at once make one; a form sent twice too; a stale one is refused", async (t) => {
  const house = await testHouse(t, { rooms });
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("direction", work);
  const [a, b] = await run(async (tx) => [
    await make(house, tx, plainly("Diarra")),
    await make(house, tx, plainly("Diara")),
  ]);
  const attempt = (kept: string, absorbed: string, key: string, version = 1) =>
    run((tx) =>
      mergePersons(tx, personLinks, {
        kept,
        absorbed,
        key,
        fromAbsorbed: [],
        versions: { kept: version, absorbed: version },
      }),
    );
  const stale = await attempt(a, b, house.deps.ids.uuid(), 7);
  assert.ok(stale && !stale.ok && stale.sentence.includes("a changé"));
  const key = house.deps.ids.uuid();
  const both = await Promise.all([attempt(a, b, key), attempt(b, a, house.deps.ids.uuid())]);
  assert.equal(both.filter((one) => one?.ok).length, 1, JSON.stringify(both));
  const lost = both.find((one) => !one?.ok);
  assert.ok(lost && !lost.ok && lost.sentence.includes("déjà été fusionnée"));
  assert.equal((await house.owner.query("SELECT 1 FROM people.merges")).rowCount, 1);
  if (both[0]?.ok) {
    assert.deepEqual(
      await attempt(a, b, key),
      { ok: true, merge: key, made: false },
      "the same form again is the same merge",
    );
    const other = await attempt(b, a, key);
    assert.ok(other && !other.ok, "a key serves one merge");
  }
  assert.equal((await house.owner.query("SELECT 1 FROM people.merges")).rowCount, 1);
});

test("a visit noted while the merge is under way is refused, not lost on the file that went", async (t) => {
  inFirstRound();
  const house = await testHouse(t, { rooms });
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("direction", work);
  const [a, b] = await run(async (tx) => [
    await make(house, tx, plainly("Diarra")),
    await make(house, tx, plainly("Diara")),
  ]);
  const key = house.deps.ids.uuid();
  let noted: Promise<{ ok: boolean }> | null = null;
  await run(async (tx) => {
    await doMerge(tx, a, b);
    noted = run((desk) => recordVisit(desk, { ...visitOn(desk.today, house), id: key, personId: b }));
    // The desk's act waits for the merge: it is let in once it does.
    for (let turn = 0; turn < 200; turn++) {
      const { rowCount } = await house.owner.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      if (rowCount) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  assert.ok(noted);
  assert.equal((await (noted as Promise<{ ok: boolean }>)).ok, false);
  const { rows } = await house.owner.query<{ person_id: string }>("SELECT DISTINCT person_id FROM agenda.visits");
  assert.deepEqual(rows, [{ person_id: a }]);
});
