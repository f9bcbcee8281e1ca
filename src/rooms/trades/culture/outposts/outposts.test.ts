// A permanence from its programming to the figure: host and volunteers, people counted on the spot once a press, corrected, taken into the
// attendances once; places booked in the host's name; a need noted; what arrives after the closing is told and decided.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { cultureRoom } from "../room.ts";
import { breaches, makeDate, makeStructures } from "../testing.ts";
import { outpostPanel } from "./panel.tsx";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let team: Visitor;
let programme: string;
let volunteer: string;
let venue: string;
before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  const signed = await house.signIn("culture");
  team = makeVisitor(server, publicUrl, signed.cookie);
  [programme, volunteer] = [id(), id()];
  await house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, pole, created_at) VALUES ($1, $2, 'permanences', 'Permanences', 'culture', now())",
    [house.houseId, programme],
  );
  [, , venue = ""] = await house.run("culture", (tx) => makeStructures(tx, 3));
  const mission = { prenom: "Ada", nom: "Essai", genre: "civic", debut: "02/11/2020", fin: "31/12/2020", heures: "24" };
  const form = { key: volunteer, ...mission, lieu: house.sites.gerland, tuteur: signed.account };
  assert.equal((await team.post("/culture/volontaires/nouveau", form)).status, 303);
});
const id = (): string => house.deps.ids.uuid();
const plan = (more: Record<string, string> = {}) => ({
  dispositif: programme,
  type: "permanence",
  titre: "Permanence du mardi",
  hote: "Structure 1",
  jour: "01/12/2020",
  heure: "09:00",
  duree: "180",
  lieu: house.sites.gerland,
  volontaires: volunteer,
  ...more,
});
async function planned(more: Record<string, string> = {}): Promise<string> {
  const key = id();
  const got = await team.post("/culture/actions/nouvelle", { key, ...plan(more) });
  assert.equal(got.status, 303, got.text);
  return key;
}
const press = (session: string, qui: string, key = id(), combien = "1") =>
  team.post(`/culture/actions/${session}/rencontres`, { key, qui, combien });
const heads = async (session: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await house.owner.query<{ sex: string; heads: number }>(
        "SELECT coalesce(sex, '') AS sex, sum(heads)::int AS heads FROM agenda.attendances WHERE session_id = $1 GROUP BY 1",
        [session],
      )
    ).rows.map((row) => [row.sex, row.heads]),
  );

test("a permanence is a session of the agenda, with its host and volunteers; a mission that does not hold that day is told", async () => {
  const wrong = await team.post("/culture/actions/nouvelle", {
    key: id(),
    ...plan({ jour: "05/01/2021", hote: "Nulle part" }),
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Aucune structure ne porte ce nom/);
  assert.match(wrong.text, /value="Nulle part"/, "what was typed stays");
  const late = await team.post("/culture/actions/nouvelle", { key: id(), ...plan({ jour: "05/01/2021" }) });
  assert.equal(late.status, 422);
  assert.match(late.text, /mission de Ada Essai/);
  const first = id();
  const form = { key: first, ...plan({ jour: "11/12/2020", nombre: "3" }) };
  assert.equal(
    (await team.post("/culture/actions/nouvelle", form)).status,
    422,
    "Christmas is left out: the third is in January",
  );
  const series = { ...form, nombre: "2" };
  for (const turn of [1, 2])
    assert.equal((await team.post("/culture/actions/nouvelle", series)).status, 303, `time ${turn}`);
  const { rows } = await house.owner.query(
    `SELECT s.starts_on::text AS day, k.name AS speaker, h.name AS host FROM agenda.sessions s JOIN agenda.session_speakers k ON k.session_id = s.id
       JOIN culture.outposts o ON o.session_id = s.id JOIN partners.structures h ON h.id = o.host_id ORDER BY 1`,
  );
  assert.deepEqual(rows, [
    { day: "2020-12-11", speaker: "Ada Essai", host: "Structure 1" },
    { day: "2020-12-18", speaker: "Ada Essai", host: "Structure 1" },
  ]);
  const early = await press(first, "F");
  assert.equal(early.status, 409, "not before the day");
  assert.match(early.text, /à venir/);
});

test("each press counts once, however often it is sent; a press taken back counts no more; closing takes them in once", async () => {
  const session = await planned();
  const key = id();
  const sent = await Promise.all(Array.from({ length: 8 }, () => press(session, "F", key)));
  assert.deepEqual([...new Set(sent.map(({ status }) => status))], [303]);
  await press(session, "M", id(), "3");
  await press(session, "sans");
  await press(session, "moins-M");
  await press(session, "moins-sans", id(), "5");
  assert.deepEqual(await heads(session), {}, "nothing is in the attendances before the closing");
  const page = await team.get(`/culture/actions/${session}/sur-place`);
  assert.match(page.text, /data-spot-count="F">1</);
  assert.match(page.text, /data-spot-count="M">2</);
  assert.match(page.text, /data-spot-count="sans">1</, "more than there is cannot be taken back");
  const path = `/culture/actions/${session}`;
  const version = fieldOf((await team.get(path)).text, "version");
  const close = { version, suite: "ajouter" };
  const closed = await Promise.all([team.post(`${path}/cloture`, close), team.post(`${path}/cloture`, close)]);
  assert.deepEqual(closed.map(({ status }) => status).sort(), [303, 409], "two at once close it once");
  assert.deepEqual(await heads(session), { F: 1, M: 2, "": 1 });
  const { rows } = await house.owner.query("SELECT status FROM agenda.sessions WHERE id = $1", [session]);
  assert.deepEqual(rows, [{ status: "held" }]);

  // A telephone whose line was cut sends what it kept: an old press again, and a new one.
  await press(session, "F", key);
  await press(session, "F");
  assert.deepEqual(await heads(session), { F: 1, M: 2, "": 1 }, "somebody decides first");
  const told = await team.get(path);
  assert.match(told.text, /pas encore dans les présences/);
  assert.match((await team.get("/culture/actions")).text, /4 \(1 à noter\)/);
  const late = { version: fieldOf(told.text, "version"), suite: "ajouter" };
  assert.equal((await team.post(`${path}/cloture`, late)).status, 303);
  assert.deepEqual(await heads(session), { F: 2, M: 2, "": 1 });
  await press(session, "M");
  const known = { version: fieldOf((await team.get(path)).text, "version"), suite: "laisser" };
  assert.equal((await team.post(`${path}/cloture`, known)).status, 303);
  assert.deepEqual(await heads(session), { F: 2, M: 2, "": 1 }, "they were there already");
  assert.doesNotMatch((await team.get(path)).text, /pas encore dans les présences/);
});

test("places are booked in the host's name by the ordinary way, once; a need is noted and becomes a project", async () => {
  const session = await planned();
  const { date } = await house.run("culture", (tx) =>
    makeDate(tx, { venue, places: 3, day: "2020-12-20", title: "Cirque" }),
  );
  const path = `/culture/actions/${session}`;
  assert.match((await team.get(`${path}/sur-place`)).text, /Cirque/);
  const wish = { key: id(), date, prenom: "Zoé", personnes: "2", accompagnants: "1", attendre: "" };
  for (const turn of [1, 2]) assert.equal((await team.post(`${path}/places`, wish)).status, 303, `time ${turn}`);
  const full = await team.post(`${path}/places`, { ...wish, key: id(), personnes: "1", accompagnants: "0" });
  assert.equal(full.status, 409);
  assert.match(full.text, /ne reste plus de place/);
  assert.match(full.text, /value="Zoé"/, "what was typed stays");
  const { rows } = await house.owner.query(
    "SELECT s.name AS structure, b.first_name, b.seats, b.state FROM culture.bookings b JOIN partners.structures s ON s.id = b.structure_id",
  );
  assert.deepEqual(rows, [{ structure: "Structure 1", first_name: "Zoé", seats: 3, state: "confirmed" }]);
  assert.deepEqual(await breaches((text) => house.owner.query(text)), []);

  const note = id();
  for (const turn of [1, 2])
    assert.equal(
      (await team.post(`${path}/notes`, { key: note, texte: "Un atelier d’écriture" })).status,
      303,
      `time ${turn}`,
    );
  const shown = (await team.get(path)).text;
  const [, address = ""] = /href="(\/culture\/projets\/nouveau\?[^"]+)"/.exec(shown) ?? [];
  const project = await team.get(address.replaceAll("&amp;", "&"));
  assert.match(project.text, /Un atelier d’écriture<\/textarea>/);
  assert.match(project.text, /value="Structure 1"/);
  assert.equal((await team.post(`${path}/notes/traitee`, { note })).status, 303);
  assert.match((await team.get(path)).text, /Traitée le 01\/12\/2020/);
});

test("changing host and volunteers is for one at a time, and leaves whoever else leads the session", async () => {
  const session = await planned();
  await house.owner.query(
    "INSERT INTO agenda.session_speakers (house_id, id, session_id, name) VALUES ($1, gen_random_uuid(), $2, 'Une coach')",
    [house.houseId, session],
  );
  const path = `/culture/actions/${session}`;
  const version = fieldOf((await team.get(path)).text, "version");
  assert.equal((await team.post(path, { version, hote: "Structure 2" })).status, 303);
  const stale = await team.post(path, { version, hote: "Structure 1", volontaires: volunteer });
  assert.equal(stale.status, 409);
  const { rows } = await house.owner.query("SELECT name FROM agenda.session_speakers WHERE session_id = $1", [session]);
  assert.deepEqual(rows, [{ name: "Une coach" }]);
});

test("a host's sheet tells of the permanences that it hosts, and another's does not", async () => {
  const { rows } = await house.owner.query<{ id: string; name: string }>("SELECT id, name FROM partners.structures");
  const told = (name: string) =>
    house.run("culture", async (tx) => {
      const shown = await outpostPanel.panel(tx, rows.find((row) => row.name === name)?.id ?? "");
      return shown === null ? "" : renderToString(shown as VNode);
    });
  assert.match(
    await told("Structure 1"),
    /Permanence du mardi<\/a>, 01\/12\/2020 à [^,]*, a eu lieu, 5.personnes rencontrées/,
  );
  assert.equal(await told("Structure 3"), "");
});
