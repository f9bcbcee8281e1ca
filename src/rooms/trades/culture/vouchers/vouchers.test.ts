// Vouchers and what follows them: sent once, read by whoever holds the link, given back, reminded of, and forgotten.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { inTransaction, type Tx } from "../../../../core/db/transaction.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { PartnerRole } from "../../../../core/rights.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { readPdf } from "../../../../core/testing/read-pdf.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { dayIn } from "../../../../core/time.ts";
import { messagesRoom } from "../../../foundations/messages/room.tsx";
import { askVenues, turnOf } from "../asking/jobs.ts";
import { setPlaces } from "../bookings/lowering.ts";
import { book } from "../bookings/writes.ts";
import { cancelDates } from "../cancellations/writes.ts";
import { cultureRoom } from "../room.ts";
import { breaches, makeDate, makeStructures } from "../testing.ts";
import { forgetAddresses, remindOutings } from "./jobs.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [messagesRoom, cultureRoom];
let house: TestHouse;
let server: Server;
let anyone: Visitor;
let booker: Visitor;
let [venue, centre, foyer]: string[] = [];
const start = new Date("2020-12-01T09:05:00+01:00");

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  house.clock.now = () => start;
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  server = makeServer({ rooms, services, chrome: plainChrome });
  [venue, centre, foyer] = await house.run("culture", (tx) => makeStructures(tx, 3));
  anyone = makeVisitor(server, publicUrl);
  booker = await as("social-partner", centre);
});

const as = async (role: PartnerRole, structure: string | undefined): Promise<Visitor> =>
  makeVisitor(server, publicUrl, (await house.signIn(role, { structure: structure ?? "" })).cookie);
const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const aDate = (day: string, places = 20): Promise<string> =>
  house.run("culture", async (tx) => (await makeDate(tx, { venue: venue ?? "", places, day, title: "Le Cid" })).date);
async function aBooking(date: string, people = 2, structure = centre ?? "", wait = false) {
  const wish = { id: id(), date, structure, person: null, firstName: "Ada", people, companions: 0, wait };
  const done = await house.run("culture", (tx) => book(tx, wish));
  assert.ok(done.ok);
  return { id: wish.id, code: done.code, state: done.state };
}
type Sent = { key: string; recipient: string | null; body: string; channel: string };
const messages = async (like: string): Promise<Sent[]> =>
  (
    await house.owner.query<Sent>(
      "SELECT key, recipient, body, channel FROM messages.messages WHERE key LIKE $1 ORDER BY key",
      [like],
    )
  ).rows;
/** Sends what waits and gives the links of a kind that letters to an address held, in their order. */
async function linksTo(address: string, kind: string): Promise<string[]> {
  const errand = messagesRoom.errands?.find(({ name }) => name === "messages.send");
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  await errand?.leave(services, house.scope("direction"), house.clock.now().toISOString().slice(0, 10));
  const found = house.letters
    .filter(({ to }) => to === address)
    .flatMap(({ text }) => [...text.matchAll(new RegExp(`/${kind}/[A-Za-z0-9_-]+`, "g"))].map(([path]) => path));
  return [...new Set(found)];
}
const stateOf = async (booking: string): Promise<string> =>
  (await house.owner.query<{ state: string }>("SELECT state FROM culture.bookings WHERE id = $1", [booking])).rows[0]
    ?.state ?? "none";
/** The nightly and hourly work of a day. */
const nightly = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
  inTransaction(house.deps, house.scope("culture"), dayIn("Europe/Paris", house.clock.now()), work);
const at = async <R>(moment: string, work: () => Promise<R>): Promise<R> => {
  house.clock.now = () => new Date(moment);
  try {
    return await work();
  } finally {
    house.clock.now = () => start;
  }
};

test("a voucher is seen, printed with its tags, and sent once by letter or by SMS; a wrong address is said and kept", async () => {
  const one = await aBooking(await aDate("2020-12-19"));
  const path = `/espace/reservations/${one.id}/billet`;
  assert.match(flat((await booker.get(path)).text), new RegExp(one.code));
  const other = await as("social-partner", foyer);
  assert.equal((await other.get(path)).status, 404, "another structure's booking does not exist");
  const answer = await server.request(`${path}.pdf`, { headers: { cookie: booker.cookie } });
  const pdf = await readPdf(new Uint8Array(await answer.arrayBuffer()));
  assert.ok(pdf.tagged && pdf.pages === 1 && pdf.roles.includes("Figure"));
  assert.match(pdf.text, new RegExp(one.code));
  assert.doesNotMatch(pdf.text, /Ada/, "nothing of the person");
  const wrong = await booker.post(path, { key: id(), a: "ada@exemple" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /ada@exemple/);
  const form = { key: id(), a: "Ada@Exemple.test" };
  for (const _ of [1, 2]) assert.equal((await booker.post(path, form)).status, 303);
  await booker.post(path, { key: id(), a: "06 12 34 56 78" });
  const sent = (await messages("culture-voucher/%")).toSorted((a, b) => a.channel.localeCompare(b.channel));
  assert.deepEqual(
    sent.map(({ channel, recipient }) => [channel, recipient]),
    [
      ["mail", "ada@exemple.test"],
      ["sms", "+33612345678"],
    ],
  );
  assert.match(sent[0]?.body ?? "", /C’est samedi 19 décembre 2020, à 20/);
});

test("whoever holds the link sees the voucher, and can give the places back: they go to who waits, once", async () => {
  const date = await aDate("2020-12-20", 2);
  const one = await aBooking(date);
  const waiting = await aBooking(date, 2, foyer ?? "", true);
  assert.equal(waiting.state, "waiting");
  await booker.post(`/espace/reservations/${one.id}/billet`, { key: id(), a: "holder@exemple.test" });
  const [link = ""] = await linksTo("holder@exemple.test", "bon");
  assert.match(flat((await anyone.get(link)).text), new RegExp(`Votre code ${one.code}`));
  assert.equal((await anyone.get(`${link}/billet.pdf`)).status, 200);
  for (const _ of [1, 2]) assert.equal((await anyone.post(link, {})).status, 303);
  assert.deepEqual([await stateOf(one.id), await stateOf(waiting.id)], ["cancelled", "offered"]);
  assert.match(flat((await anyone.get(`${link}/merci`)).text), /C’est noté/);
  assert.match(flat((await anyone.get(link)).text), /n’est plus bon/);
  assert.equal((await anyone.get(`${link}/billet.pdf`)).status, 404);
  const { rows } = await house.owner.query(
    "SELECT subject_id FROM core.journal WHERE act = 'booking.declined' AND subject_id = $1",
    [one.id],
  );
  assert.equal(rows.length, 1);
  assert.equal((await anyone.get("/bon/inventedinventedinven")).status, 404);
  await at("2020-12-22T10:00:00+01:00", async () => assert.equal((await anyone.get(link)).status, 404));
  const broken = await breaches((text) => house.owner.query(text));
  assert.deepEqual(broken, []);
});

test("two days before, each voucher and each structure is reminded once, also when a day was missed", async () => {
  const one = await aBooking(await aDate("2020-12-12"));
  await booker.post(`/espace/reservations/${one.id}/billet`, { key: id(), a: "soon@exemple.test" });
  const remind = (moment: string) => at(moment, () => nightly(remindOutings));
  const mine = async () =>
    (await messages("culture-reminder/%")).filter(({ recipient }) => recipient === "soon@exemple.test");
  await remind("2020-12-09T10:00:00+01:00");
  assert.equal((await mine()).length, 0);
  // Nothing ran on the tenth.
  await remind("2020-12-11T10:00:00+01:00");
  await remind("2020-12-11T11:00:00+01:00");
  assert.equal((await mine()).length, 1);
  const structures = (await messages("culture-before/%")).filter(({ body }) => body.includes(one.code));
  assert.equal(structures.length, 1);
});

test("an outing called off is told to whoever holds a voucher; addresses are emptied once it is over", async () => {
  const date = await aDate("2020-12-15");
  const one = await aBooking(date);
  await booker.post(`/espace/reservations/${one.id}/billet`, { key: id(), a: "lost@exemple.test" });
  await house.run("culture", (tx) =>
    cancelDates(tx, {
      id: id(),
      date,
      structure: venue ?? "",
      from: "2020-12-15",
      to: "2020-12-15",
      reason: "La salle est fermée.",
    }),
  );
  const told = (await messages("culture-loss/%")).filter(({ recipient }) => recipient === "lost@exemple.test");
  assert.equal(told.length, 1);
  assert.match(told[0]?.body ?? "", /La salle est fermée\.[\s\S]*Ne venez pas/);
  await at("2020-12-16T03:20:00+01:00", () => nightly(forgetAddresses));
  const { rows } = await house.owner.query("SELECT recipient FROM culture.vouchers WHERE booking_id = $1", [one.id]);
  assert.deepEqual(rows, [{ recipient: null }]);
});

test("a place lost while the outing goes on is not told as an outing called off", async () => {
  const date = await aDate("2020-12-15");
  const one = await aBooking(date);
  await booker.post(`/espace/reservations/${one.id}/billet`, { key: id(), a: "06 12 34 56 78" });
  await house.run("culture", (tx) => setPlaces(tx, { date, places: 0, version: 1, act: "moins" }));
  const [told, ...others] = (await messages("culture-loss/moins/%")).filter(
    ({ recipient }) => !recipient?.includes("@"),
  );
  assert.equal(others.length, 0);
  assert.match(
    told?.body ?? "",
    /^Votre place n’est plus réservée : .*\. Le lieu donne moins de places que prévu\. Ne venez pas/,
  );
  for (const { body } of await messages("culture-loss/moins/%")) assert.doesNotMatch(body, /annulée/);
});

test("a square opened by a telephone: nothing for a stranger, the door for its venue", async () => {
  const date = await aDate("2020-12-21");
  const one = await aBooking(date);
  assert.match(flat((await anyone.get(`/billet/${one.code}.abcdefghij`)).text), /se montre à l’entrée/);
  const theirs = await (await as("cultural-partner", venue)).get(`/porte/${one.code}.abcdefghij`);
  assert.equal(theirs.status, 303);
  assert.match(theirs.location, new RegExp(`^/espace/dates/${date}/porte\\?code=`));
  const other = await (await as("cultural-partner", foyer)).get(`/porte/${one.code}.abcdefghij`);
  assert.match(flat(other.text), /Pas de cette entrée/, "another venue learns nothing");
});

test("the morning after, the venue is asked, spaced, with the count of what is missing; the link answers, twice too, until it ends", async () => {
  assert.deepEqual([0, 1, 2, 4, 9, 10, 21, 28, 29].map(turnOf), [null, 0, 0, 1, 1, 2, 3, 3, null]);
  const date = await aDate("2020-12-05");
  const [ada, group] = [await aBooking(date, 1), await aBooking(date, 4)];
  const ask = (moment: string) => at(moment, () => nightly(askVenues));
  const asked = () => messages(`culture-ask/${date}/%`);
  await ask("2020-12-05T21:00:00+01:00");
  assert.equal((await asked()).length, 0, "the outing is not over");
  for (const _ of [1, 2]) await ask("2020-12-06T08:30:00+01:00");
  assert.equal((await asked()).length, 1);
  const address = (await asked())[0]?.recipient ?? "";
  await at("2020-12-06T08:31:00+01:00", async () => {
    const link = (await linksTo(address, "venues")).at(-1) ?? "";
    assert.match(flat((await anyone.get(link)).text), /Qui est venu \? .*2 réservations/);
    const none = await anyone.post(link, {});
    assert.equal(none.status, 422);
    assert.match(flat(none.text), /Choisissez une réponse/);
    const many = await anyone.post(link, { qui: "certains", [`n-${group.id}`]: "5" });
    assert.match(flat(many.text), /un nombre de 0 à 4/);
    assert.equal((await anyone.post(link, { qui: "certains", [`n-${group.id}`]: "3" })).status, 303);
    const { rows } = await house.owner.query(
      "SELECT id, attended, attended_source FROM culture.bookings WHERE date_id = $1 ORDER BY people",
      [date],
    );
    assert.deepEqual(rows, [
      { id: ada.id, attended: null, attended_source: null },
      { id: group.id, attended: 3, attended_source: "link" },
    ]);
    // What is missing only: the group stays as it was said.
    assert.equal((await anyone.post(link, { qui: "personne" })).status, 303);
    assert.match(flat((await anyone.get(`${link}/merci`)).text), /3 personnes sont venues/);
  });
  const { rows } = await house.owner.query("SELECT attended FROM culture.bookings WHERE date_id = $1 ORDER BY people", [
    date,
  ]);
  assert.deepEqual(rows, [{ attended: 0 }, { attended: 3 }]);
  await ask("2020-12-09T08:30:00+01:00");
  assert.equal((await asked()).length, 1, "nothing is missing any more");
});

test("a venue that answers nothing is asked four times at most, and nothing becomes a figure", async () => {
  const date = await aDate("2020-12-03");
  const one = await aBooking(date, 2);
  for (let day = 4; day <= 31; day++)
    await at(`2020-12-${String(day).padStart(2, "0")}T08:30:00+01:00`, () => nightly(askVenues));
  const asked = await messages(`culture-ask/${date}/%`);
  assert.deepEqual(
    asked.map(({ key }) => key.slice(-1)),
    ["0", "1", "2", "3"],
  );
  assert.match(asked[3]?.body ?? "", /dernier message/);
  const { rows } = await house.owner.query("SELECT attended FROM culture.bookings WHERE id = $1", [one.id]);
  assert.deepEqual(rows, [{ attended: null }]);
});
