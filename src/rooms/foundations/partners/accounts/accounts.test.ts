// The account of a partner structure as it is lived: opened by the team, entered by a link that serves once, seeing its own and nothing
// else, ended. Letters leave as they do on any day.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { hashToken } from "../../../../core/http/session.ts";
import type { Role } from "../../../../core/rights.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { together } from "../../../../core/testing/together.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { makeHouseRoom } from "../../house/room.ts";
import { messagesRoom } from "../../messages/room.tsx";
import { structureLinks } from "../merge/links.ts";
import { makePartnersRoom } from "../room.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [
  makeHouseRoom({ words: () => ({}), programmes: async () => [], recordOf: async () => null }),
  makePartnersRoom({ panels: () => [], links: () => structureLinks }),
  messagesRoom,
];
let house: TestHouse;
let visitor: (cookie?: string) => Visitor;
let as: (role: Role) => Promise<Visitor>;

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  visitor = (cookie) => makeVisitor(server, publicUrl, cookie);
  as = async (role) => visitor((await house.signIn(role)).cookie);
});

const id = (): string => house.deps.ids.uuid();

async function aStructure(team: Visitor, name: string): Promise<string> {
  const key = id();
  const got = await team.post("/structures/nouvelle", { key, nom: name, commune: "Bron", confirmed: "1" });
  assert.equal(got.status, 303, got.text);
  return key;
}
const open = (team: Visitor, structure: string, email: string, more: Record<string, string> = {}) =>
  team.post(`/structures/${structure}/comptes`, {
    key: id(),
    nom: "Camille Essai",
    courriel: email,
    cote: "social",
    du: "01/12/2020",
    ...more,
  });
/** Sends what waits, and gives the token of the last letter to an address. */
async function lastLink(email: string): Promise<string> {
  const errand = messagesRoom.errands?.find(({ name }) => name === "messages.send");
  await errand?.leave(
    { ...house.services, config: { ...house.services.config, publicUrl } },
    house.scope("direction"),
    "2020-12-01",
  );
  const letter = house.letters.findLast(({ to }) => to === email);
  return /\/entree\/([A-Za-z0-9_-]+)/.exec(letter?.text ?? "")?.[1] ?? "";
}

test("a structure's contact enters by the link of a letter, once, and sees its structure and nothing of the house", async () => {
  const team = await as("culture");
  const centre = await aStructure(team, "Centre social Les Tilleuls");
  const other = await aStructure(team, "Foyer du Pont");
  assert.equal((await open(team, centre, "contact@tilleuls.test")).status, 303);
  const token = await lastLink("contact@tilleuls.test");
  assert.ok(token, "a letter with a link has left");

  const contact = visitor();
  const looked = await contact.get(`/entree/${token}`);
  assert.match(looked.text, /Centre social Les Tilleuls/);
  assert.equal((await contact.get(`/entree/${token}`)).status, 200, "a mail program that looks spends nothing");
  const entered = await contact.post(`/entree/${token}`);
  assert.equal(entered.status, 303);
  assert.ok(contact.cookie, "a session is open");
  const own = await contact.get("/ma-structure");
  assert.match(own.text, /Centre social Les Tilleuls/);
  for (const path of [
    "/structures",
    `/structures/${centre}`,
    `/structures/${other}`,
    "/messages",
    "/comptes",
    "/journal",
  ])
    assert.equal((await contact.get(path)).status, 403, path);

  // Forwarded, or opened a second time.
  const friend = visitor();
  const late = await friend.post(`/entree/${token}`);
  assert.equal(late.status, 404);
  assert.match(late.text, /déjà servi, ou son temps est passé/);
  assert.equal(friend.cookie, "");
  assert.equal((await friend.get(`/entree/${token}`)).status, 404);
});

test("of two who open one link at the same moment, one enters", async () => {
  const team = await as("culture");
  await open(team, await aStructure(team, "Foyer des Lilas"), "deux@lilas.test");
  const token = await lastLink("deux@lilas.test");
  const two = [visitor(), visitor()];
  const got = await together(
    house,
    { text: "SELECT 1 FROM messages.links WHERE token_hash = $1 FOR UPDATE", values: [hashToken(token)] },
    two.map((one) => () => one.post(`/entree/${token}`)),
  );
  assert.deepEqual(got.map(({ status }) => status).sort(), [303, 404]);
});

test("whoever asks for a link gets one that lasts a day; an address that nobody has is told the same", async () => {
  const team = await as("culture");
  await open(team, await aStructure(team, "Foyer du Parc"), "parc@foyer.test");
  const first = await lastLink("parc@foyer.test");
  const someone = visitor();
  const key = id();
  const asked = await someone.post("/entree", { key, courriel: "Parc@Foyer.test" });
  const twice = await someone.post("/entree", { key, courriel: "Parc@Foyer.test" });
  const unknown = await someone.post("/entree", { key: id(), courriel: "personne@ailleurs.test" });
  assert.deepEqual([asked.status, twice.status, unknown.status], [303, 303, 303]);
  const token = await lastLink("parc@foyer.test");
  assert.notEqual(token, first);
  assert.equal(
    house.letters.filter(({ to }) => to === "parc@foyer.test").length,
    2,
    "the form sent twice is one letter",
  );
  assert.equal(
    house.letters.some(({ to }) => to === "personne@ailleurs.test"),
    false,
  );

  house.clock.set("2020-12-02T10:05:00+01:00");
  assert.equal((await someone.post(`/entree/${token}`)).status, 404, "a day and an hour later");
  assert.equal((await someone.post(`/entree/${first}`)).status, 303, "the first letter's lasts longer");
  house.clock.set("2020-12-01T09:05:00+01:00");

  for (let turn = 0; turn < 5; turn += 1) await someone.post("/entree", { key: id(), courriel: "trop@essais.test" });
  const tooMany = await someone.post("/entree", { key: id(), courriel: "trop@essais.test" });
  assert.equal(tooMany.status, 429);
  assert.match(tooMany.text, /trop@essais\.test/, "what was typed is kept");
});

test("an address works for one structure, and for no team beside; a team's account never enters by a letter", async () => {
  const team = await as("direction");
  const [one, two] = [await aStructure(team, "Une"), await aStructure(team, "Deux")];
  assert.equal((await open(team, one, "a@structure.test")).status, 303);
  const elsewhere = await open(team, two, "a@structure.test");
  assert.equal(elsewhere.status, 422);
  assert.match(elsewhere.text, /entre déjà pour une autre structure/);
  const { account } = await house.signIn("culture");
  const taken = await open(team, one, `${account}@exemple.test`);
  assert.match(taken.text, /compte de l’équipe/);
  const before = house.letters.length;
  await visitor().post("/entree", { key: id(), courriel: `${account}@exemple.test` });
  await lastLink("a@structure.test");
  assert.equal(
    house.letters.slice(before).some(({ to }) => to.startsWith(account)),
    false,
  );

  // The other side for the same structure is one account with two roles.
  assert.equal((await open(team, one, "a@structure.test", { cote: "cultural" })).status, 303);
  const { rows } = await house.owner.query("SELECT role FROM house.grants WHERE structure_id = $1 ORDER BY role", [
    one,
  ]);
  assert.deepEqual(rows, [{ role: "cultural-partner" }, { role: "social-partner" }]);
});

test("an access that ends closes its sessions and its links; a structure that closes shows nothing more", async () => {
  const team = await as("culture");
  const structure = await aStructure(team, "Foyer du Quai");
  await open(team, structure, "quai@foyer.test");
  const contact = visitor();
  await contact.post(`/entree/${await lastLink("quai@foyer.test")}`);
  assert.equal((await contact.get("/ma-structure")).status, 200);
  await contact.post("/ma-structure/mot-de-passe");
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM house.grants WHERE structure_id = $1", [
    structure,
  ]);
  const path = `/structures/${structure}/comptes/${rows[0]?.id}`;
  await team.post(`${path}/lien`, { key: id() });
  const unused = await lastLink("quai@foyer.test");
  assert.equal((await team.post(`${path}/fin`)).status, 303);
  assert.equal((await contact.get("/ma-structure")).status, 401);
  assert.equal((await visitor().post(`/entree/${unused}`)).status, 404);
  const open_ = await house.owner.query(
    "SELECT 1 FROM house.invitations WHERE account_id IN (SELECT account_id FROM house.grants WHERE id = $1) AND used_at IS NULL",
    [rows[0]?.id],
  );
  assert.equal(open_.rowCount, 0);

  const closing = await aStructure(team, "Foyer qui ferme");
  await open(team, closing, "ferme@foyer.test");
  const last = visitor();
  await last.post(`/entree/${await lastLink("ferme@foyer.test")}`);
  await team.post(`/structures/${closing}/fermeture`, { key: id(), jour: "01/12/2020", raison: "Fin" });
  assert.equal((await last.get("/ma-structure")).status, 404);
});
