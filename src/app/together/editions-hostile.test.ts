// What may go wrong with an edition: files that are no pictures, figures of what has ended, drawings of one value or of very many, a process
// killed while the PDF is made. Each time a sentence, and the document whole.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { renderAside } from "../../core/documents/aside.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { readPdf } from "../../core/testing/read-pdf.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Server, type Visitor } from "../../core/testing/visitor.ts";
import type { Document } from "../../rooms/overviews/report/editions/document.ts";
import { stepped } from "../../rooms/overviews/report/editions/headings.ts";
import { readMarkdown } from "../../rooms/overviews/report/editions/markdown.ts";
import { pdfOf as pdfOfDocument } from "../../rooms/overviews/report/editions/out/pdf.ts";
import { makeApplication } from "../application.ts";
import { rooms } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
let server: Server;
let direction: Visitor;
const plain = (text: string): string => text.replace(/<[^>]+>/g, "").replace(/[\u00a0\u202f]/g, " ");

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  direction = makeVisitor(server, publicUrl, (await house.signIn("direction")).cookie);
});

async function anEdition(): Promise<{ id: string; chapter: string }> {
  const id = house.deps.ids.uuid();
  assert.equal(
    (await direction.post("/editions/nouvelle", { key: id, titre: "Rapport", periode: "2020" })).status,
    303,
  );
  const chapter = house.deps.ids.uuid();
  await direction.post(`/editions/${id}/chapitres`, { key: chapter, titre: "Annexes" });
  return { id, chapter: `/editions/${id}/chapitres/${chapter}` };
}
async function aBlock(edition: { id: string; chapter: string }, sorte: string, form: Record<string, string> | null) {
  const block = house.deps.ids.uuid();
  await direction.post(`${edition.chapter}/blocs`, { key: block, sorte });
  const address = `/editions/${edition.id}/blocs/${block}`;
  if (form) assert.equal((await direction.post(address, { version: "1", ...form })).status, 303);
  return address;
}
const pdfOf = async (edition: { id: string }, query = "?pour=maison"): Promise<Awaited<ReturnType<typeof readPdf>>> => {
  const got = await server.request(`/editions/${edition.id}/rapport.pdf${query}`, {
    headers: { cookie: direction.cookie },
  });
  assert.equal(got.status, 200);
  return readPdf(new Uint8Array(await got.arrayBuffer()));
};

test("a file that is no picture, one that is too large and one that unpacks without end are refused with a sentence", async () => {
  const edition = await anEdition();
  const address = await aBlock(edition, "photo", null);
  const send = (name: string, text: string | Buffer<ArrayBuffer>) =>
    direction.post(`${address}/photo`, {}, { file: { field: "fichier", name, text } });
  const png = (width: number, height: number): Buffer<ArrayBuffer> => {
    const pixel = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    pixel.writeUInt32BE(width, 16);
    pixel.writeUInt32BE(height, 20);
    // As its head says: 4 bytes of name and 13 of content.
    pixel.writeUInt32BE(crc32(pixel.subarray(12, 29)), 29);
    return pixel;
  };
  for (const [name, text, status, sentence] of [
    ["photo.jpg", "ceci n’est pas une photo", 422, /n’est ni un PDF ni une image/],
    [
      "photo.jpg",
      "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
      422,
      /n’est ni un PDF ni une image/,
    ],
    ["photo.png", png(60_000, 60_000), 422, /abîmée ou d’une taille démesurée/],
    ["photo.jpg", Buffer.alloc(50_000_000, 0xff), 413, /dépasse 10 Mo/],
    ["photo.jpg", "", 422, /vide, ou aucun/],
  ] as const) {
    const got = await send(name, text);
    assert.equal(got.status, status, `${name}: ${plain(got.text).slice(0, 200)}`);
    assert.match(plain(got.text), sentence);
  }
  const { rows } = await house.owner.query("SELECT 1 FROM report.edition_photos");
  assert.equal(rows.length, 0, "nothing was kept");
  assert.equal((await send("photo.png", png(1, 1))).status, 303);
  const typed = fieldOf((await direction.get(address)).text, "photo");
  const nameless = await direction.post(address, { version: "2", photo: typed, alternative: "" });
  assert.equal(nameless.status, 422);
  assert.match(plain(nameless.text), /Décrivez la photo/);
  assert.match(plain((await direction.get(edition.chapter)).text), /attend que quelqu’un dise ce qu’elle montre/);
  await direction.post(address, { version: "2", photo: typed, alternative: "Un point rouge" });
  const pdf = await pdfOf(edition);
  assert.ok(pdf.roles.includes("Figure"));
  assert.equal(pdf.figuresWithoutWords, 0);
  const other = await anEdition();
  const stolen = await direction.post(await aBlock(other, "photo", null), {
    version: "1",
    photo: typed,
    alternative: "Volée",
  });
  assert.equal(stolen.status, 404, "another edition’s photo is not this one’s");
});

test("a testimony leaves the house with its author’s consent only, signed as they accept", async () => {
  const edition = await anEdition();
  const address = await aBlock(edition, "testimony", {
    texte: "J’ai retrouvé confiance.",
    auteur: "Zoé Exemple",
    signature: "first-name",
    accord: "",
  });
  assert.match(plain((await direction.get(edition.chapter)).text), /attend l’accord de son auteur/);
  assert.doesNotMatch((await pdfOf(edition, "")).text, /retrouvé confiance/);
  const later = await direction.post(address, {
    version: "2",
    texte: "J’ai",
    auteur: "Zoé Exemple",
    signature: "none",
    accord: "01/01/2030",
  });
  assert.equal(later.status, 422);
  await direction.post(address, {
    version: "2",
    texte: "J’ai retrouvé confiance.",
    auteur: "Zoé Exemple",
    signature: "first-name",
    accord: "30/11/2020",
  });
  const { text } = await pdfOf(edition, "");
  assert.match(text, /retrouvé confiance/);
  assert.match(text, /Zoé/);
  assert.doesNotMatch(text, /Exemple/);
});

test("a figure of a programme that has ended is told, and one of a programme that is no more is said beside its text", async () => {
  const programme = house.deps.ids.uuid();
  const made = await direction.post("/dispositifs/nouveau", {
    version: "0",
    key: programme,
    code: "passerelle",
    intitule: "Passerelle",
    taux_de_sortie: "sur les personnes sorties",
    cddi: "insertion",
    resultats: "CDI : emploi, durable, droit commun, positif",
  });
  assert.equal(made.status, 303, plain(made.text));
  const edition = await anEdition();
  await aBlock(edition, "text", {
    texte: "{{passerelle.personnes|unite}} et {{passerelle.taux_sorties_positives}} de sorties.",
  });
  const shown = async () => plain((await direction.get(edition.chapter)).text);
  assert.match(await shown(), /0 personne et sans objet de sorties/, "a share of nobody divides nothing");
  await house.owner.query("UPDATE programmes.programmes SET ended_on = '2020-06-30' WHERE id = $1", [programme]);
  assert.match(await shown(), /0 personne et/);
  await house.owner.query("DELETE FROM programmes.outcome_words WHERE programme_id = $1", [programme]);
  await house.owner.query("DELETE FROM programmes.programmes WHERE id = $1", [programme]);
  assert.match(await shown(), /« passerelle.personnes » n’est le code d’aucun chiffre de la maison/);
  assert.equal((await direction.post(`/editions/${edition.id}/gel`, { version: "1" })).status, 303);
});

test("a chart of one value is told as a number, one of thousands is cut and says so, and all are in the annex", async () => {
  const many = 3000;
  await house.owner.query(
    `INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, funder, external_id)
     SELECT $1, gen_random_uuid(), '2020-03-01', '74', 'Don', 'credit', 10 + i, 'Financeur ' || i, 'x' || i FROM generate_series(1, $2::int) i`,
    [house.houseId, many],
  );
  const edition = await anEdition();
  const chart = (par: string, filtre = "") =>
    aBlock(edition, "chart", {
      chiffre: `finances.financements${filtre}`,
      par,
      dessin: "bars",
      titre: `Par ${par}`,
      texte: "",
    });
  await chart("financeur");
  await chart("classe");
  const got = await direction.get(edition.chapter);
  const shown = plain(got.text);
  assert.match(shown, /Les 30 plus grandes valeurs sur 3000/);
  assert.match(shown, /Par classe : 74/);
  assert.ok(got.text.length < 150_000, `${got.text.length} signs`);
  const csv = await direction.get(`/editions/${edition.id}/donnees.csv?pour=maison`);
  assert.ok(csv.text.split("\n").length > many);
  assert.match(plain((await pdfOf(edition)).text), /Financeur 3000/);
});

test("signs that markup would take for its own are letters, on the page and in the PDF", async () => {
  const edition = await anEdition();
  const odd = 'A & B > C "<script>alert(1)</script>" #let $x$ \\u{41} *gras*';
  await aBlock(edition, "chart", {
    chiffre: "finances.financements",
    par: "financeur",
    dessin: "columns",
    titre: odd,
    texte: odd,
  });
  await aBlock(edition, "chart", {
    chiffre: "finances.financements",
    par: "mois",
    dessin: "bars",
    titre: odd,
    texte: odd,
  });
  await aBlock(edition, "box", { titre: odd, texte: '#image("/etc/passwd") <script>alert(2)</script>' });
  await aBlock(edition, "partners", { titre: odd, role: "", noms: odd });
  const page = await direction.get(edition.chapter);
  // Between quotes it is the name of a drawing, and no element.
  assert.doesNotMatch(page.text.replaceAll(/="[^"]*"/g, ""), /<script>alert/);
  const { text } = await pdfOf(edition);
  assert.match(plain(text.replace(/\s+/g, " ")), /A & B > C/);
  assert.match(text, /#image/, "what people write is never the template's own language");
  const docx = await direction.get(`/editions/${edition.id}/rapport.docx?pour=maison`);
  assert.equal(docx.status, 200);
});

test("whatever somebody writes, the PDF is made and tagged", async () => {
  const parts = fc.constantFrom(
    ...[
      "# t",
      "### u",
      "#",
      "- a",
      "  - b",
      "1. x",
      "> q",
      "> > qq",
      "**g**",
      "[l](https://a.fr)",
      "[](https://a.fr)",
      "`c`",
      "---",
    ],
    ...[
      "![i](x)",
      "{{a.b}}",
      "<b>x</b>",
      "$x$",
      "\\",
      "~~s~~",
      "| a | b |\n|---|---|",
      "👩‍🚒",
      "عربى",
      "\u200b",
      "a".repeat(300),
    ],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(parts, { minLength: 1, maxLength: 12 }),
      fc.constantFrom("\n", "\n\n", " "),
      async (text, between) => {
        const pieces = readMarkdown(text.join(between), (inside) => ({ is: "figure", text: inside, key: '["a.b"]' }));
        const chapter = {
          id: "c",
          kind: "free",
          programme: null,
          title: "Annexes",
          blocks: stepped([{ id: "b", pieces }]),
        };
        const days = { from: "2020-01-01", to: "2020-12-31", made: "2020-12-31" };
        const document: Document = {
          house: "Maison",
          title: "Rapport",
          ...days,
          outside: true,
          chapters: [chapter],
          figures: [],
        };
        const pdf = await house.run("direction", (tx) => pdfOfDocument(tx, house.deps.ids.uuid(), document));
        assert.ok(pdf, "made");
        assert.ok((await readPdf(pdf)).tagged);
      },
    ),
    { numRuns: 15 },
  );
});

test("a chapter for one funder counts exits in that funder’s words", async () => {
  const { exitPieces } = await import("../../rooms/overviews/report/editions/out/funder.ts");
  const words = [
    { label: "CDI", count: 12, positive: true, positiveForHouse: true },
    { label: "CDDI", count: 8, positive: false, positiveForHouse: true },
    { label: "abandon", count: 20, positive: false, positiveForHouse: false },
  ];
  const [table] = exitPieces(words, 40, "Région");
  assert.ok(table?.is === "table");
  assert.deepEqual(table.rows, [
    ["CDI", "12", "oui"],
    ["CDDI", "8", "non"],
    ["abandon", "20", "non"],
  ]);
  assert.deepEqual(table.foot, ["Positives", "12", "30\u00a0% des sorties"]);
  // Two of one word are not told, nor what would tell them.
  const [small] = exitPieces(
    words.map((word) => (word.label === "CDDI" ? { ...word, count: 2 } : word)),
    34,
    "Région",
  );
  assert.ok(small?.is === "table");
  assert.doesNotMatch(JSON.stringify(small.rows), /"2"/);
  assert.ok(small.rows.filter((row) => row[1] === "masqué").length > 1);
});

test("a process killed while the PDF is made leaves a sentence, and the edition whole", async () => {
  const edition = await anEdition();
  const template = new URL("../../rooms/overviews/report/editions/out/edition.typ", import.meta.url);
  const killed = await renderAside(template, {}, {}, (pid) => process.kill(pid, "SIGKILL"));
  assert.equal(killed, null);
  const broken = await renderAside(template, { title: "sans le reste" }, {});
  assert.equal(broken, null, "a document that cannot be made is told as one that was not");
  const again = await pdfOf(edition);
  assert.ok(again.pages >= 1);
});
