// What is drawn is read back, by the reader that the door has.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import decodeQR from "qr/decode.js";
import { squareSvg } from "./square.ts";

/** Draws the picture's path on a grid of `scale` points a module. */
function pictureOf(svg: string, scale: number) {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const side = size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++)
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column++)
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  }
  return { width: side, height: side, data };
}

test("a square says what it was given", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9:/.?=_-]{1,90}$/), (text) => {
      assert.equal(decodeQR(pictureOf(squareSvg(text, "Billet"), 4)), text);
    }),
    { numRuns: 30 },
  );
});
