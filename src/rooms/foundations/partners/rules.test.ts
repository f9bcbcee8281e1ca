import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isInForce, overlap, readAmount, readLegalNumber, readWebsite, readWorkforce } from "./rules.ts";

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(""));

/** Luhn, written out for the test: from the right, every second digit doubled. */
const luhn = (text: string): number =>
  [...text].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);

test("a SIRET or a SIREN is taken when its last digit answers to the others, however it is typed", () => {
  // GIP MMI'e, France Travail, and two establishments of La Poste, of which the second fails Luhn.
  for (const siret of ["13000354400033", "13000548100010", "35600000000048", "35600000049837"])
    assert.deepEqual(readLegalNumber(siret), { ok: true, value: { siret, siren: siret.slice(0, 9) } });
  assert.deepEqual(readLegalNumber(" 130 003 544\u00a000033 "), {
    ok: true,
    value: { siret: "13000354400033", siren: "130003544" },
  });
  assert.deepEqual(readLegalNumber("356 000 000"), { ok: true, value: { siret: null, siren: "356000000" } });
  for (const wrong of ["13000354400034", "35600000049838", "130003545", "1300035440003", "W691234567", ""])
    assert.equal(readLegalNumber(wrong).ok, false, wrong);
  fc.assert(
    fc.property(fc.oneof(digits(14), digits(9)), (text) => {
      fc.pre(!text.startsWith("356000000"));
      assert.equal(readLegalNumber(text).ok, luhn(text) % 10 === 0);
    }),
  );
});

test("amounts, head counts and web addresses are read as French hands type them", () => {
  assert.deepEqual(readAmount("12 500,50 €"), { ok: true, value: 1_250_050 });
  assert.deepEqual(readAmount("0,5"), { ok: true, value: 50 });
  assert.equal(readAmount("12,505").ok, false);
  assert.deepEqual(readWorkforce("1 800"), { ok: true, value: 1800 });
  assert.equal(readWorkforce("-3").ok, false);
  assert.deepEqual(readWebsite("prisme.example"), { ok: true, value: "https://prisme.example/" });
  for (const wrong of ["javascript:alert(1)//a.b", "ftp://prisme.example", "rien"])
    assert.equal(readWebsite(wrong).ok, false, wrong);
});

test("two rows overlap when one day is in both", () => {
  const day = fc.option(fc.integer({ min: 10, max: 28 }).map((date) => `2020-01-${date}`));
  const span = fc
    .record({ from_day: day, to_day: day })
    .filter(({ from_day, to_day }) => !from_day || !to_day || from_day <= to_day);
  const days = Array.from({ length: 19 }, (_, at) => `2020-01-${at + 10}`);
  fc.assert(
    fc.property(span, span, (one, other) => {
      assert.equal(
        overlap(one, other),
        days.some((date) => isInForce(one, date) && isInForce(other, date)),
      );
    }),
  );
});
