// An outing is corrected after it was published: by its venue and by the team, once, told to those who hold places, never over somebody else's
// correction; and what is published can be read everywhere.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { messagesRoom } from "../../../foundations/messages/room.tsx";
import { book } from "../bookings/writes.ts";
import { cultureRoom } from "../room.ts";
import { makeStructures } from "../testing.ts";
import { voucherLetter } from "../vouchers/letters.ts";
import { voucherOf } from "../vouchers/reads.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [messagesRoom, cultureRoom];
let house: TestHouse;
let team: Visitor;
let venue: Visitor;
let neighbour: Visitor;
let seeker: Visitor;
let passer: Visitor;
let [place, other, centre]: string[] = [];

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  [place, other, centre] = await house.run("culture", (tx) => makeStructures(tx, 3));
  const as = async (role: "cultural-partner" | "social-partner", structure = "") =>
    makeVisitor(server, publicUrl, (await house.signIn(role, { structure })).cookie);
  passer = makeVisitor(server, publicUrl);
  team = makeVisitor(server, publicUrl, (await house.signIn("culture")).cookie);
  venue = await as("cultural-partner", place);
  neighbour = await as("cultural-partner", other);
  seeker = await as("social-partner", centre);
});

const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const facts = {
  titre: "Cendrillon",
  genre: "danse",
  parle: "Une jeune fille va au bal. Elle perd sa chaussure.",
  venir: "Métro Foch, sortie Duquesne",
  accompagnants: "1",
};
async function published(): Promise<{ offer: string; dates: string[] }> {
  const key = id();
  const form = {
    key,
    jours: "19/12/2020\n20/12/2020",
    heure: "20:00",
    places: "30",
    salle: "Grande salle",
    cloture: "24",
  };
  const got = await venue.post("/espace/offres", {
    ...form,
    ...facts,
    rendezvous: "Demandez Camille",
    acces: ["quiet"],
  });
  assert.equal(got.status, 303, got.text);
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM culture.dates WHERE offer_id = $1 ORDER BY on_day",
    [key],
  );
  return { offer: key, dates: rows.map((row) => row.id) };
}
const correction = (more: Record<string, string | string[]> = {}) => ({
  key: id(),
  version: "1",
  ...facts,
  heure: "20:00",
  lieu: "Grande salle",
  accueil: "Demandez Camille",
  max: "6",
  acces: ["quiet"],
  ...more,
});
async function booked(date: string): Promise<string> {
  const wish = {
    id: id(),
    date,
    structure: centre ?? "",
    person: null,
    firstName: "Ada",
    people: 2,
    companions: 0,
    wait: false,
  };
  assert.ok((await house.run("culture", (tx) => book(tx, wish))).ok);
  await house.owner.query(
    "INSERT INTO culture.vouchers (house_id, id, booking_id, channel, recipient, sent_at) VALUES ($1, $2, $3, 'mail', 'ada@exemple.test', now())",
    [house.houseId, id(), wish.id],
  );
  return wish.id;
}
const letters = async (key: string): Promise<{ recipient: string; body: string }[]> =>
  (
    await house.owner.query("SELECT recipient, body FROM messages.messages WHERE key LIKE $1 ORDER BY recipient", [
      `culture-change/${key}/%`,
    ])
  ).rows;
const acts = async (act: string, offer: string): Promise<number> =>
  (
    await house.owner.query("SELECT count(*)::int AS n FROM core.journal WHERE act = $1 AND subject_id = $2", [
      act,
      offer,
    ])
  ).rows[0].n;

test("a venue corrects the hour and the room: who holds places is told once, the closing follows, the other date keeps its hour", async () => {
  const { offer, dates } = await published();
  const [first = "", second = ""] = dates;
  await booked(first);
  const path = `/espace/dates/${first}/modifier`;
  assert.match((await venue.get(path)).text, /value="Cendrillon"/);
  const form = correction({ heure: "19 h 30", lieu: "Petite salle" });
  const got = await venue.post(path, form);
  assert.equal(got.status, 303, got.text);
  assert.equal((await venue.post(path, { ...form, version: "2" })).status, 303, "the same again changes nothing");
  const { rows } = await house.owner.query(
    "SELECT to_char(d.at, 'HH24:MI') AS at, to_char(d.closes_at AT TIME ZONE 'Europe/Paris', 'DD HH24:MI') AS closes, o.place, o.version FROM culture.dates d JOIN culture.offers o ON o.id = d.offer_id WHERE o.id = $1 ORDER BY d.on_day",
    [offer],
  );
  assert.deepEqual(rows, [
    { at: "19:30", closes: "18 19:30", place: "Petite salle", version: 2 },
    { at: "20:00", closes: "19 20:00", place: "Petite salle", version: 2 },
  ]);
  const sent = await letters(form.key);
  assert.deepEqual(
    sent.map((one) => one.recipient),
    ["ada@exemple.test", "s3@exemple.test"],
  );
  assert.match(flat(sent[0]?.body ?? ""), /La nouvelle heure est : 19 h 30\. Avant, c’était : 20 h 00\./);
  assert.match(flat(sent[0]?.body ?? ""), /Le nouveau lieu est : Petite salle\./);
  assert.match(
    flat(sent[1]?.body ?? ""),
    /toujours réservées.*nouvelle heure, 19 h 30 \(avant : 20 h 00\) ; nouveau lieu/,
  );
  assert.equal(await acts("own-offer.changed", offer), 1);
  assert.equal((await neighbour.get(path)).status, 404, "another venue's");
  assert.equal((await neighbour.post(path, correction({ version: "2" }))).status, 404);
  assert.ok(second);
});

test("the team corrects what nobody needs to be told; a correction over another's is refused and shows both", async () => {
  const { offer, dates } = await published();
  const [first = ""] = dates;
  await booked(first);
  const path = `/culture/dates/${first}/modifier`;
  assert.match((await team.get(`/culture/dates/${first}`)).text, new RegExp(`href="${path}"`));
  const quiet = correction({ genre: "danse contemporaine", duree: "75" });
  assert.equal((await team.post(path, quiet)).status, 303);
  assert.deepEqual(await letters(quiet.key), []);
  assert.equal(await acts("offer.changed", offer), 1);
  const late = await venue.post(`/espace/dates/${first}/modifier`, correction({ genre: "ballet" }));
  assert.equal(late.status, 409);
  assert.match(late.text, /value="ballet"/, "what was typed stays");
  assert.match(flat(late.text), /Genre danse contemporaine ballet/, "beside what stands");
  const bad = await team.post(path, correction({ version: "2", titre: "", age_de: "12", age_a: "6" }));
  assert.equal(bad.status, 422);
  assert.match(bad.text, /Donnez un titre/);
  assert.equal((await seeker.post(path, correction())).status, 403);
  await house.owner.query("UPDATE culture.dates SET on_day = '2020-01-10' WHERE id = $1", [first]);
  assert.equal((await team.post(path, correction({ version: "2", titre: "Autre" }))).status, 409, "a day that is past");
});

test("what it is about and how to get there are read by those who book, by the team and by the venue; a copy takes all", async () => {
  const { offer, dates } = await published();
  const [first = ""] = dates;
  for (const page of [
    await seeker.get(`/espace/sorties/${first}`),
    await team.get(`/culture/dates/${first}`),
    await venue.get(`/espace/dates/${first}`),
  ]) {
    assert.match(page.text, /Elle perd sa chaussure/);
    assert.match(page.text, /Métro Foch, sortie Duquesne/);
  }
  const own = flat((await venue.get(`/espace/dates/${first}`)).text);
  assert.match(own, /Grande salle/);
  assert.match(own, /Demandez Camille/);
  assert.match(own, /calme, lumière douce/);
  assert.match(own, /18\/12\/2020 à 20\sh\s00/);
  assert.match(own, /dans l’ordre des demandes/);
  const copy = (await venue.get(`/espace/offres/nouvelle?copie=${offer}&date=${first}`)).text;
  assert.match(copy, /name="heure"[^>]*value="20:00"/);
  assert.match(copy, /name="places"[^>]*value="30"/);
  assert.match(copy, /name="cloture"[^>]*value="24"/);
  assert.match(copy, /Métro Foch/);
});

test("strangers read it too, and no heading stands over nothing; the voucher and its letter say how to get there", async () => {
  const { dates } = await published();
  await house.owner.query(
    "INSERT INTO culture.public_pages (house_id, about, coming, contact, easy_about, easy_coming, open) VALUES ($1, 'Le pôle', '', '', '', '', true)",
    [house.houseId],
  );
  const home = `/culture-pour-tous/${house.scope("culture").houseCode}`;
  const [full, easy] = [(await passer.get(home)).text, (await passer.get(`${home}/facile`)).text];
  for (const text of [full, easy]) {
    assert.match(text, /Elle perd sa chaussure/);
    assert.match(text, /Métro Foch/);
  }
  assert.doesNotMatch(easy, /<h2>Comment venir<\/h2>/);
  assert.match(full, /Voir le lieu</, "one venue is no plural");
  const booking = await booked(dates[0] ?? "");
  const voucher = await house.run("culture", (tx) => voucherOf(tx, booking));
  assert.ok(voucher);
  assert.match(voucherLetter(voucher).mail, /Pour venir : Métro Foch, sortie Duquesne/);
  assert.match((await seeker.get(`/espace/reservations/${booking}/billet`)).text, /Métro Foch/);
});
