// Surveys: who is asked, once; answered by a link, once; and what the database can tell of who answered what: nothing.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { messagesRoom } from "../../messages/room.tsx";
import { sendDue } from "../../messages/sending.ts";
import { createPerson } from "../../people/door.ts";
import { makeProgrammesRoom } from "../../programmes/room.tsx";
import { agendaRoom } from "../room.tsx";
import { inviteDue } from "./inviting.ts";
import { shareWords } from "./rules.ts";

const publicUrl = "http://127.0.0.1:4700";
const criteria = ["Qualité de l'accueil", "Durée du conseil", "Facilité d'accès"];
let house: TestHouse;
let server: Server;
let manager: Visitor;
let programme: string;
let survey: string;

before(async () => {
  const rooms = [messagesRoom, makeProgrammesRoom(() => []), agendaRoom];
  house = await testHouse(wholeFile, { rooms });
  server = makeServer({
    rooms,
    services: { ...house.services, config: { ...house.services.config, publicUrl } },
    chrome: plainChrome,
  });
  manager = makeVisitor(server, publicUrl, (await house.signIn("direction")).cookie);
  programme = house.deps.ids.uuid();
  await house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, created_at) VALUES ($1, $2, 'gpp', 'Guidance', now())",
    [house.houseId, programme],
  );
  survey = house.deps.ids.uuid();
  const made = await manager.post("/enquetes/nouvelle", { key: survey, dispositif: programme, ...wish(), fin: "" });
  assert.equal(made.status, 303, made.text);
});

const wish = (questions = criteria) => ({
  titre: "Enquête GPP",
  questions: questions.join("\n"),
  echelle: "satisfaction",
  envoi: "interview",
  delai: "28",
  courriel: "1",
  sms: "1",
  ouverte: "30",
});

/** Somebody whose interviews were held, or not, on these days. */
async function met(
  reach: { email?: string; phone?: string },
  days: readonly [day: string, status: string][],
): Promise<string> {
  const id = house.deps.ids.uuid();
  await house.run("direction", (tx) =>
    createPerson(
      tx,
      {
        sex: "F",
        familyName: `Essai-${id.slice(-6)}`,
        givenName: "Camille",
        birthName: null,
        birthDate: null,
        phone: reach.phone ?? null,
        email: reach.email ?? null,
        address: null,
        postalCode: null,
        communeName: null,
        siteId: null,
      },
      id,
    ),
  );
  for (const [day, status] of days)
    await house.owner.query(
      "INSERT INTO agenda.interviews (house_id, id, programme_id, person_id, site_id, starts_on, mode, status, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, 'in_person', $7, now())",
      [house.houseId, house.deps.ids.uuid(), programme, id, house.sites.gerland, day, status],
    );
  return id;
}
const morning = async (day: string) => {
  house.clock.set(`${day}T09:05:00+01:00`);
  manager = makeVisitor(server, publicUrl, (await house.signIn("direction")).cookie);
  return house.run("direction", inviteDue);
};
const send = () =>
  sendDue(
    { ...house.services, config: { ...house.services.config, publicUrl } },
    house.scope("direction"),
    house.clock.now().toISOString().slice(0, 10),
  );
const linkFor = (email: string): string =>
  /http:\/\/127\.0\.0\.1:4700(\/enquete\/[\w-]{22})/.exec(
    house.letters.find((letter) => letter.to === email)?.text ?? "",
  )?.[1] ?? "none";

/** Answers as a browser sends them: the first, second … of the scale to each question of the page. */
async function answers(path: string, choice: string): Promise<Record<string, string>> {
  const { text } = await makeVisitor(server, publicUrl).get(path);
  const names = new Set([...text.matchAll(/name="(q-[0-9a-f-]{36})"/g)].map(([, name = ""]) => name));
  return Object.fromEntries([...names].map((name) => [name, choice]));
}
const sheets = async (): Promise<number> =>
  (await house.owner.query<{ n: number }>("SELECT count(*) AS n FROM agenda.survey_sheets WHERE channel = 'link'"))
    .rows[0]?.n ?? -1;

test("four weeks after the first interview held, by mail or else by SMS, once; not who said no, nor who cannot be reached", async () => {
  house.clock.set("2020-12-01T09:05:00+01:00");
  const first = await met({ email: "une@exemple.test", phone: "+33612345678" }, [
    ["2020-12-05", "no_show"],
    ["2020-12-07", "held"],
    ["2020-12-20", "held"],
  ]);
  await met({ phone: "+33612345679" }, [["2020-12-07", "held"]]);
  await met({ phone: "+33472000000" }, [["2020-12-07", "held"]]);
  const no = await met({ email: "non@exemple.test" }, [["2020-12-07", "held"]]);
  await house.owner.query(
    "INSERT INTO people.consents (house_id, id, person_id, purpose, answer, on_day, recorded_at) VALUES ($1, $2, $3, 'contact', 'refused', '2020-12-08', now())",
    [house.houseId, house.deps.ids.uuid(), no],
  );
  assert.deepEqual(await morning("2021-01-03"), { invited: 0, unreachable: 0 });
  assert.deepEqual(await morning("2021-01-04"), { invited: 2, unreachable: 1 });
  assert.deepEqual(
    await morning("2021-01-05"),
    { invited: 0, unreachable: 1 },
    "once, and the second interview asks nothing more",
  );
  assert.deepEqual(await morning("2021-01-18"), { invited: 0, unreachable: 0 });
  house.clock.set("2021-01-05T09:05:00+01:00");
  await send();
  const { rows } = await house.owner.query("SELECT channel, state, via, parts FROM messages.messages ORDER BY channel");
  assert.deepEqual(rows, [
    { channel: "mail", state: "sent", via: "outbox", parts: null },
    { channel: "sms", state: "sent", via: "outbox", parts: 1 },
  ]);
  assert.match(house.letters.at(-1)?.text ?? "", /Personne ne saura que c’est vous/);
  assert.ok(first);
});

test("answered by the link, once; nothing in the database leads from the answers to who was asked, nor to the moment", async () => {
  const path = linkFor("une@exemple.test");
  const visitor = makeVisitor(server, publicUrl);
  const page = await visitor.get(path);
  assert.equal(page.status, 200);
  assert.match(page.text, /Qualité de l’accueil/);
  assert.equal((await visitor.post(path, { "q-1": "very" })).status, 422, "an empty sheet spends nothing");
  const form = await answers(path, "very");
  assert.equal(Object.keys(form).length, 3);
  // Sent three times at once.
  const got = await Promise.all([1, 2, 3].map(() => makeVisitor(server, publicUrl).post(path, form)));
  assert.deepEqual(got.map((one) => one.status).sort(), [303, 404, 404]);
  assert.equal(await sheets(), 1);
  assert.equal((await visitor.get(path)).status, 404);
  assert.equal((await visitor.post(path, form)).status, 404);

  const { rows: columns } = await house.owner.query<{ name: string; columns: string }>(
    "SELECT table_name AS name, string_agg(column_name, ', ' ORDER BY ordinal_position) AS columns FROM information_schema.columns WHERE table_schema = 'agenda' AND table_name IN ('survey_sheets', 'survey_answers') GROUP BY 1 ORDER BY 1",
  );
  assert.deepEqual(columns, [
    {
      name: "survey_answers",
      columns: "house_id, id, question_id, sheet_id, answered_on, answer, external_id, version",
    },
    { name: "survey_sheets", columns: "house_id, id, survey_id, month, channel" },
  ]);
  // No row beside the answers was written by their transaction: PostgreSQL itself does not tell which invitation it was.
  const { rows: tables } = await house.owner.query<{ name: string }>(
    "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name NOT IN ('survey_sheets', 'survey_answers')",
  );
  assert.ok(tables.length > 30);
  for (const { name } of tables) {
    const { rows } = await house.owner.query(
      `SELECT 1 FROM ${name} WHERE xmin IN (SELECT xmin FROM agenda.survey_sheets)`,
    );
    assert.equal(rows.length, 0, `${name} was written together with the answers`);
  }
  const { rows: kept } = await house.owner.query<{ id: string; month: string; text: string }>(
    "SELECT id, month, f::text AS text FROM agenda.survey_sheets f",
  );
  assert.equal(kept[0]?.month, "2021-01-01");
  assert.equal(kept[0]?.id[14], "4", "a random identifier, not one that bears the moment");
  const { rows: told } = await house.owner.query(
    "SELECT 1 FROM core.journal WHERE at >= '2021-01-05' AND account_id IS NULL AND act LIKE 'survey%'",
  );
  assert.equal(told.length, 0);
});

test("a share stands beside its base, and a share that the base cannot give cannot be said", async () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.nat(500), (base, part) => {
      const count = Math.min(part, base);
      const said = shareWords(count, base).replace(/[\u00a0\u202f]/g, " ");
      if (base === 0) return assert.equal(said, "aucune réponse");
      const found = /^(\d+) % \((\d+) sur (\d+)\)$/.exec(said);
      assert.ok(found, said);
      assert.deepEqual([Number(found[2]), Number(found[3])], [count, base]);
      assert.equal(Number(found[1]), Math.floor((200 * count + base) / (2 * base)), "rounded half up");
      const possible = new Set(Array.from({ length: base + 1 }, (_, k) => Math.floor((200 * k + base) / (2 * base))));
      assert.ok(possible.has(Number(found[1])));
      if (base === 33) assert.notEqual(found[1], "65");
    }),
  );
  assert.ok(!Array.from({ length: 34 }, (_, k) => shareWords(k, 33)).some((said) => said.startsWith("65\u00a0%")));
  // On the page, whatever was answered.
  for (const [at, choice] of ["very", "very", "fairly", "not", "little"].entries()) {
    await met({ email: `autre${at}@exemple.test` }, [["2020-12-08", "held"]]);
    await morning("2021-01-06");
    await send();
    const path = linkFor(`autre${at}@exemple.test`);
    const form = await answers(path, choice);
    if (at === 2) delete form[Object.keys(form)[0] ?? ""];
    assert.equal((await makeVisitor(server, publicUrl).post(path, form)).status, 303);
  }
  const page = (await manager.get(`/enquetes/${survey}?de=01/01/2021&a=31/12/2021`)).text.replace(
    /[\u00a0\u202f]/g,
    " ",
  );
  const shares = [...page.matchAll(/(\d+) % \((\d+) sur (\d+)\)/g)].map(([, ...numbers]) => numbers.map(Number));
  assert.deepEqual(shares, [
    [60, 3, 5],
    [50, 3, 6],
    [50, 3, 6],
  ]);
  assert.equal(
    (page.match(/\d+ %/g) ?? []).length,
    shares.length + 1,
    "no share without its base but the return rate, which has its own",
  );
  assert.match(page, /Retour : 6 réponses sur 7 invitations envoyées : 86 %/);
  const csv = await manager.get(`/enquetes/${survey}/export.csv?de=01/01/2021&a=31/12/2021`);
  assert.equal(csv.text.trimEnd().split("\r\n").length, 17 + 1);
  assert.match(page, /17 réponses à un critère/);
});

test("a sheet of paper is typed once, counts in its month, and no longer when it is taken back", async () => {
  const { text } = await manager.get(`/enquetes/${survey}/saisie`);
  const names = [...new Set([...text.matchAll(/name="(q-[0-9a-f-]{36})"/g)].map(([, name = ""]) => name))];
  const form = { key: house.deps.ids.uuid(), jour: "15/12/2020", [names[0] ?? ""]: "very" };
  for (let turn = 0; turn < 2; turn += 1)
    assert.equal((await manager.post(`/enquetes/${survey}/saisie`, form)).status, 303);
  const december = async () =>
    (await manager.get(`/enquetes/${survey}?de=01/12/2020&a=31/12/2020`)).text.replace(/[\u00a0\u202f]/g, " ");
  assert.match(await december(), /100 % \(1 sur 1\)/);
  assert.match(await december(), /1 feuille de papier/);
  assert.equal((await manager.post(`/enquetes/${survey}/feuilles/${form.key}/retrait`)).status, 303);
  assert.doesNotMatch(await december(), /100 %/);
  assert.equal((await manager.post(`/enquetes/${survey}/feuilles/${form.key}/retour`)).status, 303);
  assert.match(await december(), /100 % \(1 sur 1\)/);
  const wrong = await manager.post(`/enquetes/${survey}/saisie`, {
    ...form,
    key: house.deps.ids.uuid(),
    jour: "15/12/2030",
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /15\/12\/2030/);
});

test("a question that is left out keeps its answers; two who change a survey: the second sees it; ended, its links close", async () => {
  await met({ email: "tard@exemple.test" }, [["2020-12-09", "held"]]);
  await morning("2021-01-07");
  await send();
  const path = linkFor("tard@exemple.test");
  const change = (version: string, more: Record<string, string> = {}) =>
    manager.post(`/enquetes/${survey}/modifier`, { version, ...wish(criteria.slice(0, 2)), fin: "", ...more });
  assert.equal((await change("1")).status, 303);
  const stale = await change("1", { titre: "Autre" });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /value="Autre"/);
  const page = await makeVisitor(server, publicUrl).get(path);
  assert.doesNotMatch(page.text, /Facilité d’accès/);
  assert.match((await manager.get(`/enquetes/${survey}?de=01/01/2021&a=31/12/2021`)).text, /Facilité d’accès/);
  assert.equal((await change("2", { fin: "06/01/2021" })).status, 303);
  assert.equal((await makeVisitor(server, publicUrl).get(path)).status, 404);
  await met({ email: "apres@exemple.test" }, [["2020-12-10", "held"]]);
  assert.deepEqual(await morning("2021-01-08"), { invited: 0, unreachable: 0 });
  const other = await house.anotherHouse("ailleurs");
  const foreign = makeVisitor(server, publicUrl, (await house.signIn("direction", { house: other.houseId })).cookie);
  assert.equal((await foreign.get(`/enquetes/${survey}`)).status, 404);
});
