// Figures that no record gives, as the direction keeps them: said once, corrected with what they said before, withdrawn and still read; a
// file of them read, refused where it must be, and undone.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { undoImport } from "../../../../core/importing/undo.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { importText, told } from "../../../../core/testing/imports.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { makeReportRoom } from "../room.tsx";
import { importDeclared } from "./imports.ts";
import { standingDeclared } from "./reads.ts";

const publicUrl = "http://localhost:4700";
const room = makeReportRoom(() => makeRegistry([], []));
const kind = importDeclared((code) => code === "antennes.visites");
let house: TestHouse;
let as: (role: Role) => Promise<Visitor>;
before(async () => {
  house = await testHouse(wholeFile);
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms: [room], services, chrome: plainChrome });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
});
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const form = (more: Record<string, string> = {}) => ({
  code: "velo.km",
  nature: "declared",
  libelle: "Kilomètres parcourus à vélo",
  valeur: "1 065,5",
  unite: "km",
  periode: "2020-09/2020-12",
  par: "Équipe de la Duchère",
  preuve: "Compteur du vélo",
  dit: "01/12/2020",
  ...more,
});
const acts = async (subject: string): Promise<string[]> =>
  (
    await house.owner.query<{ act: string }>("SELECT act FROM core.journal WHERE subject_id = $1 ORDER BY act", [
      subject,
    ])
  ).rows.map(({ act }) => act);

test("a figure is declared once, corrected with what it said before, withdrawn and still read", async () => {
  const direction = await as("direction");
  const key = house.deps.ids.uuid();
  const page = `/rapport/declares/${key}`;
  const wrong = await direction.post("/rapport/declares/nouveau", form({ key, valeur: "beaucoup", par: "" }));
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="beaucoup"/, "what was typed stays");
  assert.match(wrong.text, /Dites qui donne ce chiffre/);
  for (let twice = 0; twice < 2; twice += 1)
    assert.equal((await direction.post("/rapport/declares/nouveau", form({ key }))).status, 303);
  assert.deepEqual(await acts(key), ["declared-figure.declared"]);
  const taken = await direction.post("/rapport/declares/nouveau", form({ key: house.deps.ids.uuid() }));
  assert.equal(taken.status, 422, "one figure a code and a period");
  assert.match(taken.text, /porte ce code pour la même période/);

  const shown = flat((await (await as("adviser")).get(page)).text);
  assert.match(shown, /<strong id="valeur">1 065,5<\/strong> <span>km<\/span><small>déclaré<\/small>/);
  assert.match(shown, /2020-09\/2020-12/);
  assert.equal((await (await as("board")).get(page)).status, 403);
  assert.equal((await (await as("adviser")).post(page, form({ version: "1", raison: "relu" }))).status, 403);

  assert.equal((await direction.post(page, form({ version: "1", valeur: "1066", raison: "" }))).status, 422);
  const corrected = form({ version: "1", valeur: "1066", raison: "relevé relu" });
  assert.equal((await direction.post(page, corrected)).status, 303);
  const late = await direction.post(page, form({ version: "1", valeur: "1067", raison: "autre avis" }));
  assert.equal(late.status, 409, "two who correct do not erase each other");
  assert.match(late.text, /value="1067"/);
  const after = flat((await direction.get(page)).text);
  assert.match(after, /<strong id="valeur">1 066<\/strong>/);
  assert.match(after, /1065,5 km/, "what it said before");
  assert.match(after, /relevé relu/);

  assert.equal((await direction.post(`${page}/retrait`, { version: "2", raison: "compté deux fois" })).status, 303);
  assert.match((await direction.get(page)).text, /compté deux fois/);
  assert.deepEqual(await house.run("direction", (tx) => standingDeclared(tx, ["velo.km"])), []);
  assert.deepEqual(await acts(key), [
    "declared-figure.corrected",
    "declared-figure.declared",
    ...Array(3).fill("declared-figure.opened"),
    "declared-figure.withdrawn",
  ]);
  const again = house.deps.ids.uuid();
  assert.equal(
    (await direction.post("/rapport/declares/nouveau", form({ key: again }))).status,
    303,
    "its code is free",
  );
});

test("a file of declared figures is read once, its refusals said, and undone", async (t) => {
  const one = await testHouse(t);
  const file = [
    "id;code;nature;libelle;valeur;unite;periode;dit_par;preuve;dit_le",
    "1;presse;déclaré;Articles de presse;12;articles;2020;Communication;Revue de presse;31/12/2020",
    "2;age.min;cité;Âge minimum;16;ans;permanent;Règlement;Article 2;01/01/2020",
    "3;presse;;Articles de presse;14;articles;2019;Communication;Revue de presse;31/12/2019",
    "4;presse;;Encore;13;articles;2020;Communication;Revue de presse;31/12/2020",
    "5;antennes.visites;;Visites;13;visites;2020;Accueil;Cahier;31/12/2020",
    "6;mieux;;Mieux;environ dix;;2020;Accueil;Cahier;31/12/2020",
    "7;mieux;;Mieux;10;;l’an dernier;Accueil;Cahier;31/12/2020",
    "8;mieux;;Mieux;10;;2020;;;31/12/2020",
  ].join("\n");
  const first = await one.run("direction", (tx) => importText(tx, kind, file));
  assert.deepEqual(told(first), [3, 0, 0, 0, 5], JSON.stringify(first.sentences));
  const same = await one.run("direction", (tx) => importText(tx, kind, file));
  assert.deepEqual(told(same), [0, 0, 3, 0, 5]);
  const changed = await one.run("direction", (tx) => importText(tx, kind, file.replace("presse;12", "presse;12,5")));
  assert.equal(changed.counts.changed, 1);
  const standing = await one.run("direction", (tx) => standingDeclared(tx, ["presse", "age.min"]));
  assert.deepEqual(
    standing.map(({ code, kind: nature, value, from, to }) => [code, nature, value, from, to]),
    [
      ["age.min", "quoted", 16, null, null],
      ["presse", "declared", 14, "2019-01-01", "2019-12-31"],
      ["presse", "declared", 12.5, "2020-01-01", "2020-12-31"],
    ],
  );
  assert.deepEqual(await one.run("direction", (tx) => undoImport(tx, [kind], changed.id)), { undone: true });
  assert.deepEqual(await one.run("direction", (tx) => undoImport(tx, [kind], first.id)), { undone: true });
  const { rowCount } = await one.owner.query("SELECT 1 FROM report.declared_figures");
  assert.equal(rowCount, 0);
});
