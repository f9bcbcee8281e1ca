// Likeness of two files: what each slip of a desk is worth, who is not a twin, and crowds that must not be paired.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Tx } from "../../../../core/db/transaction.ts";
import { testHouse } from "../../../../core/testing/house.ts";
import type { PersonFacts } from "../rules.ts";
import { createPerson } from "../writes.ts";
import { findTwinsAgain, findTwinsOf, strong } from "./finding.ts";
import { countTwins, likelyTwins, twinList } from "./reads.ts";

const base: PersonFacts = {
  sex: "F",
  familyName: "Kravtchenko",
  birthName: null,
  givenName: "Léonie",
  birthDate: "1984-06-08",
  phone: "+33794922895",
  email: "leonie@exemple.test",
  address: "32 rue du Bac-à-Traille",
  postalCode: "69007",
  communeName: "Lyon",
  siteId: null,
};
const alone = { phone: null, email: null, address: null };

test("twins", async (t) => {
  const house = await testHouse(t);
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("adviser", work);
  const clear = () => house.owner.query("DELETE FROM people.twins; DELETE FROM people.persons");
  /** The pair that two files make, or null. */
  const pairOf = async (one: PersonFacts, other: PersonFacts): Promise<{ score: number; reasons: string[] } | null> => {
    await clear();
    return run(async (tx) => {
      await createPerson(tx, one, tx.ids.uuid());
      await createPerson(tx, other, tx.ids.uuid());
      const { rows } = await twinList(tx, false).execute(tx.on());
      assert.ok(rows.length <= 1);
      return rows[0] ?? null;
    });
  };

  await t.test("each slip is worth what the file says that it is worth", async () => {
    const slips: readonly [what: string, Partial<PersonFacts>, least: number, most: number, reason: string][] = [
      [
        "accents and capitals lost",
        { ...alone, familyName: "KRAVTCHENKO", givenName: "Leonie" },
        0.95,
        0.95,
        "mêmes noms",
      ],
      [
        "given and family name the other way round",
        { ...alone, familyName: "Léonie", givenName: "Kravtchenko" },
        0.95,
        0.95,
        "mêmes noms",
      ],
      [
        "a hyphen and a space",
        { ...alone, familyName: "Kravtchenko ", givenName: " Léonie" },
        0.95,
        0.95,
        "mêmes noms",
      ],
      ["a letter missing", { ...alone, familyName: "Kravchenko" }, 0.55, 0.85, "noms proches"],
      ["two letters the other way round", { ...alone, familyName: "Kravtchekno" }, 0.55, 0.85, "noms proches"],
      ["day and month turned", { ...alone, birthDate: "1984-08-06" }, 0.75, 0.75, "jour et mois de naissance inversés"],
      [
        "another birth date, the same telephone",
        { birthDate: "1990-01-01", email: null, address: null },
        0.8,
        0.9,
        "même téléphone",
      ],
      [
        "another birth date, the same mail",
        { birthDate: "1990-01-01", phone: null, address: null },
        0.8,
        0.9,
        "même courriel",
      ],
      ["no birth date", { ...alone, birthDate: null }, 0.6, 0.6, "une date de naissance manque"],
      ["everything twice", {}, 0.99, 0.99, "même adresse"],
    ];
    for (const [what, slip, least, most, reason] of slips)
      for (const [one, other] of [
        [base, { ...base, ...slip }],
        [{ ...base, ...slip }, base],
      ] as const) {
        const pair = await pairOf(one, other);
        assert.ok(pair, what);
        assert.ok(pair.score >= least - 1e-6 && pair.score <= most + 1e-6, `${what}: ${pair.score}`);
        assert.ok(pair.reasons.includes(reason), `${what}: ${pair.reasons}`);
      }
  });

  await t.test("relatives and strangers are no twins", async () => {
    for (const [what, other] of [
      ["a sister of another day, on the same telephone", { givenName: "Sonia", birthDate: "1988-01-01" }],
      ["a namesake of another day", { ...alone, birthDate: "1970-01-01" }],
      ["somebody born the same day", { ...alone, familyName: "Fofana", givenName: "Wafa" }],
      ["the same given name and day", { ...alone, familyName: "Fofana" }],
    ] as const)
      assert.equal(await pairOf(base, { ...base, ...other }), null, what);
  });

  await t.test("keyed again with any small slip, a person is shown before saving", async () => {
    await clear();
    const id = house.deps.ids.uuid();
    await run((tx) => createPerson(tx, { ...base, birthName: "Wiśniewska" }, id));
    const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
    const slip = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 9 }), letter)
        .map(([at, wrong]) => ({ familyName: base.familyName.slice(0, at) + wrong + base.familyName.slice(at + 1) })),
      fc.constantFrom<Partial<PersonFacts>>(
        { givenName: "LEONIE" },
        { familyName: "Léonie", givenName: "Kravtchenko" },
        { birthDate: "1984-08-06" },
        { birthDate: null },
        { familyName: "Wisniewska" },
        { familyName: "Durand", birthName: "Kravtchenko" },
      ),
    );
    await fc.assert(
      fc.asyncProperty(slip, async (slipped) => {
        const found = await run((tx) => likelyTwins(tx, { ...base, ...alone, ...slipped }));
        assert.equal(found[0]?.id, id, JSON.stringify(slipped));
      }),
      { numRuns: 60 },
    );
    assert.deepEqual(
      await run((tx) => likelyTwins(tx, { ...base, ...alone, familyName: "Fofana", givenName: "Wafa" })),
      [],
    );
  });

  await t.test("a correction takes away the pair that it made wrong, and leaves what somebody judged", async () => {
    await clear();
    const [one, other, third] = [house.deps.ids.uuid(), house.deps.ids.uuid(), house.deps.ids.uuid()];
    await run(async (tx) => {
      await createPerson(tx, base, one);
      await createPerson(tx, base, other);
      await createPerson(tx, base, third);
    });
    assert.equal((await run((tx) => countTwins(tx, false))).count, 3);
    await house.owner.query(
      "UPDATE people.twins SET dismissed_at = now() WHERE $1 IN (first_id, second_id) AND $2 IN (first_id, second_id)",
      [one, third],
    );
    await house.owner.query(
      "UPDATE people.persons SET birth_date = '1950-01-01', phone = NULL, email = NULL WHERE id = $1",
      [one],
    );
    await run((tx) => findTwinsAgain(tx, [one]));
    const { rows } = await run((tx) => twinList(tx, false).execute(tx.on()));
    assert.deepEqual(
      rows.map((pair) => [pair.first.id, pair.second.id].sort()),
      [[other, third].sort()],
    );
    assert.equal((await run((tx) => countTwins(tx, true))).count, 1, "the judgement stays");
    await run((tx) => findTwinsOf(tx, [one, other, third]));
    assert.equal((await run((tx) => countTwins(tx, true))).count, 1, "and is not undone by a new search");
  });

  await t.test(
    "a crowd born on one day, or with one telephone, or with one name, is not paired with itself",
    async () => {
      await clear();
      const crowd = (prefix: string, columns: string, values: string, count: number) =>
        house.owner.query(
          `INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at, ${columns})
         SELECT $1, gen_random_uuid(), $2 || n, ${values} FROM generate_series(1, ${count}) n`,
          [house.houseId, prefix],
        );
      await crowd("A", "birth_date", "'Nom' || n, 'Ana', '2020-01-01', now(), '1980-01-01'", 400);
      await crowd("B", "birth_date", "'Double', 'Rosa', '2020-01-01', now(), '1980-01-01'", 2);
      await crowd("C", "phone", "'Foyer' || n, 'Sami', '2020-01-01', now(), '+33478000000'", 60);
      await crowd("D", "phone", "'Inconnu', 'Inconnu', '2020-01-01', now(), NULL", 60);
      const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM people.persons");
      for (const some of [rows.map((row) => row.id), rows.slice(0, 60).map((row) => row.id)]) {
        await house.owner.query("DELETE FROM people.twins");
        await run((tx) => findTwinsOf(tx, some));
        const found = (await run((tx) => twinList(tx, false).execute(tx.on()))).rows;
        assert.ok(found.length <= 1, `${found.length} pairs`);
        for (const pair of found) assert.ok(pair.first.familyName === "Double" && pair.score >= strong);
      }
      const doubles = (
        await house.owner.query<{ id: string }>("SELECT id FROM people.persons WHERE family_name = 'Double'")
      ).rows;
      await run((tx) =>
        findTwinsOf(
          tx,
          doubles.map((row) => row.id),
        ),
      );
      assert.deepEqual(
        await run((tx) => countTwins(tx, false)),
        { count: 1, strong: 1 },
        "two of the same names among a crowd are still found",
      );
    },
  );
});
