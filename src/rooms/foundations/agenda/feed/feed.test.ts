// The calendar feed, read back by a calendar library and compared event by event with what the house holds; and the week's pages.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import ICAL from "ical.js";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { inPage, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { agendaRoom } from "../room.tsx";
import { calendarText } from "./calendar.ts";

let house: TestHouse;
let server: Server;
let adviser: Visitor & { account: string };
let other: Visitor & { account: string };
let programme: string;
let person: string;
const key = (): string => house.deps.ids.uuid();

async function signIn(role: Parameters<TestHouse["signIn"]>[0], wish: Parameters<TestHouse["signIn"]>[1] = {}) {
  const { cookie, account } = await house.signIn(role, wish);
  return Object.assign(makeVisitor(server, house.services.config.publicUrl, cookie), { account });
}

/** An event as the library understands it. */
type Read = {
  uid: string;
  sequence: number;
  summary: string;
  location: string;
  status: string;
  start: string;
  end: string;
  zone: string;
  url: string;
};

function readCalendar(text: string): Map<string, Read> {
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, `folded at 75 octets: ${line}`);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
  return new Map(
    calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      const zone = zones.find((one) => one.tzid === component.getFirstProperty("dtstart")?.getFirstParameter("tzid"));
      // The instant, by the rules that the calendar itself gives for its zone.
      const instant = (time: ICAL.Time): string =>
        time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString();
      for (const time of [event.startDate, event.endDate]) if (zone) time.zone = zone;
      return [
        event.uid,
        {
          uid: event.uid,
          sequence: event.sequence ?? 0,
          summary: event.summary,
          location: event.location,
          status: String(component.getFirstPropertyValue("status")),
          start: instant(event.startDate),
          end: instant(event.endDate),
          zone: zone?.tzid ?? "",
          url: String(component.getFirstPropertyValue("url")),
        },
      ] as const;
    }),
  );
}

const makeAddress = async (visitor: Visitor, names = false): Promise<string> => {
  const { text } = await visitor.post("/agenda/flux", names ? { noms: "1" } : {});
  return inPage(text, /(\/agenda\/flux\/[A-Za-z0-9_-]+\.ics)/);
};

async function interview(more: Record<string, string> = {}): Promise<string> {
  const id = key();
  const form = { key: id, personne: person, lieu: house.sites.gerland, conseiller: adviser.account, mode: "in_person" };
  const got = await adviser.post("/entretiens", { ...form, jour: "02/12/2020", duree: "45", malgre: "1", ...more });
  assert.equal(got.status, 303, got.text);
  return id;
}

before(async () => {
  house = await testHouse(wholeFile, { rooms: [agendaRoom] });
  server = makeServer({ rooms: [agendaRoom], services: house.services, chrome: plainChrome });
  [programme, person] = [key(), key()];
  await house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, created_at) VALUES ($1, $2, 'essai', 'Essai', now())",
    [house.houseId, programme],
  );
  await house.owner.query(
    "INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at) VALUES ($1, $2, 'ACDEFGH', 'Quillevéré', 'Élodie', '2020-01-01', now())",
    [house.houseId, person],
  );
  adviser = await signIn("adviser", { site: house.sites.gerland });
  other = await signIn("adviser", { site: house.sites.gerland });
});

test("the feed, read by a calendar library, is event for event what the house holds", async () => {
  const planned = await interview({ heure: "09:00" });
  const summer = await interview({ jour: "01/07/2021", heure: "14:30", duree: "90" });
  const cancelled = await interview({ heure: "11:00" });
  const reason = { etat: "cancelled", raison: "Reporté par la personne", version: "1" };
  await adviser.post(`/entretiens/${cancelled}/etat`, reason);
  const whole = await interview({ jour: "03/12/2020", heure: "" });
  await interview({ heure: "10:00", conseiller: other.account });
  const session = key();
  const title =
    "Préparer un entretien ; oser, parler \\ convaincre — avec deux accompagnatrices de La Cravate Solidaire";
  await adviser.post("/seances", {
    key: session,
    dispositif: programme,
    type: "atelier",
    titre: title,
    jour: "31/03/2021",
    heure: "09:00",
    duree: "180",
    lieu: house.sites.gerland,
    adresse: "chez un partenaire, 3e étage",
    places: "12",
    mode: "in_person",
    animateurs: adviser.account,
  });
  const address = await makeAddress(adviser);
  const stranger = makeVisitor(server, house.services.config.publicUrl);
  const got = await stranger.get(address);
  assert.equal(got.status, 200);
  assert.match(got.type, /^text\/calendar/);
  assert.doesNotMatch(got.text, /Quillev|Élodie|Reporté par/);
  const url = house.services.config.publicUrl;
  const common = { location: "Antenne Gerland", zone: "Europe/Paris", status: "CONFIRMED", sequence: 0 };
  const one = (id: string, facts: Partial<Read>): Read => ({
    ...common,
    uid: `entretien-${id}@traboule`,
    summary: "Entretien É. Q.",
    url: `${url}/entretiens/${id}`,
    start: "",
    end: "",
    ...facts,
  });
  const expected: Read[] = [
    // Winter, an hour from UTC; summer, two.
    one(planned, { start: "2020-12-02T08:00:00Z", end: "2020-12-02T08:45:00Z" }),
    one(summer, { start: "2021-07-01T12:30:00Z", end: "2021-07-01T14:00:00Z" }),
    one(cancelled, { start: "2020-12-02T10:00:00Z", end: "2020-12-02T10:45:00Z", status: "CANCELLED", sequence: 1 }),
    one(whole, { start: "2020-12-03", end: "2020-12-04", zone: "" }),
    {
      ...common,
      uid: `seance-${session}@traboule`,
      summary: title,
      location: "Antenne Gerland, chez un partenaire, 3e étage",
      url: `${url}/seances/${session}`,
      start: "2021-03-31T07:00:00Z",
      end: "2021-03-31T10:00:00Z",
    },
  ];
  const read = readCalendar(got.text);
  assert.deepEqual([...read.keys()].sort(), expected.map((event) => event.uid).sort());
  for (const event of expected) assert.deepEqual(read.get(event.uid), event);

  // Moved, it is the same event, once more changed.
  const moved = { lieu: house.sites.gerland, conseiller: adviser.account, mode: "phone", duree: "45", version: "1" };
  await adviser.post(`/entretiens/${planned}/modifier`, { ...moved, jour: "04/12/2020", heure: "09:00" });
  const again = readCalendar((await stranger.get(address)).text).get(`entretien-${planned}@traboule`);
  assert.deepEqual([again?.start, again?.sequence], ["2020-12-04T08:00:00Z", 1]);
});

test("an address opens one account's calendar, says names only when asked, and ends when it is changed, revoked or its account closed", async () => {
  const anyone = makeVisitor(server, house.services.config.publicUrl);
  const first = await makeAddress(other);
  assert.equal(readCalendar((await anyone.get(first)).text).size, 1);
  const second = await makeAddress(other, true);
  assert.equal((await anyone.get(first)).status, 404);
  assert.match((await anyone.get(second)).text, /QUILLEVÉRÉ/);
  assert.equal((await other.post("/agenda/flux/suppression")).status, 303);
  assert.equal((await anyone.get(second)).status, 404);
  const third = await makeAddress(other);
  const { rows } = await house.owner.query<{ stored: string }>("SELECT token_hash::text AS stored FROM agenda.feeds");
  assert.ok(rows.every((row) => !row.stored.includes(third.slice(14, -4))));
  await house.owner.query("UPDATE house.accounts SET closed_at = now() WHERE id = $1", [other.account]);
  assert.equal((await anyone.get(third)).status, 404);
});

test("a calendar is the same text whatever the machine's zone, and keeps its own rules elsewhere than in Paris", () => {
  const event = {
    uid: "a@traboule",
    sequence: 0,
    summary: "Entretien",
    description: null,
    location: "Saint-Denis",
    url: "https://exemple.test/entretiens/a",
    day: "2021-03-28",
    at: "02:30",
    minutes: 60,
    cancelled: false,
    stamp: new Date("2020-12-01T00:00:00Z"),
  };
  const before = process.env.TZ;
  try {
    // In the second, that hour does not exist on that night; in the third it is another day.
    for (const zone of ["UTC", "Europe/Paris", "Pacific/Auckland"]) {
      process.env.TZ = zone;
      const read = readCalendar(calendarText("Essai", "Indian/Reunion", [event])).get("a@traboule");
      assert.deepEqual([read?.start, read?.end], ["2021-03-27T22:30:00Z", "2021-03-27T23:30:00Z"], zone);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test("a week shows whose it is, its holidays and nobody else's site, and is exported with as many rows", async () => {
  const mine = await adviser.get("/agenda", { query: { du: "02/12/2020" } });
  assert.equal(mine.status, 200);
  assert.match(mine.text, /Ma semaine/);
  const said = /Exporter ces (\d+)/.exec(mine.text)?.[1];
  const exported = await adviser.get("/agenda/export.csv", { query: { du: "02/12/2020" } });
  assert.equal(Number(said), exported.text.trim().split("\r\n").length - 1);
  assert.equal(Number(said), 3);
  assert.match((await adviser.get("/agenda", { query: { du: "25/12/2020" } })).text, /Jour férié : Noël/);
  assert.equal((await adviser.get("/agenda", { query: { du: "demain" } })).status, 422);
  const site = await adviser.get(`/agenda/lieu/${house.sites.gerland}`, { query: { du: "02/12/2020" } });
  assert.match(site.text, /QUILLEVÉRÉ/);
  assert.equal((await adviser.get(`/agenda/lieu/${house.sites.mermoz}`)).status, 404);
  // Who sees sessions only reads no name there.
  const culture = await signIn("culture");
  const seen = await culture.get(`/agenda/lieu/${house.sites.gerland}`, { query: { du: "02/12/2020" } });
  assert.equal(seen.status, 200);
  assert.doesNotMatch(seen.text, /QUILLEVÉRÉ/);
});
