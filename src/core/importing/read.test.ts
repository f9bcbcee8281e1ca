// Tables as French drawers hold them: every separator, encoding and date, in CSV and in XLSX, read to the same rows.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import ExcelJS from "exceljs";
import fc from "fast-check";
import { openTable, type TableHead } from "./read.ts";
import { readCsv } from "./read-csv.ts";
import { ImportRefusal } from "./refusal.ts";

const folder = mkdtempSync(join(tmpdir(), "traboule-read-"));
after(() => rmSync(folder, { recursive: true, force: true }));

type Read = { head: TableHead; rows: string[][]; lines: number[]; shares: number[] };

/** The rows of a CSV without a worker: for many cases. */
async function readText(content: Buffer): Promise<{ encoding: string; separator: string; rows: string[][] }> {
  const { encoding, separator, rows } = await readCsv(() => Readable.from([content]), content, content.length);
  const read: string[][] = [];
  for await (const { cells } of rows) read.push(cells);
  return { encoding, separator, rows: read };
}

async function readFile(content: string | Buffer, name = "fichier.csv"): Promise<Read> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const table = await openTable(path);
  const rows: string[][] = [];
  const lines: number[] = [];
  const shares: number[] = [];
  for await (const batch of table.rows)
    for (const row of batch) {
      rows.push(row.cells);
      lines.push(row.line);
      shares.push(row.share);
    }
  return { head: table.head, rows, lines, shares };
}

const latin = (text: string): Buffer => {
  const special: Record<string, number> = { "€": 0x80, "’": 0x92, œ: 0x9c };
  return Buffer.from([...text].map((sign) => special[sign] ?? sign.charCodeAt(0)));
};
const wide = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, "utf16le");

test("the same table is read from every separator and encoding", async () => {
  const table = (separator: string): string =>
    ["Prénom|Ville|Note", "Zoé|Œuilly|l’été à 5 €", 'Léo|"Lyon"|"a|b"'].join("\r\n").replaceAll("|", separator);
  for (const separator of [";", ",", "\t", "|"])
    for (const [encoding, content] of [
      ["utf-8", Buffer.from(table(separator))],
      ["utf-8", Buffer.from(`\uFEFF${table(separator)}`)],
      ["windows-1252", latin(table(separator).replace("Œuilly", "œuilly"))],
      ["utf-16le", wide(table(separator))],
    ] as const) {
      const found = await readText(content);
      const told = `${JSON.stringify(separator)} ${encoding}`;
      assert.equal(found.encoding, encoding, told);
      assert.equal(found.separator, separator, told);
      const town = encoding === "windows-1252" ? "œuilly" : "Œuilly";
      assert.deepEqual(
        found.rows,
        [
          ["Prénom", "Ville", "Note"],
          ["Zoé", town, "l’été à 5 €"],
          ["Léo", "Lyon", `a${separator}b`],
        ],
        told,
      );
    }
});

test("a byte that is not UTF-8 far down decides for the whole file", async () => {
  const long = `nom\n${"Andre\n".repeat(60_000)}`;
  const { head, rows } = await readFile(Buffer.concat([Buffer.from(long), latin("Zoé\n")]));
  assert.equal(head.encoding, "windows-1252");
  assert.deepEqual(rows.at(-1), ["Zoé"]);
});

test("line breaks within quotes belong to their cell, and a row's line is the one where it starts", async () => {
  const { rows, lines } = await readFile('nom;note\nA;"un\ndeux\ntrois"\n\n;\nB;quatre\n  \nC;"cinq ""six"""\n');
  assert.deepEqual(rows, [
    ["A", "un\ndeux\ntrois"],
    ["B", "quatre"],
    ["C", 'cinq "six"'],
  ]);
  assert.deepEqual(lines, [2, 7, 9]);
});

test("rows shorter or longer than the headers, stray quotes and NUL bytes are read all the same", async () => {
  const { rows } = await readFile('nom;note\nA\nB;1;2\nC;il dit "oui"\nD\u0000;3\u0000\n');
  assert.deepEqual(rows, [["A"], ["B", "1", "2"], ["C", 'il dit "oui"'], ["D", "3"]]);
});

test("what this program wrote with an apostrophe comes back without it, and a name keeps its own", async () => {
  const { rows } = await readFile("nom;téléphone\n'=1+1;'+33612345678\n'Abd;O'Brien\n");
  assert.deepEqual(rows, [
    ["=1+1", "+33612345678"],
    ["'Abd", "O'Brien"],
  ]);
});

test("the share of the file that is read grows to its end", async () => {
  const { shares } = await readFile(`nom\n${"une ligne comme une autre\n".repeat(5000)}`);
  assert.ok(shares.every((share, at) => at === 0 || share >= (shares[at - 1] ?? 0)));
  assert.ok((shares[2499] ?? 0) > 0.45 && (shares[2499] ?? 0) < 0.55);
  assert.ok((shares.at(-1) ?? 0) > 0.999);
});

test("any cells go through CSV and come back as they were", async () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.trim());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (table) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const wished = [["a", "b"], ...table.filter((row) => row.some((text) => text !== ""))];
      const { rows } = await readText(Buffer.from(`${wished.map((row) => row.map(quoted).join(";")).join("\n")}\n`));
      assert.deepEqual(
        rows,
        wished.map((row) => row.map((text) => text.replace(/^'(?=[=+\-@])/, ""))),
      );
    }),
  );
});

async function workbook(fill: (book: ExcelJS.Workbook) => void, name = "classeur.xlsx"): Promise<Read> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return readFile(Buffer.from(await book.xlsx.writeBuffer()), name);
}

test("a workbook gives its texts, days, hours, numbers and answers", async () => {
  const { head, rows, lines } = await workbook((book) => {
    book.addWorksheet("Vide");
    book.addWorksheet("Cachée", { state: "hidden" }).addRow(["ne pas lire"]);
    const sheet = book.addWorksheet("Personnes");
    sheet.addRow(["Nom", "Né le", "Heure", "Somme", "RSA", "Note"]);
    sheet.addRow([]);
    sheet.addRow([
      "Zoé",
      new Date("1990-02-28T00:00:00Z"),
      0.5,
      12.5,
      true,
      { richText: [{ text: "un " }, { text: "deux" }] },
    ]);
    sheet.getCell("B3").numFmt = "dd/mm/yyyy";
    sheet.getCell("C3").numFmt = "hh:mm";
    sheet.addRow(["=1+1", null, null, 612345678, false, { formula: "A3&A4", result: "gardé" }]);
  });
  assert.equal(head.kind, "xlsx");
  assert.equal(head.sheet, "Personnes");
  assert.deepEqual(head.headers, ["Nom", "Né le", "Heure", "Somme", "RSA", "Note"]);
  assert.deepEqual(rows, [
    ["Zoé", "1990-02-28", "12:00", "12.5", "oui", "un deux"],
    ["=1+1", "", "", "612345678", "non", "gardé"],
  ]);
  assert.deepEqual(lines, [3, 4]);
});

test("days of a workbook that counts from 1904", async () => {
  const { rows } = await workbook((book) => {
    book.properties.date1904 = true;
    const sheet = book.addWorksheet("A");
    sheet.addRow(["jour"]);
    sheet.addRow([new Date("2020-12-31T00:00:00Z")]).getCell(1).numFmt = "dd/mm/yyyy";
  });
  assert.deepEqual(rows, [["2020-12-31"]]);
});

test("a CSV that calls itself XLSX, and the other way round, are told by what they hold", async () => {
  assert.deepEqual((await readFile("nom\nA\n", "faux.xlsx")).rows, [["A"]]);
  const { head } = await workbook((book) => book.addWorksheet("A").addRows([["nom"], ["A"]]), "faux.csv");
  assert.equal(head.kind, "xlsx");
});

test("a file read only in part is closed, and one that is gone is told", async () => {
  const path = join(folder, "long.csv");
  writeFileSync(path, `nom\n${"ligne\n".repeat(200_000)}`);
  const table = await openTable(path);
  for await (const batch of table.rows) {
    assert.ok(batch.length > 0);
    break;
  }
  await assert.rejects(openTable(join(folder, "absent.csv")), ImportRefusal);
});
