// Plans and balance sheets through their pages: what is written together is printed as it was written, and is for those who see the path.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { renderPdf } from "../../../../core/documents/pdf.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { readPdf } from "../../../../core/testing/read-pdf.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { makePartnersRoom } from "../../partners/room.ts";
import { anonymise } from "../../people/retention/writes.ts";
import { makePeopleRoom } from "../../people/room.ts";
import { personLinks } from "../enrolments/on-person.tsx";
import { makeProgrammesRoom } from "../room.tsx";

let house: TestHouse;
let server: Server;
let adviserAccount = "";
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("&#39;", "'");
const rooms = [
  makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) }),
  makePartnersRoom({ panels: () => [], links: () => [] }),
  makeProgrammesRoom(() => []),
];

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const publicUrl = house.services.config.publicUrl;
  for (const role of ["direction", "adviser", "board"] as const) {
    const { cookie, account } = await house.signIn(role);
    visitors.set(role, makeVisitor(server, publicUrl, cookie));
    if (role === "adviser") adviserAccount = account;
  }
  const other = await house.anotherHouse("ailleurs");
  const away = await house.signIn("direction", { house: other.houseId });
  visitors.set("elsewhere", makeVisitor(server, publicUrl, away.cookie));
  const mermoz = await house.signIn("adviser", { site: house.sites.mermoz });
  visitors.set("mermoz", makeVisitor(server, publicUrl, mermoz.cookie));
  await done("/dispositifs/nouveau", {
    version: "0",
    key: key(),
    code: "plie",
    intitule: "PLIE",
    etapes: "Accueil\nProjet",
    resultats: "CDI : emploi, durable, droit commun, positif\nAbandon : abandon, à la sortie",
    lieux: "gerland",
    taux_de_sortie: "sur les personnes sorties",
  });
});

async function done(path: string, form: Record<string, string>, who = "direction"): Promise<void> {
  const got = await as(who).post(path, form);
  assert.equal(got.status, 303, got.text);
}

async function path(): Promise<{ person: string; enrolment: string; here: string }> {
  const [person, enrolment] = [key(), key()];
  const family = `Essai-${person.slice(-6).replace(/\d/g, "z")}`;
  await done("/personnes/nouvelle", { key: person, nom: family, prenom: "Camille", confirmed: "1" });
  await done("/parcours/nouveau", {
    key: enrolment,
    personne: person,
    dispositif: "plie",
    jour: "02/01/2020",
    antenne: house.sites.gerland,
    accompagne: "oui",
    referent: adviserAccount,
  });
  return { person, enrolment, here: `/parcours/${enrolment}` };
}

async function pdf(path: string, who = "adviser") {
  const answer = await server.request(path, { headers: { cookie: as(who).cookie } });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  return readPdf(new Uint8Array(await answer.arrayBuffer()));
}
const versionOf = async (id: string): Promise<string> =>
  String((await house.owner.query("SELECT version FROM programmes.plan_actions WHERE id = $1", [id])).rows[0]?.version);

test("a plan is written together, its lines are done one by one, and it is printed with two places to sign", async () => {
  const { enrolment, here } = await path();
  assert.match((await as("adviser").get(here)).text, /Plan d’action<\/a> : pas encore écrit/);
  assert.equal((await as("adviser").get(`${here}/plan.pdf`)).status, 409);
  const goal = "Travailler près de chez moi, à #mi-temps*\n\n= pas un titre";
  await done(
    `${here}/plan`,
    { version: "0", objectif: goal, freins: "garde d’enfant", point: "15/12/2020" },
    "adviser",
  );
  const [first, second, third] = [key(), key(), key()];
  const line = { quoi: "Refaire le CV", qui: "both", pour: "20/11/2020" };
  await done(`${here}/plan/actions`, { key: first, ...line }, "adviser");
  await done(`${here}/plan/actions`, { key: first, ...line }, "adviser");
  await done(
    `${here}/plan/actions`,
    { key: second, quoi: "Demander une place en crèche", qui: "other", autre: "CCAS" },
    "adviser",
  );
  await done(`${here}/plan/actions`, { key: third, quoi: "Passer le permis", qui: "person" }, "adviser");
  assert.match(plain((await as("adviser").get(here)).text), /3 actions à faire<strong>, 1 en retard/);
  assert.match((await as("adviser").get("/file-active")).text, /Refaire le CV \(pour le 20\/11\/2020\)/);
  const change = { quoi: "Refaire le CV", qui: "both", pour: "20/11/2020" };
  await done(`${here}/plan/actions/${first}`, { version: "1", ...change, etat: "done", le: "25/11/2020" }, "adviser");
  await done(
    `${here}/plan/actions/${third}`,
    { version: "1", quoi: "Passer le permis", qui: "person", etat: "dropped" },
    "adviser",
  );
  assert.doesNotMatch((await as("adviser").get("/file-active")).text, /Refaire le CV/);
  const printed = await pdf(`${here}/plan.pdf`);
  const text = plain(printed.text);
  assert.equal(printed.title, "Plan d’action");
  assert.ok(printed.tagged);
  assert.deepEqual(
    ["H1", "H2", "Table", "TH"].filter((role) => !printed.roles.includes(role)),
    [],
  );
  for (const said of [
    /Camille Essai-/,
    /à #mi-temps\*/,
    /= pas un titre/,
    /garde d’enfant/,
    /Refaire le CV ensemble 20\/11\/2020 fait le 25\/11\/2020/,
    /Demander une place en crèche CCAS à faire/,
    /Prochain point : 15\/12\/2020/,
    /Signatures\nLa personne/,
  ])
    assert.match(text, said);
  assert.doesNotMatch(text, /Passer le permis/);
  const { rows } = await house.owner.query(
    "SELECT act, count(*)::int AS count FROM core.journal WHERE (act LIKE 'plan.%') AND details->>'enrolment' = $1 AND act <> 'plan.opened' GROUP BY act ORDER BY act",
    [enrolment],
  );
  assert.deepEqual(rows, [
    { act: "plan.action-added", count: 3 },
    { act: "plan.action-changed", count: 2 },
    { act: "plan.changed", count: 1 },
    { act: "plan.printed", count: 1 },
  ]);
});

test("what is missing or impossible comes back with what was typed; two who write at once are told", async () => {
  const { here } = await path();
  const other = await as("adviser").post(`${here}/plan/actions`, { key: key(), quoi: "Appeler", qui: "other" });
  assert.equal(other.status, 422);
  assert.match(other.text, /Dites qui/);
  assert.match(other.text, /value="Appeler"/);
  const id = key();
  await done(`${here}/plan/actions`, { key: id, quoi: "Appeler", qui: "person" }, "adviser");
  const ahead = { version: "1", quoi: "Rappeler", qui: "person", etat: "done", le: "02/12/2020" };
  const early = await as("adviser").post(`${here}/plan/actions/${id}`, ahead);
  assert.equal(early.status, 422);
  assert.match(early.text, /pas encore venu/);
  assert.match(early.text, /value="Rappeler"/);
  await done(`${here}/plan/actions/${id}`, { ...ahead, le: "01/12/2020" }, "adviser");
  const stale = await as("direction").post(`${here}/plan/actions/${id}`, { ...ahead, quoi: "Écrire", le: "" });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /value="Écrire"/);
  assert.equal(await versionOf(id), "2");
  const both = await Promise.all(
    ["adviser", "direction"].map((who) => as(who).post(`${here}/plan`, { version: "0", objectif: `Selon ${who}` })),
  );
  assert.deepEqual(both.map((got) => got.status).sort(), [303, 409]);
  assert.match(both.find((got) => got.status === 409)?.text ?? "", /modifié entre-temps/);
  const long = await as("adviser").post(`${here}/plan`, { version: "1", objectif: "a".repeat(2001) });
  assert.equal(long.status, 422);
});

test("a balance sheet tells what the records say, and what both say", async () => {
  const { here } = await path();
  await done(`${here}/actions`, {
    key: key(),
    genre: "formation",
    intitule: "Cuisine",
    hote: "GRETA",
    debut: "02/03/2020",
    fin: "20/03/2020",
  });
  await done(`${here}/plan/actions`, { key: key(), quoi: "Chercher un logement", qui: "person" }, "adviser");
  const page = plain((await as("adviser").get(`${here}/bilan`)).text);
  assert.match(page, /Formation, Cuisine, GRETA, du 02\/03\/2020 au 20\/03\/2020/);
  assert.equal((await as("adviser").get(`${here}/bilan.pdf`)).status, 409);
  for (const [jour, sentence] of [
    ["02/12/2020", /pas encore venu/],
    ["01/01/2020", /avant l’entrée/],
  ] as const) {
    const got = await as("adviser").post(`${here}/bilan`, { version: "0", jour, personne: "J’ai avancé" });
    assert.equal(got.status, 422);
    assert.match(got.text, sentence);
    assert.match(got.text, /J’ai avancé/);
  }
  await done(
    `${here}/bilan`,
    { version: "0", jour: "30/11/2020", personne: "J’ai avancé", suite: "Un point en mars" },
    "adviser",
  );
  const printed = await pdf(`${here}/bilan.pdf`);
  const text = plain(printed.text);
  for (const said of [
    /Formation, Cuisine, GRETA/,
    /Chercher un logement : reste à faire, par la personne/,
    /Ce que j’en dis\nJ’ai avancé/,
    /Et après\nUn point en mars/,
    /Bilan du : 30\/11\/2020/,
  ])
    assert.match(text, said);
  assert.ok(printed.roles.includes("L"), "what happened is a list");
});

test("nobody reads or writes out of what they see; who is forgotten leaves nothing of it", async () => {
  const { person, enrolment, here } = await path();
  const id = key();
  await done(`${here}/plan`, { version: "0", objectif: "Un secret" });
  await done(`${here}/plan/actions`, { key: id, quoi: "Un autre secret", qui: "person" });
  await done(`${here}/bilan`, { version: "0", jour: "30/11/2020", personne: "Un troisième" });
  for (const [who, status] of [
    ["elsewhere", 404],
    ["mermoz", 404],
    ["board", 403],
  ] as const) {
    for (const page of ["plan", "plan.pdf", "bilan", "bilan.pdf"])
      assert.equal((await as(who).get(`${here}/${page}`)).status, status, `${who} ${page}`);
    for (const [act, form] of [
      ["plan", { version: "1", objectif: "volé" }],
      ["plan/actions", { key: key(), quoi: "volé", qui: "person" }],
      [`plan/actions/${id}`, { version: "1", quoi: "volé", qui: "person", etat: "open" }],
      ["bilan", { version: "1", jour: "30/11/2020" }],
    ] as const)
      assert.equal((await as(who).post(`${here}/${act}`, form)).status, status, `${who} ${act}`);
  }
  const told = await house.run("direction", async (tx) => JSON.stringify(await personLinks[0]?.describe(tx, person)));
  assert.match(told, /Un secret.*Un autre secret.*Un troisième/);
  await house.run("direction", (tx) => anonymise(tx, personLinks, [person]));
  for (const table of ["plans", "plan_actions", "balances"])
    assert.equal(
      (await house.owner.query(`SELECT 1 FROM programmes.${table} WHERE enrolment_id = $1`, [enrolment])).rowCount,
      0,
      table,
    );
});

test("whatever people write is printed as they wrote it", async () => {
  const template = new URL("./plan.typ", import.meta.url);
  const common = { house: "Maison", title: "Plan d’action", day: [2020, 12, 1], foot: "", facts: [], people: [] };
  const render = (text: string) =>
    renderPdf(template, { ...common, parts: [{ title: "Mots", text }], actionsTitle: "", actions: [] });
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom(..."#[]{}*_`$@<>=-+/\\~'\"ab é\n;:(),."), maxLength: 60 }),
      async (text) => {
        const bare = (of: string): string => of.replace(/\s+/g, "");
        const { text: printed } = await readPdf(await render(`début${text}fin`));
        assert.ok(
          bare(printed).includes(bare(`début${text}fin`)),
          `${JSON.stringify(text)} in ${JSON.stringify(printed)}`,
        );
      },
    ),
    { numRuns: 60 },
  );
  assert.deepEqual(await render("deux fois"), await render("deux fois"), "the same data give the same bytes");
});
