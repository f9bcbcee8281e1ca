// A visit afterwards: corrected, withdrawn, put back, given its person; by whom, and what stays readable of what it said.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import ExcelJS from "exceljs";
import { makeServer } from "../../../../core/http/server.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { agendaRoom } from "../../../foundations/agenda/room.tsx";
import { makeReceptionRoom } from "../room.ts";

let house: TestHouse;
let server: Server;
let desk: Visitor;
let mermoz: Visitor;
let manager: Visitor;
let direction: Visitor;
const people: string[] = [];
const publicUrl = "http://localhost:4700";

const as = async (role: Role, site?: string, of?: string): Promise<Visitor> =>
  makeVisitor(
    server,
    publicUrl,
    (await house.signIn(role, { ...(site ? { site } : {}), ...(of ? { house: of } : {}) })).cookie,
  );
const row = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await house.owner.query("SELECT * FROM agenda.visits WHERE id = $1", [id])).rows[0];
const lines = async (act: string): Promise<number> =>
  (await house.owner.query("SELECT 1 FROM core.journal WHERE act = $1", [act])).rowCount ?? 0;
const said = (location: string): string => decodeURIComponent(location.replaceAll("+", " "));

/** A visit noted at a desk; on another day than today with `jour`. */
async function noted(by: Visitor, more: Record<string, string> = {}): Promise<string> {
  const key = house.deps.ids.uuid();
  const answer = await by.post("/accueil/visites", { key, lieu: house.sites.gerland, ...more });
  assert.equal(answer.status, 303, answer.text);
  return key;
}
const correction = async (id: string, more: Record<string, string> = {}): Promise<Record<string, string>> => {
  const visit = await row(id);
  const [year, month, day] = String(visit?.occurred_on).split("-");
  return {
    lieu: String(visit?.site_id),
    jour: `${day}/${month}/${year}`,
    heure: String(visit?.occurred_at ?? ""),
    motif: "",
    orientation: "",
    mode: String(visit?.mode),
    version: String(visit?.version),
    raison: "mauvaise saisie",
    ...more,
  };
};

before(async () => {
  house = await testHouse(wholeFile, { rooms: [agendaRoom] });
  server = makeServer({
    rooms: [agendaRoom, makeReceptionRoom({ workerText: () => "" })],
    services: { ...house.services, config: { ...house.services.config, publicUrl } },
    chrome: plainChrome,
  });
  desk = await as("reception", house.sites.gerland);
  mermoz = await as("reception", house.sites.mermoz);
  manager = await as("site-manager", house.sites.gerland);
  direction = await as("direction");
  for (const family of ["Dubreuil", "Lantier"]) {
    const id = house.deps.ids.uuid();
    await house.owner.query(
      "INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at) VALUES ($1, $2, $3, $4, 'Camille', '2020-01-01', now())",
      [house.houseId, id, house.deps.ids.shortCode(), family],
    );
    people.push(id);
  }
});

test("corrected, and what it said before stays readable", async () => {
  const id = await noted(desk, { personne: people[0] ?? "", mode: "phone" });
  const answer = await desk.post(
    `/visites/${id}/corriger`,
    await correction(id, { mode: "video", heure: "08:15", raison: "c’était en visio" }),
  );
  assert.equal(answer.status, 303);
  const visit = await row(id);
  assert.deepEqual([visit?.mode, visit?.occurred_at, visit?.version], ["video", "08:15", 2]);
  const page = await desk.get(`/visites/${id}`);
  assert.match(page.text, /c’était en visio \(avant : 01\/12\/2020, 9.h.05, Antenne Gerland, sans motif, téléphone\)/);
});

test("a correction made from an older page is told what was changed meanwhile, and keeps what was typed", async () => {
  const id = await noted(desk, { mode: "phone" });
  const older = await correction(id, { mode: "in_person", raison: "la mienne" });
  assert.equal((await manager.post(`/visites/${id}/corriger`, await correction(id, { mode: "video" }))).status, 303);
  const stale = await desk.post(`/visites/${id}/corriger`, older);
  assert.equal(stale.status, 409);
  assert.match(stale.text, /Quelqu’un a corrigé cette visite entre-temps/);
  assert.match(stale.text, /visio/);
  assert.match(stale.text, /value="la mienne"/);
  assert.equal((await row(id))?.mode, "video");
  const both = await Promise.all(
    [1, 2].map(async () => manager.post(`/visites/${id}/corriger`, await correction(id, { mode: "phone" }))),
  );
  assert.deepEqual(both.map((answer) => answer.status).sort(), [303, 409]);
});

test("a correction is read: no reason, a moment to come, a closed site, a word not offered", async () => {
  const id = await noted(desk);
  const wrong = async (by: Visitor, more: Record<string, string>, says: RegExp): Promise<void> => {
    const answer = await by.post(`/visites/${id}/corriger`, await correction(id, more));
    assert.equal(answer.status, 422);
    assert.match(answer.text, says);
  };
  await wrong(desk, { raison: " " }, /Dites en quelques mots pourquoi/);
  await wrong(desk, { jour: "02/12/2020" }, /pas encore venu/);
  await wrong(desk, { heure: "09:06" }, /pas encore venue/);
  await wrong(desk, { motif: house.deps.ids.uuid() }, /n’est plus proposé/);
  await house.owner.query("UPDATE house.sites SET closed_on = '2020-11-01' WHERE id = $1", [house.sites.mermoz]);
  await wrong(direction, { lieu: house.sites.mermoz }, /il est fermé/);
  await house.owner.query("UPDATE house.sites SET closed_on = NULL WHERE id = $1", [house.sites.mermoz]);
  assert.equal(
    (await desk.post(`/visites/${id}/corriger`, await correction(id, { lieu: house.sites.mermoz }))).status,
    403,
  );
  assert.equal((await row(id))?.version, 1);
});

test("a word and a site that are over stay on the visits that have them, whatever else is corrected", async () => {
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM agenda.visit_terms WHERE house_id = $1 AND label = 'atelier'",
    [house.houseId],
  );
  const motif = rows[0]?.id ?? "";
  const id = await noted(manager, { motif, jour: "10/11/2020" });
  await house.owner.query("UPDATE agenda.visit_terms SET to_day = '2020-11-05' WHERE id = $1", [motif]);
  await house.owner.query("UPDATE house.sites SET closed_on = '2020-11-05' WHERE id = $1", [house.sites.gerland]);
  const answer = await manager.post(`/visites/${id}/corriger`, await correction(id, { motif, mode: "phone" }));
  await house.owner.query("UPDATE house.sites SET closed_on = NULL WHERE id = $1", [house.sites.gerland]);
  assert.equal(answer.status, 303);
  assert.match((await manager.get(`/visites/${id}`)).text, /atelier/);
  assert.match((await manager.get("/visites?de=10/11/2020&a=10/11/2020")).text, /atelier, téléphone/);
});

test("withdrawn with its reason it stays visible and is not counted; put back it counts; both are told", async () => {
  const id = await noted(desk, { personne: people[0] ?? "" });
  const counted = async (): Promise<string> =>
    /(\d+)<\/strong> visites? aujourd’hui/.exec((await desk.get("/accueil")).text)?.[1] ?? "";
  const before = Number(await counted());
  const journal = await lines("visit.withdrawn");
  const none = await desk.post(`/visites/${id}/retrait`, { raison: "" });
  assert.equal(none.status, 422);
  assert.match(none.text, /Dites en quelques mots pourquoi/);
  const back = `/accueil?lieu=${house.sites.gerland}`;
  const [first, second] = [
    await desk.post(`/visites/${id}/retrait`, { raison: "notée deux fois", retour: back }),
    await desk.post(`/visites/${id}/retrait`, { raison: "notée deux fois", retour: "https://ailleurs.test/" }),
  ];
  assert.ok(first.location.startsWith(back));
  assert.match(said(first.location), /La visite est retirée/);
  assert.ok(second.location.startsWith(`/visites/${id}`), "a way back of another site is not followed");
  assert.equal(await lines("visit.withdrawn"), journal + 1);
  assert.equal(Number(await counted()), before - 1);
  assert.match((await desk.get("/accueil")).text, /retirée : notée deux fois/);
  assert.equal((await desk.get(`/visites/${id}/corriger`)).status, 409);
  assert.equal((await desk.post(`/visites/${id}/retour`, {})).status, 303);
  assert.equal(Number(await counted()), before);
  const page = await desk.get(`/visites/${id}`);
  assert.match(page.text, /remise dans le compte \(avant : retirée, notée deux fois\)/);
});

test("a group noted by mistake is withdrawn whole, and put back whole", async () => {
  const key = house.deps.ids.uuid();
  await desk.post("/accueil/groupe", { key, lieu: house.sites.gerland, femmes: "3" });
  const withdrawn = async (): Promise<number> =>
    (
      await house.owner.query(
        "SELECT 1 FROM agenda.visit_withdrawals w JOIN agenda.visits v ON v.id = w.visit_id WHERE v.group_id = $1",
        [key],
      )
    ).rowCount ?? 0;
  await desk.post(`/visites/${key}/retrait`, { raison: "une seule", groupe: "" });
  assert.equal(await withdrawn(), 1);
  await desk.post(`/visites/${key}/retrait`, { raison: "atelier annulé", groupe: "1" });
  assert.equal(await withdrawn(), 3);
  await desk.post(`/visites/${key}/retour`, { groupe: "1" });
  assert.equal(await withdrawn(), 0);
});

test("a visit of another day is mended by who answers for the site", async () => {
  const id = await noted(desk, { jour: "30/11/2020" });
  for (const path of ["corriger", "retrait", "retour", "rattacher"]) {
    const answer = await desk.post(`/visites/${id}/${path}`, {
      ...(await correction(id)),
      personne: people[0] ?? "",
    });
    assert.equal(answer.status, 403, path);
    assert.match(answer.text, /responsable de l’antenne/);
  }
  const adviser = await as("adviser");
  assert.equal((await adviser.post(`/visites/${id}/retrait`, { raison: "essai" })).status, 403);
  assert.doesNotMatch((await desk.get(`/visites/${id}`)).text, /Retirer/);
  const other = await as("site-manager", house.sites.mermoz);
  assert.equal((await other.post(`/visites/${id}/retrait`, { raison: "essai" })).status, 404);
  assert.equal((await manager.post(`/visites/${id}/retrait`, { raison: "essai" })).status, 303);
});

test("a site's own visits only: in the list, one by one, in what is asked by hand; another house's are not there", async () => {
  const here = await noted(desk);
  const there = await noted(mermoz, { lieu: house.sites.mermoz });
  assert.equal((await desk.get(`/visites/${there}`)).status, 404);
  assert.equal((await desk.post(`/visites/${there}/retrait`, { raison: "essai" })).status, 404);
  for (const query of ["", `?lieu=${house.sites.mermoz}`]) {
    const list = await desk.get(`/visites${query}`);
    assert.match(list.text, new RegExp(here));
    assert.doesNotMatch(list.text, new RegExp(there));
  }
  assert.match((await direction.get("/visites")).text, new RegExp(there));
  const another = await house.anotherHouse("autre");
  const foreign = await as("direction", undefined, another.houseId);
  for (const path of ["", "/corriger", "/rattacher"])
    assert.equal((await foreign.get(`/visites/${here}${path}`)).status, 404);
  assert.equal((await foreign.post(`/visites/${here}/retrait`, { raison: "essai" })).status, 404);
  const stray = await foreign.post("/accueil/visites", { key: house.deps.ids.uuid(), lieu: house.sites.gerland });
  assert.equal(stray.status, 422, "a site of another house is none");
});

test("a name noted without a line finds its file; another day too; a visit taken for somebody else's is given back", async () => {
  const id = await noted(desk, { nom: "Dubreuil", jour: "30/11/2020" });
  const ask = await desk.get(`/visites/${id}/rattacher`);
  assert.match(ask.text, /Qui était Dubreuil/);
  assert.match(ask.text, /DUBREUIL Camille/);
  const attach = (by: Visitor, person: string, version: number): Promise<{ status: number }> =>
    by.post(`/visites/${id}/rattacher`, { personne: person, version: String(version) });
  assert.equal((await attach(desk, house.deps.ids.uuid(), 1)).status, 409);
  assert.equal((await attach(desk, people[0] ?? "", 1)).status, 303);
  assert.equal((await row(id))?.person_id, people[0]);
  assert.equal((await house.owner.query("SELECT 1 FROM agenda.visit_names WHERE visit_id = $1", [id])).rowCount, 0);
  assert.equal((await attach(desk, people[1] ?? "", 2)).status, 403, "found, it is a visit of another day like any");
  assert.equal((await attach(manager, people[1] ?? "", 1)).status, 409, "the page was older");
  assert.equal((await attach(manager, people[1] ?? "", 2)).status, 303);
  assert.match(
    (await manager.get(`/visites/${id}`)).text,
    /ce n’était pas cette personne \(avant : DUBREUIL Camille\)/,
  );
  const { rows } = await house.owner.query("SELECT last_contact_on FROM people.persons WHERE id = $1", [people[1]]);
  assert.deepEqual(rows, [{ last_contact_on: "2020-11-30" }], "retention counts from the visit");
});

test("the exports have the rows of the list, the withdrawn with their reason; dates that cannot be read are said", async () => {
  const wanted = "de=01/11/2020&a=01/12/2020";
  const list = await direction.get(`/visites?${wanted}`);
  const { rows } = await house.owner.query<{ all: string; withdrawn: string }>(
    `SELECT count(*) AS all, count(w.visit_id) AS withdrawn FROM agenda.visits v LEFT JOIN agenda.visit_withdrawals w ON w.visit_id = v.id
      WHERE v.house_id = $1 AND v.occurred_on BETWEEN '2020-11-01' AND '2020-12-01'`,
    [house.houseId],
  );
  const [all, withdrawn] = [Number(rows[0]?.all), Number(rows[0]?.withdrawn)];
  assert.ok(withdrawn > 0);
  const shown = list.text.replace(/[\u00a0\u202f]/g, " ");
  assert.match(shown, new RegExp(`: ${all - withdrawn} visites, et ${withdrawn} retirées?`));
  assert.match(shown, new RegExp(`Exporter ${all} lignes`));
  const csv = await direction.get(`/visites/export.csv?${wanted}`);
  const records = csv.text.trimEnd().split("\r\n").slice(1);
  assert.equal(records.length, all);
  assert.equal(records.filter((record) => record.includes("essai")).length, 1);
  const answer = await server.request(`/visites/export.xlsx?${wanted}`, { headers: { cookie: direction.cookie } });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(await answer.arrayBuffer());
  assert.equal(book.getWorksheet("Visites")?.actualRowCount, all + 1);
  assert.equal((await desk.get(`/visites/export.csv?${wanted}`)).status, 403);
  for (const query of ["de=hier", "a=31/02/2020", "de=01/12/2020&a=01/11/2020"]) {
    const page = await direction.get(`/visites?${query}`);
    assert.equal(page.status, 422);
    assert.match(page.text, /aria-invalid="true"/);
    assert.equal((await direction.get(`/visites/export.csv?${query}`)).status, 422);
  }
});
