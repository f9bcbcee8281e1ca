// Sessions: a series in one form, places never exceeded, groups that wait whole, a link for one person, one act that says who came.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { agendaRoom } from "../room.tsx";
import { forgetSignatures } from "./signing.ts";

let house: TestHouse;
let server: Server;
let adviser: Visitor & { account: string };
let programme: string;
const key = (): string => house.deps.ids.uuid();
const publicUrl = (): string => house.services.config.publicUrl;

async function signIn(role: Parameters<TestHouse["signIn"]>[0], wish: Parameters<TestHouse["signIn"]>[1] = {}) {
  const { cookie, account } = await house.signIn(role, wish);
  return Object.assign(makeVisitor(server, publicUrl(), cookie), { account });
}

async function people(count: number): Promise<{ id: string; code: string }[]> {
  const made = Array.from({ length: count }, () => ({ id: key(), code: house.deps.ids.shortCode() }));
  await house.owner.query(
    `INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at)
     SELECT $1, x.id, x.code, 'Essai', 'Camille', '2020-01-01', now() FROM unnest($2::uuid[], $3::text[]) x(id, code)`,
    [house.houseId, made.map((one) => one.id), made.map((one) => one.code)],
  );
  return made;
}

const wish = (more: Record<string, string | string[]> = {}) => ({
  key: key(),
  dispositif: programme,
  type: "atelier",
  titre: "Atelier CV",
  jour: "10/12/2020",
  heure: "09:00",
  duree: "180",
  lieu: house.sites.gerland,
  mode: "in_person",
  places: "12",
  ...more,
});

async function session(more: Record<string, string | string[]> = {}): Promise<string> {
  const form = wish({ heure: "", ...more });
  const got = await adviser.post("/seances", form);
  assert.equal(got.status, 303, got.text);
  return form.key;
}

const register = (at: string, codes: readonly { code: string }[], together = false) =>
  adviser.post(`/seances/${at}/inscriptions`, {
    key: key(),
    codes: codes.map((one) => one.code).join(" "),
    ...(together ? { ensemble: "1" } : {}),
  });

async function states(at: string): Promise<Map<string, string>> {
  const { rows } = await house.owner.query<{ person_id: string; state: string }>(
    "SELECT person_id, state FROM agenda.registrations WHERE house_id = $1 AND session_id = $2",
    [house.houseId, at],
  );
  return new Map(rows.map((row) => [row.person_id, row.state]));
}
const count = (found: Map<string, string>, state: string): number =>
  [...found.values()].filter((one) => one === state).length;

before(async () => {
  house = await testHouse(wholeFile, { rooms: [agendaRoom], poolSize: 20 });
  server = makeServer({ rooms: [agendaRoom], services: house.services, chrome: plainChrome });
  programme = key();
  await house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, created_at) VALUES ($1, $2, 'essai', 'Essai', now())",
    [house.houseId, programme],
  );
  adviser = await signIn("adviser", { site: house.sites.gerland });
});

test("ten half-days are one form; public holidays are left out and said", async () => {
  const form = wish({ nombre: "10", jour: "11/12/2020", animateurs: [adviser.account], intervenants: "Une coach" });
  const made = await adviser.post("/seances", form);
  assert.equal(made.status, 303);
  const { rows } = await house.owner.query<{ starts_on: string }>(
    "SELECT starts_on FROM agenda.sessions WHERE house_id = $1 AND series_id = $2 ORDER BY starts_on",
    [house.houseId, form.key],
  );
  // 25 December and 1 January are Fridays.
  assert.deepEqual(
    rows.map((row) => row.starts_on),
    [
      "2020-12-11",
      "2020-12-18",
      ...["08", "15", "22", "29"].map((day) => `2021-01-${day}`),
      ...["05", "12", "19", "26"].map((day) => `2021-02-${day}`),
    ],
  );
  assert.match(
    decodeURIComponent(made.location.replaceAll("+", " ")),
    /Sauté : le 25\/12\/2020 \(Jour de Noël|Sauté : le 25\/12\/2020 \(Noël/,
  );
  // Sent again, it makes none.
  assert.equal((await adviser.post("/seances", { ...form, malgre: "1" })).status, 303);
  const { rowCount } = await house.owner.query("SELECT 1 FROM agenda.sessions WHERE series_id = $1", [form.key]);
  assert.equal(rowCount, 10);
  const holiday = await adviser.post("/seances", wish({ jour: "11/12/2020", jours: "25/12/2020", heure: "" }));
  assert.equal(holiday.status, 422);
  assert.match(holiday.text, /25\/12\/2020 est férié/);
  // The one who leads is taken.
  const taken = await adviser.post(
    "/seances",
    wish({ jour: "18/12/2020", heure: "11:00", animateurs: [adviser.account] }),
  );
  assert.equal(taken.status, 422);
  assert.match(taken.text, /a déjà une séance à 9/);
});

test("forty people registering at once never take more than twelve places, and the rest wait in the order in which they came", async () => {
  const at = await session();
  const forty = await people(40);
  const links: string[] = [];
  for (const one of forty) {
    const got = await adviser.post(`/seances/${at}/liens`, { code: one.code });
    assert.equal(got.status, 200);
    links.push(inPage(got.text, /\/inscription\/([A-Za-z0-9_-]+)/));
  }
  const strangers = links.map((token) => ({ token, visitor: makeVisitor(server, publicUrl()) }));
  const answers = await Promise.all(
    strangers.map(({ token, visitor }) => visitor.post(`/inscription/${token}`, { reponse: "oui" })),
  );
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [303]);
  const found = await states(at);
  assert.deepEqual([count(found, "registered"), count(found, "waiting")], [12, 28]);
  const { rows } = await house.owner.query<{ turns: number; last: number }>(
    "SELECT count(DISTINCT turn) AS turns, max(turn) FILTER (WHERE state = 'registered') AS last FROM agenda.registrations WHERE session_id = $1",
    [at],
  );
  assert.deepEqual(rows, [{ turns: 40, last: 12 }]);
});

test("a group waits until it has all its places, and nobody behind overtakes it", async () => {
  const at = await session({ places: "4" });
  const [a, b, c, d, e, f] = await people(6);
  assert.ok(a && b && c && d && e && f);
  await register(at, [a, b, c]);
  await register(at, [d, e], true);
  await register(at, [f]);
  assert.deepEqual([count(await states(at), "registered"), count(await states(at), "waiting")], [3, 3]);
  assert.match((await adviser.get(`/seances/${at}`)).text, /en attente, avec un groupe de 2/);
  // A free place is not enough for two; the single person behind does not pass.
  assert.equal((await states(at)).get(f.id), "waiting");
  const left = await adviser.post(`/seances/${at}/desistement`, { personne: a.id });
  assert.match(decodeURIComponent(left.location.replaceAll("+", " ")), /2\u00a0personnes entrent de la liste/);
  const now = await states(at);
  assert.deepEqual(
    [a, d, e, f].map((one) => now.get(one.id)),
    ["cancelled", "registered", "registered", "waiting"],
  );
  // More places let in; fewer than are taken are refused.
  const shown = await adviser.get(`/seances/${at}/modifier`);
  const change = { ...wish({ heure: "", places: "5" }), version: fieldOf(shown.text, "version") };
  assert.equal((await adviser.post(`/seances/${at}/modifier`, change)).status, 303);
  assert.equal((await states(at)).get(f.id), "registered");
  const fewer = await adviser.post(`/seances/${at}/modifier`, { ...change, places: "2", version: "2" });
  assert.equal(fewer.status, 422);
  assert.match(fewer.text, /5 personnes sont déjà inscrites/);
  // What can never enter is said at once, and somebody twice too.
  const [g, h] = await people(2);
  assert.ok(g && h);
  assert.match((await register(await session({ places: "1" }), [g, h], true)).text, /n’y entrera jamais entier/);
  assert.equal((await register(at, [b])).status, 422);
});

test("a link registers its person and nobody else, names nobody, and is replaced by the next one", async () => {
  const at = await session({ places: "1" });
  const [one, other] = await people(2);
  assert.ok(one && other);
  const linkOf = async (code: string): Promise<string> =>
    `/inscription/${inPage((await adviser.post(`/seances/${at}/liens`, { code })).text, /\/inscription\/([A-Za-z0-9_-]+)/)}`;
  const first = await linkOf(one.code);
  const anyone = makeVisitor(server, publicUrl());
  const page = await anyone.get(first);
  assert.equal(page.status, 200);
  assert.match(page.text, /Vous n’êtes pas encore inscrit/);
  assert.doesNotMatch(page.text, /Essai|Camille/);
  const next = await linkOf(one.code);
  assert.equal((await anyone.get(first)).status, 404);
  assert.equal((await anyone.post(first, { reponse: "oui" })).status, 404);
  for (const _ of [1, 2]) assert.equal((await anyone.post(next, { reponse: "oui" })).status, 303);
  const waits = await linkOf(other.code);
  await anyone.post(waits, { reponse: "oui" });
  assert.match((await anyone.get(waits)).text, /liste d’attente/);
  await anyone.post(next, { reponse: "non" });
  assert.match((await anyone.get(waits)).text, /Vous êtes inscrit/);
  const { rows } = await house.owner.query<{ act: string; account_id: string | null }>(
    "SELECT act, account_id FROM core.journal WHERE subject_id = $1 AND act LIKE '%by-link' ORDER BY at, id",
    [at],
  );
  assert.deepEqual(rows.map((row) => row.act).sort(), [
    "session.cancelled-by-link",
    "session.registered-by-link",
    "session.registered-by-link",
  ]);
  assert.ok(rows.every((row) => row.account_id === null));
  house.clock.set("2020-12-11T09:00:00+01:00");
  assert.equal((await anyone.get(waits)).status, 404);
  house.clock.set("2020-12-01T09:05:00+01:00");
  assert.equal((await anyone.get(`/inscription/${"x".repeat(43)}`)).status, 404);
});

test("one act says who came; said again it corrects, and what was counted before is kept", async () => {
  const at = await session({ jour: "01/12/2020", places: "" });
  const all = await people(5);
  const [a, b, c, d, stranger] = all;
  assert.ok(a && b && c && d && stranger);
  await register(at, [a, b, c]);
  const shown = await adviser.get(`/seances/${at}/presences`);
  assert.equal(shown.status, 200);
  const closing = {
    version: fieldOf(shown.text, "version"),
    [`p-${a.id}`]: "present",
    [`p-${b.id}`]: "absent",
    [`p-${c.id}`]: "justified",
    // Not on the list: no form puts them there by their identifier.
    [`p-${stranger.id}`]: "present",
    codes: d.code,
    femmes: "3",
    sans_precision: "2",
  };
  assert.equal((await adviser.post(`/seances/${at}/presences`, closing)).status, 303);
  const read = async () => {
    const { rows } = await house.owner.query<{ state: string; count: number }>(
      "SELECT state, sum(coalesce(heads, 1)) AS count FROM agenda.attendances WHERE session_id = $1 GROUP BY state ORDER BY state",
      [at],
    );
    return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
  };
  assert.deepEqual(await read(), { absent: 1, justified: 1, present: 7 });
  // The form of before is refused, with what was typed.
  const stale = await adviser.post(`/seances/${at}/presences`, { ...closing, femmes: "9" });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /value="9"/);
  const again = { ...closing, version: "2", femmes: "4", sans_precision: "2", [`p-${b.id}`]: "present", codes: "" };
  assert.equal((await adviser.post(`/seances/${at}/presences`, again)).status, 303);
  assert.deepEqual(await read(), { justified: 1, present: 9 });
  assert.match((await adviser.get(`/seances/${at}`)).text, /avant : a eu lieu, 7\u00a0présents/);
  const { rows } = await house.owner.query("SELECT last_contact_on FROM people.persons WHERE id = ANY($1::uuid[])", [
    [a.id, d.id],
  ]);
  assert.deepEqual([...new Set(rows.map((row) => row.last_contact_on))], ["2020-12-01"]);
  // Held, it is corrected and no more cancelled; one to come has nobody yet.
  const cancelled = { etat: "cancelled", raison: "Trop tard", version: "3" };
  assert.equal((await adviser.post(`/seances/${at}/etat`, cancelled)).status, 422);
  assert.equal((await adviser.get(`/seances/${await session()}/presences`)).status, 422);
  assert.match((await adviser.get(`/seances/${at}/feuille`)).text, /Signature/);
});

test("who came signs on the tablet, once, by the hand or by initials; who did not sign is taken for absent, and a forgotten person's mark goes", async () => {
  const [drawn, typed, missing] = await people(3);
  assert.ok(drawn && typed && missing);
  const at = await session({ jour: "01/12/2020", heure: "08:00" });
  await register(at, [drawn, typed, missing]);
  const signing = `/seances/${at}/signer`;
  assert.match((await adviser.get(signing)).text, /0\u00a0personne a signé sur 3/);
  const mark = { trait: "M10 20L30 40L50 20M60 60L61 60", initiales: "" };
  assert.equal((await adviser.post(`${signing}/${drawn.id}`, mark)).status, 303);
  assert.equal((await adviser.post(`${signing}/${drawn.id}`, { ...mark, trait: "M1 1L2 2" })).status, 303);
  assert.equal((await adviser.post(`${signing}/${typed.id}`, { trait: "", initiales: "C. E." })).status, 303);
  for (const [form, sentence] of [
    [{ trait: "", initiales: "" }, /Signez dans le cadre, ou écrivez vos initiales/],
    [{ trait: '"><script>alert(1)</script>', initiales: "" }, /tracé est illisible/],
    [{ trait: "M1 1".concat("L2 2".repeat(6000)), initiales: "" }, /trop long/],
    [{ trait: "", initiales: "treize signes" }, /Au plus 12 signes/],
  ] as const) {
    const got = await adviser.post(`${signing}/${missing.id}`, form);
    assert.equal(got.status, 422);
    assert.match(got.text, sentence);
  }
  const stranger = (await people(1))[0];
  assert.equal((await adviser.post(`${signing}/${stranger?.id}`, mark)).status, 404);
  const names = (await adviser.get(signing)).text;
  assert.match(names, /2\u00a0personnes ont signé sur 3/);
  assert.doesNotMatch(names, new RegExp(drawn.id));
  const sheet = (await adviser.get(`/seances/${at}/feuille`)).text;
  assert.match(sheet, /<path d="M10 20L30 40L50 20M60 60L61 60">/);
  assert.match(sheet, /C\. E\.<\/strong> <small>01\/12\/2020 à 9\u00a0h\u00a005/);
  const closing = (await adviser.get(`/seances/${at}/presences`)).text;
  const stateOf = (person: string): string =>
    new RegExp(`name="p-${person}".*?value="([a-z]+)" selected`).exec(closing)?.[1] ?? "";
  assert.deepEqual(
    [drawn, typed, missing].map((one) => stateOf(one.id)),
    ["present", "present", "absent"],
  );
  assert.equal((await adviser.post(`${signing}/${typed.id}/effacement`)).status, 303);
  assert.match((await adviser.get(signing)).text, new RegExp(typed.id));
  await house.run("direction", (tx) => forgetSignatures(tx, [drawn.id]));
  assert.equal((await house.owner.query("SELECT 1 FROM agenda.signatures WHERE session_id = $1", [at])).rowCount, 0);
  const later = await session({ jour: "11/12/2020", heure: "08:00" });
  await register(later, [drawn]);
  assert.match((await adviser.post(`/seances/${later}/signer/${drawn.id}`, mark)).text, /le jour même/);
});

test("a postponed session stays, with its reason, and its people pass to the new day", async () => {
  const at = await session();
  const [one] = await people(1);
  assert.ok(one);
  await register(at, [one]);
  const next = key();
  const form = { etat: "postponed", version: "1", raison: "Salle inondée", nouveau_jour: "17/12/2020", key: next };
  assert.equal((await adviser.post(`/seances/${at}/etat`, { ...form, raison: "" })).status, 422);
  assert.match((await adviser.post(`/seances/${at}/etat`, { ...form, nouveau_jour: "25/12/2020" })).text, /férié/);
  assert.equal((await adviser.post(`/seances/${at}/etat`, form)).status, 303);
  assert.deepEqual([...(await states(next)).values()], ["registered"]);
  assert.match((await adviser.get(`/seances/${at}`)).text, /reportée : Salle inondée/);
  assert.equal((await register(at, await people(1))).status, 422);
  // Another site's adviser does not see it, nor the wrong role write in it.
  const elsewhere = await signIn("adviser", { site: house.sites.mermoz });
  assert.equal((await elsewhere.get(`/seances/${at}`)).status, 404);
  const reception = await signIn("reception", { site: house.sites.gerland });
  assert.equal((await reception.post("/seances", wish())).status, 403);
  const listed = await adviser.get("/seances");
  const exported = await adviser.get("/seances/export.csv");
  const said = /Exporter (\d+)/.exec(listed.text)?.[1];
  assert.equal(Number(said), exported.text.trim().split("\r\n").length - 1);
});
