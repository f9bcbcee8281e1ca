import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { projectRoot } from "../../../../core/root.ts";
import { auditFigures, auditTold, mostFigures, ruleTitle } from "./audit.ts";
import { readTable } from "./reading.ts";
import type { Finding, Stated } from "./stated.ts";

const file = readFileSync(join(projectRoot, "demo/report-2020/figures.csv"));
const facts = parse(file, { columns: true }) as { id: string; consistent: string }[];
const told = (mark: string): string[] => facts.filter((row) => row.consistent === mark).map((row) => row.id);
async function tableOf(bytes: Buffer): Promise<Stated[]> {
  const read = await readTable(bytes);
  if ("refusal" in read) return assert.fail(read.refusal);
  return read.rows;
}
const accusedIn = (findings: readonly Finding[]): Set<string> => new Set(findings.flatMap((one) => one.accused));
const rows = await tableOf(file);

test("the 2020 report: what its numbers contradict is found, and no consistent figure is accused", () => {
  const findings = auditFigures(rows);
  const accused = accusedIn(findings);
  assert.equal(rows.length, 724);
  assert.deepEqual(
    told("yes").filter((code) => accused.has(code)),
    [],
  );
  // These four are wrong by names, which the table does not hold: a list of 29 people, of four projects, of eight structures.
  assert.deepEqual(
    told("no").filter((code) => !accused.has(code)),
    ["F024", "F034", "F588", "F686"],
  );
  for (const finding of findings) {
    assert.notEqual(ruleTitle(finding.rule), finding.rule);
    assert.match(finding.sentence, /^[\p{Lu}«].+\.$/su);
  }
});

/** One change to the table, the rule that must tell it and a figure that it must name. */
const planted: { rule: string; names: string; change: Record<string, Partial<Stated>> }[] = [
  { rule: "parts-against-total", names: "F415", change: { F415: { value: 291 } } },
  { rule: "rate-of-terms", names: "F508", change: { F508: { value: 85 } } },
  { rule: "told-twice", names: "F004", change: { F004: { value: 26549 } } },
  { rule: "impossible-for-exact-base", names: "F380", change: { F380: { value: 37 } } },
  { rule: "exits-above-entries", names: "F082", change: { F082: { value: 51 } } },
  { rule: "more-out-than-in", names: "F385", change: { F385: { value: 5 } } },
  { rule: "bases-differ", names: "F716", change: { F716: { value: 44.39, formula: "F699/F714*100" } } },
  { rule: "year-jump", names: "F568", change: { F568: { value: 360 } } },
  { rule: "crossed-bounds", names: "F657", change: { F657: { value: 1500 } } },
  { rule: "words-against-number", names: "F401", change: { F401: { value: 4 } } },
  { rule: "above-capacity", names: "F209", change: { F209: { value: 42 } } },
  { rule: "people-above-visits", names: "F409", change: { F410: { value: 90 } } },
  { rule: "of-which", names: "F194", change: { F194: { value: 37 } } },
  { rule: "impossible-number", names: "F227", change: { F227: { value: 160 } } },
  { rule: "stale-forecast", names: "F663", change: { F663: { value: 2019 } } },
];

test("contradictions planted in a copy are all found, each by the rule that explains it", () => {
  for (const { rule, names, change } of planted) {
    const copy = rows.map((row) => ({ ...row, ...change[row.code] }));
    const found = auditFigures(copy).filter((one) => one.rule === rule);
    assert.ok(
      found.some((one) => [...one.accused, ...one.witnesses].includes(names)),
      `${rule}: ${names}`,
    );
  }
  const changes: Record<string, Partial<Stated>> = Object.assign({}, ...planted.map(({ change }) => change));
  const all = rows.map((row) => ({ ...row, ...changes[row.code] }));
  const accused = auditFigures(all).flatMap((one) => [...one.accused, ...one.witnesses]);
  for (const { names } of planted) assert.ok(accused.includes(names), names);
});

test("women and men exchanged in a summary are told as such, with or without a formula", () => {
  const one = (code: string, sexe: string, value: number, by = {}) => ({
    code,
    label: "Stagiaires",
    unit: "personnes",
    value,
    page: "Sessions",
    programme: "p",
    period: "2020",
    by: { sexe, ...by },
  });
  const findings = auditTold([
    one("A", "femme", 5),
    one("B", "homme", 9),
    one("C", "femme", 6, { antenne: "Nord" }),
    one("D", "femme", 3, { antenne: "Sud" }),
    one("E", "homme", 4, { antenne: "Nord" }),
    one("F", "homme", 1, { antenne: "Sud" }),
  ]);
  assert.deepEqual(findings.map(({ rule, accused }) => [rule, accused]).at(0), ["sexes-exchanged", ["A", "B"]]);
});

test("a table that adds up is never accused, and any total or rate that is moved is", () => {
  const parts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 400 }), fc.constantFrom(0, 1, 2), (numbers, off, decimals) => {
      const sum = numbers.reduce((total, one) => total + one, 0);
      const share = Math.floor(((numbers[0] ?? 0) / sum) * 100 * 10 ** decimals + 0.5 + 1e-7) / 10 ** decimals;
      const figures = [
        ...numbers.map((value, at) => ({
          code: `p.part-${at}`,
          label: `Partie ${at}`,
          value,
          unit: "visites",
          page: "Une",
        })),
        {
          code: "p.total",
          label: "Total",
          value: sum,
          unit: "visites",
          page: "Une",
          formula: numbers.map((_, at) => `p.part-${at}`).join("+"),
        },
        {
          code: "p.share",
          label: "Part de la première",
          value: share,
          decimals,
          unit: "%",
          page: "Une",
          kind: "ratio",
          formula: "p.part-0/p.total*100",
        },
      ];
      assert.deepEqual(auditTold(figures), []);
      const moved = (code: string, by: number) =>
        figures.map((one) => (one.code === code ? { ...one, value: one.value + by } : one));
      assert.ok(accusedIn(auditTold(moved("p.total", off))).has("p.total"));
      assert.ok(accusedIn(auditTold(moved("p.share", 10 ** -decimals))).has("p.share"));
    }),
  );
});

test("whatever a table holds, the rules answer with sentences and end", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      "Part des femmes",
      "Sorties positives",
      "Personnes reçues",
      "Dont entrées",
      "plus de 26 ans",
      "((((",
      "A+",
      "A/B*100",
      "min(A,B)",
    ),
  );
  const row = fc.record({
    code: fc.constantFrom("A", "B", "C", "D", "E"),
    label: text,
    value: fc.oneof(
      fc.integer({ min: -5, max: 200 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    ),
    unit: fc.constantFrom("personnes", "%", "visites", "ans", "année", ""),
    period: fc.constantFrom("2020", "2019", "2018-2020", "permanent", "???"),
    by: fc.dictionary(fc.constantFrom("sexe", "borne", "réponse", "état", "__proto__"), text, { maxKeys: 3 }),
    kind: fc.constantFrom("ratio", "count-events", "quote", "target/forecast", ""),
    formula: text,
  });
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: (one) => one.code, maxLength: 5 }), (figures) => {
      for (const finding of auditTold(figures)) assert.ok(finding.sentence.length < 3000 && finding.accused.length > 0);
    }),
  );
});

test("a file that is no table of figures is refused in a sentence", async () => {
  const refused = async (text: string | Buffer): Promise<string> => {
    const read = await readTable(Buffer.from(text));
    return "refusal" in read ? read.refusal : assert.fail("read");
  };
  assert.match(await refused(""), /vide/);
  assert.match(await refused("a;b\n1;2\n"), /pas de colonne « libelle » ni « valeur »|pas de colonne/);
  assert.match(await refused(Buffer.alloc(3000, 7)), /ni un CSV/);
  assert.match(await refused(Buffer.alloc(5_000_001, 65)), /5\u00a0Mo/);
  assert.match(await refused(`libellé;valeur\n${"x;1\n".repeat(mostFigures + 1)}`), /plus de/);
  assert.match(await refused('libellé;valeur\n"x;1\n'), /guillemet|aucun chiffre/);
  const read = await readTable(
    Buffer.from("code;libellé;valeur\nA;Un;26 594\nA;Deux;3\nB;Trois;environ 600\nC;Quatre;37,5\n"),
  );
  assert.ok("rows" in read);
  assert.deepEqual(
    read.rows.map(({ code, value, decimals }) => [code, value, decimals]),
    [
      ["A", 26594, 0],
      ["C", 37.5, 1],
    ],
  );
  assert.equal(read.unread.length, 2);
});

test("a formula that cannot be computed is told, and nothing hangs on it", () => {
  const one = (code: string, value: number, formula = "") => ({
    code,
    label: `Chiffre ${code}`,
    value,
    unit: "visites",
    page: "Une",
    formula,
  });
  const sentences = auditTold([
    one("A", 3),
    one("B", 0),
    one("C", 1, "A/B"),
    one("D", 2, "Z+A"),
    one("E", 5, "E+0"),
    one("F", 1, "A+*"),
    one("G", 1, `${"(".repeat(500)}A${")".repeat(500)}`),
  ]);
  assert.deepEqual(
    sentences.map(({ accused, weight }) => [accused[0], weight]),
    [
      ["C", "contradiction"],
      ["D", "doubt"],
      ["E", "doubt"],
      ["F", "doubt"],
      ["G", "doubt"],
    ],
  );
});
