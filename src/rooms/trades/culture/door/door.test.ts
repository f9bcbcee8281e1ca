// The door, through its pages and its acts: what is counted, what is counted once, what is refused with a sentence.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../../core/figures/ask.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { book, cancelBooking } from "../bookings/writes.ts";
import { bookingsSource, boxOfficeFigures, datesSource } from "../figures.ts";
import { cultureRoom } from "../room.ts";
import { makeDate, makeStructures } from "../testing.ts";
import { sealOf, squareText } from "./seal.ts";
import { checkIn } from "./writes.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let door: Visitor;
let stranger: Visitor;
let [venue, centre, otherVenue]: string[] = [];
let secret = "";

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  secret = services.config.secret;
  const server = makeServer({ rooms, services, chrome: plainChrome });
  [venue, centre, otherVenue] = await house.run("culture", (tx) => makeStructures(tx, 3));
  const as = async (structure: string | undefined) =>
    makeVisitor(server, publicUrl, (await house.signIn("cultural-partner", { structure: structure ?? "" })).cookie);
  [door, stranger] = [await as(venue), await as(otherVenue)];
});

const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const today = (): string => house.clock.now().toISOString().slice(0, 10);
const tonight = (day = today()): Promise<string> =>
  house.run(
    "culture",
    async (tx) => (await makeDate(tx, { venue: venue ?? "", places: 50, day, title: "Le Cid" })).date,
  );
const booking = async (date: string, people: number, firstName: string | null = "Ada") => {
  const wish = { id: id(), date, structure: centre ?? "", person: null, firstName, people, companions: 0, wait: false };
  const booked = await house.run("culture", (tx) => book(tx, wish));
  assert.ok(booked.ok);
  return { id: wish.id, code: booked.code };
};
const attended = async (one: string): Promise<number | null> =>
  (await house.owner.query<{ attended: number | null }>("SELECT attended FROM culture.bookings WHERE id = $1", [one]))
    .rows[0]?.attended ?? null;
const lines = (entries: { booking: string; came?: number; undoes?: string; id?: string; at?: number }[]) => ({
  appareil: "telephone",
  lignes: JSON.stringify(
    entries.map((one) => ({
      id: one.id ?? id(),
      booking: one.booking,
      kind: one.undoes ? "undo" : "arrival",
      came: one.came ?? null,
      undoes: one.undoes ?? null,
      at: one.at ?? house.clock.now().getTime(),
    })),
  ),
});

test("somebody is let in with a form and taken back; what was sent twice is there once; silence stays silence", async () => {
  const date = await tonight();
  const [ada, other] = [await booking(date, 3), await booking(date, 1, "Bo")];
  const form = { cle: id(), reservation: ada.id, entrees: "2" };
  for (const _ of [1, 2]) assert.equal((await door.post(`/espace/dates/${date}/porte`, form)).status, 303);
  assert.equal(await attended(ada.id), 2);
  assert.equal(await attended(other.id), null);
  const back = { cle: id(), reservation: ada.id, defait: form.cle };
  assert.equal((await door.post(`/espace/dates/${date}/porte`, back)).status, 303);
  assert.equal(await attended(ada.id), null, "nothing was said of them any more");
  const { rows } = await house.owner.query("SELECT act FROM core.journal WHERE act = 'door.noted'");
  assert.equal(rows.length, 2, "one line an act, none for what came twice");
  const none = await door.post(`/espace/dates/${date}/porte`, { cle: id(), reservation: ada.id, entrees: "" });
  assert.match(flat(none.text), /Dites combien/);
});

test("two devices send the same evening, in pieces and again: nobody is counted twice, nothing is lost", async () => {
  const date = await tonight();
  const group = await booking(date, 4);
  const [first, second] = [
    lines([{ booking: group.id, came: 3 }]),
    lines([
      { booking: group.id, came: 3, at: house.clock.now().getTime() - 2 * 86_400_000 },
      { booking: group.id, came: 1 },
    ]),
  ];
  const sent = await Promise.all(
    [first, second, first, second].map((form) => door.post(`/espace/dates/${date}/porte`, form)),
  );
  assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([303]));
  assert.equal(await attended(group.id), 4);
  const { rows } = await house.owner.query("SELECT id FROM culture.check_ins WHERE booking_id = $1", [group.id]);
  assert.equal(rows.length, 3);
});

test("a second device is told that the first had let them in; a page that asks again leaves no line", async () => {
  const date = await tonight();
  const [one, group] = [await booking(date, 1), await booking(date, 4)];
  const send = (entries: Parameters<typeof lines>[0]) =>
    door.post(`/espace/dates/${date}/porte`, lines(entries), { headers: { "x-fragment": "porte-liste" } });
  const first = await send([
    { booking: one.id, came: 1 },
    { booking: group.id, came: 2 },
  ]);
  assert.doesNotMatch(first.text, /data-already/);
  const second = await send([
    { booking: one.id, came: 1 },
    { booking: group.id, came: 1 },
  ]);
  assert.match(second.text, new RegExp(`data-already="${one.id}"`));
  assert.deepEqual([await attended(one.id), await attended(group.id)], [1, 3]);
  const count = async () =>
    (await house.owner.query("SELECT 1 FROM core.journal WHERE act = 'door.opened' AND subject_id = $1", [date])).rows
      .length;
  await door.get(`/espace/dates/${date}/porte`);
  const before = await count();
  const list = await door.get(`/espace/dates/${date}/porte`, { headers: { "x-fragment": "porte-liste" } });
  assert.match(list.text, /^<div><div id="porte-liste"/);
  assert.equal(await count(), before);
});

test("the door says who is there: a forged square, another date's, a cancelled booking, a letter that codes never have", async () => {
  const [date, later] = [await tonight(), await tonight("2021-01-15")];
  const [ada, elsewhere, gone] = [await booking(date, 2), await booking(later, 1), await booking(date, 1, "Cy")];
  await house.run("culture", (tx) => cancelBooking(tx, gone.id, "structure"));
  const said = async (code: string): Promise<string> =>
    flat((await door.get(`/espace/dates/${date}/porte?code=${encodeURIComponent(code)}`)).text);
  const seal = sealOf(secret, house.houseId, { id: ada.id, date, code: ada.code });
  assert.match(await said(squareText(publicUrl, ada.code, seal)), /Ada : 2 places/);
  assert.match(await said(squareText(publicUrl, ada.code, "AAAAAAAAAA")), /Ce carré est faux/);
  assert.match(await said(elsewhere.code), /pas sur cette liste\. Il est pour « Le Cid », le 15\/01\/2021/);
  assert.match(await said(gone.code), /réservation annulée le/);
  assert.match(await said("O23QRTW"), /n’ont jamais « O » ni « 2 »/);
});

test("another venue's door does not exist; a line for another date's booking is not kept; nonsense is refused", async () => {
  const [date, other] = [await tonight(), await tonight()];
  const [here, there] = [await booking(date, 1), await booking(other, 1)];
  assert.equal((await stranger.get(`/espace/dates/${date}/porte`)).status, 404);
  assert.equal(
    (await stranger.post(`/espace/dates/${date}/porte`, lines([{ booking: here.id, came: 1 }]))).status,
    404,
  );
  assert.equal((await door.post(`/espace/dates/${date}/porte`, lines([{ booking: there.id, came: 1 }]))).status, 409);
  assert.equal(await attended(there.id), null);
  for (const lignes of ["{", "[]", '[{"id":1}]', "[null]"])
    assert.equal((await door.post(`/espace/dates/${date}/porte`, { lignes })).status, 422, lignes);
});

test("a booking cancelled while the device was away: the line is kept, and counted nowhere", async () => {
  const date = await tonight();
  const one = await booking(date, 2);
  await house.run("culture", (tx) => cancelBooking(tx, one.id, "structure"));
  await door.post(`/espace/dates/${date}/porte`, lines([{ booking: one.id, came: 2 }]));
  assert.equal(await attended(one.id), null);
  const { rows } = await house.owner.query("SELECT came FROM culture.check_ins WHERE booking_id = $1", [one.id]);
  assert.deepEqual(rows, [{ came: 2 }]);
});

test("« the others did not come » is said by somebody, never before the day, and can be undone one by one", async () => {
  const [date, later] = [await tonight(), await tonight("2021-01-15")];
  const [came, absent, future] = [await booking(date, 2), await booking(date, 1), await booking(later, 1)];
  const known = async (): Promise<number[]> => {
    const period = { from: today(), to: today() };
    const codes = ["billetterie.places_renseignees", "billetterie.venues"];
    const table = await house.run("culture", (tx) =>
      askFigures(tx, makeRegistry([datesSource, bookingsSource], boxOfficeFigures), { codes, period, by: [[]] }),
    );
    return codes.map((code) => table.at(code));
  };
  const before = await known();
  const since = async () => (await known()).map((value, at) => value - (before[at] ?? 0));
  await door.post(`/espace/dates/${date}/porte`, lines([{ booking: came.id, came: 1 }]));
  assert.deepEqual(await since(), [1, 1], "of the second one, nobody knows yet");
  assert.equal((await door.post(`/espace/dates/${later}/porte/cloture`, { cle: id() })).status, 409);
  assert.equal((await door.post(`/espace/dates/${later}/porte`, lines([{ booking: future.id, came: 1 }]))).status, 409);
  assert.equal(await attended(future.id), null);
  assert.equal((await door.post(`/espace/dates/${date}/porte/cloture`, { cle: id() })).status, 303);
  assert.deepEqual([await attended(came.id), await attended(absent.id)], [1, 0]);
  assert.deepEqual(await since(), [3, 1]);
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM culture.check_ins WHERE booking_id = $1", [
    absent.id,
  ]);
  await door.post(`/espace/dates/${date}/porte`, { cle: id(), reservation: absent.id, defait: rows[0]?.id ?? "" });
  assert.equal(await attended(absent.id), null);
});

test("what a file said before is where the door begins", async () => {
  const date = await tonight();
  const one = await booking(date, 4);
  await house.owner.query(
    "UPDATE culture.bookings SET attended = 2, attended_at = $2, attended_source = 'import' WHERE id = $1",
    [one.id, new Date(house.clock.now().getTime() - 60_000)],
  );
  await door.post(`/espace/dates/${date}/porte`, lines([{ booking: one.id, came: 1 }]));
  assert.equal(await attended(one.id), 3);
});

test("the database keeps what was noted: the program can add a line, never change or remove one", async () => {
  const date = await tonight();
  const one = await booking(date, 1);
  const line = { id: id(), booking: one.id, kind: "arrival", came: 1, undoes: null, at: null } as const;
  await house.run("culture", (tx) => checkIn(tx, date, { source: "door", device: null }, [line]));
  for (const text of ["UPDATE culture.check_ins SET came = 2", "DELETE FROM culture.check_ins"])
    await assert.rejects(
      house.deps.database.withClient((client) => client.query(text)),
      /permission denied/,
    );
});
