// Structures as those who work with them do: entered, found, corrected by two at once, closed, told from their doubles, merged.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { parse } from "csv-parse/sync";
import { makeServer } from "../../../core/http/server.ts";
import type { Role } from "../../../core/rights.ts";
import type { Room } from "../../../core/room.ts";
import { plainChrome } from "../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../core/testing/house.ts";
import { wholeFile } from "../../../core/testing/server.ts";
import { together } from "../../../core/testing/together.ts";
import { type Fields, fieldOf, inPage, makeVisitor, type Visitor } from "../../../core/testing/visitor.ts";
import { structureLinks } from "./merge/links.ts";
import { rights } from "./rights.ts";
import { makePartnersRoom } from "./room.ts";

const publicUrl = "http://localhost:4700";
const room: Room = makePartnersRoom({
  panels: () => [{ order: 1, right: rights["structure.see"], panel: async (_, id) => `panneau de ${id.slice(-4)}` }],
  links: () => structureLinks,
});
let house: TestHouse;
let as: (role: Role) => Promise<Visitor>;
let terms: Map<string, string>;

before(async () => {
  house = await testHouse(wholeFile, { rooms: [room] });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms: [room], services, chrome: plainChrome });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
  const { rows } = await house.owner.query<{ label: string; id: string }>("SELECT label, id FROM partners.terms");
  terms = new Map(rows.map((row) => [row.label, row.id]));
});

/** Enters a structure and gives its identifier. */
async function enter(visitor: Visitor, form: Fields): Promise<string> {
  const key = house.deps.ids.uuid();
  const got = await visitor.post("/structures/nouvelle", { key, confirmed: "1", ...form });
  assert.equal(got.status, 303, got.text);
  return key;
}
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replace(/&#39;/g, "'");
const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { delimiter: ";", columns: true, bom: true });

test("a structure is entered, found by any of its names, its number or its commune, and given as a file with the same filters", async () => {
  const visitor = await as("culture");
  assert.match((await visitor.get("/structures")).text, /importez la liste de la maison/);
  const wrong = await visitor.post("/structures/nouvelle", {
    key: house.deps.ids.uuid(),
    nom: "Théâtre du Prisme",
    numero: "13000354400034",
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /son dernier chiffre ne correspond pas/);
  assert.match(wrong.text, /value="13000354400034"/);

  const prisme = await enter(visitor, {
    nom: "Théâtre du Prisme",
    autres_noms: "TdP ; Le Prisme",
    type: terms.get("culture ou sport") ?? "",
    numero: "130 003 544 00033",
    code_postal: "69007",
    commune: "Lyon",
    effectif: "12",
    site_web: "prisme.example",
  });
  const relais = await enter(visitor, {
    nom: "Relais des Pentes",
    code_postal: "69100",
    commune: "Villeurbanne",
    mere: "TdP",
  });
  const role = { key: house.deps.ids.uuid(), role: terms.get("coopérateur culturel") ?? "", du: "01/09/2020" };
  assert.equal((await visitor.post(`/structures/${prisme}/roles`, role)).status, 303);
  const twice = await visitor.post(`/structures/${prisme}/roles`, { ...role, key: house.deps.ids.uuid(), du: "" });
  assert.equal(twice.status, 422);
  assert.match(twice.text, /a déjà ce rôle à ces dates/);

  for (const [q, found] of [
    ["prisme", [prisme]],
    ["tdp lyon", [prisme]],
    ["130 003 544 00033", [prisme]],
    ["villeurbanne", [relais]],
    ["Relai des Pantes", [relais]],
    ["%", []],
  ] as const) {
    const page = await visitor.get("/structures", { query: { q } });
    for (const id of [prisme, relais])
      assert.equal(page.text.includes(`/structures/${id}`), (found as readonly string[]).includes(id), `${q} ${id}`);
    const exported = rowsOf((await visitor.get("/structures/export.csv", { query: { q } })).text);
    assert.deepEqual(
      exported.map((row) => row.Fiche),
      found,
      q,
    );
  }
  const filters = { role: role.role, type: terms.get("culture ou sport") ?? "", commune: "Lyon" };
  const filtered = await visitor.get("/structures", { query: filters });
  assert.match(flat(filtered.text), /1 structure avec ces filtres/);
  assert.match(filtered.text, /Retirer le filtre Rôle.: coopérateur culturel/);
  const [row] = rowsOf((await visitor.get("/structures/export.csv", { query: filters })).text);
  assert.deepEqual(
    [row?.Rôles, row?.SIRET, row?.SIREN, row?.["Code officiel de la commune"], row?.["Site web"]],
    ["coopérateur culturel", "13000354400033", "130003544", "69387", "https://prisme.example/"],
  );
  const sheet = flat((await visitor.get(`/structures/${prisme}`)).text);
  for (const said of [
    /130 003 544 00033/,
    /depuis le 01\/09\/2020/,
    /Relais des Pentes/,
    new RegExp(`panneau de ${prisme.slice(-4)}`),
  ])
    assert.match(sheet, said);
});

test("two people correct it at once: the second sees both and loses nothing; a circle of parents is refused", async () => {
  const [one, other] = [await as("adviser"), await as("site-manager")];
  const id = await enter(one, { nom: "Mission du Rhône", telephone: "04 78 00 00 00" });
  const form = { nom: "Mission du Rhône", telephone: "04 78 00 00 01", version: "1" };
  const answers = await together(
    house,
    { text: "SELECT 1 FROM partners.structures WHERE id = $1 FOR UPDATE", values: [id] },
    [one, other].map(
      (visitor, at) => () => visitor.post(`/structures/${id}/modifier`, { ...form, note: `note ${at}` }),
    ),
  );
  assert.deepEqual(answers.map((got) => got.status).sort(), [303, 409]);
  const late = answers.find((got) => got.status === 409)?.text ?? "";
  assert.match(late, /Quelqu’un a modifié cette structure/);
  assert.match(late, /note 0/);
  assert.match(late, /note 1/);
  assert.equal(fieldOf(late, "version"), "2");

  const child = await enter(one, { nom: "Annexe de la Mission", mere: "Mission du Rhône" });
  const circle = await one.post(`/structures/${id}/modifier`, { ...form, version: "2", mere: "Annexe de la Mission" });
  assert.equal(circle.status, 422);
  assert.match(circle.text, /dépend déjà de celle-ci/);
  assert.match((await one.get(`/structures/${id}`)).text, new RegExp(`/structures/${child}`));
});

test("what hangs on a structure is added, changed, taken away with why, put back; a contact is erased for good", async () => {
  const visitor = await as("direction");
  const id = await enter(visitor, { nom: "Atelier Sans Nom" });
  const key = house.deps.ids.uuid();
  const contact = { nom: "Dominique Essai", fonction: "chargée d’insertion", courriel: "d.essai@atelier.test" };
  assert.equal((await visitor.post(`/structures/${id}/contacts`, { key, ...contact })).status, 303);
  assert.equal((await visitor.post(`/structures/${id}/contacts`, { key, ...contact })).status, 303);
  const { rows } = await house.owner.query("SELECT 1 FROM partners.contacts WHERE structure_id = $1", [id]);
  assert.equal(rows.length, 1, "sent twice, made once");
  const base = `/structures/${id}/contacts/${key}`;
  assert.equal(
    (await visitor.post(base, { ...contact, du: "01/03/2020", au: "01/02/2020", version: "1" })).status,
    422,
  );
  assert.equal((await visitor.post(base, { ...contact, telephone: "04 72 00 00 00", version: "1" })).status, 303);
  const stale = await visitor.post(base, { ...contact, fonction: "directrice", version: "1" });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /\+33472000000/);
  assert.match(stale.text, /directrice/);
  assert.equal((await visitor.post(`${base}/retrait`, { raison: "" })).status, 422);
  assert.equal((await visitor.post(`${base}/retrait`, { raison: "Notée deux fois" })).status, 303);
  assert.match((await visitor.get(`/structures/${id}`)).text, /Notée deux fois/);
  assert.equal((await visitor.post(base, { ...contact, version: "2" })).status, 409);
  assert.equal((await visitor.post(`${base}/retour`)).status, 303);
  assert.equal((await (await as("adviser")).post(`${base}/effacement`)).status, 403);
  assert.equal((await visitor.post(`${base}/effacement`)).status, 303);
  assert.equal((await visitor.get(base)).status, 404);
  // A row of another structure is not this one's.
  const site = house.deps.ids.uuid();
  await visitor.post(`/structures/${id}/lieux`, { key: site, nom: "Le hangar" });
  const apart = await enter(visitor, { nom: "Tout autre chose" });
  assert.equal((await visitor.get(`/structures/${apart}/lieux/${site}`)).status, 404);
});

test("conventions that end or are to be renewed soon are listed, late ones first, and exported as they are counted", async () => {
  const visitor = await as("finance");
  const id = await enter(await as("direction"), { nom: "Fondation du Confluent" });
  const add = async (intitule: string, days: Record<string, string>) => {
    const key = house.deps.ids.uuid();
    const got = await visitor.post(`/structures/${id}/conventions`, { key, intitule, montant: "12 500,50", ...days });
    assert.equal(got.status, 303, got.text);
    return key;
  };
  await add("Fin proche", { du: "01/01/2020", au: "31/12/2020" });
  await add("En retard", { du: "01/01/2020", au: "30/06/2021", renouveler: "15/11/2020" });
  await add("Loin", { au: "31/12/2022" });
  await add("Sans terme", {});
  await add("Déjà finie", { au: "30/11/2020" });
  const mistaken = await add("Notée par erreur", { au: "31/12/2020" });
  await visitor.post(`/structures/${id}/conventions/${mistaken}/retrait`, { raison: "Autre structure" });
  for (const [jours, titles] of [
    ["90", ["En retard", "Fin proche"]],
    ["toutes", ["En retard", "Déjà finie", "Fin proche", "Loin", "Sans terme"]],
  ] as const) {
    const page = await visitor.get("/structures/conventions", { query: { jours } });
    assert.match(flat(page.text), new RegExp(`${titles.length} conventions`));
    assert.match(flat(page.text), /15\/11\/2020 \(en retard\)/);
    const rows = rowsOf((await visitor.get("/structures/conventions/export.csv", { query: { jours } })).text);
    assert.deepEqual(
      rows.map((row) => row.Convention),
      titles,
    );
    assert.equal(rows[0]?.["Montant en euros"], "12500,5");
  }
  assert.equal((await (await as("reception")).get("/structures/conventions")).status, 403);
  assert.doesNotMatch((await (await as("reception")).get(`/structures/${id}`)).text, /Fin proche/);
});

test("a structure that closes leaves the list with its reason, and comes back", async () => {
  const visitor = await as("employers");
  const id = await enter(visitor, { nom: "Usine du Quai" });
  const closing = { key: house.deps.ids.uuid(), jour: "30/11/2020", raison: "A déménagé" };
  assert.equal((await visitor.post(`/structures/${id}/fermeture`, { ...closing, raison: "" })).status, 422);
  assert.equal((await visitor.post(`/structures/${id}/fermeture`, closing)).status, 303);
  assert.doesNotMatch((await visitor.get("/structures", { query: { q: "Usine" } })).text, new RegExp(id));
  assert.match((await visitor.get("/structures", { query: { q: "Usine", etat: "fermees" } })).text, new RegExp(id));
  assert.match((await visitor.get(`/structures/${id}`)).text, /A déménagé/);
  assert.equal((await visitor.post(`/structures/${id}/reouverture`)).status, 303);
  assert.match((await visitor.get("/structures", { query: { q: "Usine" } })).text, new RegExp(id));
});

test("who may be the same is shown before it is saved; the inbox tells pairs apart, or merges them, and a merge is undone", async () => {
  const visitor = await as("direction");
  const kept = await enter(visitor, { nom: "Croix du Fleuve", commune: "Bron", code_postal: "69500" });
  const warned = await visitor.post("/structures/nouvelle", {
    key: house.deps.ids.uuid(),
    nom: "CROIX DU FLEUVE",
    commune: "Bron",
  });
  assert.equal(warned.status, 200);
  assert.match(warned.text, /est peut-être déjà dans la maison/);
  assert.match(warned.text, new RegExp(`/structures/${kept}`));
  const absorbed = await enter(visitor, {
    nom: "La Croix du Fleuve",
    autres_noms: "Croix du Fleuve",
    commune: "Bron",
    telephone: "04 72 11 22 33",
    mere: "Croix du Fleuve",
  });
  const role = { key: house.deps.ids.uuid(), role: terms.get("prescripteur") ?? "" };
  await visitor.post(`/structures/${absorbed}/roles`, role);
  const inbox = flat((await visitor.get("/structures/doublons")).text);
  assert.match(inbox, /1 paire à regarder, dont 1 très probable/);
  const [first, second] = [kept, absorbed].sort();
  await visitor.post("/structures/doublons/avis", { first: first ?? "", second: second ?? "" });
  assert.match(flat((await visitor.get("/structures/doublons")).text), /0 paire à regarder/);
  await visitor.post("/structures/doublons/retour", { first: first ?? "", second: second ?? "" });
  assert.equal(rowsOf((await visitor.get("/structures/doublons/export.csv")).text).length, 1);

  const compared = await visitor.get(`/structures/doublons/${kept}/${absorbed}`);
  assert.match(compared.text, /rôles/);
  const form = {
    key: fieldOf(compared.text, "key"),
    version: fieldOf(compared.text, "version"),
    other_version: fieldOf(compared.text, "other_version"),
    phone: "absorbed",
  };
  assert.equal((await visitor.post(`/structures/doublons/${kept}/${absorbed}`, { ...form, version: "9" })).status, 409);
  const merged = await visitor.post(`/structures/doublons/${kept}/${absorbed}`, form);
  assert.equal(merged.status, 303, merged.text);
  assert.equal(
    (await visitor.post(`/structures/doublons/${kept}/${absorbed}`, form)).location.split("?")[0],
    merged.location.split("?")[0],
  );
  const sheet = flat((await visitor.get(`/structures/${kept}`)).text);
  for (const said of [/prescripteur/, /La Croix du Fleuve/, /\+33472112233/]) assert.match(sheet, said);
  assert.equal((await visitor.get(`/structures/${absorbed}`)).location, `/structures/${kept}`);
  assert.match((await visitor.get("/structures", { query: { q: "la croix du fleuve" } })).text, new RegExp(kept));

  // What is noted after the merge stays; the rest goes back to where it was.
  await visitor.post(`/structures/${kept}/modifier`, {
    nom: "Croix du Fleuve",
    commune: "Bron",
    telephone: "04 72 99 99 99",
    version: "2",
  });
  const merge = inPage(merged.location, /fusions\/([0-9a-f-]{36})/);
  assert.match((await visitor.get(`/structures/fusions/${merge}`)).text, /rôles \(1\)/);
  assert.equal((await visitor.post(`/structures/fusions/${merge}/annulation`)).status, 303);
  assert.equal((await visitor.post(`/structures/fusions/${merge}/annulation`)).status, 409);
  const { rows } = await house.owner.query<Record<string, unknown>>(
    "SELECT s.name, s.phone, s.aliases, s.merged_into, s.parent_id, (SELECT count(*) FROM partners.roles r WHERE r.structure_id = s.id) AS roles FROM partners.structures s WHERE s.id IN ($1, $2) ORDER BY s.name",
    [kept, absorbed],
  );
  assert.deepEqual(rows, [
    { name: "Croix du Fleuve", phone: "+33472999999", aliases: [], merged_into: null, parent_id: null, roles: 0 },
    {
      name: "La Croix du Fleuve",
      phone: "+33472112233",
      aliases: ["Croix du Fleuve"],
      merged_into: null,
      parent_id: kept,
      roles: 1,
    },
  ]);
  assert.equal(rowsOf((await visitor.get("/structures/fusions/export.csv")).text)[0]?.État, "annulée");
});

test("a contact noted while its structure is being merged is refused, not lost on the one that went", async () => {
  const visitor = await as("direction");
  const kept = await enter(visitor, { nom: "Port Saint-Jean" });
  const absorbed = await enter(visitor, { nom: "Port St Jean" });
  const contact = { key: house.deps.ids.uuid(), nom: "Dominique Essai" };
  const merge = { key: house.deps.ids.uuid(), version: "1", other_version: "1" };
  // Both wait for the same row; whoever comes first, the contact is on the structure that stays, or was refused.
  const [noted, merged] = await together(
    house,
    { text: "SELECT 1 FROM partners.structures WHERE id = $1 FOR UPDATE", values: [absorbed] },
    [
      () => visitor.post(`/structures/${absorbed}/contacts`, contact),
      () => visitor.post(`/structures/doublons/${kept}/${absorbed}`, merge),
    ],
  );
  assert.equal(merged?.status, 303);
  const { rows } = await house.owner.query("SELECT structure_id FROM partners.contacts WHERE id = $1", [contact.key]);
  assert.deepEqual(rows, noted?.status === 303 ? [{ structure_id: kept }] : []);
  assert.ok([303, 404].includes(noted?.status ?? 0));
});

test("the house's words are extended and spelt again by those who keep them", async () => {
  const visitor = await as("direction");
  const key = house.deps.ids.uuid();
  assert.equal((await visitor.post("/structures/listes", { key, liste: "role", mot: "mécène" })).status, 303);
  const again = await visitor.post("/structures/listes", { key: house.deps.ids.uuid(), liste: "role", mot: "MECENE" });
  assert.equal(again.status, 422);
  assert.equal(
    (await visitor.post(`/structures/listes/${key}`, { mot: "mécène privé", au: "01/01/2020", version: "1" })).status,
    303,
  );
  assert.equal((await visitor.post(`/structures/listes/${key}`, { mot: "mécène", au: "", version: "1" })).status, 409);
  const id = await enter(visitor, { nom: "Sans mot" });
  assert.doesNotMatch((await visitor.get(`/structures/${id}/roles/nouveau`)).text, /mécène/);
  assert.equal(rowsOf((await visitor.get("/structures/listes/export.csv")).text).length, terms.size + 1);
});

test("the list is given in the schema of data·inclusion, which takes it", async () => {
  const visitor = await as("direction");
  await enter(visitor, { nom: "S.A.", commune: "Lyon" });
  await enter(visitor, { nom: "Régie du Parc S.A.", courriel: "accueil@regie.test", telephone: "04 72 00 11 22" });
  const got = await visitor.get("/structures/data-inclusion.json", { query: { etat: "toutes" } });
  const given = JSON.parse(got.text) as Record<string, string | null>[];
  const schema = JSON.parse(
    readFileSync(new URL("./list/data-inclusion-structure.schema.json", import.meta.url), "utf8"),
  ) as object;
  const ajv = new Ajv2020();
  ajvFormats.default(ajv);
  const valid = ajv.compile(schema);
  for (const one of given) assert.ok(valid(one), JSON.stringify(valid.errors));
  assert.equal(valid({ ...given[0], siret: "123" }), false, "the schema refuses what is wrong");
  const listed = rowsOf((await visitor.get("/structures/export.csv", { query: { etat: "toutes" } })).text);
  assert.equal(given.length, listed.length);
  assert.ok(given.length > 8);
  const regie = given.find((one) => one.nom === "Régie du Parc S.A");
  assert.deepEqual([regie?.source, regie?.telephone, regie?.date_maj], ["demo", "+33472001122", "2020-12-01"]);
});
