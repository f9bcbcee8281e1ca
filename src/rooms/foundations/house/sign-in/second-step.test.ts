// The second step: a code that works once, a passkey that cannot be replayed, secrets that the database does not tell.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Secret, TOTP } from "otpauth";
import { makeServer } from "../../../../core/http/server.ts";
import { makeAuthenticator } from "../../../../core/testing/authenticator.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { together } from "../../../../core/testing/together.ts";
import { fieldOf, inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { createAccount } from "../accounts/writes.ts";
import { makeHouseRoom } from "../room.ts";

const password = "la soie et le safran";
const publicUrl = "http://localhost:4700";
const start = Date.parse("2020-12-01T09:05:00+01:00");
let house: TestHouse;
let server: Server;

before(async () => {
  house = await testHouse(wholeFile);
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const room = makeHouseRoom({ words: () => ({}), programmes: async () => [], recordOf: async () => null });
  server = makeServer({ rooms: [room], services, chrome: plainChrome });
});

let turn = 0;
/** Somebody signed in, with their address. */
async function member(): Promise<{ who: Visitor; email: string; account: string }> {
  turn += 1;
  const email = `personne${turn}@exemple.test`;
  const { account } = await house.run("administrator", (tx) =>
    createAccount(tx, { email, name: `Personne ${turn}`, password, grants: [] }),
  );
  const who = makeVisitor(server, publicUrl);
  await who.post("/connexion", { email, password });
  return { who, email, account };
}

const codeAt = (secret: string, steps: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: start + steps * 30_000 });
const later = (seconds: number): void => house.clock.set(new Date(start + seconds * 1000).toISOString());

/** Puts an application's code in place, and gives its secret. */
async function addCode(who: Visitor): Promise<string> {
  const page = await who.get("/compte/code");
  const secret = inPage(page.text, /<code>([A-Z2-7 ]+)<\/code>/).replaceAll(" ", "");
  const got = await who.post("/compte/code", { graine: fieldOf(page.text, "graine"), code: codeAt(secret, 0) });
  assert.equal(got.status, 303);
  return secret;
}

/** Address and password again: a visitor who stands before the second step. */
async function atTheStep(email: string): Promise<{ who: Visitor; etat: string; text: string }> {
  const who = makeVisitor(server, publicUrl);
  const page = await who.post("/connexion", { email, password });
  assert.equal(page.status, 200);
  assert.equal(who.cookie, "", "the password alone opens nothing");
  return { who, etat: fieldOf(page.text, "etat"), text: page.text };
}

test("a code opens once, even when it is sent several times at the same moment", async () => {
  const { who, email, account } = await member();
  const secret = await addCode(who);
  const used = await atTheStep(email);
  assert.equal(
    (await used.who.post("/connexion/code", { etat: used.etat, code: codeAt(secret, 0) })).status,
    422,
    "the code of the enrolment is spent",
  );
  const tries = await Promise.all([atTheStep(email), atTheStep(email), atTheStep(email)]);
  const answers = await together(
    house,
    { text: "SELECT 1 FROM house.accounts WHERE id = $1 FOR UPDATE", values: [account] },
    tries.map((one) => () => one.who.post("/connexion/code", { etat: one.etat, code: codeAt(secret, 1) })),
  );
  assert.deepEqual(answers.map((got) => got.status).sort(), [303, 422, 422]);
  assert.ok(answers.some((got) => got.text.includes("a déjà servi")));
  const inside = tries[answers.findIndex((got) => got.status === 303)]?.who;
  assert.equal((await inside?.get("/compte"))?.status, 200);
});

test("a wrong code, an old one and a late step do not open; codes are guessed five times and no more", async () => {
  const { who, email, account } = await member();
  const secret = await addCode(who);
  try {
    const { who: guest, etat } = await atTheStep(email);
    for (const code of ["", "12345", "abcdef", codeAt(secret, -3), codeAt(secret, 5)])
      assert.equal((await guest.post("/connexion/code", { etat, code })).status, 422, code);
    const stopped = await guest.post("/connexion/code", { etat, code: codeAt(secret, 1) });
    assert.equal(stopped.status, 429);
    assert.match(stopped.text, /Trop d’essais/);
    await house.owner.query("UPDATE core.sign_in_limits SET expire = 1");
    later(301);
    const late = await guest.post("/connexion/code", { etat, code: codeAt(secret, 10) });
    assert.equal(late.status, 422);
    assert.match(late.text, /plus de cinq minutes/);
    const { rows } = await house.owner.query<{ step: string }>(
      "SELECT details->>'step' AS step FROM core.journal WHERE act = 'session.refused' AND account_id = $1",
      [account],
    );
    assert.deepEqual(new Set(rows.map((row) => row.step)), new Set(["code"]));
  } finally {
    later(0);
  }
});

test("the secret is sealed, and bound to its account", async () => {
  const { who, account, email } = await member();
  const secret = await addCode(who);
  const other = await member();
  const { rows } = await house.owner.query<{ sealed: string }>(
    "SELECT totp_secret AS sealed FROM house.accounts WHERE id = $1",
    [account],
  );
  const sealed = rows[0]?.sealed ?? "";
  assert.match(sealed, /^v1\./);
  assert.ok(!sealed.includes(secret));
  // Whoever writes in the table cannot give their own secret to somebody else's account.
  await house.owner.query("UPDATE house.accounts SET totp_secret = $1 WHERE id = $2", [sealed, other.account]);
  const moved = await atTheStep(other.email);
  assert.equal((await moved.who.post("/connexion/code", { etat: moved.etat, code: codeAt(secret, 1) })).status, 422);
  const own = await atTheStep(email);
  assert.equal((await own.who.post("/connexion/code", { etat: own.etat, code: codeAt(secret, 1) })).status, 303);
});

test("a code is in place only once it was shown to work, and goes only with the password", async () => {
  const { who, email } = await member();
  const page = await who.get("/compte/code");
  const wrong = await who.post("/compte/code", { graine: fieldOf(page.text, "graine"), code: "000000" });
  assert.equal(wrong.status, 422);
  assert.equal(
    (await makeVisitor(server, publicUrl).post("/connexion", { email, password })).status,
    303,
    "not in place",
  );
  await addCode(who);
  assert.equal((await who.post("/compte/code/retrait", { confirm: "pas le mien" })).status, 422);
  await atTheStep(email);
  assert.equal((await who.post("/compte/code/retrait", { confirm: password })).status, 303);
  assert.equal((await makeVisitor(server, publicUrl).post("/connexion", { email, password })).status, 303);
});

/** Adds a passkey and gives the device that has it. */
async function addPasskey(who: Visitor) {
  const device = makeAuthenticator(publicUrl);
  const page = await who.get("/compte/cle-acces");
  const reponse = device.make(inPage(page.text, /data-options="([^"]+)"/));
  const got = await who.post("/compte/cle-acces", { etat: fieldOf(page.text, "etat"), nom: "Mon téléphone", reponse });
  assert.equal(got.status, 303);
  return device;
}
const optionsOf = (text: string): string => inPage(text, /data-options="([^"]+)"/);

test("a passkey opens; its answer does not open twice, nor does one made for another site or another step", async () => {
  const { who, email } = await member();
  const device = await addPasskey(who);
  later(60);
  try {
    const first = await atTheStep(email);
    const reponse = device.use(optionsOf(first.text));
    assert.equal((await first.who.post("/connexion/cle-acces", { etat: first.etat, reponse })).status, 303);
    assert.equal((await first.who.get("/compte")).status, 200);
    const replayed = makeVisitor(server, publicUrl);
    assert.equal(
      (await replayed.post("/connexion/cle-acces", { etat: first.etat, reponse })).status,
      422,
      "sent again",
    );
    later(120);
    const step = await atTheStep(email);
    const send = (answer: string) => step.who.post("/connexion/cle-acces", { etat: step.etat, reponse: answer });
    assert.equal((await send(device.use(optionsOf(first.text)))).status, 422, "the answer to another question");
    assert.equal(
      (await send(device.use(optionsOf(step.text), { origin: "https://ailleurs.test" }))).status,
      422,
      "made on another site",
    );
    assert.equal((await send("{}")).status, 422);
    assert.equal((await send(device.use(optionsOf(step.text)))).status, 303);
  } finally {
    later(0);
  }
});

test("a device whose counter goes back was copied, and does not open", async () => {
  const { who, email } = await member();
  const device = await addPasskey(who);
  later(60);
  try {
    const first = await atTheStep(email);
    await first.who.post("/connexion/cle-acces", {
      etat: first.etat,
      reponse: device.use(optionsOf(first.text), { counter: 9 }),
    });
    later(120);
    const next = await atTheStep(email);
    const reponse = device.use(optionsOf(next.text), { counter: 4 });
    assert.equal((await next.who.post("/connexion/cle-acces", { etat: next.etat, reponse })).status, 422);
  } finally {
    later(0);
  }
});

test("a passkey of somebody else does not open, and is removed only by its owner, with the password", async () => {
  const mine = await member();
  const theirs = await member();
  const device = await addPasskey(mine.who);
  await addPasskey(theirs.who);
  const step = await atTheStep(theirs.email);
  const foreign = device.use(optionsOf(step.text));
  assert.equal((await step.who.post("/connexion/cle-acces", { etat: step.etat, reponse: foreign })).status, 422);
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM house.passkeys WHERE account_id = $1", [
    mine.account,
  ]);
  const cle = rows[0]?.id ?? "";
  const count = async () => (await house.owner.query("SELECT 1 FROM house.passkeys WHERE id = $1", [cle])).rows.length;
  await theirs.who.post("/compte/cles-acces/retrait", { cle, confirm: password });
  assert.equal(await count(), 1);
  assert.equal((await mine.who.post("/compte/cles-acces/retrait", { cle, confirm: "non" })).status, 422);
  assert.equal(await count(), 1);
  assert.equal((await mine.who.post("/compte/cles-acces/retrait", { cle, confirm: password })).status, 303);
  assert.equal(await count(), 0);
});

test("a passkey is not offered where browsers would refuse it", async () => {
  const { who } = await member();
  const room = makeHouseRoom({ words: () => ({}), programmes: async () => [], recordOf: async () => null });
  const bare = makeServer({ rooms: [room], services: house.services, chrome: plainChrome });
  const here = makeVisitor(bare, house.services.config.publicUrl, who.cookie);
  assert.equal((await here.get("/compte/cle-acces")).status, 409);
  assert.match((await here.get("/compte")).text, /Les clés d’accès demandent/);
});
