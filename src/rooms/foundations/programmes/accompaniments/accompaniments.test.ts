// A programme that takes structures in: why one enters and another not, what was true that day stays, what is counted and what is not.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../../core/figures/ask.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { makePartnersRoom } from "../../partners/room.ts";
import { makePeopleRoom } from "../../people/room.ts";
import { makeProgrammesRoom } from "../room.tsx";
import { accompanimentFigures, accompanimentsSource } from "./figures.ts";

const programmesRoom = makeProgrammesRoom(() => []);
const rooms: readonly Room[] = [
  makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) }),
  makePartnersRoom({
    panels: () => programmesRoom.structurePanels ?? [],
    links: () => programmesRoom.structureLinks ?? [],
  }),
  programmesRoom,
];
const registry = makeRegistry([accompanimentsSource], accompanimentFigures);
const path = "/structures-accompagnees";
let house: TestHouse;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  house.clock.set("2020-11-16T09:00:00+01:00");
  const server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const { publicUrl } = house.services.config;
  for (const role of ["direction", "employers", "finance"] as const)
    visitors.set(role, makeVisitor(server, publicUrl, (await house.signIn(role)).cookie));
  const other = await house.anotherHouse("ailleurs");
  visitors.set(
    "elsewhere",
    makeVisitor(server, publicUrl, (await house.signIn("direction", { house: other.houseId })).cookie),
  );
  const made = await as("direction").post("/dispositifs/nouveau", {
    version: "0",
    key: key(),
    code: "conseil-rh",
    intitule: "Conseil RH",
    public: "structures",
    capacite: "2",
    conditions:
      "effectif : 249 ou moins\nau moins une : chiffre d’affaires : 50 000 000 € ou moins ; bilan : 43 000 000 € ou moins",
    etapes: "Diagnostic\nClôture",
    resultats: "Accompagnement clôturé : étape, à la sortie",
    lieux: "gerland",
  });
  assert.equal(made.status, 303, made.text);
});

async function structure(name: string, facts: Record<string, string>): Promise<string> {
  const id = key();
  const got = await as("direction").post("/structures/nouvelle", { key: id, nom: name, confirmed: "1", ...facts });
  assert.equal(got.status, 303, got.text);
  return id;
}
const enter = (who: string, of: string, more: Record<string, string> = {}) =>
  as(who).post(`${path}/nouvelle`, {
    key: key(),
    structure: of,
    dispositif: "conseil-rh",
    jour: "02/11/2020",
    ...more,
  });
const counted = async (code: string, filters: Record<string, string> = {}): Promise<number> =>
  (
    await house.run("direction", (tx) =>
      askFigures(tx, registry, { codes: [code], period: yearPeriod(2020), by: [[]], filters }),
    )
  ).at(code);

test("who fulfils the conditions enters, once; who does not is told why; a manager may, with a reason; places are kept", async () => {
  const small = await structure("Menuiserie du Pont", { effectif: "12", chiffre_affaires: "1 200 000" });
  const large = await structure("Grande Fonderie", { effectif: "400", bilan: "60 000 000" });
  const unknown = await structure("Sans chiffres", {});
  const choice = await as("employers").get(`${path}/nouvelle?structure=${large}`);
  assert.match(choice.text, /non.: effectif.: 249 salariés ou moins \(400/);
  const twice = key();
  for (let turn = 0; turn < 2; turn++)
    assert.equal((await enter("employers", small, { key: twice })).location.split("?")[0], `${path}/${twice}`);
  const refused = await enter("employers", large);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /ne remplit pas toutes les conditions/);
  assert.equal((await enter("employers", large, { malgre: "Plan de sauvegarde" })).status, 422, "not the adviser's");
  assert.equal((await enter("employers", unknown)).status, 422, "what is not known is not yes");
  assert.equal((await enter("direction", large, { malgre: "Plan de sauvegarde" })).status, 303);
  const third = await structure("Atelier vert", { effectif: "3", bilan: "10 000" });
  const full = await enter("employers", third);
  assert.match(full.text, /Les 2 places de ce dispositif sont prises/);
  assert.equal(await counted("dispositif.structures"), 2);
  assert.equal(await counted("dispositif.structures", { dispositif: "conseil-rh" }), 2);
  // What was true that day stays when the sheet changes.
  const sheet = await as("employers").get(`/structures/${small}/modifier`);
  const changed = await as("direction").post(`/structures/${small}/modifier`, {
    version: fieldOf(sheet.text, "version"),
    nom: "Menuiserie du Pont",
    effectif: "300",
  });
  assert.equal(changed.status, 303, changed.text);
  assert.match((await as("employers").get(`${path}/${twice}`)).text, /<dd>12<\/dd>/);
  assert.match((await as("employers").get(`/structures/${small}`)).text, /Conseil RH/);
});

test("it passes a stage, leaves with a word, comes back, is taken back: figures follow, and two at once are told", async () => {
  const { rows } = await house.owner.query<{ id: string; stage: string; word: string }>(
    "SELECT e.id, s.id AS stage, w.id AS word FROM programmes.accompaniments e JOIN programmes.stages s ON s.programme_id = e.programme_id AND s.position = 1 JOIN programmes.outcome_words w ON w.programme_id = e.programme_id WHERE e.in_spite_of IS NULL",
  );
  const { id = "", stage = "", word = "" } = rows[0] ?? {};
  const act = (who: string, name: string, form: Record<string, string>) => as(who).post(`${path}/${id}/${name}`, form);
  assert.equal((await act("employers", "etapes", { etape: stage, jour: "10/11/2020" })).status, 303);
  assert.equal(
    (await act("employers", "etapes", { etape: stage, jour: "01/11/2020" })).status,
    422,
    "before its entry",
  );
  assert.match((await as("employers").get(`${path}/${id}`)).text, /franchie le 10\/11\/2020/);
  assert.equal((await act("employers", "sortie", { version: "1", jour: "01/11/2020", mot: word })).status, 422);
  assert.equal((await act("employers", "sortie", { version: "1", jour: "12/11/2020", mot: word })).status, 303);
  const late = await act("direction", "sortie", { version: "1", jour: "13/11/2020", mot: word });
  assert.equal(late.status, 409);
  assert.match(late.text, /modifié entre-temps/);
  assert.equal(await counted("dispositif.sorties_structures"), 1);
  assert.equal((await act("employers", "reprise", { version: "2" })).status, 303);
  assert.equal(await counted("dispositif.sorties_structures"), 0);
  assert.equal((await act("direction", "retrait", { version: "3", raison: "Saisi en double" })).status, 303);
  assert.equal(await counted("dispositif.structures"), 1);
  assert.equal((await act("direction", "remise", { version: "4" })).status, 303);
  assert.equal(await counted("dispositif.entrees_structures"), 2);
  for (const [who, status] of [
    ["elsewhere", 404],
    ["finance", 403],
  ] as const)
    assert.equal((await as(who).get(`${path}/${id}`)).status, status, who);
});

test("a programme keeps those whom it takes in, and neither enters the other's", async () => {
  const page = await as("direction").get("/dispositifs/conseil-rh/modifier");
  const form = {
    key: fieldOf(page.text, "key"),
    version: fieldOf(page.text, "version"),
    code: "conseil-rh",
    intitule: "Conseil RH",
    public: "personnes",
    lieux: "gerland",
  };
  const refused = await as("direction").post("/dispositifs/conseil-rh/modifier", form);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /accompagne déjà des structures/);
  const person = key();
  await as("direction").post("/personnes/nouvelle", {
    key: person,
    nom: "Essai",
    prenom: "Camille",
    naissance: "12/03/1985",
    sexe: "F",
    confirmed: "1",
  });
  const choice = await as("direction").get(`/parcours/nouveau?personne=${person}`);
  assert.doesNotMatch(choice.text, /Conseil RH/);
  const entry = await as("direction").post("/parcours/nouveau", {
    key: key(),
    personne: person,
    dispositif: "conseil-rh",
    jour: "02/11/2020",
    accompagne: "oui",
    malgre: "pour voir",
  });
  assert.equal(entry.status, 422);
  assert.match(entry.text, /accompagne des structures, pas des personnes/);
});
