// What a text may say of a number, how a figure is named in it, and what of a text is read.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Piece, Span } from "./document.ts";
import { readMarkdown } from "./markdown.ts";
import { periodOf, type Reference, readReference, referencesIn, referenceText, yearBefore } from "./references.ts";
import { wordsAgainst } from "./wording.ts";

test("words that a number allows pass, others are told with the number", () => {
  const allowed: [string, number, boolean][] = [
    ["près de 44 %", 43.6, true],
    ["près de 44 %", 44, true],
    ["environ 600", 612, false],
    ["environ 600", 570, false],
    ["plus de 1 200", 1210, false],
    ["moins de 700", 690, false],
    ["au moins 5", 5, false],
    ["un tiers", 33, true],
    ["près d’un tiers", 32, true],
    ["plus de la moitié", 53, true],
    ["trois quarts", 75, true],
    ["une centaine", 96, false],
    ["une dizaine", 11, false],
    ["deux dizaines", 20, false],
    ["douze", 12, false],
    ["26 594", 26594, false],
    ["2,9", 2.92, false],
  ];
  for (const [words, value, percent] of allowed) assert.equal(wordsAgainst(words, value, percent), null, words);
  const wrong: [string, number, boolean][] = [
    ["près de 44 %", 47, true],
    ["près de 44 %", 39, true],
    ["environ 600", 700, false],
    ["plus de 600", 600, false],
    ["plus de 600", 599, false],
    ["moins de 700", 700, false],
    ["un tiers", 40, true],
    ["plus de la moitié", 48, true],
    ["une centaine", 140, false],
    ["26 594", 26593, false],
    ["un tiers", 33, false],
    ["beaucoup", 12, false],
    ["plus de 600", 5000, false],
  ];
  for (const [words, value, percent] of wrong) assert.match(wordsAgainst(words, value, percent) ?? "", /«/, words);
  assert.match(wordsAgainst("environ 600", 26594, false) ?? "", /26\u202f594/);
});

test("a number is always allowed to be said as it is, and never as another", () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), fc.nat(2_000_000), (value, other) => {
      assert.equal(wordsAgainst(String(value), value, false), null);
      assert.equal(wordsAgainst(`plus de ${value}`, value, false) === null, false);
      if (other !== value) assert.notEqual(wordsAgainst(String(other), value, false), null);
      if (value > other) assert.notEqual(wordsAgainst(`moins de ${other}`, value, false), null);
    }),
  );
});

test("a reference is read as it is written, and written as it is read", () => {
  assert.deepEqual(readReference("près de 44 %|antennes.part_adultes|antenne=gerland|annee=2019|unite"), {
    ok: true,
    value: {
      code: "antennes.part_adultes",
      words: "près de 44 %",
      filters: { antenne: "gerland" },
      when: { is: "own", period: { from: "2019-01-01", to: "2019-12-31" } },
      unit: true,
    },
  });
  for (const wrong of [
    "",
    "visites",
    "a|b|c.d",
    "antennes.visites|annee=20",
    "antennes.visites|n’importe quoi",
    "antennes.visites|periode=2020-13",
    "x".repeat(390),
  ]) {
    const read = readReference(wrong);
    assert.equal(read.ok, false, wrong);
    assert.match(read.ok ? "" : read.sentence, /\{\{/);
  }
  assert.deepEqual(referencesIn("a {{b.c}} d {{e|f.g}} {{}} { {h} } {{i.j"), ["b.c", "e|f.g"]);
  const whens = fc.oneof(
    fc.constant({ is: "edition" as const }),
    fc.constant({ is: "before" as const }),
    fc.integer({ min: 1950, max: 2049 }).map((year) => ({ is: "since" as const, year })),
  );
  fc.assert(
    fc.property(
      fc.record({
        code: fc.constantFrom("antennes.visites", "gpp.personnes", "mic-rh.taux_annulation"),
        words: fc.constantFrom(null, "environ 600", "un tiers"),
        filters: fc.dictionary(fc.constantFrom("sexe", "antenne", "mois"), fc.constantFrom("F", "gerland", "03")),
        when: whens,
        unit: fc.boolean(),
      }),
      (reference: Reference) => {
        const read = readReference(referenceText(reference));
        assert.deepEqual(read.ok ? { ...read.value, filters: { ...read.value.filters } } : read.sentence, {
          ...reference,
          filters: { ...reference.filters },
        });
      },
    ),
  );
});

test("the year before is as long as it was, leap years too", () => {
  assert.deepEqual(yearBefore({ from: "2020-01-01", to: "2020-12-31" }), { from: "2019-01-01", to: "2019-12-31" });
  assert.deepEqual(yearBefore({ from: "2020-02-01", to: "2020-02-29" }), { from: "2019-02-01", to: "2019-02-28" });
  assert.deepEqual(yearBefore({ from: "2021-02-01", to: "2021-02-28" }), { from: "2020-02-01", to: "2020-02-29" });
  assert.deepEqual(periodOf({ is: "since", year: 2018 }, { from: "2020-01-01", to: "2020-12-31" }), {
    from: "2018-01-01",
    to: "2020-12-31",
  });
});

const figure = (inside: string): Span => ({ is: "figure", text: `[${inside}]`, key: inside });
const textOf = (pieces: readonly Piece[]): string => JSON.stringify(pieces);

test("a text is read with its figures wherever they stand, and nothing of it is markup", () => {
  assert.deepEqual(readMarkdown("Les **{{antennes.visites}} visites** de [2020](https://a.fr/{{x}}).", figure), [
    {
      is: "paragraph",
      spans: [
        { is: "text", text: "Les " },
        {
          is: "strong",
          spans: [
            { is: "figure", text: "[antennes.visites]", key: "antennes.visites" },
            { is: "text", text: " visites" },
          ],
        },
        { is: "text", text: " de " },
        { is: "link", href: "https://a.fr/{{x}}", spans: [{ is: "text", text: "2020" }] },
        { is: "text", text: "." },
      ],
    },
  ]);
  assert.deepEqual(
    readMarkdown("# Un\n\n### Deux\n\n- a\n- b {{c.d}}\n\n> dit", figure).map((piece) => piece.is),
    ["heading", "heading", "list", "quote"],
  );
  for (const hostile of [
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    "[clic](javascript:alert(1))",
    "[clic](data:text/html,<script>)",
    "![photo](javascript:alert(1))",
    "[a]: javascript:alert(1)\n\n[a]",
    "`<script>`",
    "    <script>",
    "\uE0000\uE001",
  ]) {
    const pieces = readMarkdown(hostile, figure);
    assert.doesNotMatch(textOf(pieces), /"href"/, hostile);
    assert.doesNotMatch(textOf(pieces), /"is":"figure"/, hostile);
    if (hostile.includes("<script>") && !hostile.startsWith("["))
      assert.match(textOf(pieces), /<script>/, "it is shown as the text that it is");
  }
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => void readMarkdown(text, figure)));
});
