// Signing in as people do it: address and password, the choice of a house, sessions that end, guesses that are counted.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { inTransaction } from "../../../../core/db/transaction.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, type Got, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { createAccount } from "../accounts/writes.ts";
import { makeHouseRoom } from "../room.ts";
import { sweepSessions } from "../sweeping.ts";

const password = "la soie et le safran";
const start = "2020-12-01T09:05:00+01:00";
let house: TestHouse;
let server: Server;
let publicUrl: string;

before(async () => {
  house = await testHouse(wholeFile, { poolSize: 8 });
  publicUrl = house.services.config.publicUrl;
  const services = { ...house.services, config: { ...house.services.config, trustProxy: true } };
  const room = makeHouseRoom({ words: () => ({}), programmes: async () => [], recordOf: async () => null });
  server = makeServer({ rooms: [room], services, chrome: plainChrome });
});

let turn = 0;
/** An account with the password, in the first house or in another. */
async function member(wish: { in?: string; email?: string; secret?: string } = {}) {
  turn += 1;
  const email = wish.email ?? `personne${turn}@exemple.test`;
  const scope = house.scope("administrator", wish.in ? { house: wish.in } : {});
  const { account } = await inTransaction(house.deps, scope, "2020-12-01", (tx) =>
    createAccount(tx, {
      email,
      name: `Personne ${turn}`,
      password: wish.secret ?? password,
      grants: [{ role: "reception", fromDay: "2020-01-01" }],
    }),
  );
  return { email, account };
}

/** Each visitor comes from a network address of its own, unless it is said. */
const from = (ip: string) => ({ headers: { "x-forwarded-for": ip } });
const elsewhere = (): string => {
  turn += 1;
  return `198.51.${turn >> 8}.${turn & 255}`;
};
const visitor = (): Visitor => makeVisitor(server, publicUrl);
const signIn = (who: Visitor, email: string, secret = password, ip = elsewhere()): Promise<Got> =>
  who.post("/connexion", { email, password: secret }, from(ip));
const journalOf = async (account: string): Promise<string[]> =>
  (
    await house.owner.query<{ act: string }>("SELECT act FROM core.journal WHERE account_id = $1 ORDER BY id", [
      account,
    ])
  ).rows.map((row) => row.act);

test("an address and its password open a session, whose token only the browser has", async () => {
  const { email, account } = await member();
  const who = visitor();
  const got = await signIn(who, ` ${email.toUpperCase()} `);
  assert.equal(got.status, 303);
  assert.equal(got.location, "/");
  const [cookie = ""] = got.headers.getSetCookie();
  for (const part of ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"]) assert.ok(cookie.includes(part), part);
  assert.equal((await who.get("/compte")).status, 200);
  assert.deepEqual(await journalOf(account), ["session.opened"]);
  const { rows } = await house.owner.query<{ row: string }>(
    "SELECT s::text AS row FROM house.sessions s WHERE account_id = $1",
    [account],
  );
  const token = who.cookie.split("=")[1] ?? "";
  assert.ok(token.length >= 43 && !rows[0]?.row.includes(token));
});

test("behind TLS the cookie is bound to its host and never leaves in the clear", async () => {
  const { email } = await member();
  const secure = { ...house.services.config, publicUrl: "https://maison.exemple.test" };
  const room = makeHouseRoom({ words: () => ({}), programmes: async () => [], recordOf: async () => null });
  const behind = makeServer({ rooms: [room], services: { ...house.services, config: secure }, chrome: plainChrome });
  const got = await makeVisitor(behind, secure.publicUrl).post("/connexion", { email, password });
  assert.match(got.headers.getSetCookie()[0] ?? "", /^__Host-traboule=[^;]{43,}; Path=\/; .*Secure/);
});

test("a wrong password and an unknown address are told apart by nobody", async () => {
  const { email, account } = await member();
  const wrong = await signIn(visitor(), email, "pas le bon du tout");
  const unknown = await signIn(visitor(), "personne@nulle.part", "pas le bon du tout");
  assert.equal(wrong.status, 422);
  assert.equal(unknown.status, 422);
  assert.equal(wrong.text.replace(email, "?"), unknown.text.replace("personne@nulle.part", "?"));
  assert.ok(wrong.text.includes(email), "the address is given back");
  assert.ok(!wrong.text.includes("pas le bon du tout"), "the password is not");
  assert.deepEqual(await journalOf(account), ["session.refused"]);
});

test("guesses at an address are limited, from wherever they come, and the right password is refused too", async () => {
  const { email } = await member();
  const other = await member();
  for (let guess = 0; guess < 5; guess += 1)
    assert.equal((await signIn(visitor(), email, `${guess} essais`)).status, 422);
  const stopped = await signIn(visitor(), email);
  assert.equal(stopped.status, 429);
  assert.match(stopped.text, /Trop d’essais.*15 minutes/);
  assert.equal((await signIn(visitor(), other.email)).status, 303, "another address is not");
  // A quarter of an hour later.
  await house.owner.query("UPDATE core.sign_in_limits SET expire = 1");
  assert.equal((await signIn(visitor(), email)).status, 303);
  for (let guess = 0; guess < 4; guess += 1) assert.equal((await signIn(visitor(), email, "encore")).status, 422);
  assert.equal((await signIn(visitor(), email)).status, 303, "having been right, one has all one's tries again");
});

test("a hundred guesses sent at once are counted one by one", async () => {
  const { email } = await member();
  const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => signIn(visitor(), email, `essai ${at}`)));
  assert.equal(answers.filter((got) => got.status === 422).length, 5);
  assert.equal(answers.filter((got) => got.status === 429).length, 95);
});

test("guesses from one network address are limited, whatever the addresses tried", async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      signIn(visitor(), `inconnu${at}@exemple.test`, "un essai de plus", "203.0.113.7"),
    ),
  );
  assert.equal(answers.filter((got) => got.status === 429).length, 10);
  const { email } = await member();
  assert.equal((await signIn(visitor(), email, password, "203.0.113.7")).status, 429);
  assert.equal((await signIn(visitor(), email, password, "203.0.113.8")).status, 303);
});

test("the counts tell nobody's address", async () => {
  const { email } = await member();
  await signIn(visitor(), email, "pas le bon", "203.0.113.99");
  const { rows } = await house.owner.query<{ key: string }>("SELECT key FROM core.sign_in_limits");
  assert.ok(rows.length > 0);
  for (const { key } of rows) assert.ok(!key.includes("exemple") && !key.includes("203.0.113"), key);
});

test("one address that opens two houses chooses, and only among those whose password was right", async () => {
  const away = await house.anotherHouse("loin");
  const here = await member();
  const there = await member({ in: away.houseId, email: here.email });
  const stranger = await member();
  const who = visitor();
  const choice = await signIn(who, here.email);
  assert.equal(choice.status, 200);
  assert.equal(who.cookie, "", "not in yet");
  assert.match(choice.text, /Maison demo/);
  assert.match(choice.text, /Maison loin/);
  const etat = fieldOf(choice.text, "etat");
  assert.equal((await who.post("/connexion/maison", { etat, compte: stranger.account })).status, 422);
  assert.equal((await who.post("/connexion/maison", { etat: `${etat}x`, compte: there.account })).status, 422);
  assert.equal((await who.post("/connexion/code", { etat, code: "123456" })).status, 422, "a choice is no second step");
  assert.equal((await who.post("/connexion/maison", { etat, compte: there.account })).status, 303);
  assert.deepEqual(await journalOf(there.account), ["session.opened"]);
  assert.deepEqual(await journalOf(here.account), []);

  const apart = await member({ in: away.houseId, email: stranger.email, secret: "une tout autre phrase" });
  assert.equal((await signIn(visitor(), stranger.email, "une tout autre phrase")).status, 303, "one fits: no question");
  assert.deepEqual(await journalOf(apart.account), ["session.opened"]);
});

test("a session ends after two hours without a request, and after twelve hours whatever happens", async () => {
  const { email } = await member();
  const at = (time: string): void => house.clock.set(`2020-12-01T${time}:00+01:00`);
  try {
    const idle = visitor();
    const busy = visitor();
    await signIn(idle, email);
    await signIn(busy, email);
    for (const time of ["10:45", "12:30", "14:15", "16:00", "17:45", "19:30", "21:00"]) {
      at(time);
      assert.equal((await busy.get("/compte")).status, 200, time);
    }
    assert.equal((await idle.get("/compte")).status, 401, "idle since 09:05");
    at("21:06");
    assert.equal((await busy.get("/compte")).status, 401, "twelve hours");
  } finally {
    house.clock.set(start);
  }
});

test("signing out ends this session; signing out everywhere ends them all, at once", async () => {
  const { email, account } = await member();
  const [one, two, three] = [visitor(), visitor(), visitor()];
  for (const who of [one, two, three]) await signIn(who, email);
  const kept = one.cookie;
  assert.equal((await one.post("/deconnexion")).status, 303);
  assert.equal(one.cookie, "", "the cookie is taken back");
  one.cookie = kept;
  assert.equal((await one.get("/compte")).status, 401, "and would not open any more");
  assert.equal((await two.get("/compte")).status, 200);
  assert.equal((await two.post("/compte/deconnexions")).status, 303);
  for (const who of [two, three]) assert.equal((await who.get("/compte")).status, 401);
  assert.deepEqual((await journalOf(account)).filter((act) => act.startsWith("session.ended")).sort(), [
    "session.ended",
    "session.ended-everywhere",
  ]);
});

test("one session is closed from another, and nobody else's is", async () => {
  const { email, account } = await member();
  const stranger = await member();
  const [one, two, other] = [visitor(), visitor(), visitor()];
  await signIn(one, email);
  await signIn(two, email);
  await signIn(other, stranger.email);
  const sessionsOf = async (of: string): Promise<string[]> =>
    (
      await house.owner.query<{ id: string }>(
        "SELECT id FROM house.sessions WHERE account_id = $1 ORDER BY created_at",
        [of],
      )
    ).rows.map((row) => row.id);
  const page = await one.get("/compte");
  const closable = fieldOf(page.text, "session");
  assert.ok((await sessionsOf(account)).includes(closable));
  for (const session of await sessionsOf(stranger.account)) await one.post("/compte/sessions/fin", { session });
  assert.equal((await other.get("/compte")).status, 200);
  assert.equal((await one.post("/compte/sessions/fin", { session: closable })).status, 303);
  assert.equal((await one.get("/compte")).status, 200);
  assert.equal((await two.get("/compte")).status, 401);
});

test("a new password is asked with the old one, follows the rules, and closes the other sessions", async () => {
  const { email } = await member();
  const [one, two] = [visitor(), visitor()];
  await signIn(one, email);
  await signIn(two, email);
  const change = (current: string, next: string, again = next) =>
    one.post("/compte/mot-de-passe", { current, password: next, again });
  assert.match((await change("pas le mien", "un pont sur la Saône")).text, /pas votre mot de passe actuel/);
  assert.match((await change(password, "court")).text, /au moins 12 signes/);
  assert.match((await change(password, "un pont sur la Saône", "un pont sur le Rhône")).text, /ne sont pas les mêmes/);
  assert.equal((await signIn(visitor(), email)).status, 303, "nothing has changed");
  assert.equal((await change(password, "un pont sur la Saône")).status, 303);
  assert.equal((await one.get("/compte")).status, 200);
  assert.equal((await two.get("/compte")).status, 401);
  assert.equal((await signIn(visitor(), email)).status, 422);
  assert.equal((await signIn(visitor(), email, "un pont sur la Saône")).status, 303);
});

test("the old password is not guessed from inside an open session", async () => {
  const { email } = await member();
  const who = visitor();
  await signIn(who, email);
  const wish = { password: "un pont sur la Saône", again: "un pont sur la Saône" };
  for (let guess = 0; guess < 5; guess += 1) await who.post("/compte/mot-de-passe", { current: `${guess}`, ...wish });
  const stopped = await who.post("/compte/mot-de-passe", { current: password, ...wish });
  assert.equal(stopped.status, 422);
  assert.match(stopped.text, /Trop d’essais/);
});

test("after signing in one is where one was going, on this site only", async () => {
  const { email } = await member();
  const going = async (retour: string) =>
    (await visitor().post("/connexion", { email, password, retour }, from(elsewhere()))).location;
  assert.equal(await going("/visites?lieu=1"), "/visites?lieu=1");
  for (const retour of [
    "//ailleurs.test",
    "https://ailleurs.test",
    "/\\ailleurs.test",
    "/\t/ailleurs.test",
    "javascript:alert(1)",
    "/connexion",
  ])
    assert.equal(await going(retour), "/", retour);
});

test("the night takes away the sessions that have ended, with the forms kept in them, and the links of a month ago", async () => {
  const { email, account } = await member();
  const carried = { retour: "/lieux", saisie: JSON.stringify({ name: "Gardé" }) };
  await visitor().post("/connexion", { email, password, ...carried }, from(elsewhere()));
  const link = (made: string) =>
    house.owner.query(
      `INSERT INTO house.invitations (house_id, id, account_id, token_hash, purpose, created_at, expires_at)
       VALUES ($1, $2, $3, $4, 'reset', $5, $5::timestamptz + interval '1 day')`,
      [house.houseId, house.deps.ids.uuid(), account, Buffer.from(made), `${made}T08:00:00+01:00`],
    );
  await link("2020-10-30");
  await link("2020-11-30");
  try {
    house.clock.set("2020-12-01T12:00:00+01:00");
    const late = visitor();
    await signIn(late, email);
    await house.run("direction", sweepSessions.run);
    assert.equal((await late.get("/compte")).status, 200);
    const left = await house.owner.query("SELECT kept_form FROM house.sessions WHERE account_id = $1", [account]);
    assert.deepEqual(left.rows, [{ kept_form: null }], "the idle one is gone");
    const links = await house.owner.query("SELECT 1 FROM house.invitations WHERE account_id = $1", [account]);
    assert.equal(links.rows.length, 1);
  } finally {
    house.clock.set(start);
  }
});
