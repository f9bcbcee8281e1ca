// Interviews: noted once, said absent by one key and back, warned of who is taken, with notes that only their readers read.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { together } from "../../../../core/testing/together.ts";
import { fieldOf, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { agendaRoom, personLinks } from "../room.tsx";

let house: TestHouse;
let server: Server;
let adviser: Visitor & { account: string };
let colleague: Visitor & { account: string };
const key = (): string => house.deps.ids.uuid();

async function signIn(role: Parameters<TestHouse["signIn"]>[0], wish: Parameters<TestHouse["signIn"]>[1] = {}) {
  const { cookie, account } = await house.signIn(role, wish);
  return Object.assign(makeVisitor(server, house.services.config.publicUrl, cookie), { account });
}

async function person(family = "Essai"): Promise<string> {
  const id = key();
  await house.owner.query(
    "INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at) VALUES ($1, $2, $3, $4, 'Camille', '2020-01-01', now())",
    [house.houseId, id, house.deps.ids.shortCode(), family],
  );
  return id;
}

const wish = (who: string, more: Record<string, string> = {}) => ({
  key: key(),
  personne: who,
  lieu: house.sites.gerland,
  conseiller: adviser.account,
  jour: "01/12/2020",
  heure: "08:30",
  duree: "45",
  mode: "in_person",
  ...more,
});

const rowOf = async (id: string) =>
  (
    await house.owner.query<{ status: string; version: number; status_reason: string | null; starts_at: string }>(
      "SELECT status, version, status_reason, starts_at FROM agenda.interviews WHERE house_id = $1 AND id = $2",
      [house.houseId, id],
    )
  ).rows[0];

before(async () => {
  house = await testHouse(wholeFile, { rooms: [agendaRoom] });
  server = makeServer({ rooms: [agendaRoom], services: house.services, chrome: plainChrome });
  adviser = await signIn("adviser", { site: house.sites.gerland });
  colleague = await signIn("adviser", { site: house.sites.gerland });
});

test("the moment says whether an interview is planned or was held, and a form sent twice makes one", async () => {
  const who = await person();
  const held = wish(who);
  assert.equal((await adviser.post("/entretiens", held)).status, 303);
  assert.equal((await adviser.post("/entretiens", { ...held, malgre: "1" })).status, 303);
  assert.equal((await rowOf(held.key))?.status, "held");
  const planned = wish(who, { heure: "14:00" });
  assert.equal((await adviser.post("/entretiens", planned)).status, 303);
  assert.equal((await rowOf(planned.key))?.status, "planned");
  const { rows } = await house.owner.query<{ act: string; count: number }>(
    "SELECT act, count(*) AS count FROM core.journal WHERE act = 'interview.recorded' AND subject_id = ANY($1::uuid[]) GROUP BY act",
    [[held.key, planned.key]],
  );
  assert.deepEqual(rows, [{ act: "interview.recorded", count: 2 }]);
  // Met on that day: the clock of retention follows the interview that was held.
  const { rows: contact } = await house.owner.query("SELECT last_contact_on FROM people.persons WHERE id = $1", [who]);
  assert.equal(contact[0]?.last_contact_on, "2020-12-01");
});

test("an absence is one key, and one key takes it back; what it said before stays readable", async () => {
  const made = wish(await person(), { heure: "07:00" });
  await adviser.post("/entretiens", made);
  const shown = await adviser.get(`/entretiens/${made.key}`);
  assert.match(shown.text, /Absent\(e\)/);
  const absent = { etat: "no_show", version: fieldOf(shown.text, "version") };
  assert.equal((await adviser.post(`/entretiens/${made.key}/etat`, absent)).status, 303);
  assert.equal((await rowOf(made.key))?.status, "no_show");
  const back = await adviser.get(`/entretiens/${made.key}`);
  assert.match(back.text, /avant : a eu lieu/);
  // The old page's key says nothing any more.
  const stale = await colleague.post(`/entretiens/${made.key}/etat`, { etat: "held", version: absent.version });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /modifié cet entretien entre-temps/);
  const undone = { etat: "held", version: fieldOf(back.text, "version") };
  assert.equal((await adviser.post(`/entretiens/${made.key}/etat`, undone)).status, 303);
  assert.equal((await rowOf(made.key))?.status, "held");
  const cancelled = await adviser.post(`/entretiens/${made.key}/etat`, { etat: "cancelled", version: "3" });
  assert.equal(cancelled.status, 422);
  assert.match(cancelled.text, /Dites en quelques mots pourquoi/);
  const reason = { etat: "cancelled", version: "3", raison: "Noté par erreur" };
  assert.equal((await adviser.post(`/entretiens/${made.key}/etat`, reason)).status, 303);
  assert.equal((await rowOf(made.key))?.status_reason, "Noté par erreur");
  // What is to come cannot have been missed.
  const later = wish(await person(), { jour: "03/12/2020" });
  await adviser.post("/entretiens", later);
  assert.equal((await adviser.post(`/entretiens/${later.key}/etat`, { etat: "no_show", version: "1" })).status, 422);
});

test("whoever is taken is said before anything is written, to one of two who come at once too; it may be meant so", async () => {
  const place = key();
  const manager = await signIn("site-manager", { site: house.sites.gerland });
  const room = { key: place, lieu: house.sites.gerland, nom: "Bureau 2", places: "4" };
  assert.equal((await manager.post("/salles", room)).status, 303);
  assert.equal((await manager.post("/salles", { ...room, key: key() })).status, 422);
  const first = wish(await person(), { jour: "04/12/2020", heure: "10:00", salle: place });
  assert.equal((await adviser.post("/entretiens", first)).status, 303);
  for (const [more, sentence] of [
    [{ heure: "10:30" }, /a déjà un entretien à 10/],
    [{ heure: "09:30", duree: "31", conseiller: colleague.account, salle: place }, /salle « Bureau 2 » est déjà prise/],
  ] as const) {
    const second = wish(await person(), { jour: "04/12/2020", ...more });
    const warned = await colleague.post("/entretiens", second);
    assert.equal(warned.status, 422);
    assert.match(warned.text, sentence);
    assert.equal(await rowOf(second.key), undefined);
    assert.equal((await colleague.post("/entretiens", { ...second, malgre: "1" })).status, 303);
  }
  // One after the other, and beside: nobody is taken.
  for (const more of [{ heure: "11:15" }, { heure: "10:00", conseiller: "" }])
    assert.equal(
      (await adviser.post("/entretiens", wish(await person(), { jour: "04/12/2020", ...more }))).status,
      303,
    );
  const two = [wish(await person()), wish(await person())].map((one) => ({ ...one, jour: "07/12/2020" }));
  const hold = `traboule agenda ${house.houseId} ${adviser.account} 2020-12-07`;
  const answers = await together(
    house,
    { text: "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", values: [hold] },
    two.map((one) => () => adviser.post("/entretiens", one)),
  );
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 422]);
});

test("a note is read by those that it is for, and by no list or export", async () => {
  const who = await person("Notée");
  const reception = await signIn("reception", { site: house.sites.gerland });
  const direction = await signIn("direction");
  const made = wish(who, { heure: "06:00", note: "pour la référente", lecteur: "referents" });
  assert.equal((await adviser.post("/entretiens", made)).status, 303);
  for (const [lecteur, note] of [
    ["author", "bien à moi"],
    ["team", "pour toute l’équipe"],
  ] as const)
    assert.equal((await adviser.post(`/entretiens/${made.key}/notes`, { key: key(), note, lecteur })).status, 303);
  const read = async (visitor: Visitor): Promise<string[]> => {
    const { text, status } = await visitor.get(`/entretiens/${made.key}`);
    assert.equal(status, 200);
    return ["référente", "bien à moi", "toute l’équipe"].filter((words) => text.includes(words));
  };
  assert.deepEqual(await read(adviser), ["référente", "bien à moi", "toute l’équipe"]);
  assert.deepEqual(await read(colleague), ["toute l’équipe"]);
  assert.deepEqual(await read(direction), ["toute l’équipe"]);
  assert.deepEqual(await read(reception), []);
  // Who receives the person becomes one of their referents.
  await colleague.post("/entretiens", wish(who, { conseiller: colleague.account, heure: "05:00" }));
  assert.deepEqual(await read(colleague), ["référente", "toute l’équipe"]);
  const elsewhere = await signIn("adviser", { site: house.sites.mermoz });
  assert.equal((await elsewhere.get(`/entretiens/${made.key}`)).status, 404);
  assert.equal((await reception.post(`/entretiens/${made.key}/notes`, { key: key(), note: "x" })).status, 403);
  const exported = await adviser.get("/entretiens/export.csv");
  assert.doesNotMatch(exported.text, /référente|bien à moi|toute l’équipe/);
  // As many rows as the list says.
  const listed = await adviser.get("/entretiens");
  const said = /Exporter (\d+)/.exec(listed.text)?.[1];
  assert.equal(Number(said), exported.text.trim().split("\r\n").length - 1);
  assert.doesNotMatch(listed.text, /référente|bien à moi|toute l’équipe/);
});

test("the person may read every note on them; made anonymous, none is left and the interview still counts", async () => {
  const who = await person();
  const made = wish(who, { heure: "04:00", note: "confidence", lecteur: "author" });
  await adviser.post("/entretiens", made);
  const link = personLinks.find((one) => one.table === "agenda.interviews");
  const given = await house.run("direction", async (tx) => (await link?.describe(tx, who)) ?? []);
  assert.deepEqual(
    given.map((row) => row.Notes),
    ["confidence"],
  );
  await house.run("direction", async (tx) => link?.beforeAnonymising?.(tx, [who]));
  const { rowCount } = await house.owner.query("SELECT 1 FROM agenda.interview_notes WHERE interview_id = $1", [
    made.key,
  ]);
  assert.equal(rowCount, 0);
  assert.equal((await rowOf(made.key))?.status, "held");
});
