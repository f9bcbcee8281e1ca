// Periods as reports write them.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readStay, stayText } from "./period.ts";

const read = (text: string): string => {
  const stay = readStay(text);
  return stay.ok ? (stay.value ? `${stay.value.from} ${stay.value.to}` : "always") : "no";
};

test("a period is read as a report writes it", () => {
  for (const [text, said] of [
    ["2020", "2020-01-01 2020-12-31"],
    ["2018-2020", "2018-01-01 2020-12-31"],
    ["2020-2021 (année universitaire)", "2020-01-01 2021-12-31"],
    ["2020-02", "2020-02-01 2020-02-29"],
    ["02/2021", "2021-02-01 2021-02-28"],
    ["2020-S2", "2020-07-01 2020-12-31"],
    ["2020-10/2021-04", "2020-10-01 2021-04-30"],
    ["2020-09-01/2020-12-01", "2020-09-01 2020-12-01"],
    ["2021-04-30", "2021-04-30 2021-04-30"],
    ["du 14/12/2020 au 23/12/2020", "2020-12-14 2020-12-23"],
    ["permanent", "always"],
    ["", "no"],
    ["2020-13", "no"],
    ["2021-2020", "no"],
    ["l’an dernier", "no"],
    ["31/02/2020", "no"],
    ["2020-01/2020-02/2020-03", "no"],
  ])
    assert.equal(read(text ?? ""), said, text);
});

test("whatever the days, a period is read again as it was written", () => {
  const day = fc
    .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const ends = fc.constantFrom(
    ["2020-01-01", "2020-12-31"],
    ["2020-02-01", "2020-02-29"],
    ["2019-03-01", "2020-06-30"],
  );
  fc.assert(
    fc.property(fc.oneof(fc.tuple(day, day), ends), (days) => {
      const [from = "", to = ""] = [...days].sort();
      assert.deepEqual(readStay(stayText({ from, to })), { ok: true, value: { from, to } });
    }),
  );
  assert.deepEqual(readStay(stayText(null)), { ok: true, value: null });
});
