// Plans and balance sheets through their pages: what is written together is printed as it was written, and is for those who see the path.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { renderPdf } from "../../../../core/documents/pdf.ts";
import { pathHouse } from "../../../../core/testing/paths.ts";
import { readPdf } from "../../../../core/testing/read-pdf.ts";
import { makePartnersRoom } from "../../partners/room.ts";
import { anonymise } from "../../people/retention/writes.ts";
import { makePeopleRoom } from "../../people/room.ts";
import { personLinks } from "../enrolments/on-person.tsx";
import { makeProgrammesRoom } from "../room.tsx";

const { house, as, key, done, path, pdf } = await pathHouse([
  makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) }),
  makePartnersRoom({ panels: () => [], links: () => [] }),
  makeProgrammesRoom(() => []),
]);
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("&#39;", "'");
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

const rowsOf = async (paper: string, enrolment: string): Promise<string[]> =>
  (
    await house.owner.query<{ id: string }>(
      "SELECT id FROM programmes.paper_versions WHERE enrolment_id = $1 AND paper = $2 ORDER BY at, id",
      [enrolment, paper],
    )
  ).rows.map((row) => row.id);

test("what was written before is read with its day and its author, and brought back with its lines", async () => {
  const { person, enrolment, here } = await path();
  const [cv, later] = [key(), key()];
  house.clock.set("2020-12-01T09:05:00+01:00");
  await done(`${here}/plan`, { version: "0", objectif: "Boulangerie" }, "adviser");
  house.clock.set("2020-12-01T09:06:00+01:00");
  await done(`${here}/plan/actions`, { key: cv, quoi: "Refaire le CV", qui: "person" }, "adviser");
  house.clock.set("2020-12-01T09:07:00+01:00");
  await done(`${here}/plan`, { version: "1", objectif: "Cuisine" });
  house.clock.set("2020-12-01T09:08:00+01:00");
  await done(`${here}/plan/actions/${cv}`, {
    version: "1",
    quoi: "CV en ligne",
    qui: "both",
    etat: "done",
    le: "01/12/2020",
  });
  house.clock.set("2020-12-01T09:09:00+01:00");
  await done(`${here}/plan/actions`, { key: later, quoi: "Visiter un restaurant", qui: "both" });
  const versions = await rowsOf("plan", enrolment);
  assert.equal(versions.length, 5);
  const list = plain((await as("adviser").get(`${here}/plan/versions`)).text);
  assert.match(
    list,
    /5 versions[\s\S]*01\/12\/2020 à 9 h 07[\s\S]*Camille direction[\s\S]*01\/12\/2020 à 9 h 05[\s\S]*Camille adviser/,
  );
  const old = `${here}/plan/versions/${versions[1]}`;
  const shown = (await as("adviser").get(old)).text;
  assert.match(shown, /Boulangerie[\s\S]*Refaire le CV[\s\S]*à faire[\s\S]*Reprendre cette version/);
  assert.doesNotMatch(shown, /Cuisine|restaurant/);
  assert.equal((await as("adviser").post(old, { version: "1" })).status, 409, "it was changed since it was shown");
  house.clock.set("2020-12-01T09:11:00+01:00");
  await done(old, { version: "2" }, "adviser");
  const page = (await as("adviser").get(`${here}/plan`)).text;
  assert.match(page, /Boulangerie[\s\S]*Refaire le CV[\s\S]*Visiter un restaurant/);
  assert.doesNotMatch(page, /Cuisine|CV en ligne/);
  const now = await rowsOf("plan", enrolment);
  assert.equal(now.length, 6, "and what was there before is a version too");
  await done(`${here}/plan/versions/${now[4]}`, { version: "3" }, "adviser");
  assert.match((await as("adviser").get(`${here}/plan`)).text, /Cuisine[\s\S]*CV en ligne/);

  await done(`${here}/bilan`, { version: "0", jour: "20/11/2020", personne: "Confiante" });
  house.clock.set("2020-12-01T09:12:00+01:00");
  await done(`${here}/bilan`, { version: "1", jour: "30/11/2020", personne: "Très confiante" });
  const [first = ""] = await rowsOf("balance", enrolment);
  await done(`${here}/bilan/versions/${first}`, { version: "2" });
  assert.match((await as("adviser").get(`${here}/bilan`)).text, /Bilan du 20\/11\/2020[\s\S]*Confiante/);
  assert.equal((await as("mermoz").get(`${here}/bilan/versions/${first}`)).status, 404);
  assert.equal((await as("adviser").get(`${here}/plan/versions/${first}`)).status, 404, "a balance sheet is no plan");
  const told = await house.run("direction", async (tx) => JSON.stringify(await personLinks[0]?.describe(tx, person)));
  assert.match(told, /Versions du plan et du bilan.*Très confiante/);
});

const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("the signed paper is kept with its plan or its balance sheet, once, and goes with the person", async () => {
  const { person, enrolment, here } = await path();
  await done(`${here}/plan`, { version: "0", objectif: "Boulangerie" });
  const paper = { field: "piece", name: "plan signé.png", text: Buffer.from(picture, "base64") };
  const send = (to: string, who = "adviser") => as(who).post(`${here}/${to}/pieces`, {}, { file: paper });
  assert.equal((await send("plan", "mermoz")).status, 404);
  assert.equal((await send("plan", "board")).status, 403);
  for (let turn = 0; turn < 2; turn += 1) assert.equal((await send("plan")).status, 303);
  assert.equal((await send("bilan")).status, 303);
  const { rows } = await house.owner.query<{ id: string; paper: string }>(
    "SELECT id, paper FROM programmes.proofs WHERE enrolment_id = $1 ORDER BY paper",
    [enrolment],
  );
  assert.deepEqual(
    rows.map((row) => row.paper),
    ["balance", "plan"],
  );
  const ofPlan = rows[1]?.id ?? "";
  assert.match(
    (await as("adviser").get(`${here}/plan`)).text,
    new RegExp(`Plan signé[\\s\\S]*${here}/plan/pieces/${ofPlan}`),
  );
  assert.equal((await as("adviser").get(`${here}/plan/pieces/${ofPlan}`)).status, 200);
  assert.equal((await as("adviser").get(`${here}/bilan/pieces/${ofPlan}`)).status, 404);
  assert.equal((await as("adviser").post(`${here}/plan/pieces/${ofPlan}/effacement`)).status, 303);
  await house.run("direction", (tx) => anonymise(tx, personLinks, [person]));
  const left = await house.owner.query("SELECT 1 FROM programmes.proofs WHERE enrolment_id = $1", [enrolment]);
  assert.equal(left.rowCount, 0);
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
    for (const page of ["plan", "plan.pdf", "bilan", "bilan.pdf", "plan/versions", "bilan/versions"])
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
  for (const table of ["plans", "plan_actions", "balances", "paper_versions", "proofs"])
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
