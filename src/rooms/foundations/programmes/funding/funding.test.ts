// What funders ask, through its pages: the list of what is missing, the two checks with their windows, who may, and what is kept.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { makePartnersRoom } from "../../partners/room.ts";
import { anonymise } from "../../people/retention/writes.ts";
import { makePeopleRoom } from "../../people/room.ts";
import { personLinks } from "../enrolments/on-person.tsx";
import { makeProgrammesRoom } from "../room.tsx";
import { agreementsOf, underFund } from "./agreements.ts";
import { participations } from "./participants.ts";

let house: TestHouse;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
const list = "/financements/a-completer";

const people = makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) });
const rooms = [people, makePartnersRoom({ panels: () => [], links: () => [] }), makeProgrammesRoom(() => [])];
let adviserAccount = "";

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  const server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const { publicUrl } = house.services.config;
  for (const role of ["direction", "adviser", "training", "reception", "board"] as const) {
    const { cookie, account } = await house.signIn(role);
    visitors.set(role, makeVisitor(server, publicUrl, cookie));
    if (role === "adviser") adviserAccount = account;
  }
  const other = await house.anotherHouse("ailleurs");
  for (const [name, role, options] of [
    ["elsewhere", "direction", { house: other.houseId }],
    ["mermoz", "site-manager", { site: house.sites.mermoz }],
    ["gerland", "site-manager", { site: house.sites.gerland }],
  ] as const)
    visitors.set(name, makeVisitor(server, publicUrl, (await house.signIn(role, options)).cookie));
  for (const [code, funder] of [
    ["ier", "FSE"],
    ["plie", "Métropole"],
  ]) {
    const made = await as("direction").post("/dispositifs/nouveau", {
      version: "0",
      key: key(),
      code: code ?? "",
      intitule: `Dispositif ${code}`,
      resultats: "CDI : emploi, durable, droit commun, positif\nAbandon : abandon, à la sortie",
      conventions: `${funder} : du 01/01/2020 au 31/12/2020, 50 000 €`,
      lieux: "gerland",
      taux_de_sortie: "sur les personnes sorties",
    });
    assert.equal(made.status, 303, made.text);
  }
});

async function person(name = "Essai"): Promise<string> {
  const id = key();
  const got = await as("direction").post("/personnes/nouvelle", {
    key: id,
    nom: `${name}-${id.slice(-6).replace(/\d/g, "z")}`,
    prenom: "Camille",
    naissance: "12/03/1985",
    confirmed: "1",
  });
  assert.equal(got.status, 303, got.text);
  return id;
}
const word = async (label: string, code = "ier"): Promise<string> =>
  (
    await house.owner.query<{ id: string }>(
      "SELECT w.id FROM programmes.outcome_words w JOIN programmes.programmes g ON g.house_id = w.house_id AND g.id = w.programme_id WHERE g.code = $1 AND w.label = $2",
      [code, label],
    )
  ).rows[0]?.id ?? "";
async function enrolment(
  wish: { who?: string; code?: string; entry?: string; exit?: string; reason?: string; referent?: boolean } = {},
): Promise<string> {
  const id = key();
  const got = await as("direction").post("/parcours/nouveau", {
    key: id,
    personne: wish.who ?? (await person()),
    dispositif: wish.code ?? "ier",
    jour: wish.entry ?? "01/03/2020",
    antenne: house.sites.gerland,
    accompagne: "oui",
    ...(wish.referent === false ? {} : { referent: adviserAccount }),
  });
  assert.equal(got.status, 303, got.text);
  if (wish.exit) {
    const left = await as("direction").post(`/parcours/${id}/sortie`, {
      version: "1",
      key: key(),
      jour: wish.exit,
      mot: await word(wish.reason ?? "CDI", wish.code),
    });
    assert.equal(left.status, 303, left.text);
  }
  return id;
}
const checks = async (id: string): Promise<{ on_day: string; situation: string; replaces_id: string | null }[]> =>
  (
    await house.owner.query(
      "SELECT on_day::text, situation, replaces_id FROM programmes.funding_checks WHERE enrolment_id = $1 ORDER BY on_day",
      [id],
    )
  ).rows;
const leaving = (more: Record<string, string> = {}): Record<string, string> => ({
  key: key(),
  remplace: "",
  jour: "25/11/2020",
  situation: "employee",
  formation: "non",
  qualification: "non",
  ...more,
});

test("the list asks of the fund's people only, late first, each under its adviser", async () => {
  const late = await enrolment({ exit: "02/11/2020" });
  const open = await enrolment({ exit: "03/11/2020" });
  const unpaid = await enrolment({ code: "plie", exit: "02/11/2020" });
  const mine = plain((await as("adviser").get(`${list}?quoi=sortie`)).text);
  assert.ok(mine.includes(late) && mine.includes(open));
  assert.ok(!mine.includes(unpaid), "no agreement of the fund");
  assert.ok(mine.indexOf(late) < mine.indexOf(open));
  // The test's day is 1 December: 2 November and 28 days is the day before.
  assert.match(mine, /en retard, à faire au plus tard le 30\/11\/2020/);
  assert.match(mine, /jusqu’au 01\/12\/2020/);
  const active = plain((await as("adviser").get("/file-active")).text);
  assert.match(active, /\d+ choses à compléter pour les financeurs/);
  assert.doesNotMatch(plain((await as("training").get("/file-active")).text), /à compléter pour les financeurs/);
  const orphan = await enrolment({ exit: "02/11/2020", referent: false });
  assert.ok(!(await as("adviser").get(list)).text.includes(orphan));
  assert.ok((await as("adviser").get(`${list}?qui=tous`)).text.includes(orphan));
  assert.ok((await as("gerland").get(list)).text.includes(orphan), "a manager starts from their site");
});

test("what is noted later of the day of entry fills what was missing, and never turns what was kept", async () => {
  const who = await person();
  const id = await enrolment({ who });
  const facts = async (entry: object, history: readonly [string, string, string | null][]) => {
    await house.owner.query("UPDATE programmes.enrolments SET entry = $2::jsonb WHERE id = $1", [
      id,
      JSON.stringify(entry),
    ]);
    await house.owner.query("DELETE FROM people.situations WHERE person_id = $1", [who]);
    for (const [kind, value, since] of history)
      await house.owner.query(
        "INSERT INTO people.situations (house_id, person_id, kind, value, from_day, since_day, recorded_at) VALUES ($1, $2, $3, $4, '2020-01-01', $5, now())",
        [house.houseId, who, kind, value, since],
      );
    return house.run("direction", async (tx) => {
      const [one] = await participations(tx, underFund(await agreementsOf(tx)), { enrolment: id });
      return [one?.facts.status, one?.facts.since, one?.facts.diploma, one?.facts.age];
    });
  };
  assert.deepEqual(
    await facts({ age: 34 }, [
      ["status", "job_seeker", "2019-05-01"],
      ["diploma", "4", null],
    ]),
    ["job_seeker", "2019-05-01", "4", 34],
  );
  assert.deepEqual(
    await facts({ status: "job_seeker", diploma: "3" }, [
      ["status", "employee", "2019-05-01"],
      ["diploma", "4", null],
    ]),
    ["job_seeker", null, "3", 34],
  );
});

test("who has no part in it sees nothing: another site, another house, another role", async () => {
  const id = await enrolment({ exit: "20/11/2020" });
  assert.ok(!(await as("mermoz").get(`${list}?qui=tous`)).text.includes(id));
  assert.equal((await as("mermoz").get(`/parcours/${id}/financeur`)).status, 404);
  assert.ok(!(await as("elsewhere").get(`${list}?qui=tous`)).text.includes(id));
  for (const who of ["mermoz", "elsewhere"])
    assert.equal((await as(who).post(`/parcours/${id}/financeur/sortie`, leaving())).status, 404, who);
  for (const who of ["reception", "board"]) assert.equal((await as(who).get(list)).status, 403, who);
  assert.equal((await as("training").get(`${list}/export.csv`)).status, 403);
  assert.deepEqual(await checks(id), []);
});

test("a situation on leaving is noted in one click from what the exit told, and is no more to be done", async () => {
  const id = await enrolment({ exit: "20/11/2020" });
  const page = await as("adviser").get(`/parcours/${id}/financeur?retour=liste`);
  assert.match(page.text, /value="employee"[^>]* checked/);
  const form = leaving({ retour: "liste" });
  const got = await as("adviser").post(`/parcours/${id}/financeur/sortie`, form);
  assert.equal(got.status, 303, got.text);
  assert.match(got.location, /^\/financements\/a-completer/);
  assert.equal((await as("adviser").post(`/parcours/${id}/financeur/sortie`, form)).status, 303, "sent twice");
  assert.deepEqual(await checks(id), [{ on_day: "2020-11-25", situation: "employee", replaces_id: null }]);
  assert.ok(!(await as("adviser").get(`${list}?quoi=sortie`)).text.includes(id));
  const { rows } = await house.owner.query(
    "SELECT count(*)::int AS n FROM core.journal WHERE act = 'funding.checked' AND subject_id = $1",
    [id],
  );
  assert.equal(rows[0].n, 1, "one act, one line");
});

test("a day outside the four weeks, a day to come, a missing answer: refused with what was typed", async () => {
  const id = await enrolment({ exit: "03/11/2020", reason: "Abandon" });
  const send = (more: Record<string, string>) => as("adviser").post(`/parcours/${id}/financeur/sortie`, leaving(more));
  for (const [more, sentence] of [
    [{ jour: "02/11/2020" }, /se constate du 03\/11\/2020 au 01\/12\/2020/],
    [{ jour: "02/12/2020" }, /se constate du 03\/11\/2020 au 01\/12\/2020/],
    [{ qualification: "" }, /Dites si une qualification a été obtenue/],
    [{ situation: "" }, /Choisissez la situation/],
    [{ jour: "31/02/2020" }, /n’existe pas|illisible|jour/],
  ] as const) {
    const got = await send(more);
    assert.equal(got.status, 422, JSON.stringify(more));
    assert.match(plain(got.text), sentence);
  }
  assert.match((await send({ jour: "02/11/2020" })).text, /name="jour"[^>]* value="02\/11\/2020"/);
  assert.deepEqual(await checks(id), []);
  for (const day of ["03/11/2020", "01/12/2020"]) {
    const other = await enrolment({ exit: "03/11/2020" });
    const got = await as("adviser").post(`/parcours/${other}/financeur/sortie`, leaving({ jour: day }));
    assert.equal(got.status, 303, day);
  }
  // Nobody could tell: nothing else is asked, and it is done.
  assert.equal((await send({ situation: "unreached", formation: "", qualification: "" })).status, 303);
});

test("what was noted meanwhile is shown, not overwritten; a correction keeps what was said", async () => {
  const id = await enrolment({ exit: "20/11/2020" });
  const first = leaving();
  assert.equal((await as("adviser").post(`/parcours/${id}/financeur/sortie`, first)).status, 303);
  const stale = await as("direction").post(`/parcours/${id}/financeur/sortie`, leaving({ situation: "job_seeking" }));
  assert.equal(stale.status, 409);
  assert.match(plain(stale.text), /modifié entre-temps/);
  assert.equal((await checks(id)).length, 1);
  const seen = fieldOf(stale.text, "remplace");
  assert.equal(seen, first.key);
  const second = leaving({ situation: "job_seeking", jour: "26/11/2020", remplace: seen });
  assert.equal((await as("direction").post(`/parcours/${id}/financeur/sortie`, second)).status, 303);
  assert.deepEqual(
    (await checks(id)).map((one) => [one.situation, one.replaces_id]),
    [
      ["employee", null],
      ["job_seeking", first.key],
    ],
  );
  const both = await Promise.all(
    ["employee", "inactive"].map((situation) =>
      as("direction").post(
        `/parcours/${id}/financeur/sortie`,
        leaving({ situation, jour: "27/11/2020", remplace: second.key ?? "" }),
      ),
    ),
  );
  assert.deepEqual(both.map((one) => one.status).sort(), [303, 409], "two at once");
});

test("the second check opens six months after the exit and is closed four weeks later", async () => {
  const ahead = await enrolment({ exit: "16/06/2020" });
  const far = await enrolment({ exit: "17/06/2020" });
  const open = await enrolment({ exit: "03/05/2020" });
  const late = await enrolment({ exit: "02/05/2020" });
  const text = plain((await as("adviser").get(`${list}?quoi=six-mois`)).text);
  assert.match(text, /à faire du 16\/12\/2020 au 13\/01\/2021/);
  assert.ok(text.includes(ahead) && !text.includes(far), "announced fifteen days before");
  assert.match(text, /jusqu’au 01\/12\/2020/);
  assert.ok(text.indexOf(late) < text.indexOf(open));
  const check = { remplace: "", situation: "employee" };
  const early = await as("adviser").post(`/parcours/${ahead}/financeur/six-mois`, {
    ...check,
    key: key(),
    jour: "01/12/2020",
  });
  assert.equal(early.status, 422);
  const done = await as("adviser").post(`/parcours/${open}/financeur/six-mois`, {
    ...check,
    key: key(),
    jour: "30/11/2020",
  });
  assert.equal(done.status, 303, done.text);
  assert.ok(!(await as("adviser").get(`${list}?quoi=six-mois`)).text.includes(open));
});

test("what is missing of the entry is completed, never replaced", async () => {
  const id = await enrolment();
  const page = plain((await as("adviser").get(`/parcours/${id}/financeur`)).text);
  assert.match(page, /Manque sur la fiche : sexe/);
  const before = plain((await as("adviser").get(`${list}?quoi=entree`)).text);
  assert.match(before, /Entrée : sexe, situation, niveau de diplôme/);
  const send = (form: Record<string, string>) => as("adviser").post(`/parcours/${id}/financeur/entree`, form);
  assert.equal((await send({ version: "1" })).status, 422, "nothing said");
  assert.equal((await send({ version: "1", situation: "astronaut" })).status, 422);
  assert.equal(
    (await send({ version: "1", situation: "job_seeker", depuis: "02/03/2020" })).status,
    422,
    "after the entry",
  );
  assert.equal((await send({ version: "1", situation: "job_seeker", depuis: "01/02/2019", diplome: "3" })).status, 303);
  assert.equal((await send({ version: "1", diplome: "4" })).status, 422, "nothing of it is missing any more");
  const { rows } = await house.owner.query<{ entry: Record<string, unknown> }>(
    "SELECT entry FROM programmes.enrolments WHERE id = $1",
    [id],
  );
  assert.deepEqual(
    [rows[0]?.entry.status, rows[0]?.entry.since, rows[0]?.entry.diploma, rows[0]?.entry.age],
    ["job_seeker", "2019-02-01", "3", 34],
  );
  const stale = await enrolment();
  assert.equal(
    (await as("adviser").post(`/parcours/${stale}/financeur/entree`, { version: "7", diplome: "3" })).status,
    409,
  );
});

test("the questionnaire: refusing is an answer, who may not read it does not, its reading is told", async () => {
  const who = await person();
  const id = await enrolment({ who });
  const path = `/parcours/${id}/financeur/questionnaire`;
  assert.match(plain((await as("adviser").get(`${list}?quoi=entree`)).text), /questionnaire \(5 réponses\)/);
  const page = await as("adviser").get(path);
  assert.match(page.text, /Est sans abri ou exclue du logement/);
  assert.doesNotMatch(page.text, /pays hors de l’Union/, "a question of the FSE+ only");
  const form = {
    version: "0",
    handicap: "refus",
    migrant_origine_minorite: "refus",
    autre_desavantage: "non",
    sans_abri: "oui",
    zone_rurale: "non",
  };
  assert.equal((await as("adviser").post(path, form)).status, 303);
  assert.equal((await as("adviser").post(path, form)).status, 303, "sent twice");
  const after = plain((await as("adviser").get(`/parcours/${id}/financeur`)).text);
  assert.match(after, /Le questionnaire est complet/);
  const stale = await as("direction").post(path, { ...form, sans_abri: "non" });
  assert.equal(stale.status, 409);
  assert.equal((await as("direction").post(path, { ...form, version: "1", sans_abri: "" })).status, 303);
  assert.match(plain((await as("adviser").get(`/parcours/${id}/financeur`)).text), /1 réponse manque/);
  for (const [visitor, status] of [
    ["training", 403],
    ["mermoz", 404],
    ["elsewhere", 404],
    ["reception", 403],
  ] as const) {
    assert.equal((await as(visitor).get(path)).status, status, visitor);
    assert.equal((await as(visitor).post(path, form)).status, status, visitor);
  }
  const training = plain((await as("training").get(`/parcours/${id}/financeur`)).text);
  assert.doesNotMatch(training, /Répondre au questionnaire|corriger les réponses/);
  const { rows } = await house.owner.query<{ act: string; details: string }>(
    "SELECT act, details::text FROM core.journal WHERE subject_id IN ($1, $2) AND act LIKE 'funding.answer%' ORDER BY act",
    [id, who],
  );
  assert.deepEqual(
    rows.map((row) => row.act),
    ["funding.answered", "funding.answered", "funding.answers-read"],
  );
  assert.doesNotMatch(JSON.stringify(rows), /refused|"yes"|"no"/, "the journal keeps no answer");
});

test("the exported list has a line for each thing to do", async () => {
  const got = await as("direction").get(`${list}?qui=tous`);
  const said = Number(/Exporter (\d+) ligne/.exec(plain(got.text))?.[1]);
  const file = await as("direction").get(`${list}/export.csv?qui=tous`);
  assert.equal(file.text.trim().split("\r\n").length, 1 + said);
  assert.ok(said > 5);
});

test("an enrolment that no fund pays for has no such page, and the sheet leads to it where one does", async () => {
  const unpaid = await enrolment({ code: "plie" });
  assert.equal((await as("adviser").get(`/parcours/${unpaid}/financeur`)).status, 404);
  assert.ok(!(await as("adviser").get(`/parcours/${unpaid}`)).text.includes("/financeur"));
  const paid = await enrolment();
  assert.ok((await as("adviser").get(`/parcours/${paid}`)).text.includes(`/parcours/${paid}/financeur`));
});

test("a person reads what was told to funders; who is forgotten leaves how long they were unemployed, not since when", async () => {
  const who = await person();
  const id = await enrolment({ who, exit: "20/11/2020" });
  await as("adviser").post(`/parcours/${id}/financeur/entree`, {
    version: "2",
    situation: "job_seeker",
    depuis: "29/08/2019",
  });
  await as("adviser").post(`/parcours/${id}/financeur/sortie`, leaving({ situation: "self_employed" }));
  const told = JSON.stringify(
    await house.run("direction", (tx) => personLinks[0]?.describe(tx, who) ?? Promise.resolve([])),
  );
  assert.match(plain(told), /Situation à la sortie, le 25\/11\/2020, indépendante/);
  await house.run("direction", (tx) => anonymise(tx, personLinks, [who]));
  const { rows } = await house.owner.query<{ entry: Record<string, unknown> }>(
    "SELECT entry FROM programmes.enrolments WHERE id = $1",
    [id],
  );
  assert.equal(rows[0]?.entry.since, undefined);
  assert.equal(rows[0]?.entry.months, 6.5);
  assert.equal((await checks(id)).length, 1);
});
