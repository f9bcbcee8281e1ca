// Collective projects and jobs in culture as the team works with them: noted once, changed by two at once, partners who decline, the
// year's promise against what was reached, the one base of the rate of cancellation, a file read and undone.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../../core/figures/ask.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Role } from "../../../../core/rights.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { cultureRoom } from "../room.ts";
import { makeStructures } from "../testing.ts";
import { projectPanel } from "./panel.tsx";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let as: (role: Role) => Promise<Visitor>;
before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
});
const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const project = (more: Record<string, string> = {}) => ({
  titre: "Parcours des Pentes",
  genre: "turnkey",
  besoin: "",
  freins: "mobilite",
  jour: "12/03/2020",
  etat: "planned",
  participants: "15",
  ...more,
});
const registry = makeRegistry(cultureRoom.figureSources ?? [], cultureRoom.figures ?? []);
const period = { from: "2020-01-01", to: "2020-12-31" };
const countOf = (code: string): Promise<number> =>
  house.run("culture", async (tx) => (await askFigures(tx, registry, { codes: [code], period, by: [[]] })).at(code));

test("a project is noted once; who asked and who hosts are structures of the house", async () => {
  const team = await as("culture");
  await house.run("culture", (tx) => makeStructures(tx, 2));
  const key = id();
  const unknown = await team.post("/culture/projets/nouveau", project({ key, demandeur: "Nulle part" }));
  assert.equal(unknown.status, 422);
  assert.match(unknown.text, /Aucune structure ne porte ce nom/);
  assert.match(unknown.text, /value="Nulle part"/, "what was typed stays");
  const form = project({ key, demandeur: "Structure 1", accueil: "structure 2" });
  assert.equal((await team.post("/culture/projets/nouveau", form)).status, 303);
  assert.equal((await team.post("/culture/projets/nouveau", form)).status, 303, "the same form twice");
  const { rows } = await house.owner.query("SELECT barriers, participants FROM culture.projects WHERE id = $1", [key]);
  assert.deepEqual(rows, [{ barriers: ["mobilite"], participants: 15 }]);
  const { rows: lines } = await house.owner.query(
    "SELECT count(*)::int AS n FROM core.journal WHERE act = 'project.planned' AND subject_id = $1",
    [key],
  );
  assert.equal(lines[0].n, 1);

  assert.equal(await countOf("mic.projets_realises"), 0);
  const held = project({ version: "1", etat: "held", demandeur: "Structure 1" });
  assert.equal((await team.post(`/culture/projets/${key}`, held)).status, 303);
  const stale = await team.post(`/culture/projets/${key}`, { ...held, titre: "Autre titre" });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /value="Autre titre"/, "what was typed stays beside what stands");
  assert.match(stale.text, /<h1>Parcours des Pentes/);
  assert.equal(await countOf("mic.projets_realises"), 1);
  assert.equal(await countOf("mic.participants_projets"), 15);

  const silent = await team.post(`/culture/projets/${key}`, { ...held, version: "2", participants: "" });
  assert.equal(silent.status, 422);
  assert.match(silent.text, /combien de personnes ont participé/);
  const ahead = await team.post(`/culture/projets/${key}`, { ...held, version: "2", jour: "12/03/2090" });
  assert.equal(ahead.status, 422);
  assert.match(flat(ahead.text), /Ce jour est à venir : le projet n’est pas encore réalisé/);

  const why = await team.post(`/culture/projets/${key}`, { ...held, version: "2", etat: "cancelled" });
  assert.equal(why.status, 422);
  assert.match(why.text, /Dites pourquoi le projet est annulé/);
});

test("a partner that is proposed accepts, or declines and says why; the structure's sheet tells of the project", async () => {
  const team = await as("culture");
  const [structure = ""] = await house.run("culture", (tx) => makeStructures(tx, 1));
  await house.owner.query("UPDATE partners.structures SET name = 'Scène ouverte' WHERE id = $1", [structure]);
  const [key, proposal] = [id(), id()];
  await team.post("/culture/projets/nouveau", project({ key }));
  const propose = { key: proposal, partenaire: "Scène ouverte" };
  assert.equal((await team.post(`/culture/projets/${key}/partenaires`, propose)).status, 303);
  assert.equal((await team.post(`/culture/projets/${key}/partenaires`, { ...propose, key: id() })).status, 303);
  const path = `/culture/projets/${key}/partenaires/${proposal}`;
  const silent = await team.post(path, { version: "1", reponse: "no" });
  assert.equal(silent.status, 422);
  assert.equal((await team.post(path, { version: "1", reponse: "no", pourquoi: "Salle en travaux" })).status, 303);
  assert.equal((await team.post(path, { version: "1", reponse: "yes" })).status, 409);
  const shown = flat((await team.get(`/culture/projets/${key}`)).text);
  assert.match(shown, /décliné \(Salle en travaux\)/);
  assert.equal(shown.match(/Noter la réponse de Scène ouverte/g)?.length, 1, "proposed once");
  assert.ok(await house.run("culture", (tx) => projectPanel.panel(tx, structure)));
});

test("what was promised of a year stands beside what was reached", async () => {
  const [team, direction] = [await as("culture"), await as("direction")];
  const promise = { annee: "2020", projets: "60", participants: "800", source: "Convention 2020", version: "0" };
  assert.equal((await team.post("/culture/projets/objectifs", promise)).status, 403);
  assert.equal((await direction.post("/culture/projets/objectifs", promise)).status, 303);
  assert.equal((await direction.post("/culture/projets/objectifs", promise)).status, 303, "the same form twice");
  assert.equal((await direction.post("/culture/projets/objectifs", { ...promise, projets: "61" })).status, 409);
  assert.match(flat((await team.get("/culture/projets/objectifs")).text), /15 pour 800 prévus/);
});

test("the rate of cancellation of jobs in culture has one base: what took place or was called off", async () => {
  const team = await as("culture");
  const states = ["held", "held", "held", "held", "held", "cancelled", "cancelled", "cancelled", "planned"];
  for (const etat of states) {
    const form = { key: id(), titre: "Visite", genre: "discovery", jour: "10/03/2020", etat, raison: "Covid" };
    assert.equal((await team.post("/culture/metiers/nouvelle", form)).status, 303);
  }
  assert.equal(await countOf("mic-rh.prevues"), 9);
  assert.equal(await countOf("mic-rh.taux_annulation"), 37.5);
  const page = flat((await team.get("/culture/metiers")).text);
  assert.match(page, /9 actions, dont 5 réalisées et 3 annulées/);
});
