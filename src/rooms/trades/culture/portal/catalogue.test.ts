// What the catalogue shows is what can be booked, whatever the offer: its filters in SQL and the rule of a booking in the program agree, both
// ways. And where the outings are.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor } from "../../../../core/testing/visitor.ts";
import { addDays } from "../../../../core/time.ts";
import { book } from "../bookings/writes.ts";
import { cultureRoom } from "../room.ts";
import { makeDate, makeStructures } from "../testing.ts";
import { dateFor, type Seeker } from "./catalogue.ts";

const rooms: Room[] = [cultureRoom];
const publicUrl = "http://localhost:4700";
let house: TestHouse;
before(async () => {
  house = await testHouse(wholeFile, { rooms });
});

const communes = ["Bron", "Lyon", "Vaulx-en-Velin"] as const;
/** Most offers say nothing of a thing: else nearly all would be closed to nearly everybody. */
const seldom = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: one });
const anOffer = fc.record({
  places: fc.integer({ min: 0, max: 6 }),
  mostEach: fc.integer({ min: 1, max: 4 }),
  companions: fc.boolean(),
  day: fc.constantFrom(0, 1, 1, 2, 3, -1),
  /** Hours from now to the closing; null: when it begins. */
  closes: seldom(fc.integer({ min: -3, max: 40 })),
  hour: seldom(fc.constantFrom("08:00", "20:30")),
  cancelled: seldom(fc.constant(true)),
  forCommunes: seldom(fc.subarray([...communes], { minLength: 1, maxLength: 2 })),
  forType: seldom(fc.integer({ min: 0, max: 1 })),
  forStructure: seldom(fc.integer({ min: 0, max: 3 })),
  taken: fc.array(fc.record({ by: fc.integer({ min: 0, max: 3 }), seats: fc.integer({ min: 1, max: 2 }) }), {
    maxLength: 2,
  }),
  kept: fc.option(
    fc.record({
      places: fc.integer({ min: 1, max: 4 }),
      communes: fc.subarray([...communes], { minLength: 1, maxLength: 2 }),
      hours: fc.integer({ min: -2, max: 5 }),
    }),
  ),
  draw: seldom(
    fc.record({ opens: fc.integer({ min: -5, max: 2 }), lasts: fc.integer({ min: 1, max: 6 }), drawn: fc.boolean() }),
  ),
});
type Offer = typeof anOffer extends fc.Arbitrary<infer One> ? One : never;

async function make(
  tx: Tx,
  venue: string,
  offer: Offer,
  seekers: readonly Seeker[],
  types: readonly string[],
): Promise<string> {
  const { house: here } = tx.scope;
  const now = tx.clock.now().getTime();
  const inHours = (hours: number): Date => new Date(now + hours * 3_600_000);
  const day = addDays(tx.today, offer.day);
  const made = await makeDate(tx, {
    venue,
    places: 20,
    day,
    mostEach: offer.mostEach,
    way: offer.draw ? "draw" : "first",
  });
  for (const { by, seats } of offer.draw ? [] : offer.taken)
    await sql`INSERT INTO culture.bookings (house_id, id, date_id, structure_id, people, state, code, asked_at, confirmed_at)
      VALUES (${here}, ${tx.ids.uuid()}, ${made.date}, ${seekers[by]?.id}, ${seats}, 'confirmed', ${tx.ids.shortCode()}, ${tx.clock.now()}, ${tx.clock.now()})`.execute(
      tx.on(),
    );
  const held = offer.draw ? 0 : offer.taken.reduce((sum, { seats }) => sum + seats, 0);
  await sql`UPDATE culture.dates SET taken = ${held}, places = ${Math.max(held, offer.places)}, at = ${offer.hour}::time, closes_at = ${offer.closes === null ? null : inHours(offer.closes)},
      cancelled_at = ${offer.cancelled ? tx.clock.now() : null}, cancelled_reason = ${offer.cancelled ? "Essai" : null} WHERE house_id = ${here} AND id = ${made.date}`.execute(
    tx.on(),
  );
  await sql`UPDATE culture.offers SET companions = ${offer.companions}, for_communes = ${offer.forCommunes ?? []}::text[],
      for_types = ${offer.forType === null ? [] : [types[offer.forType] ?? ""]}::uuid[],
      for_structures = ${offer.forStructure === null ? [] : [seekers[offer.forStructure]?.id ?? ""]}::uuid[] WHERE house_id = ${here} AND id = ${made.offer}`.execute(
    tx.on(),
  );
  if (offer.kept)
    await sql`INSERT INTO culture.allotments (house_id, id, date_id, places, communes, until)
      VALUES (${here}, ${tx.ids.uuid()}, ${made.date}, ${offer.kept.places}, ${offer.kept.communes}::text[], ${inHours(offer.kept.hours)})`.execute(
      tx.on(),
    );
  if (offer.draw)
    await sql`INSERT INTO culture.draws (house_id, date_id, opens_at, closes_at, seed, seed_print, drawn_at)
      VALUES (${here}, ${made.date}, ${inHours(offer.draw.opens)}, ${inHours(offer.draw.opens + offer.draw.lasts)}, 'graine', 'empreinte', ${offer.draw.drawn ? tx.clock.now() : null})`.execute(
      tx.on(),
    );
  return made.date;
}

test("whatever the offer, what is shown as free is given, what is shown can be waited for, and what is not shown is refused", async () => {
  const types = [house.deps.ids.uuid(), house.deps.ids.uuid()];
  await house.owner.query(
    "INSERT INTO partners.terms (house_id, id, kind, label) SELECT $1, x, 'type', 'Type ' || x FROM unnest($2::uuid[]) x",
    [house.houseId, types],
  );
  const [venue = "", ...ids] = await house.run("culture", (tx) => makeStructures(tx, 5, communes));
  await house.owner.query(
    "UPDATE partners.structures SET type_id = CASE WHEN id = ANY($2::uuid[]) THEN $3::uuid END, commune_name = CASE WHEN id = $4 THEN NULL ELSE commune_name END WHERE house_id = $1",
    [house.houseId, ids.slice(0, 2), types[0], ids[3]],
  );
  const { rows: seekers } = await house.owner.query<Seeker>(
    "SELECT id, commune_name, type_id FROM partners.structures WHERE id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], id)",
    [ids],
  );
  let [shownFree, shownFull, hidden] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(anOffer, { minLength: 4, maxLength: 6 }), async (offers) => {
      for (const offer of offers)
        for (const seeker of seekers)
          await house.run("culture", async (tx) => {
            const date = await make(tx, venue, offer, seekers, types);
            const found = await dateFor(tx, seeker, date);
            const ask = (seats: number, wait: boolean) =>
              book(tx, {
                id: tx.ids.uuid(),
                date,
                structure: seeker.id,
                person: null,
                firstName: null,
                people: seats,
                companions: 0,
                wait,
              });
            const facts = JSON.stringify({ offer, seeker, found });
            if (!found) {
              hidden += 1;
              const booked = await ask(1, true);
              assert.equal(booked.ok, false, `not shown, and given: ${facts}`);
              return;
            }
            const seats = Math.min(found.free, found.mostEach);
            if (found.way === "first" && seats > 0) {
              shownFree += 1;
              const tooMany = found.free < found.mostEach ? await ask(found.free + 1, false) : null;
              assert.notEqual(tooMany?.ok, true, `more than shown was given: ${facts}`);
              const booked = await ask(seats, false);
              assert.ok(
                booked.ok && booked.state === "confirmed",
                `shown as free, and refused: ${facts} ${JSON.stringify(booked)}`,
              );
            } else {
              shownFull += 1;
              const booked = await ask(1, true);
              assert.ok(
                booked.ok && booked.state !== "confirmed",
                `shown as waiting, and ${JSON.stringify(booked)}: ${facts}`,
              );
            }
          });
    }),
    { numRuns: 40 },
  );
  assert.ok(Math.min(shownFree, shownFull, hidden) > 20, `each case came up: ${shownFree}, ${shownFull}, ${hidden}`);
});

test("where the outings are: a line a commune, under the same filters, that leads to its outings", async () => {
  const [bron = "", lyon = "", centre = ""] = await house.run("culture", (tx) =>
    makeStructures(tx, 3, ["Bron", "Givors", "Lyon"]),
  );
  await house.owner.query(
    "DELETE FROM culture.draws; DELETE FROM culture.allotments; DELETE FROM culture.bookings; DELETE FROM culture.dates; DELETE FROM culture.offers",
  );
  await house.owner.query("UPDATE partners.structures SET commune_name = NULL WHERE id = $1", [lyon]);
  await house.run("culture", async (tx) => {
    for (const day of ["2020-12-10", "2020-12-11"])
      await makeDate(tx, { venue: bron, places: 5, day, title: "Le Cid" });
    await makeDate(tx, { venue: lyon, places: 5, day: "2021-01-20", title: "Phèdre" });
  });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  const worker = makeVisitor(server, publicUrl, (await house.signIn("social-partner", { structure: centre })).cookie);
  const flat = (text: string): string =>
    text
      .replace(/[\u00a0\u202f]/g, " ")
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ");
  const { rows } = await house.owner.query<{ name: string }>(
    "SELECT commune_name AS name FROM partners.structures WHERE id = $1",
    [bron],
  );
  const commune = rows[0]?.name ?? "";
  const all = await worker.get("/espace/sorties?vue=ou");
  assert.match(flat(all.text), new RegExp(`${commune} 2 sorties, 1 lieu`));
  assert.match(flat(all.text), /Commune inconnue 1 sortie, 1 lieu/);
  const [, address = ""] = new RegExp(`href="([^"]+)"[^>]*>${commune}<`).exec(all.text) ?? [];
  assert.match(flat((await worker.get(address.replaceAll("&amp;", "&"))).text), /Le Cid/);
  assert.doesNotMatch(flat((await worker.get("/espace/sorties?vue=ou&q=cid")).text), /Commune inconnue/);
  const team = makeVisitor(server, publicUrl, (await house.signIn("culture")).cookie);
  assert.match(flat((await team.get("/culture/sorties/ou")).text), /3 sorties maintenues, 2 communes/);
  assert.match(flat((await team.get(`/culture/sorties?commune=${commune}`)).text), /Le Cid/);
  assert.doesNotMatch(flat((await team.get(`/culture/sorties?commune=${commune}`)).text), /Phèdre/);
});
