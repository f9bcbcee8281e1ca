// Proofs through their pages: what goes in comes out to the byte, what is no document is refused and leaves nothing, and what is erased is gone.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { makePartnersRoom } from "../../partners/room.ts";
import { anonymise } from "../../people/retention/writes.ts";
import { makePeopleRoom } from "../../people/room.ts";
import { personLinks } from "../enrolments/on-person.tsx";
import { makeProgrammesRoom } from "../room.tsx";

let house: TestHouse;
let server: Server;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const rooms = [
  makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) }),
  makePartnersRoom({ panels: () => [], links: () => [] }),
  makeProgrammesRoom(() => []),
];

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const publicUrl = house.services.config.publicUrl;
  for (const role of ["direction", "adviser", "reception", "board"] as const)
    visitors.set(role, makeVisitor(server, publicUrl, (await house.signIn(role)).cookie));
  const other = await house.anotherHouse("ailleurs");
  const away = await house.signIn("direction", { house: other.houseId });
  visitors.set("elsewhere", makeVisitor(server, publicUrl, away.cookie));
  const mermoz = await house.signIn("adviser", { site: house.sites.mermoz });
  visitors.set("mermoz", makeVisitor(server, publicUrl, mermoz.cookie));
  const made = await as("direction").post("/dispositifs/nouveau", {
    version: "0",
    key: key(),
    code: "plie",
    intitule: "PLIE",
    resultats: "CDI : emploi, durable, droit commun, positif",
    lieux: "gerland",
    taux_de_sortie: "sur les personnes sorties",
  });
  assert.equal(made.status, 303, made.text);
});

/** A contract of somebody, and where its page is. */
async function contract(): Promise<{ person: string; step: string; here: string }> {
  const [person, enrolment, step] = [key(), key(), key()];
  const direction = as("direction");
  for (const [path, form] of [
    [
      "/personnes/nouvelle",
      { key: person, nom: `Essai-${person.slice(-6).replace(/\d/g, "z")}`, prenom: "Camille", confirmed: "1" },
    ],
    [
      "/parcours/nouveau",
      {
        key: enrolment,
        personne: person,
        dispositif: "plie",
        jour: "01/01/2020",
        antenne: house.sites.gerland,
        accompagne: "oui",
      },
    ],
    [
      `/parcours/${enrolment}/actions`,
      { key: step, genre: "contrat", contrat: "cdi", hote: "Boulangerie du Parc", debut: "02/03/2020" },
    ],
  ] as const) {
    const got = await direction.post(path, form);
    assert.equal(got.status, 303, got.text);
  }
  return { person, step, here: `/parcours/${enrolment}/actions/${step}` };
}

const pdf = (bytes: number): Buffer<ArrayBuffer> => {
  const end = Buffer.from("\nstartxref\n9\n%%EOF\n");
  return Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(bytes - 9 - end.length), end]);
};
const send = (who: string, here: string, text: string | Buffer<ArrayBuffer>, name = "contrat signé.pdf") =>
  as(who).post(`${here}/pieces`, {}, { file: { field: "piece", name, text } });
const proofOf = async (step: string): Promise<string> =>
  (await house.owner.query<{ id: string }>("SELECT id FROM programmes.proofs WHERE step_id = $1 ORDER BY id", [step]))
    .rows[0]?.id ?? "";
const count = async (table: string, step: string): Promise<number> => {
  const of =
    table === "proofs"
      ? "p.step_id = $1"
      : "EXISTS (SELECT 1 FROM programmes.proofs o WHERE o.id = p.proof_id AND o.step_id = $1)";
  return (await house.owner.query(`SELECT 1 FROM programmes.${table} p WHERE ${of}`, [step])).rowCount ?? 0;
};
const nothingWaits = (): void => {
  let names: string[] = [];
  try {
    names = readdirSync(join(house.services.files.data, "uploads"));
  } catch {}
  assert.deepEqual(names, [], "what was sent does not stay on the disk");
};

test("what an adviser joins comes back to the byte, to those who see the path and to nobody else", async () => {
  const { step, here } = await contract();
  const bytes = pdf(700_001);
  const sent = await send("adviser", here, bytes);
  assert.equal(sent.status, 303, sent.text);
  const page = (await as("adviser").get(here)).text;
  assert.match(page, /contrat signé\.pdf/);
  assert.match(page, /PDF, 701\u00a0ko/);
  assert.match((await as("adviser").get(here.replace(/\/actions.*/, ""))).text, /1\u00a0pièce jointe/);
  const proof = await proofOf(step);
  const answer = await server.request(`${here}/pieces/${proof}`, { headers: { cookie: as("adviser").cookie } });
  const back = Buffer.from(await answer.arrayBuffer());
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="contrat-sign-?\.pdf"/);
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  const digest = (of: Buffer): string => createHash("sha256").update(of).digest("hex");
  assert.equal(digest(back), digest(bytes));
  assert.ok((await count("proof_pieces", step)) >= 3, "it lies in pieces");
  for (const [who, status] of [
    ["elsewhere", 404],
    ["mermoz", 404],
    ["board", 403],
  ] as const)
    assert.equal((await as(who).get(`${here}/pieces/${proof}`)).status, status, who);
  const { rows } = await house.owner.query("SELECT act FROM core.journal WHERE act LIKE 'proof.%' ORDER BY act");
  assert.deepEqual(
    rows.map((row) => row.act),
    ["proof.added", "proof.opened"],
  );
  nothingWaits();
});

test("an executable named .pdf, a document cut on its way, one of 20 MB and no file at all: a sentence each, and nothing is kept", async () => {
  const { step, here } = await contract();
  for (const [text, status, sentence] of [
    [Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), randomBytes(4000)]), 422, /ni un PDF ni une image/],
    [pdf(5000).subarray(0, 4000), 422, /incomplet ou abîmé/],
    [pdf(20_000_000), 413, /dépasse 10\u00a0Mo/],
    ["", 422, /Choisissez un fichier/],
    ["<script>alert(1)</script>", 422, /ni un PDF ni une image/],
  ] as const) {
    const got = await send("adviser", here, text as Buffer<ArrayBuffer>);
    assert.equal(got.status, status, got.text.slice(0, 300));
    assert.match(got.text, sentence);
  }
  assert.equal(await count("proofs", step), 0);
  nothingWaits();
});

test("the same document twice, even at once, is one; the eleventh is refused", async () => {
  const { step, here } = await contract();
  const same = pdf(3000);
  const sent = await Promise.all(Array.from({ length: 4 }, () => send("adviser", here, same)));
  assert.deepEqual(
    sent.map((got) => got.status),
    [303, 303, 303, 303],
  );
  assert.equal(await count("proofs", step), 1);
  const more = await Promise.all(Array.from({ length: 12 }, () => send("adviser", here, pdf(3000))));
  assert.equal(more.filter((got) => got.status === 303).length, 9);
  assert.match(more.find((got) => got.status === 409)?.text ?? "", /déjà 10 pièces/);
  assert.equal(await count("proofs", step), 10);
  assert.doesNotMatch((await as("adviser").get(here)).text, /Ajouter une pièce/);
});

test("what is erased is gone with its bytes, and who may not write erases nothing", async () => {
  const { step, here } = await contract();
  await send("adviser", here, pdf(600_000));
  const proof = await proofOf(step);
  assert.match((await as("adviser").get(here)).text, /effacé pour de bon/);
  for (const [who, status] of [
    ["elsewhere", 404],
    ["mermoz", 404],
    ["board", 403],
  ] as const)
    assert.equal((await as(who).post(`${here}/pieces/${proof}/effacement`)).status, status, who);
  assert.equal((await as("adviser").post(`${here}/pieces/${proof}/effacement`)).status, 303);
  assert.equal(
    (await house.owner.query("SELECT 1 FROM programmes.proof_pieces WHERE proof_id = $1", [proof])).rowCount,
    0,
  );
  assert.equal((await as("adviser").get(`${here}/pieces/${proof}`)).status, 404);
});

test("a withdrawn step takes nothing more and keeps what it has; a forgotten person leaves no document", async () => {
  const { person, step, here } = await contract();
  await send("adviser", here, pdf(3000));
  await as("adviser").post(`${here}/retrait`, { raison: "Noté deux fois" });
  assert.equal((await send("adviser", here, pdf(3000))).status, 409);
  assert.equal(await count("proofs", step), 1);
  const told = await house.run("direction", async (tx) => JSON.stringify(await personLinks[0]?.describe?.(tx, person)));
  assert.match(told, /pièce jointe : contrat signé\.pdf/);
  await house.run("direction", (tx) => anonymise(tx, personLinks, [person]));
  assert.equal(await count("proofs", step), 0);
});
