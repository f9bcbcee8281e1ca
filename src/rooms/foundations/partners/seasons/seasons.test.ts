// Seasons as they are lived: a rule, who takes part and what they paid, the right to book that follows, a campaign whose letters leave
// once, and the figures of it.
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
import { messagesRoom } from "../../messages/room.tsx";
import { structureLinks } from "../merge/links.ts";
import { makePartnersRoom } from "../room.ts";
import { bookingRightOf } from "./reads.ts";

const publicUrl = "http://localhost:4700";
const room: Room = makePartnersRoom({ panels: () => [], links: () => structureLinks });
const rooms: Room[] = [room, messagesRoom];
let house: TestHouse;
let visitor: (cookie?: string) => Visitor;
let as: (role: Role) => Promise<Visitor>;
let services: TestHouse["services"];

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  visitor = (cookie) => makeVisitor(server, publicUrl, cookie);
  as = async (role) => visitor((await house.signIn(role)).cookie);
});

const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
async function aStructure(team: Visitor, name: string, more: Record<string, string> = {}): Promise<string> {
  const key = id();
  const got = await team.post("/structures/nouvelle", { key, nom: name, confirmed: "1", ...more });
  assert.equal(got.status, 303, got.text);
  return key;
}
const send = async (): Promise<void> => {
  await messagesRoom.errands
    ?.find(({ name }) => name === "messages.send")
    ?.leave(services, house.scope("direction"), "2020-12-01");
};
const rule = {
  saison: "2020",
  cote: "social",
  cotisation: "15",
  regler: "30/11/2020",
  convention: "31/12/2020",
  source: "Bureau du 2 juin 2020",
  version: "0",
};
const rightNow = (structure: string) =>
  house.run("culture", async (tx) => (await bookingRightOf(tx, structure, "social", tx.today)).right);

test("the right to book follows from the rule, the convention and the dues, and is shown with its rule", async () => {
  const direction = await as("direction");
  const team = await as("culture");
  const centre = await aStructure(team, "Centre social des Pentes");
  assert.deepEqual(await rightNow(centre), { may: true, reason: "no-rule", until: null });
  assert.equal((await direction.post("/structures/saisons/regles", rule)).status, 303);
  assert.equal((await direction.post("/structures/saisons/regles", rule)).status, 303, "the same form twice");
  const other = await direction.post("/structures/saisons/regles", { ...rule, cotisation: "20" });
  assert.equal(other.status, 409, "somebody set it meanwhile");
  assert.equal((await rightNow(centre)).reason, "not-registered");

  const membership = id();
  const open = { key: membership, saison: "2020", cote: "social", montant: "" };
  assert.equal((await team.post(`/structures/${centre}/saisons`, open)).status, 303);
  assert.equal((await team.post(`/structures/${centre}/saisons`, open)).status, 303);
  assert.equal((await team.post(`/structures/${centre}/saisons`, { ...open, key: id() })).status, 422);
  assert.equal((await rightNow(centre)).reason, "dues-owed", "the day to pay is past");
  assert.match(
    flat((await team.get(`/structures/${centre}/saisons`)).text),
    /Cotisation : 15 €, à régler avant le 30 novembre 2020/,
  );

  const path = `/structures/${centre}/saisons/${membership}`;
  const unexplained = await team.post(path, { version: "1", montant: "15", etat: "waived", le: "", motif: "" });
  assert.equal(unexplained.status, 422);
  assert.match(unexplained.text, /Dites pourquoi/);
  assert.equal((await team.post(path, { version: "1", montant: "15", etat: "paid", le: "28/11/2020" })).status, 303);
  assert.equal((await team.post(path, { version: "1", montant: "0", etat: "due" })).status, 409, "stale");
  assert.deepEqual(await rightNow(centre), { may: true, reason: "convention-awaited", until: "2020-12-31" });

  const convention = id();
  await team.post(`/structures/${centre}/conventions`, {
    key: convention,
    intitule: "Saison",
    du: "01/09/2020",
    au: "31/08/2021",
  });
  const elsewhere = await aStructure(team, "Ailleurs");
  const foreign = id();
  await team.post(`/structures/${elsewhere}/conventions`, { key: foreign, intitule: "La leur" });
  const theirs = await team.post(path, {
    version: "2",
    convention: foreign,
    montant: "15",
    etat: "paid",
    le: "28/11/2020",
  });
  assert.equal(theirs.status, 422, "another structure's convention");
  await team.post(path, { version: "2", convention, montant: "15", etat: "paid", le: "28/11/2020" });
  assert.equal((await rightNow(centre)).reason, "in-order");

  const registry = makeRegistry(room.figureSources ?? [], room.figures ?? []);
  const ask = (code: string, from: string, to: string) =>
    house.run(
      "direction",
      async (tx) =>
        (await askFigures(tx, registry, { codes: [code], period: { from, to }, by: [[]] })).cells[0]?.value ?? 0,
    );
  assert.equal(await ask("partenaires.cotisations", "2020-11-01", "2020-11-30"), 15);
  assert.equal(await ask("partenaires.cotisations", "2020-12-01", "2020-12-31"), 0);
  assert.equal(await ask("partenaires.inscrits", "2020-12-01", "2021-08-31"), 1);
  assert.equal(await ask("partenaires.inscrits", "2020-09-01", "2020-11-30"), 0, "registered on 1 December");
  assert.equal(await ask("partenaires.inscrits", "2021-09-01", "2021-12-31"), 0, "the season has ended");

  await team.post(`${path}/fin`, { version: "3", jour: "01/12/2020", raison: "Elle a déménagé" });
  assert.equal((await rightNow(centre)).reason, "ended");
  assert.equal(await ask("partenaires.inscrits", "2020-12-01", "2021-08-31"), 0);
});

test("a campaign asks each structure once; a yes registers it, and those without an address are to be called", async () => {
  const team = await as("culture");
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM partners.terms WHERE label = 'coopérateur social'",
  );
  const role = { role: rows[0]?.id ?? "", du: "01/09/2019", au: "" };
  const written = await aStructure(team, "Foyer écrit", { courriel: "foyer@ecrit.test" });
  const silent = await aStructure(team, "Foyer muet");
  const gone = await aStructure(team, "Foyer fermé", { courriel: "foyer@ferme.test" });
  for (const one of [written, silent, gone]) await team.post(`/structures/${one}/roles`, { key: id(), ...role });
  await team.post(`/structures/${gone}/fermeture`, { key: id(), jour: "01/06/2020", raison: "Fin" });

  assert.match(
    flat((await team.get("/structures/saisons/campagnes?saison=2020&cote=social")).text),
    /2 structures seront interrogées, dont 1 sans adresse/,
  );
  const start = { key: id(), saison: "2020", cote: "social", avant: "15/12/2020", mot: "Bonne rentrée." };
  assert.equal((await team.post("/structures/saisons/campagnes", { ...start, avant: "01/12/2020" })).status, 422);
  assert.equal((await team.post("/structures/saisons/campagnes", start)).status, 303);
  await team.post("/structures/saisons/campagnes", start);
  await team.post("/structures/saisons/campagnes", { ...start, key: id() });
  await send();
  await send();
  const letters = house.letters.filter(({ subject }) => subject.startsWith("Saison 2020-2021"));
  assert.deepEqual(
    letters.map(({ to }) => to),
    ["foyer@ecrit.test"],
  );
  assert.match(letters[0]?.text ?? "", /Bonne rentrée\./);

  const path = /\/renouvellement\/[A-Za-z0-9_-]+/.exec(letters[0]?.text ?? "")?.[0] ?? "";
  const contact = visitor();
  assert.match((await contact.get(path)).text, /Foyer écrit/);
  assert.equal((await contact.post(path, { qui: "Camille" })).status, 422);
  assert.equal((await contact.post(path, { reponse: "yes", qui: "Camille" })).status, 303);
  assert.equal((await contact.post(path, { reponse: "no" })).status, 303, "answered already: the page says what");
  assert.match((await contact.get(path)).text, /Votre réponse est notée/);
  assert.match((await team.get(`/structures/${written}/saisons`)).text, /2020-2021/);

  const unanswered = await team.get("/structures/saisons/reponses?reponse=sans");
  assert.match(unanswered.text, /Foyer muet/);
  assert.doesNotMatch(unanswered.text, /Foyer écrit/);
  const letter = /reponses\/([0-9a-f-]{36})/.exec(unanswered.text)?.[1] ?? "";
  await team.post(`/structures/saisons/reponses/${letter}`, {
    version: "1",
    reponse: "no",
    qui: "au téléphone",
    mot: "",
  });
  assert.match(flat((await team.get("/structures/saisons/campagnes")).text), /2020-2021, social/);
  assert.doesNotMatch((await team.get("/structures/saisons/reponses?reponse=sans")).text, /Foyer muet/);
});
