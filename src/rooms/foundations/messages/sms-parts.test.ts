// Parts of short messages, at the edges that providers bill.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plainText, smsParts } from "./sms-parts.ts";

test("the sizes of 3GPP TS 23.038, at their edges", () => {
  for (const [text, alphabet, parts] of [
    ["", "GSM-7", 1],
    ["é".repeat(160), "GSM-7", 1],
    ["é".repeat(161), "GSM-7", 2],
    ["a".repeat(306), "GSM-7", 2],
    ["a".repeat(307), "GSM-7", 3],
    ["€".repeat(80), "GSM-7", 1],
    ["€".repeat(81), "GSM-7", 2],
    // 153 units hold 76 signs of two: the 153rd stays empty rather than cut one in two.
    ["€".repeat(152), "GSM-7", 2],
    ["€".repeat(153), "GSM-7", 3],
    ["ç".repeat(70), "UCS-2", 1],
    ["ç".repeat(71), "UCS-2", 2],
    ["ç".repeat(135), "UCS-2", 3],
    ["🙂".repeat(35), "UCS-2", 1],
    ["🙂".repeat(66), "UCS-2", 2],
    ["🙂".repeat(67), "UCS-2", 3],
  ] as const)
    assert.deepEqual(smsParts(text), { alphabet, parts }, `${text.slice(0, 4)} × ${text.length}`);
});

test("French is said in the cheap alphabet, another script is left alone", () => {
  assert.equal(
    plainText("Ça vous plaît\u00a0: l’accueil vous reçoit à Noël…"),
    "Ça vous plait : l'accueil vous recoit à Noel...",
  );
  assert.equal(plainText("Привет, l’accueil"), "Привет, l’accueil");
});

test("a text said plainly never costs more parts, and saying it twice changes nothing", () => {
  const french = fc.string({
    unit: fc.constantFrom(..."aeéèàùçêîôûëïœ’«»… \u00a0€[]ÇÉabcdefgh"),
    maxLength: 400,
  });
  fc.assert(
    fc.property(french, (text) => {
      const plain = plainText(text);
      assert.equal(smsParts(plain).alphabet, "GSM-7");
      assert.equal(plainText(plain), plain);
    }),
  );
});
