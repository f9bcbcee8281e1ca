// Reminders: the day before, once for one moment, and not of what has moved or fallen.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { messagesRoom } from "../../messages/room.tsx";
import { sendDue } from "../../messages/sending.ts";
import { createPerson } from "../../people/door.ts";
import { interviewById } from "../interviews/reads.ts";
import { changeStatus } from "../interviews/writes.ts";
import { agendaRoom } from "../room.tsx";
import { daysAhead, remindDue, ruleReminders } from "./reminding.ts";

let house: TestHouse;
before(async () => {
  house = await testHouse(wholeFile, { rooms: [messagesRoom, agendaRoom] });
});

async function somebody(reach: { email?: string; phone?: string }): Promise<string> {
  const id = house.deps.ids.uuid();
  const facts = { sex: null, familyName: "Secrète", givenName: "Camille", birthName: null, birthDate: null };
  const place = { address: null, postalCode: null, communeName: null, siteId: null };
  await house.run("direction", (tx) =>
    createPerson(tx, { ...facts, ...place, phone: reach.phone ?? null, email: reach.email ?? null }, id),
  );
  return id;
}
async function planned(person: string, day: string, at: string, status = "planned"): Promise<string> {
  const id = house.deps.ids.uuid();
  await house.owner.query(
    "INSERT INTO agenda.interviews (house_id, id, person_id, site_id, starts_on, starts_at, mode, status, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, 'in_person', $7, now())",
    [house.houseId, id, person, house.sites.gerland, day, at, status],
  );
  return id;
}
const turn = (iso: string) => {
  house.clock.set(iso);
  return house.run("direction", remindDue);
};
const send = () => sendDue(house.services, house.scope("direction"), house.clock.now().toISOString().slice(0, 10));
const statesOf = async (meeting: string): Promise<string[]> =>
  (
    await house.owner.query<{ state: string }>(
      "SELECT state FROM messages.messages WHERE key LIKE $1 ORDER BY created_at, id",
      [`reminder:${meeting}:%`],
    )
  ).rows.map((row) => row.state);

test("Monday is reminded of on Saturday, since nothing leaves on Sunday", () => {
  assert.deepEqual(daysAhead("2021-01-05"), ["2021-01-06"]);
  assert.deepEqual(daysAhead("2021-01-09"), ["2021-01-10", "2021-01-11"]);
});

test("the day before, once, by mail or else by SMS, without saying why; not what is cancelled, nor another day's", async () => {
  const mail = await somebody({ email: "camille@exemple.test", phone: "+33612345678" });
  const sms = await somebody({ phone: "+33612345679" });
  const meeting = await planned(mail, "2021-01-06", "09:30");
  const other = await planned(sms, "2021-01-06", "10:00");
  const none = [
    await planned(mail, "2021-01-06", "11:00", "cancelled"),
    await planned(mail, "2021-01-07", "09:30"),
    await planned(await somebody({ phone: "+33472000000" }), "2021-01-06", "14:00"),
  ];
  assert.deepEqual(await turn("2021-01-05T08:05:00+01:00"), { reminded: 2, already: 0, unreachable: 1 });
  assert.deepEqual(await turn("2021-01-05T14:05:00+01:00"), { reminded: 0, already: 2, unreachable: 1 });
  await send();
  assert.equal(house.letters.length, 1);
  const letter = house.letters[0];
  assert.match(letter?.text.replace(/\u00a0/g, " ") ?? "", /mercredi 6 janvier 2021, 9 h 30, Antenne Gerland/);
  assert.ok(!letter?.text.includes("Secrète"));
  assert.deepEqual([await statesOf(meeting), await statesOf(other)], [["sent"], ["sent"]]);
  for (const id of none) assert.deepEqual(await statesOf(id), []);
  const { rows } = await house.owner.query("SELECT parts FROM messages.messages WHERE channel = 'sms'");
  assert.deepEqual(rows, [{ parts: 1 }], "it costs one part");
});

test("what falls while its reminder waits is not reminded of; put back, it is; and never after its hour", async () => {
  const person = await somebody({ email: "autre@exemple.test" });
  const meeting = await planned(person, "2021-01-13", "09:00");
  await turn("2021-01-12T08:05:00+01:00");
  const change = (to: "cancelled" | "planned") =>
    house.run("direction", async (tx) => {
      const found = await interviewById(tx, meeting);
      assert.ok(found);
      return changeStatus(tx, found, found.version, to, null);
    });
  assert.deepEqual(await change("cancelled"), { ok: true });
  await send();
  assert.deepEqual(await statesOf(meeting), ["cancelled"]);
  await change("planned");
  assert.equal((await turn("2021-01-12T14:05:00+01:00")).reminded, 1);
  house.clock.set("2021-01-13T09:00:00+01:00");
  await send();
  assert.deepEqual(await statesOf(meeting), ["cancelled", "expired"]);
  assert.ok(!house.letters.some((one) => one.to === "autre@exemple.test"));
});

test("a house that says so sends no reminder, from that day on", async () => {
  await house.run("direction", (tx) => ruleReminders(tx, { from_day: "2021-02-01", way: "none", source: "essai" }));
  await planned(await somebody({ email: "fin@exemple.test" }), "2021-02-03", "09:00");
  assert.deepEqual(await turn("2021-02-02T08:05:00+01:00"), { reminded: 0, already: 0, unreachable: 0 });
});
