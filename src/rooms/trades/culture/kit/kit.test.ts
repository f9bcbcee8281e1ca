// The kit: issues read by anybody once published, with what the forum still shows; letters to chosen contacts, one an address and an issue,
// none to who left, by the page, by a mail program's POST or by word of mouth.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Letter } from "../../../../core/http/route.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { sendDue } from "../../../foundations/messages/sending.ts";
import { cultureRoom } from "../room.ts";
import { makeStructures } from "../testing.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let server: Server;
let team: Visitor;
let passer: Visitor;
let home: string;
let social: string;
const letters: Letter[] = [];
before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  server = makeServer({ rooms, services, chrome: plainChrome });
  team = makeVisitor(server, publicUrl, (await house.signIn("culture")).cookie);
  passer = makeVisitor(server, publicUrl);
  const { rows } = await house.owner.query("SELECT code FROM house.houses WHERE house_id = $1", [house.houseId]);
  home = `/culture-pour-tous/${rows[0].code}`;
  const page = { version: "0", presentation: "Le pôle culture", venir: "Par une structure", ouverte: "1" };
  assert.equal((await team.post("/culture/page-publique", page)).status, 303);
  // Four structures with an address each; two are social partners, and one of these has a contact who bears the other's address too.
  const [first = "", second = ""] = await house.run("culture", (tx) => makeStructures(tx, 4, ["Lyon", "Bron"]));
  social = id();
  await house.owner.query(
    `WITH t AS (INSERT INTO partners.terms (house_id, id, kind, label) VALUES ($1, $2, 'role', 'Coopérateur social'))
     INSERT INTO partners.roles (house_id, id, structure_id, term_id) SELECT $1, gen_random_uuid(), x, $2 FROM unnest($3::uuid[]) x`,
    [house.houseId, social, [first, second]],
  );
  await house.owner.query(
    `INSERT INTO partners.contacts (house_id, id, structure_id, name, email, to_day) VALUES ($1, gen_random_uuid(), $2, 'Camille', ' S2@Exemple.test', NULL), ($1, gen_random_uuid(), $2, 'Noor', 'noor@exemple.test', NULL),
       ($1, gen_random_uuid(), $2, 'Parti', 'parti@exemple.test', '2020-01-01')`,
    [house.houseId, first],
  );
});
const id = (): string => house.deps.ids.uuid();
/** A published issue with one article. */
async function anIssue(titre = "Le kit de décembre"): Promise<string> {
  const key = id();
  assert.equal(
    (await team.post("/culture/kit/nouveau", { key, titre, introduction: "À faire chez soi." })).status,
    303,
  );
  const article = { key: id(), article_titre: "Chansons", article_texte: "Dix chansons." };
  for (const turn of [1, 2])
    assert.equal((await team.post(`/culture/kit/${key}/articles`, article)).status, 303, `time ${turn}`);
  assert.equal((await team.post(`/culture/kit/${key}/publication`, { version: "1", etat: "publier" })).status, 303);
  return key;
}
async function mail(): Promise<Letter[]> {
  letters.length = 0;
  const services = {
    ...house.services,
    config: { ...house.services.config, publicUrl },
    mail: {
      async send(letter: Letter) {
        letters.push(letter);
        return "sent" as const;
      },
    },
  };
  await sendDue(services, house.scope("culture"), "2020-12-01");
  return letters.toSorted((a, b) => a.to.localeCompare(b.to));
}
const send = (issue: string, vues: number, more: Record<string, string> = {}, key = id()) =>
  team.post(`/culture/kit/${issue}/envoi`, { key, commune: "", vues: String(vues), ...more });

test("an issue is read once it is published; what the forum no longer shows is not read here either", async () => {
  const empty = id();
  await team.post("/culture/kit/nouveau", { key: empty, titre: "Vide" });
  assert.equal((await team.post(`/culture/kit/${empty}/publication`, { version: "1", etat: "publier" })).status, 422);
  assert.equal((await passer.get(`${home}/kit/${empty}`)).status, 404);
  const issue = await anIssue();
  const contribution = id();
  const text = { titre: "Ma pièce", texte: "J’y suis <b>allée</b>.", signature: "first", prenom: "Zoé", accord: "1" };
  await team.post("/culture/tribune/nouveau", { key: contribution, ...text, venue: "mail" });
  const take = { key: id(), contribution };
  await team.post(`/culture/kit/${issue}/articles/tribune`, take);
  assert.doesNotMatch((await passer.get(`${home}/kit/${issue}`)).text, /Ma pièce/, "it was not read by the team yet");
  await team.post(`/culture/tribune/${contribution}`, { version: "1", decision: "publish" });
  await team.post(`/culture/kit/${issue}/articles/tribune`, take);
  const shown = (await passer.get(`${home}/kit/${issue}`)).text;
  assert.match(shown, /Dix chansons/);
  assert.equal(shown.split("Chansons").length, 2, "the form sent twice made one article");
  assert.match(shown, /Zoé/);
  assert.match(shown, /&lt;b>allée/);
  assert.match((await passer.get(`${home}/kit`)).text, /Le kit de décembre/);
  await team.post(`/culture/tribune/${contribution}/retrait`, { version: "2" });
  assert.doesNotMatch((await passer.get(`${home}/kit/${issue}`)).text, /Ma pièce|Zoé/);
  assert.match((await team.get(`/culture/kit/${issue}`)).text, /n’est plus publiée à la tribune/);
  const stale = await team.post(`/culture/kit/${issue}`, { version: "1", titre: "Trop tard" });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /value="Trop tard"/, "what was typed stays");
});

test("one letter an address and an issue, whoever sends at once; who left is never written to again", async () => {
  const issue = await anIssue();
  const count = await team.get(`/culture/kit/${issue}/envoi?roles=${social}`);
  assert.equal(
    fieldOf(count.text, "vues"),
    "3",
    "two structures, a contact, and the same address under two names once",
  );
  assert.equal((await send(issue, 2, { roles: social })).status, 409, "another number than was seen");
  const key = id();
  const sent = await Promise.all([
    send(issue, 3, { roles: social }, key),
    send(issue, 3, { roles: social }, key),
    send(issue, 3, { roles: social }),
  ]);
  assert.deepEqual(
    sent.map(({ status }) => status).sort(),
    [303, 303, 409],
    "the same form twice, and another that comes after",
  );
  const first = await mail();
  assert.deepEqual(
    first.map(({ to }) => to.toLowerCase()),
    ["noor@exemple.test", "s1@exemple.test", "s2@exemple.test"],
  );
  const { text = "", leaveBy = "" } = first[0] ?? {};
  assert.ok(leaveBy.startsWith(`${publicUrl}/kit/`));
  assert.ok(text.includes(leaveBy) && text.includes(`${publicUrl}${home}/kit/${issue}`));
  assert.equal((await send(issue, 2, {})).status, 303, "to all: those who had it are left out");
  assert.deepEqual((await mail()).map(({ to }) => to).sort(), ["s3@exemple.test", "s4@exemple.test"]);

  // Noor looks and does not leave; a mail server looks too; then Noor leaves, twice.
  const link = leaveBy.slice(publicUrl.length);
  for (const _ of [1, 2]) assert.match((await passer.get(link)).text, /Me désabonner/);
  for (const turn of [1, 2]) assert.equal((await passer.post(link)).status, 200, `time ${turn}`);
  // Another leaves by a mail program, which stands on no page of ours and has no cookie.
  const other = first.find(({ to }) => to === "s1@exemple.test")?.leaveBy?.slice(publicUrl.length) ?? "";
  const oneClick = await server.request(other, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "26" },
    body: "List-Unsubscribe=One-Click",
  });
  assert.equal(oneClick.status, 200);
  const foreign = await server.request(`/culture/kit/${issue}/envoi`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "1", cookie: team.cookie },
    body: "a",
  });
  assert.equal(foreign.status, 403, "forms of the team are still taken from its own pages only");
  // And one said it to somebody of the team.
  const off = { adresse: "S3@exemple.test" };
  assert.equal((await team.post(`/culture/kit/${issue}/envoi/desabonnement`, off)).status, 303);
  const next = await anIssue("Le kit de janvier");
  const page = await team.get(`/culture/kit/${next}/envoi`);
  assert.match(page.text, /3\u00a0adresses n’en veulent plus|3 adresses n’en veulent plus/);
  assert.equal((await send(next, 2)).status, 303);
  assert.deepEqual((await mail()).map(({ to }) => to.toLowerCase()).sort(), ["s2@exemple.test", "s4@exemple.test"]);
  const { rows } = await house.owner.query("SELECT count(*)::int AS n FROM core.journal WHERE act = 'kit.left'");
  assert.equal(rows[0].n, 2);
  const { rows: kept } = await house.owner.query(
    "SELECT count(*)::int AS n FROM messages.messages WHERE recipient ILIKE 'noor@%' OR recipient ILIKE 's3@%'",
  );
  assert.equal(kept[0].n, 0, "no address of who left stays with the letters");
});

test("who leaves before the letter has left gets none, and nobody sends it by hand either", async () => {
  const issue = await anIssue("Le kit de février");
  assert.equal((await send(issue, 2)).status, 303);
  assert.equal(
    (await team.post(`/culture/kit/${issue}/envoi/desabonnement`, { adresse: "s2@exemple.test" })).status,
    303,
  );
  assert.deepEqual(
    (await mail()).map(({ to }) => to),
    ["s4@exemple.test"],
  );
  const wrong = await team.post(`/culture/kit/${issue}/envoi/desabonnement`, { adresse: "pas une adresse" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="pas une adresse"/);
  assert.equal((await passer.get("/kit/un-lien-quelconque")).status, 404);
});
