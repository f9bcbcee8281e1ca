// Files that somebody made to hurt, or that a tool left broken: each gets a sentence, in bounded time and memory, and nothing waits for it.
import assert from "node:assert/strict";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { sheetOf, workbook, zip } from "../testing/zip.ts";
import { openTable } from "./read.ts";
import { ImportRefusal } from "./refusal.ts";

/** What a workbook may unfold to here; a tenth of what the program allows, so that making the bombs is quick. */
const maxInflated = 60_000_000;
const folder = mkdtempSync(join(tmpdir(), "traboule-hostile-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a file to its end: its rows, or the sentence that refuses it; and how many bytes the program grew by meanwhile. */
async function readAll(
  name: string,
  bytes: Buffer | string | null,
): Promise<{ rows: string[][]; refused: string | null; grown: number }> {
  const path = join(folder, name);
  if (bytes !== null) writeFileSync(path, bytes);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  const rows: string[][] = [];
  try {
    const table = await openTable({ path, name }, { maxInflated });
    rows.push([...table.head.headers]);
    for await (const batch of table.rows) for (const row of batch) if (rows.length < 5000) rows.push(row.cells);
    return { rows, refused: null, grown: most - before };
  } catch (error) {
    assert.ok(error instanceof ImportRefusal, String(error));
    return { rows, refused: error.message, grown: most - before };
  } finally {
    clearInterval(watch);
  }
}

const rows = (xml: string): string => sheetOf([["id", "nom"]], xml);
const kind = `<Default Extension="xml"/>`;
const megabytes = (count: number): number => count * 1_000_000;
const simple = sheetOf([
  ["id", "nom"],
  ["1", "Lahlou"],
]);

const hostile: [what: string, name: string, bytes: () => Buffer | string, says: RegExp][] = [
  [
    "a workbook that unfolds to more than it may",
    "bombe.xlsx",
    () => workbook(`${simple}${" ".repeat(megabytes(70))}`),
    /démesuré/,
  ],
  [
    "one that lies about its size",
    "menteur.xlsx",
    () =>
      workbook(simple, [
        { name: "xl/sharedStrings.xml", bytes: `<sst>${" ".repeat(megabytes(65))}</sst>`, claims: 10 },
      ]),
    /démesuré|abîmé/,
  ],
  [
    "an archive of ten thousand parts",
    "parties.xlsx",
    () => zip(Array.from({ length: 10_000 }, (_, at) => ({ name: `xl/${at}.xml`, bytes: kind }))),
    /démesuré/,
  ],
  [
    "an archive that is no workbook",
    "archive.xlsx",
    () => zip([{ name: "lisez-moi.txt", bytes: "bonjour" }]),
    /archive/,
  ],
  ["a workbook cut in the middle", "coupe.xlsx", () => workbook(simple).subarray(0, 500), /abîmé/],
  [
    "a workbook under a password",
    "secret.xlsx",
    () => zip([{ name: "xl/workbook.xml", bytes: kind, encrypted: true }]),
    /mot de passe/,
  ],
  [
    "an old .xls",
    "ancien.xls",
    () => Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(5000)]),
    /\.xls/,
  ],
  [
    "a picture named .csv",
    "photo.csv",
    () =>
      Buffer.concat([
        Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"),
        deflateRawSync(Buffer.alloc(9000, 7)),
        Buffer.alloc(3000),
      ]),
    /ni un CSV/,
  ],
  [
    "ten thousand columns",
    "large.csv",
    () => `${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(";")}\n`,
    /colonnes/,
  ],
  [
    "ten thousand columns in a workbook",
    "large.xlsx",
    () => workbook(sheetOf([Array.from({ length: 10_000 }, (_, at) => `c${at}`)])),
    /colonnes/,
  ],
  ["a cell of a million signs", "case.csv", () => `id;nom\n1;${"a".repeat(megabytes(1))}\n`, /signes|longue/],
  ["a quote that never ends", "guillemet.csv", () => `id;nom\n1;"${"a;\n".repeat(2_000_000)}`, /./],
  ["an empty file", "vide.csv", () => "", /vide/],
];
for (const [what, name, bytes, says] of hostile)
  test(`refuses ${what} in a sentence`, async () => {
    const { refused, grown } = await readAll(name, bytes());
    assert.match(refused ?? "", says);
    assert.ok(refused?.endsWith("."), refused ?? "");
    assert.ok(grown < megabytes(400), `the program grew by ${Math.round(grown / 1e6)} MB`);
  });

test("a file of more than two gigabytes is refused before it is read", async () => {
  const path = join(folder, "enorme.csv");
  const file = openSync(path, "w");
  writeSync(file, "id;nom\n");
  ftruncateSync(file, 2_200_000_000);
  closeSync(file);
  const { refused } = await readAll("enorme.csv", null);
  assert.match(refused ?? "", /limite/);
});

test("a million rows that a workbook declares and does not have are not walked", async () => {
  const declared = `<dimension ref="A1:XFD1048576"/><sheetViews/><cols><col min="1" max="16384"/></cols>`;
  const validations = `<dataValidations count="1"><dataValidation sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation></dataValidations>`;
  const sheet = sheetOf(
    [
      ["id", "nom"],
      ["1", "Lahlou"],
    ],
    declared,
  ).replace("</worksheet>", `${validations}</worksheet>`);
  const { rows: read, refused } = await readAll("valide.xlsx", workbook(sheet));
  assert.equal(refused, null);
  assert.deepEqual(read, [
    ["id", "nom"],
    ["1", "Lahlou"],
  ]);
});

test("an entity of the outside is not fetched, and entities that multiply do not", async () => {
  const outside = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`;
  const many = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
  for (const [name, head, cell] of [
    ["dehors", outside, "&e;"],
    ["nombreux", many, "&b;"],
  ] as const) {
    const {
      rows: read,
      refused,
      grown,
    } = await readAll(`${name}.xlsx`, workbook(`${head}${rows("").replace("nom", cell)}`));
    const said = `${refused ?? ""}${JSON.stringify(read)}`;
    assert.doesNotMatch(said, /root:|aaaaaaaaaaaaaaaa/);
    assert.ok(grown < megabytes(200));
  }
});

test("a formula is read as what it last showed, never computed; signs that no text has are gone", async () => {
  const sheet = `<worksheet><sheetData><row><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>nom</t></is></c></row><row><c><f>1+1</f><v>2</v></c><c t="str"><f>HYPERLINK("http://x")</f><v>Lahlou</v></c></row></sheetData></worksheet>`;
  assert.deepEqual((await readAll("formule.xlsx", workbook(sheet))).rows, [
    ["id", "nom"],
    ["2", "Lahlou"],
  ]);
});

test("while a heavy file is read, the program answers", async () => {
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  const lines = Array.from({ length: 200_000 }, (_, at) => `P${at};Lahlou;Maud;30/09/1973`);
  const reading = readAll("lourd.csv", `id;nom;prenom;naissance\n${lines.join("\n")}\n`);
  last = performance.now();
  assert.equal((await reading).refused, null);
  clearInterval(beat);
  // A generous bound: what is looked for is a program that stops for seconds.
  assert.ok(longest < 1500, `nothing was answered for ${Math.round(longest)} ms`);
});
