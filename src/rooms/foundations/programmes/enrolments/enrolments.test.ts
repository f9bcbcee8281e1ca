// Programmes and enrolments through their pages: who may enter and why, what counts, what can be taken back; and attacks on all that.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../../core/figures/ask.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { importText, told } from "../../../../core/testing/imports.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { makePeopleRoom } from "../../people/room.ts";
import { enrolmentsSource, outcomesSource } from "../figure-sources.ts";
import { programmesFigures } from "../figures.ts";
import { makeProgrammesRoom } from "../room.tsx";
import { importEnrolments } from "./imports.ts";

let house: TestHouse;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const accounts = new Map<string, string>();
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("&#39;", "'");

const people = makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) });
const rooms = [people, makeProgrammesRoom(() => [])];
const definition = {
  version: "0",
  intitule: "Ateliers seniors",
  conditions: "âge : 45 ans ou plus\nRSA : oui\nà vérifier : projet écrit",
  etapes: "Accueil\nAteliers\nBilan",
  resultats:
    "CDI : emploi, durable, droit commun, positif\nCDD : emploi, non durable, droit commun, positif, pas positif pour PLIE\nAbandon : abandon, à la sortie",
  champs: "Score : nombre",
  lieux: "gerland",
  taux_de_sortie: "sur les personnes accompagnées",
};

async function person(birth: string, rsa: "yes" | "no" | null): Promise<string> {
  const id = key();
  const got = await as("direction").post("/personnes/nouvelle", {
    key: id,
    nom: `Essai-${id.slice(-4).replace(/\d/g, "z")}`,
    prenom: "Camille",
    naissance: birth,
    confirmed: "1",
  });
  assert.equal(got.status, 303, got.text);
  if (rsa)
    await house.owner.query(
      "INSERT INTO people.situations (house_id, person_id, kind, from_day, value, recorded_at) VALUES ($1, $2, 'rsa', '2020-01-01', $3, now())",
      [house.houseId, id, rsa],
    );
  return id;
}
const entry = (who: string, more: Record<string, string> = {}): Record<string, string> => ({
  key: key(),
  personne: who,
  dispositif: "seniors",
  jour: "01/11/2020",
  antenne: house.sites.gerland,
  accompagne: "oui",
  "dit-0": "oui",
  ...more,
});
const word = async (label: string): Promise<string> =>
  (
    await house.owner.query<{ id: string }>(
      "SELECT id FROM programmes.outcome_words WHERE house_id = $1 AND label = $2",
      [house.houseId, label],
    )
  ).rows[0]?.id ?? "";
const count = async (table: string): Promise<number> =>
  (
    await house.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM programmes.${table} WHERE house_id = $1`, [
      house.houseId,
    ])
  ).rows[0]?.n ?? -1;
const registry = makeRegistry([enrolmentsSource, outcomesSource], programmesFigures);
const figure = async (code: string, filters: Record<string, string> = {}): Promise<number> =>
  house.run("direction", async (tx) =>
    (
      await askFigures(tx, registry, {
        codes: [code],
        period: { from: "2020-01-01", to: "2020-12-31" },
        by: [[]],
        filters,
      })
    ).at(code),
  );

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  const server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  for (const role of ["direction", "adviser", "reception", "board", "site-manager"] as const) {
    const { cookie, account } = await house.signIn(role);
    visitors.set(role, makeVisitor(server, house.services.config.publicUrl, cookie));
    accounts.set(role, account);
  }
  const other = await house.anotherHouse("ailleurs");
  visitors.set(
    "elsewhere",
    makeVisitor(
      server,
      house.services.config.publicUrl,
      (await house.signIn("direction", { house: other.houseId })).cookie,
    ),
  );
  const mermoz = await house.signIn("adviser", { site: house.sites.mermoz });
  visitors.set("mermoz", makeVisitor(server, house.services.config.publicUrl, mermoz.cookie));
  const made = await as("direction").post("/dispositifs/nouveau", { ...definition, key: key(), code: "seniors" });
  assert.equal(made.status, 303, made.text);
});

test("each condition is told with the fact behind it, and only who fulfils all of them enters", async () => {
  const fits = await person("12/03/1960", "yes");
  const young = await person("12/03/1990", "yes");
  const unknown = await person("12/03/1960", null);
  const page = plain((await as("adviser").get(`/parcours/nouveau?personne=${fits}&dispositif=seniors`)).text);
  assert.match(page, /âge : 45 ans ou plus.*60 ans ce jour-là/s);
  for (const [who, forms, sentence] of [
    [young, entry(young), /30 ans ce jour-là/],
    [unknown, entry(unknown), /RSA inconnu/],
    [fits, entry(fits, { "dit-0": "non" }), /projet écrit/],
    [fits, entry(fits, { "dit-0": "" }), /à vérifier/],
    [fits, entry(fits, { jour: "31/12/2020" }), /à venir/],
    [fits, entry(fits, { "champ-x": "1", accompagne: "peut-être" }), /Choisissez dans la liste/],
  ] as const) {
    const got = await as("adviser").post("/parcours/nouveau", forms);
    assert.equal(got.status, 422, who);
    assert.match(plain(got.text), sentence);
  }
  assert.equal(await count("enrolments"), 0);
  const form = entry(fits, { referent: accounts.get("adviser") ?? "" });
  const sent = await Promise.all([1, 2, 3].map(() => as("adviser").post("/parcours/nouveau", form)));
  assert.ok(sent.every((got) => got.status === 303 || got.status === 422));
  assert.equal(await count("enrolments"), 1);
  const sheet = plain((await as("adviser").get(`/parcours/${form.key}`)).text);
  assert.match(sheet, /vérifié/);
  // An adviser may not pass over a condition; a manager may, with a reason that stays.
  const malgre = entry(young, { malgre: "Recommandée par la Métropole" });
  assert.equal((await as("adviser").post("/parcours/nouveau", malgre)).status, 422);
  assert.equal((await as("direction").post("/parcours/nouveau", malgre)).status, 303);
  assert.match(plain((await as("adviser").get(`/parcours/${malgre.key}`)).text), /Recommandée par la Métropole/);
});

test("a rule changed today changes no past check, and what was used is ended, never removed", async () => {
  const { rows } = await house.owner.query<{ id: string; version: number }>(
    "SELECT id, version FROM programmes.programmes WHERE house_id = $1 AND code = 'seniors'",
    [house.houseId],
  );
  const { id = "", version = 0 } = rows[0] ?? {};
  const past = async () =>
    (
      await house.owner.query<{ c: unknown }>(
        "SELECT eligibility_check AS c FROM programmes.enrolments WHERE house_id = $1 ORDER BY id",
        [house.houseId],
      )
    ).rows.map((row) => row.c);
  const before = await past();
  const changed = {
    ...definition,
    key: id,
    code: "seniors",
    version: String(version),
    conditions: "âge : 50 ans ou plus",
  };
  assert.equal((await as("direction").post("/dispositifs/seniors/modifier", changed)).status, 303);
  assert.deepEqual(await past(), before);
  // The same form again is stale, and shows what it says now.
  const stale = await as("direction").post("/dispositifs/seniors/modifier", { ...changed, conditions: "" });
  assert.equal(stale.status, 409);
  assert.match(plain(stale.text), /âge : 50 ans ou plus/);
  assert.equal((await as("direction").post("/dispositifs/seniors/suppression", {})).status, 409);
  assert.equal((await as("adviser").post("/dispositifs/seniors/modifier", changed)).status, 403);
  const lost = await as("direction").post("/dispositifs/seniors/modifier", {
    ...changed,
    version: String(version + 1),
    conditions: "taille : 2 m",
  });
  assert.equal(lost.status, 422);
  assert.match(plain(lost.text), /taille : 2 m<\/textarea>/);
  assert.match(plain(lost.text), /Ligne 1/);
});

test("a contract on the way and an exit are two counts, and the rate is over what the programme says", async () => {
  const who = await person("12/03/1960", "yes");
  const form = entry(who);
  assert.equal((await as("adviser").post("/parcours/nouveau", form)).status, 303);
  const at = `/parcours/${form.key}`;
  const outcome = { key: key(), mot: await word("CDD"), jour: "10/11/2020", temps: "partiel", mois: "6" };
  for (let turn = 0; turn < 2; turn++) assert.equal((await as("adviser").post(`${at}/resultats`, outcome)).status, 303);
  assert.equal(await figure("dispositif.resultats"), 1);
  assert.equal(await figure("dispositif.sorties"), 0);
  assert.equal(await figure("dispositif.personnes_avec_contrat"), 1);
  assert.equal(
    (await as("adviser").post(`${at}/sortie`, { version: "1", key: key(), jour: "01/10/2020", mot: await word("CDI") }))
      .status,
    422,
  );
  assert.equal(
    (
      await as("adviser").post(`${at}/sortie`, {
        version: "1",
        key: key(),
        jour: "20/11/2020",
        mot: await word("CDI"),
        obtenu: "1",
      })
    ).status,
    303,
  );
  assert.equal(
    (await as("adviser").post(`${at}/sortie`, { version: "1", key: key(), jour: "21/11/2020", mot: await word("CDI") }))
      .status,
    409,
  );
  assert.equal(await figure("dispositif.sorties"), 1);
  assert.equal(await figure("dispositif.sorties_positives"), 1);
  assert.equal(await figure("dispositif.resultats", { moment: "exit" }), 1);
  // Three people are accompanied, one of them left well: a third of those accompanied, not all of those who left.
  assert.equal(await figure("dispositif.personnes"), 3);
  assert.equal(await figure("dispositif.taux_sorties_positives"), 33);
  assert.equal((await as("adviser").post(`${at}/reouverture`, { version: "2", raison: "Toujours là" })).status, 303);
  assert.equal(await figure("dispositif.sorties"), 0);
  assert.equal(await figure("dispositif.resultats"), 1);
  // Left again, with another outcome of the exit.
  assert.equal(
    (
      await as("adviser").post(`${at}/sortie`, {
        version: "3",
        key: key(),
        jour: "21/11/2020",
        mot: await word("Abandon"),
      })
    ).status,
    303,
  );
  assert.equal(await figure("dispositif.sorties_positives"), 0);
  // Come back later to the same programme: another enrolment, the same person.
  const again = entry(who, { jour: "01/12/2020" });
  assert.equal((await as("adviser").post("/parcours/nouveau", again)).status, 303);
  assert.equal(await figure("dispositif.personnes"), 3);
  assert.equal(
    (await as("adviser").post(`/parcours/${again.key}/retrait`, { version: "1", raison: "Noté par erreur" })).status,
    303,
  );
  assert.equal((await as("adviser").post(`/parcours/${again.key}/etapes`, { etape: key(), jour: "" })).status, 409);
  assert.equal((await as("adviser").post(`/parcours/${again.key}/remise`, {})).status, 303);
});

test("places are never given twice, however many ask at once", async () => {
  const made = await as("direction").post("/dispositifs/nouveau", {
    key: key(),
    version: "0",
    code: "douze",
    intitule: "Douze places",
    capacite: "12",
  });
  assert.equal(made.status, 303, made.text);
  const crowd = await Promise.all(Array.from({ length: 40 }, () => person("12/03/1980", null)));
  const got = await Promise.all(
    crowd.map((who) => as("adviser").post("/parcours/nouveau", entry(who, { dispositif: "douze", key: key() }))),
  );
  assert.equal(got.filter((one) => one.status === 303).length, 12);
  assert.equal(
    got.filter((one) => one.status === 422 && /places de ce dispositif sont prises/.test(plain(one.text))).length,
    28,
  );
  const list = await as("direction").get("/parcours?dispositif=douze");
  assert.match(plain(list.text), /12 parcours en cours/);
  const file = await as("direction").get("/parcours/export.csv?dispositif=douze");
  assert.equal(file.text.trim().split("\r\n").length, 1 + 12);
});

test("a caseload is handed over from a day and taken back; what was handed on since stays", async () => {
  const [from, to, third] = [
    accounts.get("adviser") ?? "",
    accounts.get("site-manager") ?? "",
    accounts.get("direction") ?? "",
  ];
  const ids: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const form = entry(await person("12/03/1960", "yes"), { dispositif: "seniors", referent: from });
    assert.equal((await as("adviser").post("/parcours/nouveau", form)).status, 303);
    ids.push(form.key ?? "");
  }
  const referents = async (): Promise<(string | undefined)[]> => {
    const { rows } = await house.owner.query<{ enrolment_id: string; account_id: string }>(
      "SELECT enrolment_id, account_id FROM programmes.referents WHERE house_id = $1 AND to_day IS NULL AND enrolment_id = ANY($2)",
      [house.houseId, ids],
    );
    return ids.map((id) => rows.find((row) => row.enrolment_id === id)?.account_id);
  };
  assert.equal(
    (
      await as("adviser").post("/file-active/passage", {
        key: key(),
        de: from,
        vers: to,
        jour: "01/12/2020",
        tous: "1",
      })
    ).status,
    403,
  );
  const handover = key();
  assert.equal(
    (
      await as("direction").post("/file-active/passage", {
        key: handover,
        de: from,
        vers: to,
        jour: "15/11/2020",
        tous: "1",
      })
    ).status,
    303,
  );
  assert.deepEqual(await referents(), [to, to, to]);
  assert.equal(
    (
      await as("direction").post("/file-active/passage", {
        key: key(),
        de: to,
        vers: third,
        jour: "20/11/2020",
        tous: "0",
        parcours: ids[0] ?? "",
      })
    ).status,
    303,
  );
  assert.deepEqual(await referents(), [third, to, to]);
  assert.equal((await as("direction").post(`/file-active/passages/${handover}/annulation`, {})).status, 303);
  assert.deepEqual(await referents(), [third, from, from]);
  // Asked again, it changes nothing.
  assert.equal((await as("direction").post(`/file-active/passages/${handover}/annulation`, {})).status, 303);
  assert.deepEqual(await referents(), [third, from, from]);
  assert.equal((await as("direction").post(`/file-active/passages/${key()}/annulation`, {})).status, 404);
});

test("the exit of a path is known beside its referents, whatever happens to either", async () => {
  const form = entry(await person("12/03/1960", "yes"), { referent: accounts.get("adviser") ?? "" });
  assert.equal((await as("adviser").post("/parcours/nouveau", form)).status, 303);
  const exits = async (): Promise<(string | null)[]> =>
    (
      await house.owner.query<{ on: string | null }>(
        "SELECT path_exit_on AS on FROM programmes.referents WHERE house_id = $1 AND enrolment_id = $2",
        [house.houseId, form.key],
      )
    ).rows.map((row) => row.on);
  const listed = async (): Promise<boolean> => (await as("adviser").get("/file-active")).text.includes(form.key ?? "");
  assert.deepEqual([await exits(), await listed()], [[null], true]);
  const exit = { version: "1", key: key(), jour: "20/11/2020", mot: await word("Abandon") };
  assert.equal((await as("adviser").post(`/parcours/${form.key}/sortie`, exit)).status, 303);
  assert.deepEqual([await exits(), await listed()], [["2020-11-20"], false]);
  // Whoever gets a path that has ended has not got it on their list.
  await house.owner.query(
    "UPDATE programmes.referents SET path_exit_on = NULL WHERE house_id = $1 AND enrolment_id = $2",
    [house.houseId, form.key],
  );
  assert.deepEqual(await exits(), ["2020-11-20"], "the database keeps it");
  const again = { version: "2", raison: "Toujours là" };
  assert.equal((await as("adviser").post(`/parcours/${form.key}/reouverture`, again)).status, 303);
  assert.deepEqual([await exits(), await listed()], [[null], true]);
});

test("a file whose exit comes before its entry is doubtful, and such a path can be found and says so", async () => {
  const who = await person("01/01/1970", "yes");
  await house.owner.query(
    "INSERT INTO people.external_ids (house_id, person_id, system, external_id) VALUES ($1, $2, 'import', 'P-avant')",
    [house.houseId, who],
  );
  const text = [
    "id;personne;dispositif;antenne;date_entree;date_sortie;motif_sortie;accompagne",
    "E-avant;P-avant;seniors;gerland;30/10/2020;02/10/2020;Abandon;oui",
    "E-apres;P-avant;seniors;gerland;30/10/2020;02/11/2020;Abandon;oui",
  ].join("\n");
  const tally = await house.run("direction", (tx) => importText(tx, importEnrolments, text));
  assert.deepEqual(told(tally), [1, 0, 0, 1, 0]);
  assert.match(tally.sentences[0]?.sentence ?? "", /la sortie est avant l’entrée/);
  const found = async (dates: string): Promise<string[]> =>
    [
      ...(await as("direction").get("/parcours", { query: { etat: "tous", dates } })).text.matchAll(
        /href="\/parcours\/([0-9a-f-]{36})"/g,
      ),
    ].map(([, id = ""]) => id);
  const [wrong = ""] = await found("oui");
  assert.equal((await found("oui")).length, 1);
  assert.ok(!(await found("non")).includes(wrong));
  assert.match((await as("direction").get(`/parcours/${wrong}`)).text, /vient avant son entrée/);
});

test("another house, another site, the wrong role: nothing is told and nothing is done", async () => {
  const { rows } = await house.owner.query<{ id: string; version: number }>(
    "SELECT id, version FROM programmes.enrolments WHERE house_id = $1 AND site_id = $2 ORDER BY id LIMIT 1",
    [house.houseId, house.sites.gerland],
  );
  const { id = "", version = 0 } = rows[0] ?? {};
  for (const who of ["elsewhere", "mermoz"]) {
    assert.equal((await as(who).get(`/parcours/${id}`)).status, 404, who);
    assert.equal(
      (await as(who).post(`/parcours/${id}/retrait`, { version: String(version), raison: "Parce que" })).status,
      404,
      who,
    );
    assert.doesNotMatch((await as(who).get("/parcours?etat=tous")).text, /Essai-/);
  }
  for (const who of ["board", "reception"]) assert.equal((await as(who).get(`/parcours/${id}`)).status, 403);
  assert.equal((await as("mermoz").post("/parcours/nouveau", entry(await person("12/03/1960", "yes")))).status, 403);
  assert.equal((await as("elsewhere").get("/dispositifs/seniors")).status, 404);
});
