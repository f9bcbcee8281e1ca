// Messages leave once, whatever dies or refuses, against a real mail server on the loopback.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Services } from "../../../core/http/route.ts";
import { projectRoot } from "../../../core/root.ts";
import { type TestHouse, testHouse } from "../../../core/testing/house.ts";
import { type MailServer, mailServer, withMail } from "../../../core/testing/mail-server.ts";
import { wholeFile } from "../../../core/testing/server.ts";
import { byLink, spendLink } from "./links.ts";
import { messagesRoom } from "./room.tsx";
import { sendDue } from "./sending.ts";
import { forgetMessages, type NewMessage, pause, queueMessage, resume } from "./writes.ts";

let house: TestHouse;
let smtp: MailServer;
let services: Services;

before(async () => {
  house = await testHouse(wholeFile, { rooms: [messagesRoom] });
  smtp = await mailServer(wholeFile);
  services = withMail(house.services, smtp.port);
});

const send = (with_: Services = services) => sendDue(with_, house.scope("direction"), "2020-12-01");
const letter = (key: string, more: Partial<NewMessage> = {}): NewMessage => ({
  key,
  purpose: "referral",
  channel: "mail",
  person: null,
  personal: false,
  recipient: "partenaire@exemple.test",
  subject: "Une orientation",
  body: "Bonjour.\n",
  ...more,
});
const queue = (key: string, more: Partial<NewMessage> = {}): Promise<string | null> =>
  house.run("direction", (tx) => queueMessage(tx, letter(key, more)));
const stateOf = async (id: string | null): Promise<string> =>
  (await house.owner.query<{ state: string }>("SELECT state FROM messages.messages WHERE id = $1", [id])).rows[0]
    ?.state ?? "gone";
const later = (minutes: number): void =>
  house.clock.set(new Date(house.clock.now().getTime() + minutes * 60_000).toISOString());
const takenOf = (id: string | null) => smtp.taken.filter((one) => one.id.startsWith(id ?? "?"));

test("a message asked for twice is written once and leaves once, known by its own identifier, with its journal line", async () => {
  const id = await queue("one");
  assert.ok(id);
  assert.equal(await queue("one"), null);
  assert.equal((await send()).sent, 1);
  assert.equal((await send()).sent, 0);
  assert.deepEqual(
    takenOf(id).map((one) => [one.id, one.to]),
    [[`${id}@exemple.test`, "partenaire@exemple.test"]],
  );
  const { rows } = await house.owner.query(
    "SELECT details FROM core.journal WHERE act = 'message.sent' AND subject_id = $1",
    [id],
  );
  assert.deepEqual(rows, [{ details: { channel: "mail", purpose: "referral" } }]);
});

test("killed after the server took the letter and before that was written: told as doubtful, and never sent again by itself", async () => {
  const id = await queue("killed");
  let child: ChildProcess | null = null;
  smtp.onText = async () => {
    // Held by the test, the row keeps what became of the letter from being written: the child waits there, and is killed.
    await house.owner.query("BEGIN");
    await house.owner.query("SELECT 1 FROM messages.messages WHERE id = $1 FOR UPDATE", [id]);
  };
  child = spawn(process.execPath, ["--import", "./scripts/load-tsx.ts", "--input-type=module", "--eval", senderCode], {
    cwd: projectRoot,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      SENDER: JSON.stringify({
        facts: house.ownerFacts,
        port: smtp.port,
        now: house.clock.now().toISOString(),
        scope: house.scope("direction"),
        url: "http://localhost:4700",
      }),
    },
  });
  const gone = new Promise((resolve) => child?.once("exit", resolve));
  for (let turn = 0; ; turn += 1) {
    assert.ok(turn < 1000 && child.exitCode === null, "the child came to wait");
    await wait(20);
    await house.owner.query("SELECT pg_stat_clear_snapshot()");
    const { rows } = await house.owner.query<{ n: number }>(
      "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if ((rows[0]?.n ?? 0) > 0) break;
  }
  child.kill("SIGKILL");
  await gone;
  await house.owner.query("COMMIT");
  smtp.onText = async () => {};
  assert.equal(takenOf(id).length, 1, "the server has it");
  // The server rolls the dead child's work back on its own time.
  await wait(200);
  assert.equal(await stateOf(id), "sending");
  await send();
  assert.equal(await stateOf(id), "sending", "its lease has not run out: another copy may still be at it");
  later(6);
  assert.equal((await send()).doubtful, 1);
  assert.equal(await stateOf(id), "doubtful");
  for (let turn = 0; turn < 3; turn += 1) {
    later(600);
    await send();
  }
  assert.equal(await stateOf(id), "doubtful");
  assert.equal(takenOf(id).length, 1, "never twice");
});

/** A copy of the program that sends, in a process of its own. */
const senderCode = `
  const { facts, port, now, scope, url } = JSON.parse(process.env.SENDER);
  const { openDatabase } = await import("./src/core/db/database.ts");
  const { makeMailer } = await import("./src/core/mail/mailer.ts");
  const { makeIds } = await import("./src/core/ids.ts");
  const { sendDue } = await import("./src/rooms/foundations/messages/sending.ts");
  const database = openDatabase({ ...facts, max: 2 }, { role: "traboule_web" });
  const clock = { now: () => new Date(now) };
  const mail = makeMailer({ smtpUrl: "smtp://127.0.0.1:" + port, mailFrom: "maison@exemple.test", dataFolder: "." });
  await sendDue({ database, clock, ids: makeIds(clock), mail, config: { publicUrl: url } }, scope, now.slice(0, 10));
  process.exit(0);
`;

test("a line cut after the text was given is doubtful; a server that says later is asked later; one that says never is told", async () => {
  smtp.manner = "cut";
  const cut = await queue("cut");
  await send();
  assert.equal(await stateOf(cut), "doubtful");
  later(600);
  smtp.manner = "take";
  await send();
  assert.equal(takenOf(cut).length, 1, "the server had it, and has it once");

  smtp.manner = "never";
  const refused = await queue("refused");
  assert.equal((await send()).refused, 1);
  assert.equal(await stateOf(refused), "failed");

  smtp.manner = "later";
  const grey = await queue("grey");
  assert.equal((await send()).delayed, 1);
  smtp.manner = "take";
  assert.equal((await send()).sent, 0, "not before its time");
  later(1);
  assert.equal((await send()).sent, 1);
  assert.equal(await stateOf(grey), "sent");
  const { rows } = await house.owner.query(
    "SELECT number, outcome FROM messages.attempts WHERE message_id = $1 ORDER BY number",
    [grey],
  );
  assert.deepEqual(rows, [
    { number: 1, outcome: "delayed" },
    { number: 2, outcome: "sent" },
  ]);
});

test("a mail server that is down for days delays and loses nothing; what would come too late does not leave", async () => {
  const down = withMail(house.services, 1);
  const ids = await Promise.all(["d1", "d2", "d3"].map((key) => queue(key)));
  const reminder = await queue("late", { uselessAt: new Date(house.clock.now().getTime() + 3_600_000) });
  for (let turn = 0; turn < 15; turn += 1) {
    const counts = await send(down);
    assert.ok(counts.delayed !== undefined && counts.delayed <= 1, "a server that is down is asked once a turn");
    later(240);
  }
  for (const id of ids) assert.equal(await stateOf(id), "waiting");
  assert.equal(await stateOf(reminder), "expired");
  later(360);
  assert.equal((await send()).sent, 3);
  for (const id of ids) assert.equal(takenOf(id).length, 1);
  assert.equal(takenOf(reminder).length, 0);
});

test("two copies at once send each message once", async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, (_, at) => queue(`both-${at}`)));
  const counts = await Promise.all([send(), send(), send()]);
  assert.equal(
    counts.reduce((sum, one) => sum + (one.sent ?? 0), 0),
    6,
  );
  for (const id of ids) assert.equal(takenOf(id).length, 1);
});

test("paused, or in quiet hours, messages wait; quiet hours hold for people and not for partners", async () => {
  house.clock.set("2021-02-01T10:00:00+01:00");
  await house.run("direction", (tx) => pause(tx, "referral", "fermeture"));
  const paused = await queue("paused");
  const other = await queue("not-paused", { purpose: "survey" });
  await send();
  assert.deepEqual([await stateOf(paused), await stateOf(other)], ["waiting", "sent"]);
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM messages.pauses WHERE ended_at IS NULL");
  await house.run("direction", (tx) => resume(tx, rows[0]?.id ?? ""));
  await send();
  assert.equal(await stateOf(paused), "sent");
  for (const [instant, leaves] of [
    ["2021-02-01T19:59:00+01:00", true],
    ["2021-02-01T20:00:00+01:00", false],
    ["2021-02-02T07:59:00+01:00", false],
    ["2021-02-02T08:00:00+01:00", true],
    ["2021-02-07T12:00:00+01:00", false],
  ] as const) {
    house.clock.set(instant);
    const personal = await queue(`quiet-${instant}`, { personal: true });
    const partner = await queue(`loud-${instant}`);
    await send();
    assert.equal(await stateOf(personal), leaves ? "sent" : "waiting", instant);
    assert.equal(await stateOf(partner), "sent", instant);
  }
});

test("the link is in the letter alone: its hash is kept, it opens its record once, and not after its days", async () => {
  house.clock.set("2021-03-01T10:00:00+01:00");
  const record = house.deps.ids.uuid();
  const body = "Votre avis : {lien}\n";
  const id = await queue("link", { body, link: { kind: "enquete", record, days: 30 } });
  await send();
  const token = /http:\/\/127\.0\.0\.1:4700\/enquete\/([\w-]{22})/.exec(
    takenOf(id)[0]?.text.replace(/=\r?\n/g, "") ?? "",
  )?.[1];
  assert.ok(token, takenOf(id)[0]?.text);
  const kept = await house.owner.query(
    "SELECT to_jsonb(l)::text || to_jsonb(m)::text AS text FROM messages.links l, messages.messages m WHERE m.id = $1",
    [id],
  );
  assert.ok(!JSON.stringify(kept.rows).includes(token), "the token is nowhere in the house");
  const open = (kind: string) => byLink(house.deps, kind, token, async (tx, found) => [tx.scope.house, found]);
  assert.deepEqual(await open("enquete"), [house.houseId, record]);
  assert.equal(await open("orientation"), null, "it opens what it is for");
  house.clock.set("2021-03-31T11:00:01+02:00");
  assert.equal(await open("enquete"), null);
  house.clock.set("2021-03-15T10:00:00+01:00");
  const spends = await Promise.all(
    [0, 1, 2].map(() => byLink(house.deps, "enquete", token, (tx) => spendLink(tx, token))),
  );
  assert.deepEqual(spends.filter((one) => one === true).length, 1);
  assert.equal(await open("enquete"), null);
});

test("a text is kept as long as the rule says, and that it was sent for longer", async () => {
  const id = await queue("old");
  await send();
  house.clock.set("2022-03-14T04:00:00+01:00");
  await house.run("direction", forgetMessages);
  const read = async () =>
    (await house.owner.query("SELECT body, recipient, state FROM messages.messages WHERE id = $1", [id])).rows[0];
  assert.equal((await read())?.body, "Bonjour.\n");
  house.clock.set("2022-03-17T04:00:00+01:00");
  await house.run("direction", forgetMessages);
  assert.deepEqual(await read(), { body: "", recipient: null, state: "sent" });
});
