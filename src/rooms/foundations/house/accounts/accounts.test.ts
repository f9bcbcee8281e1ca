// Accounts: invited by a link that opens once, given roles from a day to a day, closed at once, never all without an administrator.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { together } from "../../../../core/testing/together.ts";
import { type Fields, inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { makeHouseRoom } from "../room.ts";
import { createAccount } from "./writes.ts";

const password = "la soie et le safran";
const start = "2020-12-01T09:05:00+01:00";
const programme = "018f4d1e-0000-7000-8000-000000000001";
let house: TestHouse;
let server: Server;
let admin: Visitor;

const visitor = (cookie?: string): Visitor => makeVisitor(server, house.services.config.publicUrl, cookie);

before(async () => {
  house = await testHouse(wholeFile);
  const room = makeHouseRoom({
    words: () => ({}),
    programmes: async () => [{ id: programme, label: "Insertion par l’activité" }],
    recordOf: async () => null,
  });
  server = makeServer({ rooms: [room], services: house.services, chrome: plainChrome });
  admin = visitor((await house.signIn("administrator")).cookie);
});

const linkIn = (text: string): string => inPage(text, /(\/invitation\/[A-Za-z0-9_-]{43})/);

/** Somebody invited by the page, and the path of their link. */
async function invite(wish: Fields = {}) {
  const key = house.deps.ids.uuid();
  const email = `${key.slice(-12)}@exemple.test`;
  const got = await admin.post("/comptes", {
    key,
    name: "Camille Essai",
    email,
    roles: ["reception"],
    from: "01/12/2020",
    ...wish,
  });
  assert.equal(got.status, 200, got.text);
  return { account: key, email, link: linkIn(got.text), text: got.text };
}
const choose = (who: Visitor, link: string, chosen = password) => who.post(link, { password: chosen, again: chosen });
const actsAbout = async (account: string): Promise<string[]> =>
  (
    await house.owner.query<{ act: string }>("SELECT act FROM core.journal WHERE subject_id = $1 ORDER BY act", [
      account,
    ])
  ).rows.map((row) => row.act);

test("an invitation is sent and shown once; its link opens once, by the form and not by looking", async () => {
  const { account, email, link, text } = await invite();
  assert.match(text, /transmettez ce lien vous-même/);
  const letter = house.letters.find((one) => one.to === email);
  assert.ok(letter?.text.includes(link), "the letter has the link");
  assert.ok(letter?.text.includes("pendant 7 jours"));
  const { rows } = await house.owner.query<{ row: string }>(
    "SELECT i::text AS row FROM house.invitations i WHERE account_id = $1",
    [account],
  );
  assert.ok(!rows[0]?.row.includes(link.split("/").at(-1) ?? "?"), "only the hash of the link is kept");
  const who = visitor();
  assert.equal((await who.get(link)).status, 200);
  assert.equal((await who.get(link)).status, 200, "looking spends nothing");
  assert.equal((await choose(who, link)).status, 303);
  assert.equal((await who.get("/compte")).status, 200, "and one is in");
  for (const got of [await visitor().get(link), await choose(visitor(), link, "une autre phrase longue")]) {
    assert.equal(got.status, 404);
    assert.match(got.text, /a déjà servi, ou son délai est passé/);
  }
  assert.deepEqual(await actsAbout(account), ["account.created", "invitation.used"]);
});

test("two who open the same link at the same moment: one is in", async () => {
  const { account, link } = await invite();
  const all = await together(
    house,
    { text: "SELECT 1 FROM house.invitations WHERE account_id = $1 FOR UPDATE", values: [account] },
    [1, 2, 3, 4].map((n) => () => choose(visitor(), link, `la phrase numéro ${n}`)),
  );
  assert.deepEqual(all.map((got) => got.status).sort(), [303, 404, 404, 404]);
});

test("a password that may not be chosen leaves the link open, and is not shown again", async () => {
  const { link } = await invite();
  const who = visitor();
  const short = await who.post(link, { password: "trop court", again: "trop court" });
  assert.equal(short.status, 422);
  assert.match(short.text, /au moins 12 signes/);
  assert.ok(!short.text.includes("trop court"));
  assert.equal((await who.post(link, { password, again: "pas la même phrase" })).status, 422);
  assert.equal((await choose(who, link)).status, 303);
});

test("a link of invitation lasts seven days, one of a new password a day", async () => {
  try {
    const week = await invite();
    const used = await invite();
    await choose(visitor(), used.link);
    const reset = linkIn((await admin.post(`/comptes/${used.account}/lien`)).text);
    house.clock.set("2020-12-02T09:06:00+01:00");
    assert.equal((await visitor().get(reset)).status, 404);
    house.clock.set("2020-12-08T09:04:00+01:00");
    assert.equal((await visitor().get(week.link)).status, 200);
    house.clock.set("2020-12-08T09:06:00+01:00");
    assert.equal((await visitor().get(week.link)).status, 404);
  } finally {
    house.clock.set(start);
  }
});

test("a new password ends the sessions, spends the older links, and does not pass over the second step", async () => {
  const { account, link } = await invite();
  const who = visitor();
  await choose(who, link);
  const first = linkIn((await admin.post(`/comptes/${account}/lien`)).text);
  const second = linkIn((await admin.post(`/comptes/${account}/lien`)).text);
  const elsewhere = visitor();
  assert.equal((await choose(elsewhere, second, "une tout autre phrase")).status, 303);
  assert.equal((await who.get("/compte")).status, 401, "whoever was in is out");
  assert.equal((await choose(visitor(), first)).status, 404, "the older link too");
  await house.owner.query("UPDATE house.accounts SET totp_secret = 'v1.sealed' WHERE id = $1", [account]);
  const third = linkIn((await admin.post(`/comptes/${account}/lien`)).text);
  const guest = visitor();
  assert.equal((await choose(guest, third)).location.split("?")[0], "/connexion");
  assert.equal(guest.cookie, "", "a letter alone does not open an account with two steps");
});

test("closing an account spends its links and ends its sessions at once; it cannot sign in", async () => {
  const { account, email, link } = await invite();
  const who = visitor();
  await choose(who, link);
  const reset = linkIn((await admin.post(`/comptes/${account}/lien`)).text);
  const invited = await invite();
  for (const one of [account, invited.account])
    assert.equal((await admin.post(`/comptes/${one}/fermeture`)).status, 303);
  assert.equal((await who.get("/compte")).status, 401);
  for (const path of [reset, invited.link]) assert.equal((await visitor().get(path)).status, 404);
  assert.equal((await visitor().post("/connexion", { email, password })).status, 422);
  assert.equal((await admin.post(`/comptes/${account}/reouverture`)).status, 303);
  assert.equal((await visitor().get(reset)).status, 404, "an old letter does not come back with it");
  assert.equal((await who.get("/compte")).status, 401, "nor an old session");
  assert.equal((await visitor().post("/connexion", { email, password })).status, 303);
});

test("the same form sent twice makes one account; an address is one account's", async () => {
  const { account, email } = await invite();
  const again = await admin.post("/comptes", {
    key: account,
    name: "Camille Essai",
    email,
    roles: "reception",
    from: "01/12/2020",
  });
  assert.equal(again.status, 303);
  const other = await admin.post("/comptes", {
    key: house.deps.ids.uuid(),
    name: "Une autre",
    email: email.toUpperCase(),
    roles: ["adviser", "culture"],
    places: `lieu:${house.sites.mermoz}`,
    from: "01/12/2020",
    to: "31/01/2021",
  });
  assert.equal(other.status, 422);
  assert.match(other.text, /a déjà cette adresse/);
  for (const kept of ["Une autre", email.toUpperCase(), "31/01/2021"])
    assert.ok(other.text.includes(kept), `${kept} is given back`);
  assert.match(other.text, /value="culture" checked/);
  const { rows } = await house.owner.query("SELECT 1 FROM house.accounts WHERE email = $1", [email]);
  assert.equal(rows.length, 1);
});

test("a role counts between its days, for its site, and its end is seen by the next request", async () => {
  const { account, link } = await invite({
    roles: "site-manager",
    places: `lieu:${house.sites.gerland}`,
    from: "05/12/2020",
    to: "10/12/2020",
  });
  await choose(visitor(), link);
  const seen = async (day: string, site = house.sites.gerland): Promise<number> => {
    house.clock.set(`${day}T10:00:00+01:00`);
    const who = visitor();
    const { rows } = await house.owner.query<{ email: string }>("SELECT email FROM house.accounts WHERE id = $1", [
      account,
    ]);
    await who.post("/connexion", { email: rows[0]?.email ?? "", password });
    return (await who.get(`/lieux/${site}`)).status;
  };
  try {
    assert.equal(await seen("2020-12-04"), 403);
    assert.equal(await seen("2020-12-05"), 200);
    assert.equal(await seen("2020-12-05", house.sites.mermoz), 403, "another site");
    assert.equal(await seen("2020-12-10"), 200);
    assert.equal(await seen("2020-12-11"), 403);
  } finally {
    house.clock.set(start);
  }
  const later = await invite({ roles: "direction" });
  const who = visitor();
  await choose(who, later.link);
  assert.equal((await who.get("/journal")).status, 200);
  const page = await admin.get(`/comptes/${later.account}`);
  const grant = inPage(page.text, /name="grant" value="([^"]+)"/);
  assert.equal((await admin.post(`/comptes/${later.account}/roles/fin`, { grant, last: "30/11/2020" })).status, 303);
  assert.equal((await who.get("/journal")).status, 403, "at once");
  const { rows } = await house.owner.query("SELECT to_day FROM house.grants WHERE account_id = $1", [later.account]);
  assert.deepEqual(rows, [{ to_day: "2020-11-30" }], "ended, not removed");
});

test("a role held for a programme is given, and opens what the team sees and nothing of the house", async () => {
  const { account, link } = await invite({ roles: "direction", places: `programme:${programme}` });
  const who = visitor();
  await choose(who, link);
  assert.equal((await who.get("/lieux")).status, 200);
  for (const path of ["/journal", `/lieux/${house.sites.gerland}`])
    assert.equal((await who.get(path)).status, 403, path);
  assert.match((await admin.get(`/comptes/${account}`)).text, /Insertion par l’activité/);
  const foreign = await admin.post(`/comptes/${account}/roles`, {
    roles: "adviser",
    places: "programme:018f4d1e-0000-7000-8000-00000000000f",
    from: "01/12/2020",
  });
  assert.equal(foreign.status, 422, "a programme that the house does not have");
});

test("an administrator of one site manages no accounts", async () => {
  const { cookie } = await house.signIn("administrator", { site: house.sites.gerland });
  const who = visitor(cookie);
  for (const path of ["/comptes", "/cles", "/journal"]) assert.equal((await who.get(path)).status, 403, path);
  assert.equal((await who.get(`/lieux/${house.sites.gerland}`)).status, 200);
});

/** A house of its own whose administrators are these, signed in. */
async function houseOf(code: string, count: number): Promise<{ account: string; who: Visitor; grant: string }[]> {
  const { houseId } = await house.anotherHouse(code);
  const all = [];
  for (let at = 0; at < count; at += 1) {
    const role: Role = "administrator";
    const email = `${code}${at}@exemple.test`;
    const { account } = await house.run(
      "administrator",
      (tx) => createAccount(tx, { email, name: `${code} ${at}`, password, grants: [{ role, fromDay: "2020-01-01" }] }),
      { house: houseId },
    );
    const who = visitor();
    await who.post("/connexion", { email, password });
    const page = await who.get(`/comptes/${account}`);
    all.push({ account, who, grant: inPage(page.text, /name="grant" value="([^"]+)"/) });
  }
  return all;
}

test("the last administrator cannot be removed, by others or by themself", async () => {
  const [one, two] = await houseOf("deux", 2);
  if (!one || !two) throw new Error("two administrators");
  const end = (by: Visitor, of: { account: string; grant: string }, last = "01/12/2020") =>
    by.post(`/comptes/${of.account}/roles/fin`, { grant: of.grant, last });
  assert.equal((await one.who.post(`/comptes/${one.account}/fermeture`)).status, 422, "one's own account");
  assert.equal((await end(one.who, two, "30/11/2020")).status, 303);
  const refused = await end(one.who, one);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /dernière personne qui administre/);
  assert.equal(
    (await end(one.who, one, "31/12/2030")).status,
    422,
    "nor in ten years: nobody would be left on that day",
  );
  // A new one who has not come yet does not count.
  const key = house.deps.ids.uuid();
  const got = await one.who.post("/comptes", {
    key,
    name: "Nouvelle",
    email: "nouvelle@exemple.test",
    roles: "administrator",
    from: "01/12/2020",
  });
  assert.equal((await end(one.who, one)).status, 422);
  assert.equal((await choose(visitor(), linkIn(got.text))).status, 303);
  assert.equal((await end(one.who, one)).status, 303, "somebody else is there now");
});

test("two administrators who remove each other at the same moment: one is left", async () => {
  for (const [code, act] of [
    [
      "fin",
      (of: { account: string; grant: string }) => [
        `/comptes/${of.account}/roles/fin`,
        { grant: of.grant, last: "30/11/2020" },
      ],
    ],
    ["fermeture", (of: { account: string }) => [`/comptes/${of.account}/fermeture`, {}]],
  ] as const) {
    const [one, two] = await houseOf(code, 2);
    if (!one || !two) throw new Error("two administrators");
    const [path, form] = act(two) as [string, Fields];
    const [otherPath, otherForm] = act(one) as [string, Fields];
    await together(
      house,
      {
        text: "SELECT 1 FROM house.houses h JOIN house.accounts a USING (house_id) WHERE a.id = $1 FOR UPDATE OF h",
        values: [one.account],
      },
      [() => one.who.post(path, form), () => two.who.post(otherPath, otherForm)],
    );
    const left = [await one.who.get("/comptes"), await two.who.get("/comptes")].filter((got) => got.status === 200);
    assert.equal(left.length, 1, code);
  }
});

test("somebody else changed the account meanwhile: both are shown, nothing is overwritten", async () => {
  const { account } = await invite();
  const version = inPage((await admin.get(`/comptes/${account}`)).text, /name="version" value="(\d+)"/);
  const edit = (name: string) => admin.post(`/comptes/${account}`, { version, name, email: `${account}@exemple.test` });
  assert.equal((await edit("Première version")).status, 303);
  const stale = await edit("Seconde version");
  assert.equal(stale.status, 409);
  assert.match(stale.text, /Première version/);
  assert.match(stale.text, /value="Seconde version"/);
});

test("the list is counted, and its file has as many rows", async () => {
  const page = await admin.get("/comptes");
  const { rows } = await house.owner.query("SELECT 1 FROM house.accounts WHERE house_id = $1", [house.houseId]);
  assert.match(page.text, new RegExp(`${rows.length}\u00a0comptes`));
  const file = await admin.get("/comptes/export.csv");
  assert.equal(file.type, "text/csv; charset=utf-8");
  assert.equal(file.text.trim().split("\r\n").length, rows.length + 1);
  assert.match(file.text, /^Nom;Adresse électronique;/);
});
