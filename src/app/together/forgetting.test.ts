// What the house holds on a person, given whole; what it forgets, forgotten everywhere; and figures that do not move.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inTransaction, type Tx } from "../../core/db/transaction.ts";
import { askFigures } from "../../core/figures/ask.ts";
import { runImport, type Tally } from "../../core/importing/engine.ts";
import type { ImportRow } from "../../core/importing/kind.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { makeVisitor } from "../../core/testing/visitor.ts";
import { addDays } from "../../core/time.ts";
import { recordVisit } from "../../rooms/foundations/agenda/door.ts";
import { mergePersons } from "../../rooms/foundations/people/merge/writes.ts";
import { dossierOf } from "../../rooms/foundations/people/privacy/dossier.tsx";
import { findPersons, personById } from "../../rooms/foundations/people/reads.ts";
import { countDue, dueList, ruleOn } from "../../rooms/foundations/people/retention/reads.ts";
import { anonymise, runRetention } from "../../rooms/foundations/people/retention/writes.ts";
import { recordSituation, withdrawSituation } from "../../rooms/foundations/people/sheet/writes.ts";
import type { PeopleTables } from "../../rooms/foundations/people/tables.ts";
import { makeApplication } from "../application.ts";
import { importKinds, journalWords, personLinks, registry, rooms } from "../rooms.ts";

type Run = <R>(work: (tx: Tx) => Promise<R>) => Promise<R>;
const runIn =
  (house: TestHouse): Run =>
  (work) =>
    house.run("direction", work);

/** Imports rows of a kind, as a file of it would be. */
async function bring(run: Run, kind: string, rows: readonly Record<string, string>[]): Promise<Tally> {
  const found = importKinds.find((one) => one.kind === kind);
  assert.ok(found);
  async function* batches(): AsyncGenerator<ImportRow[]> {
    yield rows.map((cells, at) => ({ line: at + 2, cells, raw: Object.values(cells) }));
  }
  return run((tx) => runImport(tx, found, batches(), { id: tx.ids.uuid(), fileName: `${kind}.csv`, sha256: kind }));
}

const visitOn = (house: TestHouse, day: string, person: string) => ({
  id: house.deps.ids.uuid(),
  personId: person,
  siteId: house.sites.gerland,
  occurredOn: day,
  occurredAt: "09:00",
  reasonId: null,
  orientationId: null,
  mode: "in_person" as const,
  groupId: null,
  unnamedSex: null,
});

/** Every figure of the house by every dimension and every pair with the month, over all years. What is sensitive is told apart. */
async function allFigures(run: Run): Promise<{ plain: string[]; sensitive: string[] }> {
  return run(async (tx) => {
    const told = { plain: [] as string[], sensitive: [] as string[] };
    for (const figure of registry.figures) {
      const { dimensions } = registry.source(figure);
      const monthly = figure.by.includes("mois");
      const by = figure.by.flatMap((key) => (key === "mois" || !monthly ? [[key]] : [[key], [key, "mois"]]));
      const table = await askFigures(tx, registry, {
        codes: [figure.code],
        period: { from: "2015-01-01", to: "2030-12-31" },
        by: [[], ...by],
      });
      for (const cell of table.cells) {
        const secret =
          figure.right ?? cell.by.some((key) => dimensions.find((dimension) => dimension.key === key)?.right);
        told[secret ? "sensitive" : "plain"].push(`${cell.code}[${cell.by}=${cell.values}] ${cell.value}`);
      }
    }
    told.plain.sort();
    return told;
  });
}

test("every table that refers to a person is told to those who merge, give and erase, or says why not", async (t) => {
  const house = await testHouse(t, { rooms });
  const { rows } = await house.owner.query<{ name: string; columns: string[] }>(`
    SELECT n.nspname || '.' || c.relname AS name, array(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY x(number, at) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.number ORDER BY x.at) AS columns
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.confrelid = 'people.persons'::regclass`);
  const elsewhere: Record<string, string> = {
    "people.persons.merged_into": "the files merged into one are given and erased with it (withAbsorbed)",
    "people.twins.first_id": "a likeness, worked out of the two files and erased with either",
    "people.twins.second_id": "the same",
    "people.merges.kept_id": "given as the values before a merge, emptied by an erasure",
    "people.merges.absorbed_id": "the same",
  };
  const linked = new Set(personLinks.map((link) => `${link.table}.${link.column}`));
  const referring = rows.map(
    ({ name, columns }) => `${name}.${columns.filter((column) => column !== "house_id").join("+")}`,
  );
  assert.ok(referring.length >= 8, "the catalogue was read");
  for (const column of referring)
    assert.ok(linked.has(column) || elsewhere[column], `${column} hangs on a person and nobody says so`);
  // And a column that holds a person without a foreign key would escape that walk.
  const { rows: bare } = await house.owner.query<{ column: string }>(`
    SELECT format('%s.%s.%s', table_schema, table_name, column_name) AS column FROM information_schema.columns
     WHERE column_name ~ 'person' AND data_type = 'uuid' AND table_schema NOT IN ('pg_catalog', 'information_schema')`);
  for (const { column } of bare) assert.ok(linked.has(column), `${column} looks like a person`);
});

/** A person with something of everything, under marks that nothing else in the house bears. */
async function markedPerson(house: TestHouse, run: Run): Promise<{ id: string; marks: string[]; secrets: string[] }> {
  const file = {
    id: "ANCIEN-777",
    sexe: "F",
    nom: "Quillevéré",
    prenom: "Ysoline",
    date_naissance: "17/03/1961",
    adresse: "7 quai des Marques",
    code_postal: "69007",
    commune: "Lyon",
    telephone: "06 77 77 77 77",
    courriel: "ysoline@marques.test",
    antenne: "gerland",
    rqth: "oui",
    situation: "demandeur d'emploi",
    inscrit_depuis: "05/05/2019",
    cree_le: "02/01/2020",
  };
  await bring(run, "personnes", [file]);
  await bring(run, "personnes", [{ ...file, telephone: "06 88 88 88 88" }]);
  await bring(run, "visites", [
    { id: "VIEUX-1", date: "03/02/2020", antenne: "gerland", personne: "ANCIEN-777", motif: "Motif marqué" },
  ]);
  const [found] = await run((tx) => findPersons(tx, "ANCIEN-777"));
  assert.ok(found);
  const { id } = found;
  const twin = house.deps.ids.uuid();
  await run(async (tx) => {
    const db = tx.on<PeopleTables>();
    const at = { house_id: tx.scope.house, person_id: id, recorded_by: null };
    await recordSituation(tx, id, { kind: "diploma", value: "8", fromDay: "2020-02-02", sinceDay: null });
    await withdrawSituation(tx, id, "diploma", "2020-02-02", "diplôme de sa sœur Bertille");
    await db
      .insertInto("people.consents")
      .values({
        ...at,
        id: tx.ids.uuid(),
        purpose: "image",
        answer: "refused",
        on_day: "2020-02-03",
        recorded_at: tx.clock.now(),
      })
      .execute();
    await db
      .insertInto("people.requests")
      .values({
        ...at,
        id: tx.ids.uuid(),
        kind: "access",
        received_on: "2020-02-04",
        due_on: "2020-03-04",
        answered_on: "2020-02-05",
        answer: "remis en main propre à Ysoline",
      })
      .execute();
    await db
      .insertInto("people.persons")
      .values({
        house_id: tx.scope.house,
        id: twin,
        code: "ACDEFGH",
        sex: "F",
        family_name: "Quilvéré",
        birth_name: null,
        given_name: "Ysolde",
        birth_date: "1961-03-18",
        phone: "+33699999991",
        email: "ysolde@marques.test",
        address: "8 quai des Marques",
        postal_code: "69007",
        commune_name: "Lyon",
        commune_code: "69387",
        site_id: null,
        created_on: "2020-01-01",
        created_at: tx.clock.now(),
        created_by: null,
        last_contact_on: "2020-01-01",
        archived_at: null,
        anonymised_at: null,
        merged_into: null,
      })
      .execute();
    await recordVisit(tx, visitOn(house, "2020-11-30", twin));
    const kept = await personById(tx, id);
    const merged = await mergePersons(tx, personLinks, {
      kept: id,
      absorbed: twin,
      key: tx.ids.uuid(),
      fromAbsorbed: ["given_name"],
      versions: { kept: kept?.version ?? 0, absorbed: 1 },
    });
    assert.ok(merged?.ok);
  });
  const code = found.code;
  return {
    id,
    marks: [
      "Quillevéré",
      "Ysoline",
      "Ysolde",
      "Quilvéré",
      "1961-03-17",
      "7 quai des Marques",
      "+33688888888",
      "+33677777777",
      "ysoline@marques.test",
      "ysolde@marques.test",
      "ANCIEN-777",
      code,
      "Motif marqué",
      "2020-11-30",
      "RQTH",
      "2019-05-05",
      "niveau 8",
      "diplôme de sa sœur Bertille",
      "Photo et témoignage",
      "remis en main propre",
    ],
    secrets: [
      "quillev",
      "quilv",
      "ysol",
      "1961-03-1",
      "quai des marques",
      "88888888",
      "77777777",
      "99999991",
      "marques.test",
      "ancien-777",
      code.toLowerCase(),
      "bertille",
    ],
  };
}

/** Rows of the whole database, as text, that hold one of the texts. */
async function rowsThatSay(house: TestHouse, texts: readonly string[]): Promise<string[]> {
  const { rows: tables } = await house.owner.query<{ name: string }>(
    "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await house.owner.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    for (const { row } of rows)
      if (texts.some((text) => row.toLowerCase().includes(text))) found.push(`${name} ${row}`);
  }
  return found;
}

test("the file given to a person holds everything that the house holds on them", async (t) => {
  const house = await testHouse(t, { rooms });
  const run = runIn(house);
  const { id, marks } = await markedPerson(house, run);
  await house.owner.query(
    "INSERT INTO core.journal (house_id, id, at, act, subject_kind, subject_id) VALUES ($1, $2, now(), 'person.opened', 'person', $3)",
    [house.houseId, house.deps.ids.uuid(), id],
  );
  const text = await run(async (tx) => {
    const person = await personById(tx, id);
    assert.ok(person);
    return dossierOf(tx, personLinks, journalWords, person);
  });
  for (const mark of [...marks, "a ouvert la fiche"]) assert.ok(text.includes(mark), mark);
});

test("an erased person is nowhere in the database any more, and the old files do not bring them back", async (t) => {
  const house = await testHouse(t, { rooms });
  const run = runIn(house);
  const { id, secrets } = await markedPerson(house, run);
  const server = makeApplication({
    ...house.services,
    config: { ...house.services.config, publicUrl: "http://localhost:4700" },
  });
  const { cookie } = await house.signIn("direction");
  const visitor = makeVisitor(server, "http://localhost:4700", cookie);
  const before = await allFigures(run);
  assert.ok((await rowsThatSay(house, secrets)).length > 5, "the marks are there before");

  const page = await visitor.get(`/personnes/${id}/donnees`);
  for (const sentence of [
    /ne peut pas être annulé/,
    /Les sauvegardes faites avant/,
    /Le journal garde ses lignes/,
    /2 visites/,
  ])
    assert.match(page.text.replaceAll("\u00a0", " "), sentence);
  const { rows } = await house.owner.query<{ code: string }>("SELECT code FROM people.persons WHERE id = $1", [id]);
  const code = rows[0]?.code ?? "";
  const wrong = await visitor.post(`/personnes/${id}/effacement`, { reason: "à sa demande", confirmation: "AAAAAAA" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="à sa demande"/, "what was typed is kept");
  assert.ok((await rowsThatSay(house, ["quillev"])).length > 0, "nothing is erased by a wrong code");
  const done = await visitor.post(`/personnes/${id}/effacement`, {
    reason: "à sa demande",
    confirmation: code.toLowerCase(),
  });
  assert.equal(done.status, 303, done.text);

  const left = await rowsThatSay(house, secrets);
  // The old tool's number alone stays where imports remember what they read, tied to nobody: without it the old file would bring the person back.
  assert.deepEqual(
    left.filter((row) => !/^core\.import_changes .*ANCIEN-777/.test(row)),
    [],
  );
  assert.equal((await house.owner.query("SELECT 1 FROM core.import_changes WHERE record_id = $1", [id])).rowCount, 0);
  assert.deepEqual((await allFigures(run)).plain, before.plain);
  assert.equal((await visitor.get(`/personnes/${id}`)).status, 200, "the bare file answers, without a name");
  assert.equal((await visitor.get(`/personnes/${id}/modifier`)).status, 404);
  assert.equal((await visitor.get(`/api/v1/persons/${id}`)).status, 404);
  assert.deepEqual(await run((tx) => findPersons(tx, "Quillevéré")), []);
  assert.deepEqual(await run((tx) => findPersons(tx, "anonyme")), []);
  assert.deepEqual(await run((tx) => findPersons(tx, code)), []);

  const again = await bring(run, "personnes", [
    {
      id: "ANCIEN-777",
      nom: "Quillevéré",
      prenom: "Ysoline",
      date_naissance: "17/03/1961",
      antenne: "gerland",
      cree_le: "02/01/2020",
    },
  ]);
  assert.deepEqual([again.counts.created, again.counts.changed, again.counts.doubtful], [0, 0, 1]);
  assert.match(again.sentences[0]?.sentence ?? "", /rien n’est recréé/);
  await bring(run, "visites", [
    { id: "VIEUX-1", date: "03/02/2020", antenne: "gerland", personne: "ANCIEN-777", motif: "Motif marqué" },
  ]);
  assert.deepEqual((await allFigures(run)).plain, before.plain);
  assert.deepEqual(await rowsThatSay(house, ["quillev", "ysol"]), []);
});

test("archived two years after the last contact, anonymous a year later, shown before, once; figures do not move", async (t) => {
  const house = await testHouse(t, { rooms });
  const run = runIn(house);
  house.clock.set("2020-12-31T12:00:00+01:00");
  const people: Record<string, string>[] = [];
  const visits: Record<string, string>[] = [];
  const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;
  for (let at = 0; at < 60; at++) {
    people.push({
      id: `P${at}`,
      sexe: pick(["F", "M", ""], at),
      nom: `Personne${at}`,
      prenom: pick(["Rosa", "Gaël"], at),
      date_naissance:
        at % 7 === 0 ? "" : `${pick(["01", "15", "28"], at)}/${pick(["02", "06", "11"], at)}/${1940 + at}`,
      antenne: pick(["gerland", "mermoz"], at),
      code_postal: "69007",
      commune: "Lyon",
      qpv: pick(["oui", "non", "qva", ""], at),
      situation: pick(["demandeur d'emploi", "salarié", "étudiant", ""], at),
      rsa: pick(["oui", "non"], at),
      rqth: "non",
      cree_le: `01/01/${pick([2018, 2019, 2020], at)}`,
    });
    for (let nth = 0; nth <= at % 4; nth++)
      visits.push({
        id: `V${at}-${nth}`,
        date: addDays(`${pick([2018, 2019, 2020], at)}-03-01`, (at * 37 + nth * 61) % 300)
          .split("-")
          .reverse()
          .join("/"),
        antenne: pick(["gerland", "mermoz"], at + nth),
        personne: `P${at}`,
        motif: pick(["Emploi", "Logement"], nth),
      });
  }
  await bring(run, "personnes", people);
  await bring(run, "visites", visits);
  const before = await allFigures(run);
  assert.ok(before.plain.length > 150);

  const go = async (day: string) => {
    house.clock.set(`${day}T02:30:00+01:00`);
    const shown = await run(async (tx) => {
      const rule = await ruleOn(tx, tx.today);
      assert.ok(rule);
      return {
        archived: await countDue(tx, rule, tx.today, "archive"),
        anonymised: await countDue(tx, rule, tx.today, "anonymise"),
        listed: (await dueList(tx, rule, tx.today, "anonymise").execute(tx.on())).rows.length,
      };
    });
    assert.equal(shown.listed, shown.anonymised);
    const done = await run((tx) => runRetention(tx, personLinks));
    assert.deepEqual(
      done,
      { archived: shown.archived, anonymised: shown.anonymised },
      `${day}: the page said what the run does`,
    );
    assert.deepEqual(await run((tx) => runRetention(tx, personLinks)), { archived: 0, anonymised: 0 }, "twice is once");
    return done;
  };
  // Old records read in a new tool are archived at once and made anonymous only after the notice.
  const first = await go("2021-12-31");
  assert.ok(first.archived > 0 && first.anonymised === 0, JSON.stringify(first));
  const { rows: due } = await house.owner.query<{ count: number }>(
    "SELECT count(*) AS count FROM people.persons WHERE coalesce(last_contact_on, created_on) <= date '2022-01-29' - interval '36 months'",
  );
  assert.equal((await go("2022-01-29")).anonymised, 0, "29 days of notice are not 30");
  const second = await go("2022-01-30");
  assert.ok(second.anonymised >= (due[0]?.count ?? 0) && second.anonymised > 0, JSON.stringify(second));
  assert.deepEqual((await allFigures(run)).plain, before.plain);

  // A visit opens an archived file again, and its time starts anew.
  house.clock.set("2022-02-01T10:00:00+01:00");
  const { rows: archived } = await house.owner.query<{ id: string }>(
    "SELECT id FROM people.persons WHERE archived_at IS NOT NULL AND anonymised_at IS NULL ORDER BY id LIMIT 1",
  );
  const back = archived[0]?.id ?? "";
  await run((tx) => recordVisit(tx, visitOn(house, "2022-02-01", back)));
  assert.equal((await run((tx) => personById(tx, back)))?.archived_at, null);
  const withVisit = await allFigures(run);

  await go("2023-06-01");
  await go("2023-12-31");
  const { rows: named } = await house.owner.query<{ id: string }>(
    "SELECT id FROM people.persons WHERE anonymised_at IS NULL",
  );
  assert.deepEqual(named, [{ id: back }], "all but the one who came back");
  assert.deepEqual((await allFigures(run)).plain, withVisit.plain, "every figure by every dimension, to the unit");
  assert.deepEqual(
    await rowsThatSay(house, ["personne1", "personne2", "personne3", "rosa"]).then((rows) =>
      rows.filter((row) => !row.includes(back)),
    ),
    [],
  );
  await go("2024-03-01");
  await go("2025-02-01");
  assert.equal((await house.owner.query("SELECT 1 FROM people.persons WHERE anonymised_at IS NULL")).rowCount, 0);
});

test("the retention of one house touches no other, and the web role may do it", async (t) => {
  const house = await testHouse(t, { rooms });
  const other = await house.anotherHouse("ailleurs");
  for (const where of [house.houseId, other.houseId])
    await house.owner.query(
      `INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at, last_contact_on, archived_at)
       VALUES ($1, gen_random_uuid(), 'ACDEFGH', 'Quillevéré', 'Ysoline', '2010-01-01', now(), '2010-01-01', '2015-01-01')`,
      [where],
    );
  const run: Run = (work) => inTransaction(house.deps, house.scope("direction"), "2020-12-01", work);
  assert.deepEqual(await run((tx) => runRetention(tx, personLinks)), { archived: 0, anonymised: 1 });
  const { rows } = await house.owner.query(
    "SELECT 1 FROM people.persons WHERE family_name = 'Quillevéré' AND house_id = $1",
    [other.houseId],
  );
  assert.equal(rows.length, 1);
  await run((tx) => anonymise(tx, personLinks, []));
});
