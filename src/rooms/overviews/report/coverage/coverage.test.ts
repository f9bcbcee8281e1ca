// A printed report against a house: its lines taken in, each told from the records, declared, quoted or missing; a line that nothing gives is
// said to be missing, and one that differs without a reason is counted.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { parse } from "csv-parse/sync";
import { count, type Figure, type FigureSource, ratio } from "../../../../core/figures/figure.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { undoImport } from "../../../../core/importing/undo.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { importText, told } from "../../../../core/testing/imports.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { importDeclared } from "../declared/imports.ts";
import { makeReportRoom } from "../room.tsx";
import { coverageOf } from "./coverage.ts";
import { readExpression } from "./expression.ts";
import { importLinks } from "./imports.ts";

const publicUrl = "http://localhost:4700";

/** Entries as anything that is counted: three of the Region in 2020, one of the Town, one of 2019. */
const source: FigureSource = {
  name: "entries",
  from: "money.entries r",
  day: "r.on_day",
  joins: {},
  person: null,
  structure: null,
  dimensions: [
    {
      key: "financeur",
      label: "Financeur",
      expression: "r.funder",
      unknown: "sans financeur",
      printed: { bare: true },
    },
    {
      key: "sens",
      label: "Sens",
      expression: "r.side",
      values: [
        { value: "credit", label: "crédit" },
        { value: "debit", label: "débit" },
      ],
      unknown: "sans sens",
    },
    { key: "mois", label: "Mois", expression: "to_char(r.on_day, 'MM')", values: "months", unknown: "sans date" },
  ],
  published: [[]],
  list: { id: "r.id", order: "r.id", columns: [], personColumns: [] },
  seeNames: { name: "x", sentence: "x", roles: ["direction"] },
};
const figure = (facts: Pick<Figure, "code" | "measure"> & { where?: { sql: string } }): Figure => ({
  label: facts.code,
  unit: "écritures",
  definition: facts.code,
  source: "entries",
  by: ["financeur", "sens", "mois"],
  printed: [],
  ...facts,
});
const registry = makeRegistry(
  [source],
  [
    figure({ code: "essai.ecritures", measure: count() }),
    figure({ code: "essai.credits", measure: count(), where: { sql: "r.side = 'credit'" } }),
    figure({
      code: "essai.part",
      measure: ratio("essai.credits", "essai.ecritures", { round: 0, percent: true }),
    }),
  ],
);
const room = makeReportRoom(() => registry);
let house: TestHouse;
let as: (role: Role) => Promise<Visitor>;
before(async () => {
  house = await testHouse(wholeFile);
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms: [room], services, chrome: plainChrome });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
  for (const [day, side, funder] of [
    ["2020-01-05", "credit", "Région"],
    ["2020-01-06", "debit", "Région"],
    ["2020-02-07", "credit", "Région"],
    ["2020-02-08", "credit", "Ville d'ici"],
    ["2019-02-08", "credit", "Région"],
  ])
    await house.owner.query(
      "INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, funder, external_id) VALUES ($1, gen_random_uuid(), $2::date, '74', 'x', $3, 1, $4, $2::text)",
      [house.houseId, day, side, funder],
    );
});
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

const printed = `code;page;libellé;valeur;unité;période;répartition;calcul
A;Une;Écritures;4;écritures;2020;;
B;Une;De la Région, en crédit;2;écritures;2020;financeur=Région;
C;Une;Part des crédits;70;%;2020;;
D;Une;Avant;1;écritures;2019;;
E;Deux;Kilomètres;65;km;2020;;
F;Deux;Âge minimum;16;ans;permanent;;
G;Deux;Oubliée;3;;2020;;
H;Deux;Sans fin;3;;2020;;
I;Deux;De la Ville, en février;1;;2020;;
J;Deux;Deux fois les kilomètres;130;km;2020;;
`;
const declared = `id;code;nature;libelle;valeur;unite;periode;dit_par;preuve;dit_le
1;velo.km;déclaré;Kilomètres;65;km;2020;Équipe;Compteur;31/12/2020
2;age.min;cité;Âge minimum;16;ans;permanent;Règlement;Article 2;01/01/2020
`;
const links = `annee;ligne;chiffre;raison
2020;A;essai.ecritures;
2020;B;"essai.ecritures[financeur=Région; sens=crédit; mois=01] + rien";
2020;C;{essai.credits} / {essai.ecritures} * 100;
2020;D;essai.ecritures;
2020;E;velo.km;
2020;F;age.min;
2020;H;{essai.ecritures} / ({essai.ecritures} - {essai.ecritures});
2020;I;"essai.ecritures[Ville d'ici; mois=02]";
2020;J;{velo.km} * 2;
2020;Z;essai.ecritures;
2019;A;essai.ecritures;
`;
const upload = { field: "fichier", name: "rapport.csv", text: printed };

test("every line of a printed report has one state, and none is forgotten", async () => {
  const direction = await as("direction");
  assert.match((await direction.get("/rapport/couverture?annee=2020")).text, /Aucun rapport imprimé de 2020/);
  const took = await direction.post("/rapport/couverture/2020/lignes", {}, { file: upload });
  assert.equal(took.status, 303);
  const run = <R>(work: Parameters<typeof house.run<R>>[1]) => house.run("direction", work);
  assert.deepEqual(
    (await run((tx) => coverageOf(tx, registry, 2020))).lines.map(({ state }) => state),
    Array(10).fill("missing"),
    "a report of which nothing was said yet",
  );
  await run((tx) =>
    importText(
      tx,
      importDeclared((code) => registry.figure(code) !== null),
      declared,
    ),
  );
  const first = await run((tx) => importText(tx, importLinks, links));
  // A line that does not exist, of this year or another, and a figure that cannot be read.
  assert.deepEqual(told(first), [8, 0, 0, 0, 3], JSON.stringify(first.sentences));
  const coverage = await run((tx) => coverageOf(tx, registry, 2020));
  assert.deepEqual(
    coverage.lines.map(({ code, state, told: said }) => [code, state, said]),
    [
      ["A", "equal", 4],
      ["B", "missing", null],
      ["C", "different", 75],
      ["D", "equal", 1],
      ["E", "declared", 65],
      ["F", "quoted", 16],
      ["G", "missing", null],
      ["H", "missing", null],
      ["I", "equal", 1],
      ["J", "declared", 130],
    ],
  );
  assert.deepEqual(coverage.counts, { equal: 3, different: 1, declared: 2, quoted: 1, missing: 3 });
  assert.equal(coverage.unexplained, 1, "a difference of which nobody said why");

  // A declared figure that is withdrawn gives nothing any more.
  await house.owner.query(
    "UPDATE report.declared_figures SET withdrawn_at = now(), withdrawn_why = 'faux' WHERE code = 'velo.km'",
  );
  const after = await run((tx) => coverageOf(tx, registry, 2020));
  assert.deepEqual(
    after.lines.filter(({ code }) => code === "E" || code === "J").map(({ state }) => state),
    ["missing", "missing"],
  );
  await house.owner.query(
    "UPDATE report.declared_figures SET withdrawn_at = NULL, withdrawn_why = NULL WHERE code = 'velo.km'",
  );
  assert.deepEqual(await run((tx) => undoImport(tx, [importLinks], first.id)), { undone: true });
  assert.equal((await run((tx) => coverageOf(tx, registry, 2020))).counts.missing, 10);
  await run((tx) => importText(tx, importLinks, links));
});

test("the page counts, narrows and exports; who has no whole house to answer for sees none of it", async () => {
  const direction = await as("direction");
  const page = flat((await direction.get("/rapport/couverture?annee=2020")).text);
  assert.match(page, /10 chiffres imprimés/);
  assert.match(page, /De 1 ligne différente, personne n’a dit pourquoi/);
  const missing = flat((await direction.get("/rapport/couverture?annee=2020&etat=missing&chapitre=Deux")).text);
  assert.match(missing, /aria-label="Pages"><span>2 lignes/);
  assert.match(missing, /Le calcul divise par rien/);
  const file = await direction.get("/rapport/couverture/export.csv?annee=2020&etat=missing");
  const rows = parse(file.text, { delimiter: ";", bom: true }) as string[][];
  assert.deepEqual(
    rows.slice(1).map(([code]) => code),
    ["B", "G", "H"],
  );
  for (const role of ["board", "finance", "reception"] as const)
    assert.equal((await (await as(role)).get("/rapport/couverture?annee=2020")).status, 403, role);
  assert.equal(
    (await (await as("adviser")).post("/rapport/couverture/2020/A", { chiffre: "essai.ecritures" })).status,
    403,
  );
});

test("a line is linked by hand: what is not understood is said, and two who link do not erase each other", async () => {
  const direction = await as("direction");
  const at = "/rapport/couverture/2020/G";
  const wrong = await direction.post(at, { chiffre: "{essai.ecritures} +", raison: "r", version: "" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /n’est pas compris/);
  assert.match(wrong.text, /value="{essai.ecritures} \+"/, "what was typed stays");
  assert.equal((await direction.post(at, { chiffre: "essai.ecritures", raison: "", version: "" })).status, 303);
  const late = await direction.post(at, { chiffre: "essai.credits", raison: "", version: "" });
  assert.equal(late.status, 409);
  assert.match(late.text, /value="essai.credits"/);
  const shown = flat((await direction.get(at)).text);
  assert.match(shown, /<strong id="maison">4<\/strong>/);
  assert.match(shown, /Personne n’a encore dit pourquoi/);
  const why = { chiffre: "essai.ecritures", raison: "Trois seulement furent imprimées.", version: "1" };
  assert.equal((await direction.post(at, why)).status, 303);
  assert.match((await direction.get(at)).text, /Trois seulement furent imprimées/);
  assert.equal((await direction.get("/rapport/couverture/2020/ZZ")).status, 404);
  const unknown = await direction.post(at, { chiffre: "essai.absent[sens=crédit]", raison: "", version: "2" });
  assert.equal(unknown.status, 303, "a figure that does not exist yet may be named");
  assert.match((await direction.get(at)).text, /aucun chiffre « essai.absent\[sens=crédit\] »/i);
});

test("a report that is read again keeps what gave the lines that stay", async () => {
  const direction = await as("direction");
  const shorter = printed.replace(/^B;.*\n/m, "").replace("A;Une;Écritures;4", "A;Une;Écritures;5");
  assert.equal(
    (await direction.post("/rapport/couverture/2020/lignes", {}, { file: { ...upload, text: shorter } })).status,
    303,
  );
  const { lines } = await house.run("direction", (tx) => coverageOf(tx, registry, 2020));
  assert.deepEqual(
    lines.slice(0, 2).map(({ code, state, value, expression }) => [code, state, value, expression]),
    [
      ["A", "different", 5, "essai.ecritures"],
      ["C", "different", 70, "{essai.credits} / {essai.ecritures} * 100"],
    ],
  );
  const refused = await direction.post(
    "/rapport/couverture/2020/lignes",
    {},
    { file: { ...upload, text: "a;b\n1;2\n" } },
  );
  assert.equal(refused.status, 422);
  assert.equal((await house.run("direction", (tx) => coverageOf(tx, registry, 2020))).lines.length, 9);
});

test("the year's own audit names what its lines contradict, each with its page", async () => {
  const direction = await as("direction");
  const lines =
    "code;page;libellé;valeur;unité;période;calcul\nA;Une;Écritures;4;écritures;2020;\nB;Une;Total;9;écritures;2020;A+A\n";
  assert.equal(
    (await direction.post("/rapport/couverture/2020/lignes", {}, { file: { ...upload, text: lines } })).status,
    303,
  );
  assert.doesNotMatch(
    (await direction.get("/rapport/2020/controle")).text,
    /Parties et total|parts/,
    "a line that is not told yet",
  );
  await direction.post("/rapport/couverture/2020/B", {
    chiffre: "{essai.ecritures} * 2 + {velo.km} - 64",
    raison: "",
    version: "",
  });
  const page = flat((await direction.get("/rapport/2020/controle")).text);
  assert.match(page, /1 contradiction/);
  assert.match(page, /<a href="\/rapport\/couverture\/2020\/B">B<\/a>/);
  assert.equal((await direction.get("/rapport/abcd/controle")).status, 404);
});

test("what a link says is read as it is written, and nothing else", () => {
  const terms = (text: string) => {
    const read = readExpression(text);
    return "terms" in read ? read.terms.map(({ code, filters, stay }) => [code, filters, stay]) : read.reason;
  };
  assert.deepEqual(terms("ier-seniors.personnes[antenne=pentes; sexe=F]"), [
    [
      "ier-seniors.personnes",
      [
        ["antenne", "pentes"],
        ["sexe", "F"],
      ],
      undefined,
    ],
  ]);
  assert.deepEqual(terms("{a.b[CDI]@2019} - {ier-seniors.x}"), [
    ["a.b", [["", "CDI"]], { from: "2019-01-01", to: "2019-12-31" }],
    ["ier-seniors.x", [], undefined],
  ]);
  for (const text of [
    "",
    "{}",
    "{a.b",
    "a.b; DROP",
    "{a.b} ** 2",
    "{a.b}@@",
    "x".repeat(2000),
    `${"(".repeat(500)}{a.b}${")".repeat(500)}`,
  ])
    assert.equal(typeof terms(text), "string", text.slice(0, 20));
});
