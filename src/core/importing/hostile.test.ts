// Files that want to harm: each is answered by one sentence, in a bounded memory, while the program goes on answering others.
import assert from "node:assert/strict";
import {
  closeSync,
  createWriteStream,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { after, test } from "node:test";
import { sheetOf, workbook, zip } from "../testing/zip.ts";
import { openTable } from "./read.ts";
import { ImportRefusal, type ReadingLimits } from "./refusal.ts";

const folder = mkdtempSync(join(tmpdir(), "traboule-hostile-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const placed = (name: string, bytes: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** Reads a whole file: its rows, or the sentence by which it is refused. */
async function outcome(
  path: string,
  limits?: Partial<ReadingLimits>,
): Promise<{ sentence: string; line: number | null } | number> {
  let rows = 0;
  try {
    const table = await openTable(path, limits);
    for await (const batch of table.rows) rows += batch.length;
    return rows;
  } catch (error) {
    assert.ok(error instanceof ImportRefusal, String(error));
    return { sentence: error.message, line: error.line };
  }
}

/** The sentence, once it is sure that the program answered others meanwhile and did not grow. */
async function refusedCalmly(
  path: string,
  limits?: Partial<ReadingLimits>,
): Promise<{ sentence: string; line: number | null }> {
  const before = process.memoryUsage().rss;
  let most = before;
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const found = await outcome(path, limits);
  clearInterval(watch);
  assert.ok(typeof found === "object", "it should have been refused");
  assert.match(found.sentence, /^[A-ZL][^<>{}]{15,220}\.$/u, "a sentence that a person reads");
  assert.ok(most - before < 350_000_000, `the program grew by ${Math.round((most - before) / 1e6)} MB`);
  assert.ok(longest < 3000, `nobody was answered for ${Math.round(longest)} ms`);
  return found;
}

/** A sheet of the given rows, written as XML. */
const sheetWith = (rows: string): string => sheetOf([]).replace("<sheetData>", `<sheetData>${rows}`);
const emptyBook = "<workbook><sheets/></workbook>";
const oneSheet = '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>';

test("a workbook that unfolds into gigabytes is refused by its directory, and by its weight when the directory lies", async () => {
  const zeros = " ".repeat(50_000_000);
  const little = { maxInflated: 30_000_000, maxTexts: 2_000_000 };
  const honest = placed("bomb.xlsx", workbook(zeros));
  assert.match((await refusedCalmly(honest, little)).sentence, /volume démesuré/);
  const liar = placed(
    "liar.xlsx",
    zip([
      { name: "xl/workbook.xml", bytes: oneSheet },
      { name: "xl/worksheets/sheet1.xml", bytes: zeros, claims: 1000 },
    ]),
  );
  assert.match((await refusedCalmly(liar, little)).sentence, /abîmé|démesuré/);
  const many = placed(
    "many.xlsx",
    zip(Array.from({ length: 3000 }, (_, at) => ({ name: `a${at}`, bytes: Buffer.alloc(1) }))),
  );
  assert.match((await refusedCalmly(many)).sentence, /volume démesuré/);
  const strings = Buffer.from(
    `<sst>${"<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>".repeat(50_000)}</sst>`,
  );
  const full = placed("strings.xlsx", workbook(sheetOf([["nom"]]), [{ name: "xl/sharedStrings.xml", bytes: strings }]));
  assert.match((await refusedCalmly(full, little)).sentence, /trop de textes/);
});

test("dimensions, validations and formats that a workbook declares for a million rows cost nothing", async () => {
  const around = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols>';
  const validations =
    '<dataValidations count="1"><dataValidation sqref="A1:XFD1048576" type="list"/></dataValidations>';
  const empty = '<row r="9" s="1" customFormat="1"/>'.repeat(200_000);
  const sheet = sheetOf([["nom"], ["A"]], around).replace("</sheetData>", `${empty}</sheetData>${validations}`);
  assert.equal(await outcome(placed("declared.xlsx", workbook(sheet))), 1);
});

test("a document type, an outside entity, a nest without end and broken XML are refused", async () => {
  const doctype = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetOf([["&e;"]])}`;
  assert.match((await refusedCalmly(placed("xxe.xlsx", workbook(doctype)))).sentence, /DOCTYPE/);
  const laughs = zip([
    { name: "xl/workbook.xml", bytes: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${oneSheet}` },
  ]);
  assert.match((await refusedCalmly(placed("laughs.xlsx", laughs))).sentence, /DOCTYPE/);
  const entity = await refusedCalmly(placed("entity.xlsx", workbook(sheetOf([["nom"], ["&e;"]]))));
  assert.match(entity.sentence, /mal formée/);
  const nest = await refusedCalmly(placed("nest.xlsx", workbook(sheetWith("<row>".repeat(500_000)))));
  assert.match(nest.sentence, /mal formée/);
  const cut = await refusedCalmly(
    placed("cut.xlsx", workbook("<worksheet><sheetData><row><c><v>1</v></c></row></wrong>")),
  );
  assert.match(cut.sentence, /mal formée/);
  const far = await refusedCalmly(
    placed("far.xlsx", workbook(sheetWith('<row r="99999999999"><c><v>1</v></c></row>'))),
  );
  assert.match(far.sentence, /mal formée/);
  const text = await refusedCalmly(placed("text.xlsx", workbook(`<worksheet>${"a".repeat(120_000_000)}`)));
  assert.match(text.sentence, /trop de mémoire/);
});

test("archives that are no workbook, or broken, or protected, are told apart", async () => {
  const archive = zip([{ name: "content.xml", bytes: Buffer.from("<office/>") }]);
  assert.match((await refusedCalmly(placed("a.xlsx", archive))).sentence, /archive, pas un classeur/);
  assert.match((await refusedCalmly(placed("b.xlsx", archive.subarray(0, 40)))).sentence, /abîmé/);
  const spoiled = workbook(sheetOf(Array.from({ length: 2000 }, () => ["nom"])));
  spoiled.fill(0x55, 300, 700);
  assert.match((await refusedCalmly(placed("c.xlsx", spoiled))).sentence, /abîmé/);
  const locked = zip([{ name: "xl/workbook.xml", bytes: oneSheet, encrypted: true }]);
  assert.match((await refusedCalmly(placed("d.xlsx", locked))).sentence, /mot de passe/);
  const old = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2000)]);
  assert.match((await refusedCalmly(placed("e.xls", old))).sentence, /\.xls, ou protégé/);
  const none = zip([{ name: "xl/workbook.xml", bytes: emptyBook }]);
  assert.match((await refusedCalmly(placed("f.xlsx", none))).sentence, /feuille lisible/);
  const named = workbook(sheetOf([["nom"]]), [{ name: "../../evil", bytes: Buffer.from("x") }]);
  assert.match((await refusedCalmly(placed("g.xlsx", named))).sentence, /abîmé/);
});

test("ten thousand columns, a cell without end, a title without end", async () => {
  const wide = await refusedCalmly(placed("wide.csv", `${"a;".repeat(10_000)}\n`));
  assert.match(wide.sentence, /10\s?00\d colonnes ; un fichier peut en avoir 200/u);
  assert.match(
    (await refusedCalmly(placed("wide.xlsx", workbook(sheetOf([Array<string>(10_000).fill("a")]))))).sentence,
    /200 colonnes/,
  );
  assert.match(
    (await refusedCalmly(placed("far-column.xlsx", workbook(sheetWith('<row><c r="ZZZZ1"><v>1</v></c></row>')))))
      .sentence,
    /200 colonnes/,
  );
  const cell = await refusedCalmly(placed("cell.csv", `nom\nA\n${"b".repeat(20_000)}\n`));
  assert.equal(cell.line, 3);
  assert.match(cell.sentence, /^La ligne 3 a une case de plus de 10\s000 signes\.$/u);
  assert.match((await refusedCalmly(placed("title.csv", `${"b".repeat(20_000)}\nA\n`))).sentence, /ligne 1 a une case/);
  assert.match(
    (await refusedCalmly(placed("long.csv", "nom\n1\n2\n3\n"), { maxRows: 2 })).sentence,
    /plus de 2 lignes/,
  );
});

test("a quote that is never closed and lines of ten million signs are told with their line", async () => {
  const open = await refusedCalmly(placed("open.csv", 'nom;note\nA;1\nB;"deux\nC;3\nD;4\n'));
  assert.deepEqual(open, { sentence: "Un guillemet ouvert à la ligne 3 n’est pas refermé.", line: 3 });
  const swallowed = await refusedCalmly(placed("swallowed.csv", `nom;note\nA;"${"x;1\n".repeat(1_500_000)}`));
  assert.equal(swallowed.line, 2);
  assert.match(swallowed.sentence, /La ligne 2 dépasse 4 millions de signes/);
  const line = await refusedCalmly(placed("line.csv", `nom\nA\n${"b".repeat(10_000_000)}\n`));
  assert.match(line.sentence, /La ligne 3 dépasse 4 millions de signes/);
});

test("two gigabytes of nothing, and two gigabytes of one line", async () => {
  const sparse = join(folder, "sparse.csv");
  const file = openSync(sparse, "w");
  ftruncateSync(file, 2_500_000_000);
  closeSync(file);
  assert.match((await refusedCalmly(sparse)).sentence, /pèse 2\s500\sMo ; la limite est de 2\s000\sMo/u);
  const headed = join(folder, "headed.csv");
  const holes = openSync(headed, "w");
  writeSync(holes, "nom;prénom\nA;B\n");
  ftruncateSync(holes, 1_500_000_000);
  closeSync(holes);
  assert.match((await refusedCalmly(headed)).sentence, /ni un CSV ni un classeur/);
  const line = join(folder, "one-line.csv");
  const piece = Buffer.alloc(1_000_000, "a");
  await pipeline(Readable.from(Array.from({ length: 200 }, () => piece)), createWriteStream(line));
  assert.match((await refusedCalmly(line)).sentence, /La ligne 1 dépasse 4 millions de signes/);
});

test("pictures, programs, empty files and lone halves of signs", async () => {
  assert.match(
    (await refusedCalmly(placed("a.csv", Buffer.from("\u0089PNG\r\n\u0000\u0000\u0000\rIHDR".repeat(400), "latin1"))))
      .sentence,
    /ni un CSV/,
  );
  assert.match((await refusedCalmly(placed("b.csv", Buffer.alloc(5000)))).sentence, /ni un CSV/);
  assert.match((await refusedCalmly(placed("c.csv", ""))).sentence, /vide/);
  assert.match((await refusedCalmly(placed("d.csv", "\n\n;;\n  \n"))).sentence, /vide/);
  const lone = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from("nom\n", "utf16le"),
    Buffer.from([0x00, 0xd8, 0x0a, 0x00]),
  ]);
  const table = await openTable(placed("e.csv", lone));
  for await (const [first] of table.rows) assert.ok(first?.cells[0]?.isWellFormed());
  const cellHalf = workbook(sheetOf([["nom"], ["a&#xD800;b"]]));
  const half = await outcome(placed("f.xlsx", cellHalf));
  assert.ok(half === 1 || (typeof half === "object" && /mal formée/.test(half.sentence)));
});

test("a reader that is given no time stops", async () => {
  const slow = placed("slow.csv", `nom\n${"une ligne\n".repeat(400_000)}`);
  assert.match((await refusedCalmly(slow, { seconds: 0 })).sentence, /plus de 0 secondes/);
});

test("a formula is read as what it last showed, and never computed", async () => {
  const formulas =
    '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>HYPERLINK("http://x")</f><v>=HYPERLINK("http://x")</v></c></row>';
  const table = await openTable(
    placed("formulas.xlsx", workbook(sheetOf([["a", "b"]]).replace("</sheetData>", `${formulas}</sheetData>`))),
  );
  for await (const [first] of table.rows) assert.deepEqual(first?.cells, ["2", '=HYPERLINK("http://x")']);
});

test("while a heavy file is read, the program answers others", async () => {
  let longest = 0;
  let last = performance.now();
  const path = placed("heavy.csv", `id;nom;prenom;naissance\n${"P1;Lahlou;Maud;30/09/1973\n".repeat(200_000)}`);
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  last = performance.now();
  assert.equal(await outcome(path), 200_000);
  clearInterval(watch);
  assert.ok(longest < 3000, `nobody was answered for ${Math.round(longest)} ms`);
});
