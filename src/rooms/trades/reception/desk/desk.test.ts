// The desk, as a browser without scripts uses it: what is recorded, by whom it may be, and that it is recorded once.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { agendaRoom } from "../../../foundations/agenda/room.tsx";
import { makeReceptionRoom } from "../room.ts";

let house: TestHouse;
let desk: Visitor;
let terms: Record<string, string>;
let zoe: string;

const visits = async (where = "true"): Promise<Record<string, unknown>[]> =>
  (await house.owner.query(`SELECT * FROM agenda.visits WHERE house_id = $1 AND ${where} ORDER BY id`, [house.houseId]))
    .rows;
const journal = async (act: string): Promise<number> =>
  (await house.owner.query("SELECT 1 FROM core.journal WHERE act = $1", [act])).rowCount ?? 0;
const addPerson = async (family: string, given: string, birth: string): Promise<string> => {
  const id = house.deps.ids.uuid();
  await house.owner.query(
    "INSERT INTO people.persons (house_id, id, code, sex, family_name, given_name, birth_date, created_on, created_at) VALUES ($1, $2, $3, 'F', $4, $5, $6, '2020-01-01', now())",
    [house.houseId, id, house.deps.ids.shortCode(), family, given, birth],
  );
  return id;
};
const key = (): string => house.deps.ids.uuid();
const form = (more: Record<string, string> = {}) => ({
  key: key(),
  lieu: house.sites.gerland,
  motif: terms["reason:information"] ?? "",
  orientation: "",
  mode: "in_person",
  ...more,
});

before(async () => {
  house = await testHouse(wholeFile, { rooms: [agendaRoom] });
  const server = makeServer({
    rooms: [agendaRoom, makeReceptionRoom({ workerText: () => "// worker" })],
    services: house.services,
    chrome: plainChrome,
  });
  const { cookie } = await house.signIn("reception", { site: house.sites.gerland });
  desk = makeVisitor(server, house.services.config.publicUrl, cookie);
  const { rows } = await house.owner.query<{ name: string; id: string }>(
    "SELECT kind || ':' || label AS name, id FROM agenda.visit_terms WHERE house_id = $1",
    [house.houseId],
  );
  terms = Object.fromEntries(rows.map((row) => [row.name, row.id]));
  zoe = await addPerson("Marchal", "Zoé", "1977-08-31");
  await addPerson("Marchal", "Zoé", "1991-02-03");
});

test("found by name, told from her namesake, noted with site, day and hour already there", async () => {
  const found = await desk.get(`/accueil?lieu=${house.sites.gerland}&q=marchal`);
  assert.match(found.text, /31\/08\/1977/);
  assert.match(found.text, /03\/02\/1991/);
  const chosen = await desk.get(`/accueil?lieu=${house.sites.gerland}&personne=${zoe}`);
  assert.match(chosen.text, /Visite de MARCHAL Zoé/);
  assert.match(chosen.text, /née le 31\/08\/1977/, "the form says which of the two");
  assert.doesNotMatch(chosen.text, /03\/02\/1991/);
  const noted = await desk.post("/accueil/visites", {
    ...form({ motif: terms["reason:atelier"] ?? "", orientation: terms["orientation:IER"] ?? "", mode: "phone" }),
    key: fieldOf(chosen.text, "key"),
    personne: zoe,
  });
  assert.equal(noted.status, 303);
  assert.match(decodeURIComponent(noted.location.replaceAll("+", " ")), /Visite notée à 9.h.05/);
  assert.doesNotMatch(noted.location, /MARCHAL/i, "no name travels in an address");
  const [visit] = await visits(`person_id = '${zoe}'`);
  assert.equal(visit?.id, fieldOf(chosen.text, "key"));
  assert.deepEqual(
    [visit?.occurred_on, visit?.occurred_at, visit?.site_id, visit?.mode, visit?.reason_id, visit?.orientation_id],
    ["2020-12-01", "09:05", house.sites.gerland, "phone", terms["reason:atelier"], terms["orientation:IER"]],
  );
  const { rows } = await house.owner.query("SELECT last_contact_on FROM people.persons WHERE id = $1", [zoe]);
  assert.deepEqual(rows, [{ last_contact_on: "2020-12-01" }]);
  const after = await desk.get(noted.location);
  const list = after.text.slice(after.text.indexOf('id="accueil-dernieres"'));
  assert.match(list, /MARCHAL Zoé/);
  assert.match(list, /atelier, vers IER, téléphone/);
});

test("the same form twice at once is one visit and one line of the journal", async () => {
  const [count, lines] = [(await visits()).length, await journal("visit.recorded")];
  const same = form({ personne: zoe });
  const answers = await Promise.all([1, 2, 3].map(() => desk.post("/accueil/visites", same)));
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [303, 303, 303],
  );
  assert.equal((await visits()).length, count + 1);
  assert.equal(await journal("visit.recorded"), lines + 1);
});

test("somebody without a name counts, with the sex that the desk saw or none", async () => {
  for (const sexe of ["F", "M", ""]) {
    const unnamed = form({ sexe });
    assert.equal((await desk.post("/accueil/visites", unnamed)).status, 303);
    const [visit] = await visits(`id = '${unnamed.key}'`);
    assert.deepEqual([visit?.person_id, visit?.unnamed_sex], [null, sexe || null]);
  }
});

test("a name typed without a line is kept beside its visit; a birth date that cannot be read does not keep it out", async () => {
  const first = form({ nom: "Camille Aubin", naissance: "03/04/1990", jour: "30/11/2020", heure: "16:45" });
  const second = form({ nom: "Camille Aubin", naissance: "31/02/1990" });
  for (const one of [first, second, second]) assert.equal((await desk.post("/accueil/visites", one)).status, 303);
  const { rows } = await house.owner.query(
    "SELECT name, birth_date FROM agenda.visit_names WHERE visit_id = ANY($1) ORDER BY birth_date NULLS LAST",
    [[first.key, second.key]],
  );
  assert.deepEqual(rows, [
    { name: "Camille Aubin", birth_date: "1990-04-03" },
    { name: "Camille Aubin (31/02/1990)", birth_date: null },
  ]);
  const page = await desk.get(`/accueil?lieu=${house.sites.gerland}`);
  assert.match(page.text, /À rattacher/);
});

test("a moment that cannot be is refused with what was typed, and another day is noted without an hour of its own making", async () => {
  const count = (await visits()).length;
  const later = await desk.post("/accueil/visites", form({ personne: zoe, heure: "23:59", mode: "video" }));
  assert.equal(later.status, 422);
  assert.match(later.text, /Cette heure n’est pas encore venue/);
  assert.match(later.text, /value="23:59"/);
  assert.match(later.text, /value="video" selected/);
  assert.match(later.text, /MARCHAL Zoé/);
  for (const [jour, says] of [
    ["02/12/2020", /pas encore venu/],
    ["01/10/2019", /trop ancien/],
    ["31/02/2020", /n’existe pas/],
    ["hier", /n’est pas une date/],
  ] as const) {
    const refused = await desk.post("/accueil/visites", form({ jour }));
    assert.equal(refused.status, 422, jour);
    assert.match(refused.text, says);
  }
  assert.equal((await visits()).length, count);
  const past = form({ jour: "27/11/2020" });
  assert.equal((await desk.post("/accueil/visites", past)).status, 303);
  assert.deepEqual(
    (await visits(`id = '${past.key}'`)).map((visit) => [visit.occurred_on, visit.occurred_at]),
    [["2020-11-27", null]],
  );
});

test("a closed site, a word no longer offered, a word of another site, a file that is gone: each a sentence, nothing noted", async () => {
  const count = (await visits()).length;
  const wrong = async (more: Record<string, string>, says: RegExp): Promise<void> => {
    const refused = await desk.post("/accueil/visites", form(more));
    assert.equal(refused.status, 422);
    assert.match(refused.text, says);
  };
  const addTerm = async (values: string): Promise<string> => {
    const id = key();
    await house.owner.query(
      `INSERT INTO agenda.visit_terms (house_id, id, kind, label, site_id, from_day, to_day) VALUES ($1, $2, ${values})`,
      [house.houseId, id],
    );
    return id;
  };
  const ended = await addTerm("'reason', 'ancien', NULL, '2019-01-01', '2020-11-30'");
  const elsewhere = await addTerm(`'reason', 'ailleurs', '${house.sites.mermoz}', '2019-01-01', NULL`);
  await wrong({ motif: ended }, /n’est plus proposé/);
  await wrong({ motif: elsewhere }, /n’est plus proposé/);
  await wrong({ motif: terms["orientation:IER"] ?? "" }, /n’est plus proposé/);
  await wrong({ motif: key() }, /n’est plus proposé/);
  await wrong({ personne: key() }, /n’existe pas ou plus/);
  assert.equal(
    (await desk.post("/accueil/visites", form({ motif: ended, jour: "30/11/2020" }))).status,
    303,
    "on its last day it was offered",
  );
  const page = await desk.get(`/accueil?lieu=${house.sites.gerland}&personne=${zoe}`);
  assert.doesNotMatch(page.text, /ancien|ailleurs/);
  await house.owner.query("UPDATE house.sites SET closed_on = '2020-11-30' WHERE id = $1", [house.sites.gerland]);
  try {
    const shut = form();
    const refused = await desk.post("/accueil/visites", shut, { headers: { "x-fragment": "accueil-dit" } });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /il est fermé/);
    assert.deepEqual(await visits(`id = '${shut.key}'`), []);
  } finally {
    await house.owner.query("UPDATE house.sites SET closed_on = NULL WHERE id = $1", [house.sites.gerland]);
  }
  assert.equal((await visits()).length, count + 1);
});

test("a file merged meanwhile: the visit is of the file that took it in", async () => {
  const absorbed = await addPerson("Marchal", "Zoe", "1977-08-31");
  await house.owner.query("UPDATE people.persons SET merged_into = $2 WHERE id = $1", [absorbed, zoe]);
  const chosen = await desk.get(`/accueil?lieu=${house.sites.gerland}&personne=${absorbed}`);
  assert.equal(fieldOf(chosen.text, "personne"), zoe);
  const waited = form({ personne: absorbed });
  assert.equal((await desk.post("/accueil/visites", waited)).status, 303);
  assert.deepEqual(
    (await visits(`id = '${waited.key}'`)).map((visit) => visit.person_id),
    [zoe],
  );
});

test("the reception of a site notes for that site and for no other, one by one, new, or in a group", async () => {
  const count = (await visits()).length;
  const people = Number((await house.owner.query("SELECT count(*) FROM people.persons")).rows[0]?.count);
  const other = { lieu: house.sites.mermoz };
  assert.equal((await desk.post("/accueil/visites", form(other))).status, 403);
  assert.equal((await desk.post("/accueil/groupe", { ...form(other), femmes: "3" })).status, 403);
  const newcomer = { ...form(other), visite: key(), nom: "Essai", prenom: "Camille", confirmed: "1" };
  assert.equal((await desk.post("/accueil/nouvelle", newcomer)).status, 403);
  assert.equal((await visits()).length, count);
  assert.equal(Number((await house.owner.query("SELECT count(*) FROM people.persons")).rows[0]?.count), people);
  const page = await desk.get(`/accueil?lieu=${house.sites.mermoz}`);
  assert.match(page.text, /Antenne Gerland/, "another site asked for is answered with one's own");
});

test("a group: each of them one visit, the known by the exact code of their file, twice sent counted once", async () => {
  const { rows } = await house.owner.query<{ code: string }>("SELECT code FROM people.persons WHERE id = $1", [zoe]);
  const code = rows[0]?.code ?? "";
  const count = (await visits()).length;
  const group = { ...form(), femmes: "2", hommes: "", autres: "1", codes: `${code.toLowerCase()}, ${code}` };
  for (let turn = 0; turn < 2; turn++) assert.equal((await desk.post("/accueil/groupe", group)).status, 303);
  const made = (await visits()).filter((visit) => visit.group_id === group.key);
  assert.equal(made.length, 4);
  assert.equal((await visits()).length, count + 4);
  assert.deepEqual(made.map((visit) => visit.unnamed_sex).sort(), ["F", "F", null, null]);
  assert.equal(made.filter((visit) => visit.person_id === zoe).length, 1);
  assert.match((await desk.get("/accueil")).text, /Groupe de 4 personnes/);
  const refused = async (more: Record<string, string>, says: RegExp): Promise<void> => {
    const answer = await desk.post("/accueil/groupe", { ...form(), ...more });
    assert.equal(answer.status, 422);
    assert.match(answer.text, says);
  };
  await refused({ femmes: "1", codes: `${code.slice(0, 6)}` }, /n’est celui d’aucune fiche/);
  await refused({ femmes: "1", codes: "Marchal" }, /n’est celui d’aucune fiche/);
  await refused({}, /au moins une personne/);
  await refused({ femmes: "60", hommes: "60" }, /au plus 100/);
  await refused({ femmes: "douze" }, /Écrivez un nombre/);
  assert.equal((await visits()).length, count + 4, "a refused group leaves none of its visits");
});

test("a newcomer: what was searched is in its fields; likely twins are shown before anything is saved; then file and visit once", async () => {
  const empty = await desk.get(`/accueil/nouvelle?nom=${encodeURIComponent("marchal zoé 31/08/1977 06 12 34 56 78")}`);
  for (const [field, value] of [
    ["nom", "marchal"],
    ["prenom", "zoé"],
    ["naissance", "31/08/1977"],
    ["telephone", "06 12 34 56 78"],
  ])
    assert.match(empty.text, new RegExp(`name="${field}"[^>]* value="${value}"`), field);
  const count = (await visits()).length;
  const people = async (): Promise<number> =>
    Number((await house.owner.query("SELECT count(*) FROM people.persons")).rows[0]?.count);
  const before = await people();
  const newcomer = {
    ...form(),
    visite: key(),
    sexe: "F",
    nom: "Marchal",
    prenom: "Zoé",
    naissance: "31/08/1977",
    telephone: "",
  };
  const twins = await desk.post("/accueil/nouvelle", newcomer);
  assert.equal(twins.status, 200);
  assert.match(twins.text, /peut-être déjà une fiche/);
  assert.match(twins.text, new RegExp(`personne=${zoe}`));
  assert.match(twins.text, /name="nom"[^>]* value="Marchal"/);
  assert.deepEqual([await people(), (await visits()).length], [before, count]);
  const confirmed = { ...newcomer, confirmed: "1" };
  const both = await Promise.all([
    desk.post("/accueil/nouvelle", confirmed),
    desk.post("/accueil/nouvelle", confirmed),
  ]);
  assert.deepEqual(
    both.map((answer) => answer.status),
    [303, 303],
  );
  assert.deepEqual([await people(), (await visits()).length], [before + 1, count + 1]);
  const wrong = await desk.post("/accueil/nouvelle", {
    ...confirmed,
    key: key(),
    visite: key(),
    naissance: "31/08/2077",
    nom: "<b>Marchal",
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /dans le futur/);
  assert.match(wrong.text, /&lt;b>Marchal/);
  const ended = await desk.post("/accueil/nouvelle", { ...confirmed, key: key(), visite: key(), motif: key() });
  assert.equal(ended.status, 422);
  assert.equal(await people(), before + 1, "no file without its visit");
});

test("the page without a line holds lists and a site, and no name of anybody who came", async () => {
  const page = await desk.get("/accueil/hors-ligne");
  assert.equal(page.status, 200);
  assert.match(page.text, /information/);
  assert.doesNotMatch(page.text, /Marchal/i);
  const worker = await desk.get("/hors-ligne.js");
  assert.match(worker.type, /javascript/);
});
