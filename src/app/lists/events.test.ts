// One row per person and event: complete, true of the day, without names for who may not list people, without a note for anybody.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { parse } from "csv-parse/sync";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../core/testing/visitor.ts";
import { makeHand } from "../../core/testing/walk/hand.ts";
import { meetingSamples } from "../../core/testing/walk/meeting-samples.ts";
import { anEnrolment } from "../../core/testing/walk/programme-samples.ts";
import { makeApplication } from "../application.ts";
import { rooms } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  const server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  const other = await house.anotherHouse("ailleurs");
  for (const [who, role, wish] of [
    ["direction", "direction", {}],
    ["mermoz", "adviser", { site: house.sites.mermoz }],
    ["training", "training", {}],
    ["board", "board", {}],
    ["reception", "reception", {}],
    ["elsewhere", "direction", { house: other.houseId }],
  ] as const)
    visitors.set(who, makeVisitor(server, publicUrl, (await house.signIn(role, wish)).cookie));
  const self = await house.signIn("direction");
  const hand = makeHand(house, server, publicUrl, { direction: self.cookie, administrator: self.cookie }, self);
  // One person: in a programme since 1 November, out on the 20th, seen on 1 December; lives in a priority district since mid-November.
  const { key } = await anEnrolment(hand, "left");
  const { rows } = await house.owner.query<{ person_id: string }>(
    "UPDATE programmes.enrolments SET exit_note = 'Secret-de-sortie' WHERE id = $1 RETURNING person_id",
    [key],
  );
  const person = rows[0]?.person_id ?? "";
  await hand.visit({ person });
  await hand.visit({ name: "" });
  await house.owner.query(
    "INSERT INTO people.situations (house_id, person_id, kind, from_day, value, recorded_at) VALUES ($1, $2, 'neighbourhood', '2020-11-15', 'qpv', now())",
    [house.houseId, person],
  );
  for (const name of ["POST /entretiens", "POST /seances/:session/presences"]) {
    const sample = (await meetingSamples[name]?.(hand)) ?? {};
    const path = name.slice("POST ".length).replace(/:([a-z]+)/g, (_, one: string) => sample.params?.[one] ?? "");
    const came = Object.entries(sample.form ?? {}).map(([field, value]) => [
      field,
      value === "justified" ? "present" : value,
    ]);
    const note = name === "POST /entretiens" ? { note: "Secret-de-note" } : {};
    const form = { ...Object.fromEntries(came), ...note };
    const got = await hand.ask("POST", path, { ...sample, form, cookie: self.cookie });
    assert.equal(got.status, 303, `${name} ${got.text.slice(0, 300)}`);
  }
});

const path = "/export/personnes-evenements";
const year = "de=01/01/2020&a=31/12/2020";
async function rowsFor(who: string, query = year): Promise<Record<string, string>[]> {
  const got = await as(who).get(`${path}/export.csv?${query}`);
  assert.equal(got.status, 200, got.text.slice(0, 300));
  return parse(got.text, { delimiter: ";", bom: true, columns: true }) as Record<string, string>[];
}

test("every event of a person is a row, with what was true of them that day", async () => {
  const rows = await rowsFor("direction");
  const kinds = Map.groupBy(rows, (row) => row.Événement ?? "");
  assert.deepEqual(
    [...kinds].map(([kind, of]) => [kind, of.length]).sort(),
    [
      ["Entretien", 1],
      ["Entrée dans un dispositif", 1],
      ["Résultat", kinds.get("Résultat")?.length ?? 0],
      ["Sortie d’un dispositif", 1],
      ["Séance suivie", kinds.get("Séance suivie")?.length ?? 0],
      ["Visite", 1],
    ].filter(([, count]) => count !== 0),
    "a visit without a name is no person's",
  );
  assert.ok((kinds.get("Séance suivie")?.length ?? 0) > 0);
  const entry = kinds.get("Entrée dans un dispositif")?.[0];
  const visit = kinds.get("Visite")?.[0];
  assert.deepEqual(
    [entry?.Jour, entry?.["QPV ce jour-là"], entry?.["Âge ce jour-là"], entry?.Antenne],
    ["01/11/2020", "inconnu", "26 à 44 ans", "Antenne Gerland"],
  );
  assert.deepEqual([visit?.Jour, visit?.["QPV ce jour-là"]], ["01/12/2020", "oui"]);
  assert.equal(entry?.Fiche, visit?.Fiche);
  assert.equal(kinds.get("Entretien")?.[0]?.Heures, "0,75");
  assert.ok((kinds.get("Séance suivie") ?? []).every((row) => row.Heures === "3"));
  for (const query of [year, `${year}&sorte=visite`, "de=02/11/2020&a=30/11/2020"])
    assert.match(
      (await as("direction").get(`${path}?${query}`)).text.replace(/[\u00a0\u202f]/g, " "),
      new RegExp(`: ${(await rowsFor("direction", query)).length} événement`),
    );
});

test("names are for who may list people; notes are for nobody", async () => {
  for (const who of ["direction", "training"]) {
    const file = (await as(who).get(`${path}/export.csv?${year}`)).text;
    assert.doesNotMatch(file, /Secret-de/);
    assert.equal(/Marqueur-|Zéphyrine-|;Nom;|Fiche/.test(file), who === "direction", who);
    assert.doesNotMatch(
      (await as(who).get(`${path}?${year}`)).text,
      who === "direction" ? /Secret-de/ : /Marqueur-|Secret-de/,
    );
  }
  const kinds = new Set((await rowsFor("training")).map((row) => row.Événement));
  assert.ok(
    !kinds.has("Visite") && !kinds.has("Entretien") && kinds.has("Entrée dans un dispositif"),
    "what their role does not open is left out",
  );
});

test("another site and another house read nothing of it, and the other roles are refused", async () => {
  const mermoz = (await rowsFor("mermoz")).filter((row) => row.Événement !== "Orientation");
  assert.deepEqual(mermoz, []);
  assert.deepEqual(await rowsFor("elsewhere"), []);
  for (const who of ["board", "reception"]) assert.equal((await as(who).get(`${path}/export.csv`)).status, 403, who);
});
