// The imports' pages, from the file that is sent to the import that is taken back; the work itself runs outside of the requests.
import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import type { Hono } from "hono";
import { makeServer } from "../../core/http/server.ts";
import { takeTurn } from "../../core/importing/engine.ts";
import { plainChrome } from "../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { importKinds, rooms } from "../rooms.ts";
import { beat, settle } from "./drafts.ts";
import { makeImportsRoom } from "./room.ts";
import { makeWorks } from "./works.ts";

const headers = "id;sexe;nom;prenom;date_naissance;telephone;antenne;cree_le";
const people = (count: number, from = 1): string =>
  Array.from(
    { length: count },
    (_, at) => `P${from + at};F;Nom${from + at};Ana;0${1 + (at % 9)}/02/19${50 + (at % 50)};;gerland;06/05/2020`,
  ).join("\n");

const house: TestHouse = await testHouse(wholeFile, { rooms, poolSize: 6 });
const works = makeWorks();
works.onMistake = (error) => assert.fail(String(error));
const server: Hono = makeServer({
  rooms: [makeImportsRoom(() => importKinds, works)],
  services: house.services,
  chrome: plainChrome,
});
const director = await house.signIn("direction");
const uploads = join(house.services.files.data, "uploads");

beforeEach(async () => {
  await works.settled();
  for (const table of [
    "core.import_changes",
    "core.import_drafts",
    "core.import_mappings",
    "core.imports",
    "people.twins",
    "people.situations",
    "people.external_ids",
    "agenda.visits",
    "people.persons",
  ])
    await house.owner.query(`DELETE FROM ${table}`);
});

type Page = { status: number; to: string; text: string };
async function ask(path: string, init: RequestInit & { cookie?: string } = {}): Promise<Page> {
  const { cookie = director.cookie, ...rest } = init;
  const answer = await server.request(path, {
    ...rest,
    headers: { cookie, origin: house.services.config.publicUrl, ...rest.headers },
  });
  const text = (await answer.text()).replaceAll(/[\u00a0\u202f]/g, " ").replaceAll("&#39;", "'");
  return { status: answer.status, to: answer.headers.get("location") ?? "", text };
}
const post = (path: string, form: Record<string, string> = {}, cookie?: string): Promise<Page> =>
  ask(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
    ...(cookie ? { cookie } : {}),
  });
const send = (name: string, content: string | Uint8Array<ArrayBuffer>, cookie?: string): Promise<Page> => {
  const form = new FormData();
  form.set("fichier", new File([content], name));
  return ask("/imports", { method: "POST", body: form, ...(cookie ? { cookie } : {}) });
};
/** Sends a file and waits for its dry run: the draft's address. */
async function tried(name: string, content: string): Promise<string> {
  const { status, to } = await send(name, content);
  assert.equal(status, 303);
  await works.settled();
  return to;
}
/** Imports a file: the import's address. */
async function imported(name: string, content: string): Promise<string> {
  const draft = await tried(name, content);
  assert.equal((await post(draft)).to, draft);
  await works.settled();
  return (await ask(draft)).to;
}
const persons = async (): Promise<number> =>
  (await house.owner.query<{ count: number }>("SELECT count(*) AS count FROM people.persons")).rows[0]?.count ?? -1;
const acts = async (): Promise<string[]> =>
  (
    await house.owner.query<{ act: string }>(
      "SELECT DISTINCT act FROM core.journal WHERE act LIKE 'import.%' ORDER BY act",
    )
  ).rows.map((row) => row.act);
const drafts = async () =>
  (await house.owner.query("SELECT id, state, sentence, rows_read FROM core.import_drafts ORDER BY created_at")).rows;

test("a file is sent, tried, imported, listed and taken back", async () => {
  const draft = await tried(
    "personnes.csv",
    `${headers}\n${people(3)}\nP9;F;;;01/01/1990;;gerland;\nP8;F;=1+1;Ana;01/01/1990;12;gerland;01/02/2020\n`,
  );
  assert.match(draft, /^\/imports\/essais\/[0-9a-f-]{36}$/);
  assert.equal(await persons(), 0, "a dry run writes nothing");
  const trial = await ask(draft);
  assert.equal(trial.status, 200);
  for (const words of [
    /3<\/strong> <span>lignes créées/,
    /1<\/strong> <span>ligne douteuse/,
    /1<\/strong> <span>ligne refusée/,
    /Le nom et le prénom manquent\./,
    /« 12 » n’est pas un numéro de téléphone/,
    /rien n’est encore écrit/,
  ])
    assert.match(trial.text, words);

  const refused = await ask(`${draft}/refusees.csv`);
  assert.deepEqual(refused.text.trim().split("\r\n"), [
    `Ligne;Pourquoi;${headers}`,
    "5;Le nom et le prénom manquent.;P9;F;;;01/01/1990;;gerland;",
  ]);
  const doubtful = (await ask(`${draft}/douteuses.csv`)).text.trim().split("\r\n");
  assert.equal(doubtful.length, 2);
  assert.match(doubtful[1] ?? "", /^6;"?Importé, sauf : .*P8;F;'=1\+1;Ana/);

  assert.deepEqual(await post(draft), { status: 303, to: draft, text: "" });
  await works.settled();
  const done = (await ask(draft)).to;
  assert.match(done, /^\/imports\/[0-9a-f-]{36}$/);
  assert.equal(await persons(), 4);
  assert.match((await ask(done)).text, /3<\/strong> <span>lignes créées[\s\S]*refusees\.csv/);
  const list = await ask("/imports");
  assert.match(
    list.text,
    /personnes\.csv[\s\S]*Camille direction[\s\S]*3 créées, 1 douteuse, 1 refusée[\s\S]*en place[\s\S]*1 import</,
  );
  assert.ok(!list.text.includes("Fichiers en attente"));
  assert.deepEqual(
    readdirSync(uploads).filter((name) => !name.endsWith(".csv")),
    [],
    "the file itself is gone",
  );

  const forecast = await ask(`${done}/annulation`);
  assert.match(forecast.text, /4 fiches créées par cet import sont retirées[\s\S]*Rien n’a été changé/);
  assert.equal((await post(`${done}/annulation`)).to, done);
  await works.settled();
  assert.equal(await persons(), 0);
  assert.match(
    (await ask(done)).text,
    /annulé depuis le 01\/12\/2020 à 9 h 05, par Camille direction : tout est comme avant lui/,
  );
  assert.equal((await ask(`${done}/annulation`)).to, done, "it is not undone twice");
  const exported = (await ask("/imports/export.csv")).text.trim().split("\r\n");
  assert.equal(exported.length, 2);
  assert.match(
    exported[1] ?? "",
    /^personnes\.csv;Personnes;01\/12\/2020 à 9 h 05;Camille direction;5;3;0;0;1;1;annulé le/,
  );
  const told = await acts();
  for (const act of [
    "import.sent",
    "import.tried",
    "import.listed-rows",
    "import.asked",
    "import.applied",
    "import.seen",
    "import.undo-seen",
    "import.undo-asked",
    "import.undone",
    "import.exported",
  ])
    assert.ok(told.includes(act), act);
});

test("columns that no name tells are named by hand, and known again in the next file", async () => {
  const strange = "A;B;C;D;E\n";
  const first = await send("liste.csv", `${strange}1;Zola;Ana;gerland;vert\n`);
  assert.match(first.to, /\/colonnes$/);
  const draft = first.to.replace("/colonnes", "");
  assert.equal((await ask(draft)).to, first.to, "there is nothing to see before");
  assert.match((await ask(`${first.to}?kind=personnes`)).text, /Indispensables : Identifiant, Nom, Prénom et Antenne/);
  const lacking = await post(first.to, { kind: "personnes", c0: "id", c1: "nom", c2: "nom", c3: "", c4: "" });
  assert.equal(lacking.status, 422);
  assert.match(lacking.text, /Il manque : Prénom et Antenne[\s\S]*deux colonnes : C/);
  assert.match(
    lacking.text,
    /name="c0"[\s\S]*?selected[^>]*value="id"|value="id"[^>]*selected/,
    "what was chosen is kept",
  );
  assert.equal((await post(first.to, { c0: "id" })).status, 422);
  const named = await post(first.to, { kind: "personnes", c0: "id", c1: "nom", c2: "prenom", c3: "antenne", c4: "" });
  assert.equal(named.to, draft);
  await works.settled();
  assert.match((await ask(draft)).text, /1<\/strong> <span>ligne créée/);

  const next = await send("autre liste.csv", `${strange}2;Zola;Bob;gerland;bleu\n`);
  assert.equal(next.to.endsWith("/colonnes"), false, "such a file was named before");
  await works.settled();
  assert.match((await ask(next.to)).text, /1<\/strong> <span>ligne créée/);
});

test("whoever may not import neither sends nor sees; another house sees nothing", async () => {
  const draft = await tried("personnes.csv", `${headers}\n${people(1)}\n`);
  const done = await imported("autres personnes.csv", `${headers}\n${people(1, 50)}\n`);
  const before = readdirSync(uploads).length;
  const desk = await house.signIn("reception");
  const manager = await house.signIn("site-manager", { site: house.sites.gerland });
  for (const { cookie } of [desk, manager]) {
    assert.equal((await ask("/imports", { cookie })).status, 403);
    assert.equal((await send("personnes.csv", `${headers}\n${people(1, 9)}\n`, cookie)).status, 403);
    for (const path of [draft, `${draft}/colonnes`, `${draft}/refusees.csv`, done, `${done}/annulation`])
      assert.equal((await ask(path, { cookie })).status, 403);
  }
  const other = await house.anotherHouse("ailleurs");
  const { cookie } = await house.signIn("direction", { house: other.houseId });
  for (const path of [draft, `${draft}/colonnes`, `${draft}/refusees.csv`, done, `${done}/annulation`])
    assert.equal((await ask(path, { cookie })).status, 404, path);
  for (const path of [draft, `${draft}/essai`, `${draft}/abandon`, `${done}/annulation`])
    assert.equal((await post(path, {}, cookie)).status, 404, path);
  assert.equal(readdirSync(uploads).length, before, "a file sent without the right is not taken in");
  assert.equal((await ask("/imports/essais/nothing")).status, 404);
  assert.equal((await ask("/imports/nothing")).status, 404);
});

test("a file that cannot be read is refused with its sentence, and nothing of it is kept", async () => {
  const kept = readdirSync(uploads).length;
  const refusals: [string, Promise<Page>, RegExp][] = [
    ["empty", send("vide.csv", ""), /celui-ci est vide/],
    ["binary", send("photo.csv", new Uint8Array(5000)), /ni un CSV ni un classeur XLSX/],
    [
      "xls",
      send("ancien.xls", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])),
      /ancien format \.xls/,
    ],
    ["wide", send("large.csv", `${"a;".repeat(10_000)}\n`), /un fichier peut en avoir 200/],
  ];
  for (const [what, sent, sentence] of refusals) {
    const { status, text } = await sent;
    assert.equal(status, 422, what);
    assert.match(text, sentence, what);
  }
  const large = await ask("/imports", {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=x", "content-length": "900000000" },
    body: "--x",
  });
  assert.equal(large.status, 413);
  assert.match(large.text, /dépasse 100 Mo : importez-le par la ligne de commande/);
  assert.deepEqual(await drafts(), []);
  assert.equal(readdirSync(uploads).length, kept);
  // The headers are good and the rest is not: the dry run says so, and it may be tried again or given up.
  const draft = await tried("personnes.csv", `${headers}\n${people(1)}\nP2;F;"Nom`);
  const failed = await ask(draft);
  assert.match(failed.text, /Un guillemet ouvert à la ligne 3 n’est pas refermé/);
  assert.equal((await post(`${draft}/essai`)).to, draft);
  await works.settled();
  assert.match((await ask(draft)).text, /Essayer de nouveau/);
  assert.match((await post(`${draft}/abandon`)).to, /^\/imports\?/);
  assert.equal((await ask(draft)).status, 404);
});

test("files do not pile up: five wait, the sixth is refused until one is dealt with; a day later they are gone", async () => {
  for (let at = 0; at < 5; at++) await tried("personnes.csv", `${headers}\n${people(1, at)}\n`);
  const kept = readdirSync(uploads).length;
  const sixth = await send("personnes.csv", `${headers}\n${people(1)}\n`);
  assert.equal(sixth.status, 409);
  assert.match(sixth.text, /5 fichiers attendent déjà/);
  assert.equal(readdirSync(uploads).length, kept);
  const [sweep] = makeImportsRoom(() => importKinds, works).jobs ?? [];
  house.clock.set("2020-12-02T09:06:00+01:00");
  assert.deepEqual(await house.run("direction", (tx) => sweep?.run(tx) ?? Promise.resolve({})), { dropped: 5 });
  house.clock.set("2020-12-01T09:05:00+01:00");
});

test("a program that stopped midway: the draft says so, nothing is written, and a work thought dead cannot write any more", async () => {
  const draft = await tried("personnes.csv", `${headers}\n${people(2)}\n`);
  const id = draft.split("/").at(-1) ?? "";
  const attempt = house.deps.ids.uuid();
  await house.owner.query(
    "UPDATE core.import_drafts SET state = 'importing', attempt = $2, beat_at = $3, rows_read = 1 WHERE id = $1",
    [id, attempt, house.clock.now()],
  );
  const going = await ask(draft);
  assert.match(going.text, /Import en cours : 1 ligne sur 2…/);
  assert.match(going.text, /<fresh-part id="etat" every="1500"/);
  assert.match(
    (await ask(draft, { headers: { "x-fragment": "etat" } })).text,
    /^<div><fresh-part id="etat" every="1500"/,
  );
  assert.equal((await post(`${draft}/abandon`)).status, 409);
  house.clock.set("2020-12-01T09:05:31+01:00");
  const dead = await ask(draft);
  assert.match(dead.text, /Le programme s’est arrêté avant la fin ; rien n’a été écrit\.[\s\S]*Essayer de nouveau/);
  assert.doesNotMatch(dead.text, / every="/);
  assert.equal(await house.run("direction", (tx) => beat(tx, id, attempt, 2)), false);
  assert.equal(
    await house.run("direction", (tx) => settle(tx, id, attempt, { state: "failed", sentence: "late" })),
    false,
  );
  house.clock.set("2020-12-01T09:05:00+01:00");
  assert.equal((await post(`${draft}/essai`)).to, draft);
  await works.settled();
  assert.equal((await post(draft)).to, draft);
  await works.settled();
  assert.equal(await persons(), 2);
});

test("the program is asked to stop while it imports: it ends, and what it had not finished has not happened", async () => {
  const stopping = makeWorks();
  const here = makeServer({
    rooms: [makeImportsRoom(() => importKinds, stopping)],
    services: house.services,
    chrome: plainChrome,
  });
  const draft = await tried("personnes.csv", `${headers}\n${people(6000)}\n`);
  await here.request(draft, {
    method: "POST",
    headers: {
      cookie: director.cookie,
      origin: house.services.config.publicUrl,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "",
  });
  await stopping.stop();
  assert.equal(await persons(), 0);
  assert.match((await ask(draft)).text, /Le programme s’est arrêté avant la fin ; rien n’a été écrit/);
});

test("one import at a time: another that is asked for waits for a word, and says why", async () => {
  const draft = await tried("personnes.csv", `${headers}\n${people(2)}\n`);
  const other = await tried("autres.csv", `${headers}\n${people(2, 5)}\n`);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  const holding = house.run("direction", async (tx) => {
    await takeTurn(tx);
    taken.resolve();
    await held;
  });
  await taken.promise;
  await post(draft);
  await works.settled();
  assert.match((await ask(draft)).text, /Un autre import est en cours dans cette maison[\s\S]*Importer/);
  await house.owner.query(
    "UPDATE core.import_drafts SET state = 'importing', attempt = gen_random_uuid() WHERE id = $1",
    [draft.split("/").at(-1)],
  );
  const refused = await post(other);
  assert.equal(refused.status, 409);
  assert.match(refused.text, /L’import de personnes\.csv est en cours/);
  letGo();
  await holding;
});

test("a word given twice imports once", async () => {
  const draft = await tried("personnes.csv", `${headers}\n${people(2)}\n`);
  const both = await Promise.all([post(draft), post(draft)]);
  assert.deepEqual(
    both.map((page) => page.status),
    [303, 303],
  );
  await works.settled();
  assert.equal(await persons(), 2);
  assert.equal((await house.owner.query("SELECT 1 FROM core.imports")).rowCount, 1);
});

test("an import whose records are used since says before that it cannot be undone, and stays when it is asked all the same", async () => {
  const done = await imported("personnes.csv", `${headers}\n${people(3)}\n`);
  await house.owner.query(
    "INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, person_id, mode, recorded_at) SELECT house_id, gen_random_uuid(), site_id, '2020-11-01', id, 'in_person', now() FROM people.persons WHERE family_name = 'Nom2'",
  );
  await house.owner.query(
    "UPDATE people.persons SET phone = '+33600000000', version = version + 1 WHERE family_name = 'Nom3'",
  );
  const forecast = await ask(`${done}/annulation`);
  assert.equal(forecast.status, 200);
  assert.match(
    forecast.text,
    /ne peut pas être annulé[\s\S]*Un enregistrement a été modifié depuis cet import \(ligne 4[\s\S]*\(visites ; ligne 3/,
  );
  assert.doesNotMatch(forecast.text, /<button/);
  await post(`${done}/annulation`);
  await works.settled();
  assert.equal(await persons(), 3);
  assert.match((await ask(done)).text, /L’import n’est pas annulé\. Un enregistrement a été modifié/);
});

test("an undo that stopped midway says so and may be asked again", async () => {
  const done = await imported("personnes.csv", `${headers}\n${people(3)}\n`);
  await house.owner.query("UPDATE core.imports SET undo_attempt = gen_random_uuid(), undo_beat_at = $1", [
    house.clock.now(),
  ]);
  assert.match((await ask(done)).text, /Annulation en cours/);
  assert.equal((await ask(`${done}/annulation`)).to, done);
  house.clock.set("2020-12-01T09:05:31+01:00");
  assert.match((await ask(done)).text, /arrêté avant la fin de l’annulation ; rien n’a été changé/);
  assert.equal((await post(`${done}/annulation`)).to, done);
  await works.settled();
  assert.equal(await persons(), 0);
  house.clock.set("2020-12-01T09:05:00+01:00");
});

test("the file is gone from the data folder: said, and nothing breaks", async () => {
  const draft = await tried("personnes.csv", `${headers}\n${people(1)}\n`);
  rmSync(join(uploads, draft.split("/").at(-1) ?? ""));
  await post(draft);
  await works.settled();
  assert.match((await ask(draft)).text, /Ce fichier n’est plus là/);
  assert.ok(existsSync(uploads));
});
