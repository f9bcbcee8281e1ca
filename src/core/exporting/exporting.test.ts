// Exports as a French spreadsheet opens them: real dates, decimal commas, texts that stay texts, in a bounded memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import ExcelJS from "exceljs";
import fc from "fast-check";
import type { Cell } from "./cell.ts";
import { csvStream, csvText, harmless } from "./csv.ts";
import { csvFile } from "./list.ts";
import { xlsxStream } from "./xlsx.ts";

const columns = [
  { key: "name", label: "Nom ; prénom" },
  { key: "day", label: "Le" },
  { key: "sum", label: "Somme" },
  { key: "rsa", label: "RSA" },
];
type Row = Record<string, Cell>;
const rows: Row[] = [
  { name: 'Zoé "la\ngrande"', day: { day: "2020-02-29" }, sum: 1234.5, rsa: true },
  { name: '=HYPERLINK("http://x")', day: null, sum: -3, rsa: false },
];

async function* batches(...given: Row[][]): AsyncGenerator<Row[]> {
  yield* given;
}
const whole = async (stream: ReadableStream<Uint8Array>): Promise<Buffer> =>
  Buffer.from(await new Response(stream).arrayBuffer());
async function opened(stream: ReadableStream<Uint8Array>): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await whole(stream)) as unknown as ExcelJS.Buffer);
  return book;
}

test("a CSV opens in a French spreadsheet: mark, semicolons, days, decimal comma, quotes", async () => {
  const text = (await whole(csvStream(columns, batches(rows)))).toString("utf8");
  assert.equal(
    text,
    '\uFEFF"Nom ; prénom";Le;Somme;RSA\r\n"Zoé ""la\ngrande""";29/02/2020;1234,5;oui\r\n"\'=HYPERLINK(""http://x"")";;-3;non\r\n',
  );
});

test("no text begins as a formula does, and every other text is left alone", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const cell = harmless(text);
      assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      assert.ok(cell === text || cell === `'${text}`);
      if (/^[\p{L}\p{N}]/u.test(text)) assert.equal(cell, text);
    }),
  );
  for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
    assert.equal(harmless(formula), `'${formula}`);
  assert.equal(csvText([["=1", -1, null, { day: "2020-01-05" }]]), "'=1;-1;;05/01/2020\r\n");
});

test("a workbook holds real days and numbers, texts as texts, and says what it is", async () => {
  const odd: Row = { name: "a\u0001b\uD800c", day: { day: "1900-03-01" }, sum: 0, rsa: null };
  const book = await opened(
    xlsxStream("Visites: 1/2", columns, batches(rows, [], [odd]), ["Tiré le 3 mars 2020", "=1+1"]),
  );
  const [sheet, notes] = book.worksheets;
  assert.equal(sheet?.name, "Visites  1 2");
  assert.equal(notes?.name, "Lisez-moi");
  assert.deepEqual(
    [1, 2, 3, 4].map((at) => sheet?.getRow(1).getCell(at).value),
    ["Nom ; prénom", "Le", "Somme", "RSA"],
  );
  const day = sheet?.getCell("B2");
  assert.deepEqual(day?.value, new Date("2020-02-29T00:00:00Z"));
  assert.equal(day?.numFmt, "dd/mm/yyyy");
  assert.equal(sheet?.getCell("C2").value, 1234.5);
  assert.equal(sheet?.getCell("D2").value, "oui");
  assert.equal(sheet?.getCell("A3").value, '=HYPERLINK("http://x")');
  assert.equal(sheet?.getCell("A3").type, ExcelJS.ValueType.String);
  assert.equal(sheet?.getCell("A4").value, "ab\uFFFDc");
  assert.equal(notes?.getCell("A2").value, "=1+1");
  assert.equal(sheet?.rowCount, 4);
});

/** A hundred thousand rows, and how many were asked for. */
function many(): { source: AsyncGenerator<Row[]>; given: () => number; closed: () => boolean } {
  let given = 0;
  let closed = false;
  async function* source(): AsyncGenerator<Row[]> {
    try {
      for (let at = 0; at < 100; at++) {
        given += 1000;
        yield Array.from({ length: 1000 }, (_, row) => ({
          name: `Nom ${given + row}`,
          day: { day: "2020-12-31" },
          sum: row / 4,
          rsa: row % 2 === 0,
        }));
      }
    } finally {
      closed = true;
    }
  }
  return { source: source(), given: () => given, closed: () => closed };
}

for (const [kind, make] of [
  ["CSV", (source: AsyncGenerator<Row[]>) => csvStream(columns, source)],
  ["XLSX", (source: AsyncGenerator<Row[]>) => xlsxStream("Lignes", columns, source, [])],
] as const) {
  test(`a hundred thousand rows as ${kind}: all there, in a bounded memory`, async () => {
    const { source, closed } = many();
    const before = process.memoryUsage().rss;
    let most = before;
    let bytes = 0;
    let lines = 0;
    for await (const chunk of make(source)) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) lines++;
      most = Math.max(most, process.memoryUsage().rss);
    }
    assert.ok(bytes > 1_000_000);
    if (kind === "CSV") assert.equal(lines, 100_001);
    assert.ok(most - before < 300_000_000, `the program grew by ${Math.round((most - before) / 1e6)} MB`);
    assert.ok(closed());
  });

  test(`a reader that gives up midway closes the rows behind the ${kind}`, async () => {
    const { source, given, closed } = many();
    const reader = make(source).getReader();
    await reader.read();
    await reader.cancel();
    for (let turn = 0; turn < 200 && !closed(); turn++) await new Promise((done) => setTimeout(done, 10));
    assert.ok(closed());
    assert.ok(given() < 100_000);
  });

  test(`a reader that waits is not run over: the ${kind} asks for no more rows than it can hold`, async () => {
    const { source, given } = many();
    const reader = make(source).getReader();
    await reader.read();
    await new Promise((done) => setTimeout(done, 700));
    const waited = given();
    assert.ok(waited < 100_000, `${waited} rows were taken while nobody read`);
    await reader.cancel();
  });

  test(`rows that break off break the ${kind} off`, async () => {
    async function* broken(): AsyncGenerator<Row[]> {
      yield rows;
      throw new Error("the database has gone");
    }
    await assert.rejects(whole(make(broken())), /database has gone|terminated/);
  });
}

test("a list as a file: its name, its type, a row each", async () => {
  const file = csvFile(
    "jours",
    [{ label: "Jour", cell: (day: string) => ({ day }) }],
    [["2020-01-01"], ["2020-01-02"]],
  );
  assert.ok(file.kind === "file" && file.stream instanceof ReadableStream);
  assert.equal(file.name, "jours.csv");
  assert.equal((await whole(file.stream)).toString(), "\uFEFFJour\r\n01/01/2020\r\n02/01/2020\r\n");
});
