// Bars of several parts: told apart without colour, escaped, and not drawn where a part is masked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stackChart } from "./stack-chart.tsx";

const cell = (value: number | null) => ({ value, shown: value === null ? "masqué" : String(value) });
const facts = (kind: "stacked" | "shares", values: readonly (readonly (number | null)[])[]) => ({
  kind,
  title: "Personnes",
  rows: ["Gerland", "<script>alert(1)</script>", "Mermoz"],
  series: values.map((one, at) => ({ label: `Part ${at}`, values: one.map(cell) })),
});
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1] ?? "");

test("each part bears its number and a pattern of its own; shares make a hundred of each bar", async () => {
  const stacked =
    (await stackChart(
      facts("stacked", [
        [30, 0, 10],
        [10, 20, 30],
      ]),
    )) ?? assert.fail();
  for (const said of ["30", "10", "20"]) assert.ok(texts(stacked).includes(said), said);
  assert.equal(stacked.match(/<pattern /g)?.length, 2);
  assert.match(stacked, /fill="url\(#motif-0\)"/);
  assert.match(stacked, /fill="url\(#motif-1\)"/);
  assert.match(stacked, /aria-label="Personnes"/);
  assert.doesNotMatch(stacked, /style=|<style|<script/, "nothing that the content security policy refuses");
  const shares =
    (await stackChart(
      facts("shares", [
        [30, 0, 10],
        [10, 20, 30],
      ]),
    )) ?? assert.fail();
  const said = texts(shares).map((text) => text.replace(/\u00a0|&nbsp;|&#160;/, " "));
  for (const share of ["75 %", "25 %"]) assert.ok(said.includes(share), share);
});

test("a bar of nothing is drawn empty; what is masked, too many or nothing at all is left to the table", async () => {
  assert.ok(
    await stackChart(
      facts("shares", [
        [0, 1, 2],
        [0, 3, 2],
      ]),
    ),
  );
  assert.equal(
    await stackChart(
      facts("shares", [
        [1, null, 2],
        [1, 3, 2],
      ]),
    ),
    null,
  );
  assert.equal(await stackChart(facts("stacked", [[0, 0, 0]])), null);
  assert.equal(await stackChart(facts("stacked", Array(9).fill([1, 1, 1]))), null);
  assert.equal(await stackChart({ ...facts("stacked", []), rows: [] }), null);
});
