// What goes wrong while somebody works: a session that ends, a database that goes away, a form sent twice. What was typed is kept, and
// is sent once.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { hash } from "@node-rs/argon2";
import { openDatabase } from "../core/db/database.ts";
import { type CutLine, makeCutLine } from "../core/testing/cut-line.ts";
import { type TestHouse, testHouse } from "../core/testing/house.ts";
import { wholeFile } from "../core/testing/server.ts";
import {
  type Fields,
  fieldOf,
  type Got,
  inPage,
  makeVisitor,
  type Server,
  type Visitor,
} from "../core/testing/visitor.ts";
import { makeApplication } from "./application.ts";
import { rooms } from "./rooms.ts";

const start = "2020-12-01T09:05:00+01:00";
const password = "la soie et le safran";
let house: TestHouse;
let line: CutLine;
let server: Server;
let folder: string;
let close: () => Promise<void>;

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  folder = mkdtempSync(join(tmpdir(), "trb-"));
  line = await makeCutLine(folder, house.ownerFacts);
  const database = openDatabase({ ...line.facts, max: 4 }, { role: "traboule_web" });
  server = makeApplication({ ...house.services, database });
  close = async () => {
    await database.close();
    await line.close();
  };
});
after(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody at the desk, with an address to sign in again. */
async function atDesk(): Promise<{ who: Visitor; email: string }> {
  const { cookie, account } = await house.signIn("reception", { site: house.sites.gerland });
  const email = `${account}@exemple.test`;
  await house.owner.query("UPDATE house.accounts SET password_hash = $2 WHERE id = $1", [
    account,
    await hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 }),
  ]);
  return { who: makeVisitor(server, house.services.config.publicUrl, cookie), email };
}
const visit = (key: string): Fields => ({
  key,
  lieu: house.sites.gerland,
  nom: "Zoé <b>Essai</b>",
  naissance: "12/03/1985",
});
const recorded = async (key: string): Promise<number> =>
  (await house.owner.query("SELECT 1 FROM agenda.visits WHERE id = $1", [key])).rows.length;

/** The fields of a page's form towards `action`, as a browser would send them. */
function formIn(text: string, action: string): Fields {
  const form = text.split("<form").find((part) => part.includes(`action="${action.replaceAll("&", "&amp;")}"`)) ?? "";
  const fields: Record<string, string[]> = {};
  for (const [input, name = ""] of form.matchAll(/<input type="hidden" name="([^"]+)" value="[^"]*"/g))
    fields[name] = [...(fields[name] ?? []), inPage(input, /value="([^"]*)"/)];
  return fields;
}
/** What a browser does with a 307: the same body, there. */
const sentOn = async (who: Visitor, got: Got, form: Fields): Promise<Got> =>
  got.status === 307 ? who.post(got.location, form) : got;

test("a session that ended while somebody typed: the form goes through the sign-in, and is sent once", async () => {
  const { who, email } = await atDesk();
  const key = house.deps.ids.uuid();
  try {
    house.clock.set("2020-12-01T12:00:00+01:00");
    const ended = await who.post("/accueil/visites", visit(key));
    assert.equal(ended.status, 401);
    assert.match(ended.text, /Ce que vous aviez saisi est gardé/);
    assert.equal(await recorded(key), 0);
    const carried = formIn(ended.text, "/connexion");
    assert.equal(carried.retour?.[0], "/accueil/visites");

    who.cookie = "";
    const wrong = await who.post("/connexion", { ...carried, email, password: "pas le bon mot" });
    assert.equal(wrong.status, 422);
    const kept = formIn(wrong.text, "/connexion");
    assert.deepEqual(kept, carried, "a wrong password loses nothing");
    const entered = await who.post("/connexion", { ...kept, email, password });
    assert.equal(entered.location, "/connexion/reprise");
    const page = await who.get("/connexion/reprise");
    assert.match(page.text, /Votre saisie est toujours là/);
    const action = `/connexion/reprise/envoi?retour=${encodeURIComponent("/accueil/visites")}`;
    const form = formIn(page.text, action);
    assert.deepEqual(form.nom, ["Zoé <b>Essai</b>"]);
    assert.equal(await recorded(key), 0, "nothing is sent by looking");

    const done = await sentOn(who, await who.post(action, form), form);
    assert.equal(done.status, 303);
    assert.equal(await recorded(key), 1);
    assert.equal((await who.get("/connexion/reprise")).location, "/", "nothing is kept any more");
    await sentOn(who, await who.post(action, form), form);
    assert.equal(await recorded(key), 1, "the browser's way back sends it again, and it is recorded once");
    const { rows } = await house.owner.query<{ name: string }>(
      "SELECT name FROM agenda.visit_names WHERE visit_id = $1",
      [key],
    );
    assert.deepEqual(rows, [{ name: "Zoé <b>Essai</b>" }]);
  } finally {
    house.clock.set(start);
  }
});

test("what was kept can be given up", async () => {
  const { who, email } = await atDesk();
  const key = house.deps.ids.uuid();
  who.cookie = "";
  const carried = formIn((await who.post("/accueil/visites", visit(key))).text, "/connexion");
  await who.post("/connexion", { ...carried, email, password });
  assert.equal((await who.post("/connexion/reprise/abandon")).status, 303);
  assert.equal((await who.get("/connexion/reprise")).location, "/");
  assert.equal(await recorded(key), 0);
});

test("a secret typed in a form is carried nowhere", async () => {
  const { who, email } = await atDesk();
  who.cookie = "";
  const typed = { current: "mon secret actuel", password: "mon secret suivant", again: "mon secret suivant" };
  const ended = await who.post("/compte/mot-de-passe", typed);
  assert.equal(ended.status, 401);
  assert.ok(!ended.text.includes("mon secret"));
  await who.post("/connexion", { ...formIn(ended.text, "/connexion"), email, password });
  const { rows } = await house.owner.query("SELECT 1 FROM house.sessions WHERE kept_form::text LIKE '%secret%'");
  assert.deepEqual(rows, []);
});

test("a long text survives too, and a page without a form leads back to itself", async () => {
  const { who, email } = await atDesk();
  who.cookie = "";
  const long = "é&<\"' ".repeat(20_000);
  const ended = await who.post("/accueil/groupe", { key: house.deps.ids.uuid(), noms: long });
  await who.post("/connexion", { ...formIn(ended.text, "/connexion"), email, password });
  assert.equal(fieldOf((await who.get("/connexion/reprise")).text, "noms"), long);
  who.cookie = "";
  const asked = await who.get(`/visites?lieu=${house.sites.gerland}`);
  assert.equal(asked.status, 401);
  const entered = await who.post("/connexion", { ...formIn(asked.text, "/connexion"), email, password });
  assert.equal(entered.location, `/visites?lieu=${house.sites.gerland}`);
});

test("the database goes away in the middle of a request: what was typed is kept, and goes when it is back", async () => {
  const { who } = await atDesk();
  const key = house.deps.ids.uuid();
  // The request is inside: it waits for a lock that this test holds, and the line is cut under it.
  await house.owner.query("BEGIN");
  await house.owner.query("LOCK TABLE agenda.visits IN ACCESS EXCLUSIVE MODE");
  const asked = who.post("/accueil/visites", visit(key));
  for (let waiting = 0; waiting === 0; ) {
    const { rows } = await house.owner.query(
      "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'agenda.visits'::regclass",
    );
    waiting = rows.length;
  }
  await line.cut();
  const lost = await asked;
  await house.owner.query("ROLLBACK");
  assert.equal(lost.status, 503);
  assert.match(lost.text, /Le service ne répond pas pour le moment/);
  const again = formIn(lost.text, "/accueil/visites");
  assert.deepEqual(again.nom, ["Zoé <b>Essai</b>"]);

  const still = await who.post("/accueil/visites", again);
  assert.equal(still.status, 503, "not there yet");
  assert.deepEqual(formIn(still.text, "/accueil/visites"), again, "and nothing is lost");
  const page = await who.get(`/visites?lieu=${house.sites.gerland}`);
  assert.equal(page.status, 503);
  assert.match(page.text, new RegExp(`href="/visites\\?lieu=${house.sites.gerland}">Réessayer`));
  assert.equal((await who.get("/healthz")).status, 200, "the program is alive");
  const ready = await who.get("/readyz");
  assert.equal(ready.status, 503, "and not ready");
  assert.match(ready.text, /base de données/);

  await line.mend();
  assert.equal((await who.get("/readyz")).status, 200);
  assert.equal(await recorded(key), 0);
  assert.equal((await who.post("/accueil/visites", again)).status, 303);
  assert.equal((await who.post("/accueil/visites", again)).status, 303, "sent once more");
  assert.equal(await recorded(key), 1);
});

test("a password typed while the database is away is not given back", async () => {
  await line.cut();
  try {
    const got = await makeVisitor(server, house.services.config.publicUrl).post("/connexion", {
      email: "a@exemple.test",
      password,
    });
    assert.equal(got.status, 503);
    assert.ok(!got.text.includes(password));
  } finally {
    await line.mend();
  }
});
