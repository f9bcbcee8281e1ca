// The edition of the demonstration's year, as it leaves the house: its PDF read back by another program, its word processor's file, its
// workbook and its open data say the same numbers as the records.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { printFigures } from "../../core/figures/print.ts";
import { projectRoot } from "../../core/root.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { readPdf } from "../../core/testing/read-pdf.ts";
import { wholeFile } from "../../core/testing/server.ts";
import type { Server } from "../../core/testing/visitor.ts";
import { loadDefinitions } from "../../rooms/foundations/programmes/door.ts";
import { makeApplication } from "../application.ts";
import { importCommand } from "../imports/command.ts";
import { readDefinitionFiles } from "../programme-files.ts";
import { importKinds, registry, rooms } from "../rooms.ts";

let house: TestHouse;
let server: Server;
let edition: string;
let printed: Record<string, number>;
let cookie: string;

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  house.clock.set("2021-03-01T09:00:00+01:00");
  const said: string[] = [];
  const code = await importCommand(
    house.services,
    house.scope("direction"),
    importKinds,
    join(projectRoot, "demo/2020"),
    {
      strict: true,
      print: (line) => void said.push(line),
    },
  );
  assert.equal(code, 0, said.join("\n"));
  await house.run("direction", (tx) =>
    loadDefinitions(tx, readDefinitionFiles([join(projectRoot, "demo/programmes")])),
  );
  printed = await house.run("direction", (tx) => printFigures(tx, registry, 2020));
  const publicUrl = "http://localhost:4700";
  server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  cookie = (await house.signIn("direction")).cookie;
  edition = house.deps.ids.uuid();
  for (const [path, form] of [
    ["/editions/nouvelle", { key: edition, titre: "Rapport d’activité 2020", periode: "2020" }],
    [`/editions/${edition}/gel`, { version: "1" }],
    [`/editions/${edition}/publication`, { version: "2", vers: "published" }],
  ] as const) {
    const got = await server.request(path, {
      method: "POST",
      headers: { cookie, origin: publicUrl, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form),
    });
    assert.equal(got.status, 303, await got.text());
  }
});

const bytesOf = async (path: string, as = cookie): Promise<Uint8Array> => {
  const got = await server.request(path, { headers: as ? { cookie: as } : {} });
  assert.equal(got.status, 200, path);
  return new Uint8Array(await got.arrayBuffer());
};
const plain = (text: string): string => text.replace(/[\u00a0\u202f\s]+/g, " ");
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, " ");

test("the PDF of the year is tagged, has its contents, its typeface and the records' numbers", async () => {
  const pdf = await readPdf(await bytesOf(`/editions/${edition}/rapport.pdf?pour=maison`));
  assert.equal(pdf.title, "Rapport d’activité 2020");
  assert.ok(pdf.tagged);
  assert.ok(pdf.pages > 20 && pdf.pages < 80, `${pdf.pages} pages`);
  for (const role of ["H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure", "TOC", "TOCI", "Link", "Caption"])
    assert.ok(pdf.roles.includes(role), `no ${role} among ${[...new Set(pdf.roles)].join(", ")}`);
  assert.deepEqual(pdf.figuresWithoutWords, 0, "every drawing says its numbers to who does not see it");
  assert.deepEqual(pdf.missingFonts, [], "every typeface is inside");
  const text = plain(pdf.text);
  assert.match(text, /Sommaire/);
  assert.match(text, new RegExp(`Page ${pdf.pages} sur ${pdf.pages}`));
  for (const code of [
    "antennes.visites",
    "antennes.personnes",
    "antennes.adultes",
    "gpp.personnes",
    "ier.personnes",
    "billetterie.places",
  ]) {
    assert.ok((printed[code] ?? 0) > 0, code);
    assert.ok(text.includes(grouped(printed[code] ?? 0)), `${code}: ${printed[code]}`);
  }
  assert.match(text, /60 % \(sur moins de dix\)/, "a rate on few people says so");
  const definition = plain(registry.figure("antennes.visites")?.definition ?? "?").slice(0, 40);
  assert.ok(text.includes(definition), "each number is defined");
});

test("a chapter stands alone, without a table of contents", async () => {
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM report.edition_chapters WHERE edition_id = $1 AND programme = 'gpp'",
    [edition],
  );
  const pdf = await readPdf(await bytesOf(`/editions/${edition}/rapport.pdf?pour=maison&chapitre=${rows[0]?.id}`));
  assert.ok(pdf.pages < 8, `${pdf.pages} pages`);
  assert.match(plain(pdf.text), /Guidance Professionnelle Personnalisée/);
  assert.doesNotMatch(plain(pdf.text), /Sommaire|Permis V/);
});

test("what leaves the house tells no number of people from 1 to 4, and nothing of what some roles alone may know", async () => {
  const address = `/publications/demo/rapport-d-activite-2020`;
  const text = new TextDecoder().decode(await bytesOf(`${address}/donnees.csv`, ""));
  const rows = parse(text, { delimiter: ";", bom: true, columns: true }) as Record<string, string>[];
  assert.ok(rows.length > 200, `${rows.length} rows`);
  // Money, places and mandates hide nobody.
  const ofPeople = (code: string): boolean => {
    const figure = registry.figure(code);
    return !figure || registry.source(figure).ofPeople !== false;
  };
  const counted = rows.filter(
    (row) => row.unite !== "%" && !/par_personne/.test(row.code ?? "") && ofPeople(row.code ?? ""),
  );
  assert.ok(counted.length > 150, `${counted.length} numbers of people`);
  assert.deepEqual(
    counted.filter((row) => /^[1-4]$/.test(row.valeur ?? "")),
    [],
  );
  assert.ok(rows.some((row) => row.dit === "masqué"));
  assert.ok(rows.every((row) => !/\.(rsa|rqth)$/.test(row.code ?? "")));
  for (const row of rows.filter(
    ({ restriction, du, au }) => restriction === "" && du === "01/01/2020" && au === "31/12/2020",
  ))
    if (row.valeur !== "") assert.equal(Number(row.valeur?.replace(",", ".")), printed[row.code ?? ""], row.code);
  const dictionary = new TextDecoder().decode(await bytesOf(`${address}/dictionnaire.csv`, ""));
  const [first = {}] = rows;
  assert.deepEqual(
    (parse(dictionary, { delimiter: ";", bom: true, columns: true }) as Record<string, string>[]).map(
      (row) => row.colonne,
    ),
    Object.keys(first),
    "the dictionary tells every column",
  );
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await bytesOf(`${address}/annexe.xlsx`, "")) as unknown as ExcelJS.Buffer);
  assert.equal(book.worksheets[0]?.rowCount, rows.length + 1);
  assert.equal(book.worksheets[0]?.getRow(1).getCell(11).value, "Définition");
  const pdf = plain((await readPdf(await bytesOf(`${address}/rapport.pdf`, ""))).text);
  assert.match(pdf, /sont masqués/);
  assert.ok(pdf.includes(grouped(printed["antennes.visites"] ?? 0)));
});

test("the file of a word processor has the chapters as headings and the numbers", async () => {
  const bytes = await bytesOf(`/editions/${edition}/rapport.docx?pour=maison`);
  const text = await wordsOfDocx(bytes);
  assert.match(text, /<w:pStyle w:val="Heading1"\/>/);
  assert.match(text, /Guidance Professionnelle Personnalisée/);
  assert.match(plain(text), new RegExp(`>${grouped(printed["antennes.visites"] ?? 0)}<`));
  assert.match(text, /<w:tblHeader\/>/);
});

test("a page of the publication leads each number to its definition, to anybody, and only while it is published", async () => {
  const address = "/publications/demo/rapport-d-activite-2020";
  const contents = await (await server.request(address)).text();
  const chapters = [...contents.matchAll(/href="(\/publications\/[^"]+\/chapitres\/[^"]+)"/g)].map(
    (found) => found[1] ?? "",
  );
  assert.ok(chapters.length > 15);
  for (const path of chapters) {
    const got = await server.request(path);
    assert.equal(got.status, 200, path);
    const html = await got.text();
    for (const [, id] of html.matchAll(/href="#(chiffre-\d+)"/g))
      assert.ok(html.includes(`id="${id}"`), `${path}#${id}`);
    assert.doesNotMatch(html, /href="\/chiffres\//);
  }
  for (const path of [
    "/publications/demo/autre",
    "/publications/ailleurs/rapport-d-activite-2020",
    `${address}/chapitres/x`,
  ])
    assert.equal((await server.request(path)).status, 404, path);
});

/** The main part of a DOCX file. */
async function wordsOfDocx(bytes: Uint8Array): Promise<string> {
  const { default: yauzl } = await import("yauzl");
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on("entry", (entry: { fileName: string }) => {
        if (entry.fileName !== "word/document.xml") return zip.readEntry();
        zip.openReadStream(entry as never, (failed, stream) => {
          if (failed) return reject(failed);
          const parts: Buffer[] = [];
          stream.on("data", (part: Buffer) => parts.push(part));
          stream.on("end", () => resolve(Buffer.concat(parts).toString("utf8")));
        });
      });
      zip.readEntry();
    });
  });
}
