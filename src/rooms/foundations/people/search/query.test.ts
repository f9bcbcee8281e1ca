// The one search box, read: dates, telephones and identifiers in the forms that a desk types.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays } from "../../../../core/time.ts";
import { readQuery } from "./query.ts";

const today = "2026-11-25";
const read = (typed: string) => readQuery(typed, today);
const monthWords = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
];

const day = fc
  .integer({ min: 0, max: 36_000 })
  .map((back) => addDays("2026-11-25", -back))
  .filter((one) => one >= "1927-01-01");

test("a birth date is read in every form, alone or beside a name, and leaves no word behind", () => {
  fc.assert(
    fc.property(day, fc.constantFrom("", "Paquet ", "Gaël Paquet "), (birth, name) => {
      const [year = "", month = "", date = ""] = birth.split("-");
      const [m, d] = [String(Number(month)), String(Number(date))];
      const word = monthWords[Number(month) - 1] ?? "";
      for (const form of [
        `${date}/${month}/${year}`,
        `${d}/${m}/${year}`,
        `${date}.${month}.${year}`,
        `${date}-${month}-${year}`,
        `${date} ${month} ${year}`,
        `${date}${month}${year}`,
        `${year}${month}${date}`,
        birth,
        `${date}/${month}/${year.slice(2)}`,
        `${d}/${m}/${year.slice(2)}`,
        `${d} ${word} ${year}`,
        `${d} ${word.normalize("NFD").replace(/\p{M}/gu, "")} ${year.slice(2)}`,
        `1${d === "1" ? "er" : ""} ${word} ${year}`.replace(/^1 /, `${d} `),
      ]) {
        const wish = read(`${name}${form}`);
        assert.equal(wish.birth, birth, form);
        assert.deepEqual(wish.words, name.trim().split(" ").filter(Boolean), form);
      }
    }),
    { numRuns: 300 },
  );
});

test("what cannot be a birth date is not one", () => {
  for (const typed of [
    "31/02/1980",
    "12/13/1980",
    "01/01/1890",
    "01/01/2999",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "P12051980",
  ])
    assert.equal(read(typed).birth, null, typed);
  assert.equal(read("25/11/26").birth, "2026-11-25", "born today");
  assert.equal(read("26/11/26").birth, null, "not born yet");
  assert.equal(read("26/11/27").birth, "1927-11-26", "two digits: the last century");
});

test("a French telephone is read in every form, alone or beside a name", () => {
  const national = fc
    .tuple(fc.constantFrom("1", "4", "6", "7"), fc.integer({ min: 0, max: 99_999_999 }))
    .map(([first, rest]) => first + String(rest).padStart(8, "0"));
  fc.assert(
    fc.property(national, fc.constantFrom("", "Diarra "), (nine, name) => {
      const pairs = (text: string, between: string) => text.replace(/\B(?=(\d{2})+$)/g, between);
      for (const form of [
        `0${nine}`,
        pairs(`0${nine}`, " "),
        pairs(`0${nine}`, "."),
        pairs(`0${nine}`, "-"),
        pairs(`0${nine}`, "/"),
        `+33${nine}`,
        `+33 ${pairs(nine, " ")}`,
        `+33 (0)${pairs(nine, " ")}`,
        `0033${nine}`,
        nine,
      ]) {
        const wish = read(name + form);
        assert.equal(wish.words[0], nine, form);
        assert.equal(wish.words.length, name ? 2 : 1, form);
        assert.equal(wish.birth, null, form);
      }
      for (const size of [3, 5, 7]) {
        const begun = read(`0${nine.slice(0, size)}`);
        // Eight figures that write a day are a birth date: "01031900" is the first of March 1900.
        const day = begun.birth?.split("-").toReversed().join("");
        assert.equal(day ?? `0${begun.words[0]}`, `0${nine.slice(0, size)}`, "still being typed");
        assert.equal(read(`+33 ${nine.slice(0, size)}`).words[0], nine.slice(0, size));
      }
    }),
    { numRuns: 200 },
  );
});

test("identifiers: a short code in any case, another tool's number, never a plain name", () => {
  const code = fc
    .array(fc.constantFrom(..."ACDEFGHJKMNPQRTWXY34679"), { minLength: 7, maxLength: 7 })
    .map((signs) => signs.join(""));
  fc.assert(
    fc.property(code, (typed) => {
      assert.equal(read(typed).external, typed);
      assert.equal(read(` ${typed.toLowerCase()} `).external, typed.toLowerCase());
    }),
  );
  for (const typed of ["P00001", "p00001", "BENEF-2020.17", "10052020", "000123456789", "X_1"])
    assert.equal(read(typed).external, typed);
  for (const typed of ["martin", "Jean Dupont", "P 00001 x y", "a".repeat(41)])
    assert.equal(read(typed).external, null, typed);
  assert.deepEqual(read("P00001").words, ["P00001"], "the digits of an identifier are no telephone");
});

test("whatever is typed, reading it is harmless", () => {
  const typed = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(..."%_\\'\"/-+.()0123456789 aé\u0000"), maxLength: 60 }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const wish = read(text);
      assert.ok(wish.words.length <= 6);
      for (const word of wish.words) assert.match(word, /^[\p{L}\p{M}\p{N}]+$/u);
      if (wish.birth) assert.ok(wish.birth >= "1900-01-01" && wish.birth <= today);
    }),
    { numRuns: 300 },
  );
});
