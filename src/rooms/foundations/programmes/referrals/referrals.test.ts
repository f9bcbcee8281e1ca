// Referrals from end to end: told to the outside by a letter through a real mail server, answered by its link without an account, known to
// who sent them; and what must not be: told without consent, answered twice, seen by who should not.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { askFigures } from "../../../../core/figures/ask.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { type MailServer, mailServer, withMail } from "../../../../core/testing/mail-server.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { together } from "../../../../core/testing/together.ts";
import { makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { messagesRoom } from "../../messages/room.tsx";
import { sendDue } from "../../messages/sending.ts";
import { createPerson } from "../../people/door.ts";
import { makeProgrammesRoom } from "../room.tsx";
import { referralFigures, referralsSource } from "./figures.ts";
import { mayFollow, stateAfter } from "./rules.ts";
import { stateWords } from "./words.ts";
import { expireReferrals, followReferral } from "./writes.ts";

const publicUrl = "http://127.0.0.1:4700";
let house: TestHouse;
let server: Server;
let smtp: MailServer;
let adviser: Visitor;
let account: string;
let programme: string;

before(async () => {
  const rooms = [messagesRoom, makeProgrammesRoom(() => [])];
  house = await testHouse(wholeFile, { rooms, poolSize: 6 });
  smtp = await mailServer(wholeFile);
  server = makeServer({
    rooms,
    services: { ...house.services, config: { ...house.services.config, publicUrl } },
    chrome: plainChrome,
  });
  const signed = await house.signIn("adviser");
  adviser = makeVisitor(server, publicUrl, signed.cookie);
  account = signed.account;
  programme = house.deps.ids.uuid();
  await house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, created_at) VALUES ($1, $2, 'ier', 'IER', now())",
    [house.houseId, programme],
  );
});

async function person(consent?: "given" | "withdrawn"): Promise<string> {
  const id = house.deps.ids.uuid();
  await house.run("direction", (tx) =>
    createPerson(
      tx,
      {
        sex: "F",
        familyName: "Zyx-Quidam",
        givenName: "Ysoline",
        birthName: null,
        birthDate: "1980-02-03",
        phone: "+33612345678",
        email: "ysoline@exemple.test",
        address: "3 rue Secrète",
        postalCode: null,
        communeName: null,
        siteId: null,
      },
      id,
    ),
  );
  for (const [answer, day] of [
    ["given", "2020-01-02"],
    ...(consent === "withdrawn" ? [["withdrawn", "2020-03-04"]] : []),
  ])
    if (consent)
      await house.owner.query(
        "INSERT INTO people.consents (house_id, id, person_id, purpose, answer, on_day, recorded_at) VALUES ($1, $2, $3, 'share', $4, $5, now())",
        [house.houseId, house.deps.ids.uuid(), id, answer, day],
      );
  return id;
}

const outside = (key: string, more: Record<string, string> = {}) => ({
  key,
  vers: "dehors",
  organisme: "Association Tremplin",
  courriel: "accueil@tremplin.test",
  objet: "Logement précaire, à ne pas redire",
  partage: "Cherche une formation de soudure, libre le matin.",
  ...more,
});
const send = () => sendDue(withMail(house.services, smtp.port), house.scope("direction"), "2020-12-01");
const stateOf = async (id: string): Promise<string> =>
  (
    await house.owner.query<{ kind: string }>(
      "SELECT kind FROM programmes.referral_events WHERE referral_id = $1 ORDER BY number DESC LIMIT 1",
      [id],
    )
  ).rows[0]?.kind ?? "none";

/** The path of the link in the last letter about a referral that the mail server took. */
async function pathOf(id: string): Promise<string> {
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM messages.messages WHERE link_record = $1 ORDER BY planned_at DESC LIMIT 1",
    [id],
  );
  const text = smtp.taken.find((letter) => letter.id.startsWith(rows[0]?.id ?? "?"))?.text ?? "";
  const path = /http:\/\/127\.0\.0\.1:4700(\/orientation\/[\w-]{22})/.exec(text)?.[1];
  assert.ok(path, text);
  return path;
}

/** A referral to the outside, its letter taken by the mail server: its identifier and the path of its link. */
async function sentOutside(): Promise<{ id: string; path: string; who: string }> {
  const who = await person("given");
  const id = house.deps.ids.uuid();
  const got = await adviser.post(`/personnes/${who}/orienter`, outside(id));
  assert.equal(got.status, 303, got.text);
  await send();
  const path = await pathOf(id);
  return { id, path, who };
}

test("an organisation outside answers by the link in its letter, without an account, and who sent the person sees it", async () => {
  const { id, path } = await sentOutside();
  const letter = smtp.taken.find((one) => one.text.includes(path));
  for (const secret of ["Ysoline", "Zyx", "soudure", "précaire"])
    assert.ok(!letter?.text.includes(secret), `the letter does not say ${secret}`);
  const partner = makeVisitor(server, publicUrl);
  const page = await partner.get(path);
  assert.equal(page.status, 200);
  assert.match(page.text, /Ysoline Z\./);
  assert.match(page.text, /formation de soudure/);
  for (const secret of ["Zyx-Quidam", "précaire", "612345678", "rue Secrète", "1980", "ysoline@"])
    assert.ok(!page.text.includes(secret), `the page does not say ${secret}`);
  const missing = await partner.post(path, { apres: "1", suite: "refused", motif: "", note: "" });
  assert.equal(missing.status, 422);
  assert.match(missing.text, /Choisissez le motif du refus/);
  const answered = await partner.post(path, { apres: "1", suite: "accepted", motif: "", note: "Rendez-vous le 12" });
  assert.equal(answered.status, 303);
  assert.match((await adviser.get(`/orientations/${id}`)).text, /acceptée le 01\/12\/2020/);
  const list = await adviser.get("/orientations?etat=accepted&par=moi");
  assert.match(list.text, new RegExp(id));
  await send();
  const { rows } = await house.owner.query<{ email: string }>("SELECT email FROM house.accounts WHERE id = $1", [
    account,
  ]);
  const told = smtp.taken.filter((one) => one.to === rows[0]?.email);
  assert.equal(told.length, 1, "the sender has a letter");
  assert.match(told[0]?.text ?? "", /est acceptée/);
  assert.ok(!told[0]?.text.includes("Zyx"));
  // The link goes on: whoever accepted says later that the person came, and nothing more after that.
  assert.equal((await partner.post(path, { apres: "2", suite: "attended", motif: "", note: "" })).status, 303);
  assert.equal((await partner.post(path, { apres: "3", suite: "refused", motif: "full", note: "" })).status, 409);
  assert.equal(await stateOf(id), "attended");
  const journal = await house.owner.query(
    "SELECT act, account_id, ip FROM core.journal WHERE subject_id = $1 AND act = 'referral.answered'",
    [id],
  );
  assert.deepEqual(journal.rows, [
    { act: "referral.answered", account_id: null, ip: null },
    { act: "referral.answered", account_id: null, ip: null },
  ]);
});

test("nothing goes outside of somebody who has not agreed, or no longer does; what was typed stays", async () => {
  for (const consent of [undefined, "withdrawn"] as const) {
    const who = await person(consent);
    const got = await adviser.post(`/personnes/${who}/orienter`, outside(house.deps.ids.uuid()));
    assert.equal(got.status, 422);
    assert.match(got.text, /n’a pas donné son accord/);
    assert.match(got.text, /Association Tremplin/);
    const { rows } = await house.owner.query("SELECT 1 FROM programmes.referrals WHERE person_id = $1", [who]);
    assert.equal(rows.length, 0);
    const inside = { key: house.deps.ids.uuid(), vers: programme, objet: "Parcours renforcé" };
    assert.equal((await adviser.post(`/personnes/${who}/orienter`, inside)).status, 303, "in the house it needs none");
  }
});

test("sent twice it is made once; of two who answer at once the second sees the first", async () => {
  const who = await person("given");
  const form = outside(house.deps.ids.uuid());
  for (let turn = 0; turn < 2; turn += 1)
    assert.equal((await adviser.post(`/personnes/${who}/orienter`, form)).status, 303);
  const { rows } = await house.owner.query(
    "SELECT (SELECT count(*) FROM programmes.referrals WHERE person_id = $1) AS referrals, (SELECT count(*) FROM messages.messages WHERE person_id = $1) AS letters",
    [who],
  );
  assert.deepEqual(rows, [{ referrals: 1, letters: 1 }]);
  const { id, path } = await sentOutside();
  const partner = makeVisitor(server, publicUrl);
  const answers = await together(
    house,
    { text: "SELECT 1 FROM programmes.referrals WHERE id = $1 FOR UPDATE", values: [id] },
    [
      () => partner.post(path, { apres: "1", suite: "accepted", motif: "", note: "" }),
      () => partner.post(path, { apres: "1", suite: "refused", motif: "full", note: "" }),
      () => adviser.post(`/orientations/${id}/suite`, { apres: "1", suite: "withdrawn", note: "" }),
    ],
  );
  assert.deepEqual(answers.map((one) => one.status).filter((status) => status === 303).length, 1);
  const events = await house.owner.query("SELECT kind FROM programmes.referral_events WHERE referral_id = $1", [id]);
  assert.equal(events.rows.length, 2);
});

test("what nobody answers is late, then expires by the delays of its day; its link closes, its sender is told, and it may be reopened", async () => {
  const { id, path } = await sentOutside();
  const programmeOne = house.deps.ids.uuid();
  await adviser.post(`/personnes/${await person()}/orienter`, { key: programmeOne, vers: programme, objet: "IER" });
  await house.run("direction", (tx) =>
    followReferral(tx, programmeOne, { kind: "accepted", after: 1, reason: null, note: null }, "house"),
  );
  const tomorrow = async (day: string) => {
    house.clock.set(`${day}T06:00:00+01:00`);
    adviser = makeVisitor(server, publicUrl, (await house.signIn("adviser")).cookie);
    return house.run("direction", expireReferrals);
  };
  // The delays of 1 December hold for what was sent then.
  await house.owner.query("UPDATE programmes.referral_rules SET late_days = 1, expire_days = 2");
  assert.deepEqual(await tomorrow("2020-12-16"), { expired: 0 });
  assert.doesNotMatch((await adviser.get(`/orientations/${id}`)).text, /en retard/);
  await tomorrow("2020-12-17");
  assert.match((await adviser.get(`/orientations/${id}`)).text, /en retard depuis le 16\/12\/2020/);
  assert.match((await adviser.get("/orientations?etat=retard")).text, new RegExp(id));
  await tomorrow("2020-12-31");
  assert.equal(await stateOf(id), "sent", "its last day is a day of it");
  await tomorrow("2021-01-01");
  assert.equal(await stateOf(id), "expired");
  assert.equal(await stateOf(programmeOne), "accepted");
  assert.equal((await makeVisitor(server, publicUrl).get(path)).status, 404);
  const { rows } = await house.owner.query("SELECT subject FROM messages.messages WHERE key = $1", [
    `referral-answer:${id}:2`,
  ]);
  assert.deepEqual(rows, [{ subject: "Une orientation est sans réponse, périmée" }]);
  assert.equal(
    (await adviser.post(`/orientations/${id}/suite`, { apres: "2", suite: "reopened", note: "" })).status,
    303,
  );
  house.clock.set("2021-01-04T10:00:00+01:00");
  await send();
  const again = await pathOf(id);
  assert.equal((await makeVisitor(server, publicUrl).get(again)).status, 200, "a fresh link");
  assert.deepEqual(await tomorrow("2021-01-05"), { expired: 0 }, "reopened, it has its days again");
  house.clock.set("2020-12-01T09:05:00+01:00");
  adviser = makeVisitor(server, publicUrl, (await house.signIn("adviser")).cookie);
});

test("a role held for a programme sees what is sent to it, and nothing else", async () => {
  const { id } = await sentOutside();
  const mine = house.deps.ids.uuid();
  await adviser.post(`/personnes/${await person()}/orienter`, { key: mine, vers: programme, objet: "IER" });
  const narrow = makeVisitor(server, publicUrl, (await house.signIn("adviser", { programme })).cookie);
  const list = await narrow.get("/orientations");
  assert.match(list.text, new RegExp(mine));
  assert.doesNotMatch(list.text, new RegExp(id));
  assert.equal((await narrow.get(`/orientations/${mine}`)).status, 200);
  assert.equal((await narrow.get(`/orientations/${id}`)).status, 404);
  assert.equal((await narrow.post(`/orientations/${id}/suite`, { apres: "1", suite: "accepted" })).status, 404);
  assert.equal((await narrow.post(`/orientations/${mine}/suite`, { apres: "1", suite: "accepted" })).status, 303);
  assert.match(
    (await narrow.get(`/orientations/${mine}`)).text,
    /\/parcours\/nouveau\?personne=.*dispositif=.*orientation=/,
  );
});

test("the list counts what it exports, and the figures count what the list shows", async () => {
  const page = (await adviser.get("/orientations")).text.replace(/[\u00a0\u202f]/g, " ");
  const count = Number(/: (\d+) orientations/.exec(page)?.[1]);
  const csv = (await adviser.get("/orientations/export.csv")).text.trimEnd().split("\r\n");
  assert.equal(csv.length, count + 1);
  const registry = makeRegistry([referralsSource], referralFigures);
  const table = await house.run("direction", (tx) =>
    askFigures(tx, registry, {
      codes: registry.figures.map((figure) => figure.code),
      period: { from: "2020-01-01", to: "2020-12-31" },
      by: [[], ["resultat"], ["source"]],
    }),
  );
  const withdrawn = csv.filter((line) => line.includes(stateWords.withdrawn)).length;
  assert.equal(table.at("orientations.envoyees"), count - withdrawn);
  const results = table.valuesOf("resultat").map((value) => table.at("orientations.envoyees", ["resultat"], [value]));
  assert.equal(
    results.reduce((sum, one) => sum + one, 0),
    count - withdrawn,
  );
  assert.equal(table.at("orientations.envoyees", ["source"], ["maison"]), count - withdrawn);
});

test("whatever happens, in whatever order, an end is an end for who holds the link", () => {
  const kinds = ["received", "accepted", "attended", "refused", "withdrawn", "reopened", "expired"] as const;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom("link", "house", "calendar"), fc.constantFrom(...kinds))),
      (steps) => {
        let state = stateAfter("sent");
        for (const [who, kind] of steps) {
          if (!mayFollow(state, who).includes(kind)) continue;
          if (who === "link") assert.ok(["sent", "received", "accepted"].includes(state));
          if (kind === "expired") assert.ok(["sent", "received"].includes(state), "a yes does not expire");
          state = stateAfter(kind);
          assert.ok(Object.hasOwn(stateWords, state));
        }
      },
    ),
  );
});
