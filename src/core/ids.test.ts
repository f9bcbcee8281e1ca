// Identifiers that sort by time, tokens that nobody guesses, codes that nobody misreads.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isUuid, makeIds } from "./ids.ts";

const at = (ms: number) => ({ now: () => new Date(ms) });
const moment = fc.integer({ min: 0, max: 2 ** 43 });

test("an identifier is a UUID of version 7 that tells its millisecond", () => {
  fc.assert(
    fc.property(moment, (ms) => {
      const id = makeIds(at(ms)).uuid();
      assert.ok(isUuid(id));
      assert.match(id, /^.{14}7.{4}[89ab]/);
      assert.equal(Number.parseInt(id.slice(0, 13).replace("-", ""), 16), ms);
    }),
  );
});

test("a later identifier sorts after an earlier one, as text", () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 1e9 }), (ms, later) => {
      assert.ok(makeIds(at(ms)).uuid() < makeIds(at(ms + later)).uuid());
    }),
  );
});

test("a token has 256 bits; a code for people has no letter or digit that is taken for another", () => {
  const ids = makeIds(at(0));
  const tokens = new Set(Array.from({ length: 200 }, () => ids.token()));
  assert.equal(tokens.size, 200);
  for (const token of tokens) assert.equal(Buffer.from(token, "base64url").length, 32);
  for (let turn = 0; turn < 200; turn += 1) assert.match(ids.shortCode(), /^[ACDEFGHJKMNPQRTWXY34679]{7}$/);
});

test("every code is as likely as another", () => {
  // All bytes, once each: no sign of the alphabet comes more often than another by more than the one that is left over.
  const counts = new Map<string, number>();
  let byte = 0;
  const ids = makeIds(at(0), (n) => Uint8Array.from({ length: n }, () => byte++ % 256));
  for (let turn = 0; turn < 256; turn += 1)
    for (const sign of ids.shortCode()) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const all = [...counts.values()];
  assert.equal(counts.size, 23);
  assert.ok(Math.max(...all) / Math.min(...all) < 1.1, `${Math.min(...all)} to ${Math.max(...all)}`);
});

test("only a lower-case UUID is one", () => {
  for (const text of [
    "",
    "x",
    "018f4d1e-0000-7000-8000-00000000000",
    "018F4D1E-0000-7000-8000-000000000000",
    "018f4d1e-0000-7000-8000-000000000000\n",
  ])
    assert.equal(isUuid(text), false, JSON.stringify(text));
  assert.equal(isUuid("018f4d1e-0000-7000-8000-000000000000"), true);
});
