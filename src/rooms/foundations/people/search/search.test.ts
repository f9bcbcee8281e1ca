// The search on a real database: people are found by what a desk types, other houses' people never are.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { testHouse } from "../../../../core/testing/house.ts";
import { findPersons, personByCode } from "../reads.ts";
import type { PersonFacts } from "../rules.ts";
import { createPerson } from "../writes.ts";

const nobody: PersonFacts = {
  sex: null,
  familyName: "",
  birthName: null,
  givenName: "",
  birthDate: null,
  phone: null,
  email: null,
  address: null,
  postalCode: null,
  communeName: null,
  siteId: null,
};

const people: readonly [given: string, family: string, birth: string, phone: string][] = [
  ["Gaël", "Paquet", "1977-08-31", "+33612345678"],
  ["Maud", "LAHLOU", "1973-09-30", "+33632958066"],
  ["Thi-Lan", "Nguyễn", "1990-02-01", "+33713001733"],
  ["Łukasz", "Wiśniewski", "1988-12-24", "+4915112345678"],
  ["Inès", "D’Angelo", "1982-03-25", "+33478000001"],
  ["Éléonore", "Œuvrard-Lefèvre", "1965-05-05", "+33478000002"],
  ["Søren", "Sørensen", "1979-01-02", "+33478000003"],
  ["José María", "García de la Vega", "1981-06-07", "+33478000004"],
  ["Fatoumata", "Traoré", "1995-11-11", "+33478000005"],
  ["Jean", "Martin", "1950-01-01", "+33478000006"],
  ["Jeanne", "Martinez", "1950-01-01", "+33478000007"],
  ["Şeyma", "Yıldırım", "1999-09-09", "+33478000008"],
  ["Anne-Sophie", "Kravtchenko", "1984-06-18", "+33478000009"],
  ["Ibrahima", "Ba", "1986-09-22", "+33478000010"],
];

test("the search", async (t) => {
  const house = await testHouse(t);
  const other = await house.anotherHouse("ailleurs");
  const ids: string[] = [];
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("reception", work);
  const found = async (typed: string, most = 20): Promise<string[]> =>
    (await run((tx) => findPersons(tx, typed, most))).map((one) => one.id);

  const put = (tx: Tx, index: number, key: string) => {
    const [givenName, familyName, birthDate, phone] = people[index] ?? ["", "", "", ""];
    return createPerson(tx, { ...nobody, givenName, familyName, birthDate, phone }, key);
  };
  await run(async (tx) => {
    for (const index of people.keys()) {
      const key = tx.ids.uuid();
      ids.push(key);
      await put(tx, index, key);
    }
  });
  // The same people, with the same identifiers of another tool, in the neighbour's house.
  await house.run(
    "reception",
    async (tx) => {
      for (const index of people.keys()) await put(tx, index, tx.ids.uuid());
    },
    { house: other.houseId },
  );
  await house.owner.query(
    "INSERT INTO people.external_ids (house_id, system, external_id, person_id) SELECT house_id, 'import', 'P' || lpad((row_number() OVER (PARTITION BY house_id ORDER BY family_name, given_name))::text, 5, '0'), id FROM people.persons",
  );

  const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");
  const who = fc.nat({ max: people.length - 1 });
  const cases = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
  );

  await t.test(
    "anybody is found by their own name, in any order, without accents, in any case, and first",
    async () => {
      await fc.assert(
        fc.asyncProperty(who, fc.boolean(), fc.boolean(), cases, async (index, turned, accents, letters) => {
          const [given = "", family = ""] = people[index] ?? [];
          const name = turned ? `${family} ${given}` : `${given} ${family}`;
          const typed = letters(accents ? name : plain(name));
          assert.equal((await found(typed))[0], ids[index], typed);
        }),
        { numRuns: 60 },
      );
    },
  );

  await t.test("part of a name is enough, from its beginning or from its middle", async () => {
    await fc.assert(
      fc.asyncProperty(who, fc.nat(10), fc.integer({ min: 3, max: 12 }), async (index, from, size) => {
        const [given = "", family = ""] = people[index] ?? [];
        const word = plain(family).split(/[^A-Za-z]+/)[0] ?? "";
        const start = Math.min(from, Math.max(0, word.length - 3));
        const part = word.slice(start, start + size);
        if (part.length < 2) return;
        assert.ok((await found(part, 50)).includes(ids[index] ?? ""), `${part} of ${given} ${family}`);
        assert.ok((await found(`${part} ${plain(given).slice(0, 3)}`, 50)).includes(ids[index] ?? ""), part);
      }),
      { numRuns: 60 },
    );
  });

  await t.test(
    "one letter wrong in a name of six letters or more still finds the person among the first five",
    async () => {
      const long = people.flatMap(([, family], index) => (/^\p{L}{6,}$/u.test(family) ? [index] : []));
      const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...long),
          fc.constantFrom("instead", "missing", "added", "swapped"),
          fc.nat(30),
          letter,
          async (index, mistake, place, wrong) => {
            const name = plain(people[index]?.[1] ?? "");
            const at = place % (name.length - 1);
            const typed = {
              instead: name.slice(0, at) + wrong + name.slice(at + 1),
              missing: name.slice(0, at) + name.slice(at + 1),
              added: name.slice(0, at) + wrong + name.slice(at),
              swapped: name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
            }[mistake];
            const given = people[index]?.[0] ?? "";
            assert.ok((await found(`${given} ${typed}`)).slice(0, 5).includes(ids[index] ?? ""), `${given} ${typed}`);
            if (mistake !== "swapped") assert.ok((await found(typed)).slice(0, 5).includes(ids[index] ?? ""), typed);
          },
        ),
        { numRuns: 100 },
      );
    },
  );

  await t.test("a birth date, a telephone, an old identifier, a short code, alone or beside a name", async () => {
    assert.deepEqual(await found("31/08/1977"), [ids[0]]);
    assert.deepEqual(await found("31081977"), [ids[0]]);
    assert.deepEqual(await found("31 août 77"), [ids[0]]);
    assert.deepEqual(await found("paquet 1977-08-31"), [ids[0]]);
    assert.equal((await found("01/01/1950 jeanne"))[0], ids[10]);
    assert.equal((await found("01/01/1950")).length, 2);
    for (const typed of [
      "06 12 34 56 78",
      "+33 (0)6 12 34 56 78",
      "0033612345678",
      "612345678",
      "06123456",
      "0612 paquet",
    ])
      assert.deepEqual(await found(typed), [ids[0]], typed);
    assert.deepEqual(await found("+49 151 12345678"), [ids[3]]);
    const { rows } = await house.owner.query<{ id: string; code: string; external_id: string }>(
      "SELECT p.id, p.code, e.external_id FROM people.persons p JOIN people.external_ids e ON e.house_id = p.house_id AND e.person_id = p.id WHERE p.house_id = $1",
      [house.houseId],
    );
    for (const { id, code, external_id } of rows)
      for (const typed of [code, code.toLowerCase(), external_id, external_id.toLowerCase()]) {
        assert.equal((await found(typed))[0], id, typed);
        assert.equal((await run((tx) => personByCode(tx, typed)))?.id, id, typed);
      }
    assert.equal(await run((tx) => personByCode(tx, "Paquet")), null, "a name is no code");
    assert.equal(await run((tx) => personByCode(tx, (rows[0]?.code ?? "").slice(0, 6))), null, "nor is half of one");
  });

  await t.test("a typed % or _ is no wildcard, a quote ends no statement", async () => {
    for (const typed of [
      "%",
      "%%",
      "__",
      "%a%",
      "_____",
      "P_q_et",
      "pa%et",
      "\\",
      "'; DELETE FROM people.persons; --",
      "$1",
      "{}",
      "%L",
    ]) {
      const lines = await found(typed, 50);
      assert.ok(lines.length < people.length, `${typed} is not everybody`);
    }
    assert.deepEqual(await found("%"), []);
    assert.deepEqual(await found("__"), []);
    // Asked for without the page, as another room might: the function itself takes no wildcard and no quote.
    const direct = (words: string[]) =>
      run(
        async (tx) =>
          (
            await sql<{ id: string }>`SELECT id FROM people.find(${words}::text[], NULL, NULL, false, 50)`.execute(
              tx.on(),
            )
          ).rows.length,
      );
    assert.equal(await direct(["%"]), 0);
    assert.equal(await direct(["__"]), 0);
    assert.equal(await direct(["%", "_", "\\"]), 0);
    assert.equal(await direct(["x' OR '1'='1"]), 0);
    assert.equal((await house.owner.query("SELECT 1 FROM people.persons")).rowCount, people.length * 2);
  });

  await t.test("whatever is typed, nobody of another house is found, and the search does not break", async () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc
        .tuple(who, fc.string({ unit: "grapheme", maxLength: 8 }))
        .map(([index, noise]) => `${people[index]?.[1]}${noise}`),
      fc.string({ unit: fc.constantFrom(..."%_\\'\"-+.()0123456789 aé"), maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        for (const id of await found(text, 50)) assert.ok(ids.includes(id), text);
      }),
      { numRuns: 40 },
    );
    // The owner's function is asked directly too: row-level security does not stand behind it.
    const mine = new Set(ids);
    for (const [words, birth, external, fuzzy] of [
      [["paquet"], null, null, false],
      [["paqet"], null, null, true],
      [["pa"], null, null, false],
      [["678"], null, null, false],
      [[], "1977-08-31", null, false],
      [["martin"], "1950-01-01", null, true],
      [[], null, "P00001", false],
    ] as const) {
      const { rows } = await run((tx) =>
        sql<{
          id: string;
        }>`SELECT id FROM people.find(${[...words]}::text[], ${birth}::date, ${external}, ${fuzzy}, 50)`.execute(
          tx.on(),
        ),
      );
      assert.ok(rows.length > 0, String(words));
      assert.ok(
        rows.every((row) => mine.has(row.id)),
        String(words),
      );
    }
    // The same persons, with everything alike, live in the other house: none of them is to be compared with ours.
    const alike = await run((tx) =>
      sql<{
        other: string;
      }>`SELECT other FROM unnest(${ids}::uuid[]) one CROSS JOIN LATERAL people.twin_candidates(one)`.execute(tx.on()),
    );
    assert.ok(alike.rows.every((row) => mine.has(row.other)));
    const theirs = await house.run("reception", (tx) => findPersons(tx, "Paquet"), { house: other.houseId });
    assert.equal(theirs.length, 1);
    assert.ok(!ids.includes(theirs[0]?.id ?? ""));
  });

  await t.test("a search reads an index of names and never the whole table", async () => {
    await house.owner.query(
      `INSERT INTO people.persons (house_id, id, code, family_name, given_name, birth_date, phone, created_on, created_at)
       SELECT $1, gen_random_uuid(), 'N' || n, initcap(translate(md5(n::text), '0123456789', 'aeioulnrst')), 'Rosa', date '1950-01-01' + n, '+336' || lpad(n::text, 8, '0'), '2020-01-01', now()
         FROM generate_series(1, 5000) n`,
      [other.houseId],
    );
    await house.owner.query("ANALYZE people.persons");
    for (const words of [["kravtchenko"], ["sophie", "krav"], ["paquet"]]) {
      const scans = await house.run(
        "reception",
        async (tx) => {
          const { rows: found } =
            await sql`SELECT id FROM people.find(${words}::text[], NULL, NULL, false, 20)`.execute(tx.on());
          assert.ok(found.length > 0, String(words));
          const { rows } = await sql<{ index: number; whole: number }>`
            SELECT (SELECT sum(pg_stat_get_xact_numscans(i.indexrelid)) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
                     WHERE i.indrelid = 'people.persons'::regclass AND a.amname = 'gin') AS index,
                   pg_stat_get_xact_numscans('people.persons'::regclass) AS whole`.execute(tx.on());
          return rows[0];
        },
        { house: other.houseId },
      );
      assert.ok((scans?.index ?? 0) > 0, `${words}: no index of names was read`);
      assert.equal(scans?.whole, 0, String(words));
    }
  });

  await t.test("outside of a house's transaction the owner's function gives nothing", async () => {
    const { rows } = await house.owner.query("SELECT * FROM people.find(ARRAY['paquet'], NULL, NULL, true, 20)");
    assert.deepEqual(rows, []);
  });

  await t.test("the end of the telephone shows only to those who may see how to reach people", async () => {
    const as = (role: "reception" | "culture") =>
      house.run(role, async (tx) => (await findPersons(tx, "paquet"))[0]?.phone);
    assert.equal(await as("reception"), "+33612345678");
    assert.equal(await as("culture"), null);
  });
});
