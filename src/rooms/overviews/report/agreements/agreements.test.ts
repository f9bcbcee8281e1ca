// The page of an agreement: what is reached is the chapter's number, a person counts once, what is missing is no "no", the file has the rows
// that were said, and who is outside the team works nothing out.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { parse } from "csv-parse/sync";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { makePartnersRoom } from "../../../foundations/partners/room.ts";
import { makePeopleRoom } from "../../../foundations/people/room.ts";
import type { IndicatorLine, Operation, Participant } from "../../../foundations/programmes/door.ts";
import { makeProgrammesRoom } from "../../../foundations/programmes/room.tsx";
import { makeReportRoom } from "../room.tsx";
import { type Hidden, maskedOf, toldOf } from "./told.ts";

let house: TestHouse;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

const programmesRoom = makeProgrammesRoom(() => []);
const registry = makeRegistry(programmesRoom.figureSources ?? [], programmesRoom.figures ?? []);
const rooms: readonly Room[] = [
  makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) }),
  makePartnersRoom({ panels: () => [], links: () => [] }),
  programmesRoom,
  makeReportRoom(() => registry),
];
const definition = {
  version: "0",
  code: "ier",
  intitule: "Itinéraire Emploi",
  resultats: "CDI : emploi, durable, droit commun, positif\nAbandon : abandon, à la sortie",
  conventions: "FSE : du 01/01/2020 au 31/12/2020, 236 060 €\nVille : du 01/01/2020 au 31/12/2020, 1 000,50 €",
  objectifs:
    "2020 : 10 personnes pour FSE\n2020 : 4 CO01 pour FSE\n2020 : 4 sorties_positives pour FSE\n2020 : 8 personnes pour Ville",
  lieux: "gerland",
  taux_de_sortie: "sur les personnes sorties",
};
let programme = "";
const word = new Map<string, string>();

async function person(facts: { family?: string; sex?: string; born?: string } = {}): Promise<string> {
  const id = key();
  const got = await as("direction").post("/personnes/nouvelle", {
    key: id,
    nom: facts.family ?? `Essai-${id.slice(-6).replace(/\d/g, "z")}`,
    prenom: "Camille",
    naissance: facts.born ?? "12/03/1985",
    sexe: facts.sex ?? "F",
    confirmed: "1",
  });
  assert.equal(got.status, 303, got.text);
  return id;
}
async function enrolment(
  wish: {
    who?: string;
    entry?: string;
    exit?: string;
    reason?: string;
    site?: string;
    followed?: boolean;
    facts?: object;
  } = {},
): Promise<string> {
  const id = key();
  const got = await as("direction").post("/parcours/nouveau", {
    key: id,
    personne: wish.who ?? (await person()),
    dispositif: "ier",
    jour: wish.entry ?? "01/03/2020",
    antenne: wish.site ?? house.sites.gerland,
    accompagne: wish.followed === false ? "non" : "oui",
  });
  assert.equal(got.status, 303, got.text);
  if (wish.facts)
    await house.owner.query("UPDATE programmes.enrolments SET entry = entry || $2::jsonb WHERE id = $1", [
      id,
      JSON.stringify(wish.facts),
    ]);
  if (wish.exit) {
    const left = await as("direction").post(`/parcours/${id}/sortie`, {
      version: "1",
      key: key(),
      jour: wish.exit,
      mot: word.get(wish.reason ?? "CDI") ?? "",
    });
    assert.equal(left.status, 303, left.text);
  }
  return id;
}
const agreement = async (funder: string): Promise<string> =>
  (
    await house.owner.query<{ id: string }>(
      "SELECT id FROM programmes.agreements WHERE programme_id = $1 AND funder = $2",
      [programme, funder],
    )
  ).rows[0]?.id ?? "";
const pageOf = async (who: string, funder = "FSE", more = "") =>
  as(who).get(`/conventions-de-financement/${await agreement(funder)}${more}`);
/** The cells of an indicator's row: code, words, women, men, total, of, missing, refused. */
const row = (text: string, code: string): string[] => {
  const found = new RegExp(`<tr><th[^>]*>${code}</th>(.*?)</tr>`).exec(plain(text))?.[1] ?? "";
  return [...found.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((cell) => (cell[1] ?? "").replace(/<[^>]+>/g, ""));
};
const csv = (text: string): Record<string, string>[] =>
  parse(text, { bom: true, columns: true, delimiter: ";" }) as Record<string, string>[];

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  const server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const { publicUrl } = house.services.config;
  for (const role of ["direction", "adviser", "finance", "board", "reception"] as const)
    visitors.set(role, makeVisitor(server, publicUrl, (await house.signIn(role)).cookie));
  const other = await house.anotherHouse("ailleurs");
  for (const [name, role, options] of [
    ["elsewhere", "direction", { house: other.houseId }],
    ["mermoz", "site-manager", { site: house.sites.mermoz }],
  ] as const)
    visitors.set(name, makeVisitor(server, publicUrl, (await house.signIn(role, options)).cookie));
  programme = key();
  const made = await as("direction").post("/dispositifs/nouveau", { ...definition, key: programme });
  assert.equal(made.status, 303, made.text);
  const { rows } = await house.owner.query<{ id: string; label: string }>(
    "SELECT id, label FROM programmes.outcome_words WHERE programme_id = $1",
    [programme],
  );
  for (const one of rows) word.set(one.label, one.id);

  const seeker = { status: "job_seeker", since: "2018-01-01", diploma: "3", rqth: "no" };
  const twice = await person();
  await enrolment({ who: twice, exit: "20/06/2020", reason: "Abandon", facts: seeker });
  await enrolment({ who: twice, entry: "01/09/2020", exit: "10/11/2020" });
  const whole = await enrolment({ exit: "20/11/2020", reason: "Abandon", facts: seeker });
  await enrolment({ who: await person({ sex: "M" }), facts: { ...seeker, since: "2020-02-01" } });
  await enrolment({ who: await person({ sex: "M", born: "01/03/1965" }), facts: { status: "inactive", diploma: "7" } });
  await enrolment({ who: await person({ born: "02/03/1965" }), facts: { status: "student" } });
  await enrolment({ site: house.sites.mermoz });
  await enrolment({ followed: false });
  await enrolment({ entry: "01/12/2019", exit: "31/12/2019" });
  for (const [path, form] of [
    [
      "sortie",
      { key: key(), remplace: "", jour: "25/11/2020", situation: "employee", formation: "oui", qualification: "non" },
    ],
    [
      "questionnaire",
      {
        version: "0",
        handicap: "refus",
        migrant_origine_minorite: "oui",
        autre_desavantage: "non",
        sans_abri: "non",
        zone_rurale: "non",
      },
    ],
  ] as const) {
    const got = await as("direction").post(`/parcours/${whole}/financeur/${path}`, form);
    assert.equal(got.status, 303, got.text);
  }
});

test("participants are those accompanied during the agreement, each once: the chapter's figure", async () => {
  const page = await pageOf("direction");
  assert.equal(page.status, 200);
  const said = Number(/<strong>(\d+)<\/strong> <span>participants/.exec(page.text)?.[1]);
  assert.equal(said, 6);
  const figure = await as("direction").get(
    "/chiffres/dispositif.accompagnes?de=2020-01-01&a=2020-12-31&dispositif=ier",
  );
  assert.match(plain(figure.text), new RegExp(`>${said}<`));
  assert.match(plain(page.text), /dossiers complets sur 6/);
  assert.match(page.text, /<strong>1<\/strong> <span>dossiers complets/);
});

test("what is reached is what the chapter of the report says, for each funder's own targets", async () => {
  const page = plain((await pageOf("direction")).text);
  const chapter = plain((await as("direction").get("/rapport/2020/ier")).text);
  for (const [label, target] of [
    ["Personnes dans le dispositif", 10],
    ["Sorties positives", 4],
  ] as const) {
    const pattern = (more: string) =>
      new RegExp(`>${label}${more}</th><td[^>]*>${target}</td><td[^>]*><a [^>]*>(\\d+)</a>`);
    const reached = pattern("").exec(page)?.[1];
    assert.ok(reached, label);
    assert.equal(pattern(", pour FSE").exec(chapter)?.[1], reached, label);
  }
  assert.match(page, />CO01, Chômeurs[^<]*<\/th><td[^>]*>4<\/td><td[^>]*>3<\/td><td[^>]*>75 %</);
  assert.doesNotMatch(chapter, /CO01/);
  const town = plain((await pageOf("direction", "Ville")).text);
  assert.match(town, /1 000,50 €/);
  assert.doesNotMatch(town, /CO01/, "no fund, no indicators");
});

test("indicators with their base and what is missing", async () => {
  const { text } = await pageOf("direction");
  // Women, men, total, of, missing, refused.
  assert.deepEqual(row(text, "CO01").slice(1), ["2", "1", "3", "6", "1", "0"]);
  assert.deepEqual(row(text, "CO02").slice(1), ["2", "0", "2", "6", "1", "0"]);
  assert.deepEqual(row(text, "CO03").slice(1), ["1", "1", "2", "6", "1", "0"]);
  assert.deepEqual(row(text, "CO04").slice(1), ["0", "1", "1", "6", "1", "0"]);
  assert.deepEqual(row(text, "CO07").slice(1), ["0", "1", "1", "6", "0", "0"], "55 on the day, and the day before");
  assert.deepEqual(row(text, "CO11").slice(1), ["0", "1", "1", "6", "2", "0"]);
  assert.deepEqual(row(text, "CO15").slice(1), ["1", "0", "1", "6", "5", "0"]);
  assert.deepEqual(row(text, "CO16").slice(1), ["0", "0", "0", "6", "3", "1"]);
  assert.deepEqual(row(text, "CR03").slice(1), ["0", "0", "0", "2", "1", "0"], "of the two who left");
  assert.deepEqual(row(text, "CR04").slice(1), ["2", "0", "2", "2", "0", "0"], "the word of the exit tells a job");
  assert.deepEqual(row(text, "CR06").slice(1), ["0", "0", "0", "0", "0", "0"], "six months are not over");
  assert.deepEqual(row(text, "CO12"), [], "no longer asked");
});

test("a number opens on the people that it counts", async () => {
  const { text } = await pageOf("direction");
  const of = async (query: string): Promise<number> => {
    const got = await pageOf("direction", "FSE", `/participants?${query}`);
    return [...got.text.matchAll(/\/parcours\/[0-9a-f-]{36}\/financeur/g)].length;
  };
  for (const code of ["CO01", "CO03", "CO15", "CR04"]) {
    assert.equal(String(await of(`indicateur=${code}&etat=oui`)), row(text, code)[3], code);
    assert.equal(String(await of(`indicateur=${code}&etat=manquant`)), row(text, code)[5], code);
  }
  assert.equal(await of("dossier=incomplet"), 5);
});

test("the participants' file has the rows that were said, a column an indicator, no name unless asked for by who may", async () => {
  const page = plain((await pageOf("direction")).text);
  const said = Number(/Fichier des participants, (\d+) lignes/.exec(page)?.[1]);
  const rows = csv((await pageOf("direction", "FSE", "/participants.csv")).text);
  assert.equal(rows.length, said);
  assert.ok(rows.every((one) => !("nom" in one) && !("prenom" in one)));
  assert.equal(rows.filter((one) => one.CO01 === "oui").length, 3);
  assert.equal(rows.filter((one) => one.CO01 === "manquant").length, 1);
  assert.equal(rows.filter((one) => one.CO16 === "ne souhaite pas répondre").length, 1);
  assert.equal(rows.filter((one) => one.CR04 === "").length, 4, "not asked of who has not left");
  assert.equal(new Set(rows.map((one) => one.identifiant)).size, said);
  await house.owner.query("UPDATE people.persons SET family_name = '=1+1' WHERE code = $1", [rows[0]?.identifiant]);
  const named = csv((await pageOf("direction", "FSE", "/participants.csv?noms=1")).text);
  assert.equal(named.length, said);
  assert.ok(
    named.some((one) => one.nom === "'=1+1"),
    "no formula",
  );
  assert.equal((await pageOf("mermoz", "FSE", "/participants.csv?noms=1")).status, 403);
  assert.equal(csv((await pageOf("mermoz", "FSE", "/participants.csv")).text).length, 1, "of their site");
  for (const who of ["adviser", "finance", "board"])
    assert.equal((await pageOf(who, "FSE", "/participants.csv")).status, 403, who);
  assert.equal((await pageOf("elsewhere")).status, 404);
  assert.equal((await pageOf("elsewhere", "FSE", "/participants.csv")).status, 404);
  assert.equal((await pageOf("reception")).status, 403);
});

test("outside the team: no small number, no split, nothing of health or origin, on the page and in the file", async () => {
  for (const who of ["finance", "board"]) {
    const { text } = await pageOf(who);
    assert.deepEqual(row(text, "CO01").slice(1), ["masqué"]);
    assert.deepEqual(row(text, "CO15"), []);
    assert.doesNotMatch(text, /Manquants|participants\.csv/);
    const file = csv((await pageOf(who, "FSE", "/indicateurs.csv")).text);
    assert.equal(file.find((one) => one.Code === "CO01")?.Total, "masqué");
    assert.ok(file.every((one) => !("Femmes" in one) && one.Code !== "CO15"));
  }
  const exact = csv((await pageOf("direction", "FSE", "/indicateurs.csv")).text);
  assert.equal(exact.find((one) => one.Code === "CO01")?.Total, "3");
});

const line = (code: string, yes: number, base: number, of: "entry" | "exit" = "entry"): IndicatorLine => ({
  indicator: { code, regime: "fse", label: code, of, rule: "participant", sensitive: false, until: null },
  base,
  yes,
  bySex: { F: yes, M: 0, X: 0, unknown: 0 },
  refused: 0,
  missing: base - yes,
});

test("what is not counted is masked with what is: neither tells the other", () => {
  const of = { participants: 40, complete: 20, left: 10 };
  // 38 of 40 tells that two are not.
  assert.ok(maskedOf([line("CO05", 38, 40)], of).has("CO05"));
  assert.ok(!maskedOf([line("CO05", 30, 40)], of).has("CO05"));
  // One status of three is small: another goes with it, or the total would tell it.
  const three = maskedOf([line("CO01", 20, 40), line("CO03", 3, 40), line("CO05", 17, 40)], of);
  assert.ok(three.has("CO03") && (three.has("CO01") || three.has("CO05") || three.has("participants")));
  assert.ok(maskedOf([line("CR04", 9, 10, "exit")], of).has("CR04"));
});

test("an agreement keeps its address when the programme is saved again", async () => {
  const before = await agreement("FSE");
  const saved = await as("direction").post("/dispositifs/ier/modifier", {
    ...definition,
    version: "1",
    key: programme,
    intitule: "Itinéraire Emploi Renforcé",
    conventions: definition.conventions.replace("236 060", "240 000"),
  });
  assert.equal(saved.status, 303, saved.text);
  assert.equal(await agreement("FSE"), before);
  assert.match(plain((await pageOf("direction")).text), /240 000 €/);
  const sheet = await as("finance").get("/dispositifs/ier");
  assert.ok(sheet.text.includes(`href="/conventions-de-financement/${before}"`), "the programme leads to it");
  assert.ok(!(await as("reception").get("/dispositifs/ier")).text.includes("/conventions-de-financement/"));
  const list = plain((await as("finance").get("/conventions-de-financement")).text);
  assert.match(list, /2 conventions, dont 2 en cours/);
});

test("what the chapter masks of the same people is masked here", async () => {
  const operation: Operation = {
    participants: Array.from({ length: 40 }, () => ({}) as Participant),
    indicators: [line("CO05", 20, 40), line("CR04", 10, 20, "exit")],
    complete: 20,
    left: 20,
  };
  const told = async (role: "board" | "direction", hidden: Hidden): Promise<string[]> => {
    const { cell } = await toldOf({ scope: house.scope(role) }, operation, async () => hidden);
    return ["participants", "CO05", "left", "CR04"].map(cell);
  };
  const all = ["40", "20", "20", "10"];
  const masked = "masqué";
  assert.deepEqual(await told("board", { participants: false, left: false }), all);
  assert.deepEqual(await told("board", { participants: false, left: true }), ["40", "20", masked, masked]);
  assert.deepEqual(await told("board", { participants: true, left: false }), [masked, masked, masked, masked]);
  assert.deepEqual(await told("direction", { participants: true, left: true }), all);
});
