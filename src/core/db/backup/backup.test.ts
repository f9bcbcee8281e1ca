// A backup is everything, put back exactly; a damaged one, or a database that holds something, is refused and nothing changes.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { testHouse } from "../../testing/house.ts";
import { testServer } from "../../testing/server.ts";
import { listMigrations, type Migration, migrate } from "../migrate.ts";
import { backupTo } from "./backup.ts";
import { BackupRefusal } from "./refusal.ts";
import { restoreFrom } from "./restore.ts";

async function emptied(owner: pg.Client): Promise<void> {
  await owner.query(`DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema' AND (schemaname, tablename) <> ('core', 'migrations')
    LOOP EXECUTE 'TRUNCATE ' || t || ' CASCADE'; END LOOP; END $$`);
}

test("puts back exactly what it took", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-backup-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const from = await testHouse(t);
  const to = await testHouse(t);
  await emptied(to.owner);
  await from.signIn("reception");
  await from.owner.query(
    `INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at, merged_into)
     SELECT $1, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'C' || i, E'Nom\\t\\\\ « ' || i, E'a\\nb', '2020-01-01', now(), CASE WHEN i > 1 THEN '00000000-0000-7000-8000-000000000001'::uuid END
       FROM generate_series(1, 20000) i`,
    [from.houseId],
  );
  const file = join(folder, "house.backup");
  const taken = await backupTo(from.ownerFacts, file);
  const put = await restoreFrom(to.ownerFacts, file);
  assert.deepEqual(put, taken);
  assert.ok(put.rows > 20_000);
  const digest = "SELECT md5(string_agg(p::text, '|' ORDER BY id)) AS digest, count(*) FROM people.persons p";
  assert.deepEqual((await to.owner.query(digest)).rows, (await from.owner.query(digest)).rows);
  const keys = "SELECT count(*)::int AS n FROM pg_constraint WHERE contype = 'f' AND convalidated";
  assert.deepEqual((await to.owner.query(keys)).rows, (await from.owner.query(keys)).rows, "foreign keys are back");
  await assert.rejects(restoreFrom(to.ownerFacts, file), /pas vide/);
});

test("refuses a file that is cut, changed or not a backup, and leaves the base empty", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-backup-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const from = await testHouse(t);
  const to = await testHouse(t);
  await emptied(to.owner);
  const file = join(folder, "good");
  await backupTo(from.ownerFacts, file);
  const good = readFileSync(file);
  const cases: [string, Buffer][] = [
    ["cut", good.subarray(0, good.length - 200)],
    ["changed", Buffer.from(good.map((byte, at) => (at === Math.floor(good.length / 2) ? byte ^ 0xff : byte)))],
    // Whole as gzip, and every row still fits: only the checksum can tell.
    [
      "rewritten",
      gzipSync(Buffer.from(gunzipSync(good).toString("latin1").replace("Maison demo", "Maison fake"), "latin1")),
    ],
    ["headless", gzipSync("null\n")],
    ["other", Buffer.from("nom;prenom\nA;B\n")],
    ["empty", Buffer.alloc(0)],
  ];
  for (const [name, bytes] of cases) {
    const bad = join(folder, name);
    writeFileSync(bad, bytes);
    await assert.rejects(restoreFrom(to.ownerFacts, bad), /abîmé|sauvegarde/, name);
    assert.equal((await to.owner.query("SELECT 1 FROM house.houses")).rowCount, 0, name);
  }
  await assert.rejects(restoreFrom(to.ownerFacts, join(folder, "absent")), /n’existe pas/);
});

test("sequences go on where they stood, triggers rest meanwhile and wake after", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-backup-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const from = await testHouse(t);
  const to = await testHouse(t);
  await emptied(to.owner);
  for (const { owner } of [from, to])
    await owner.query(`CREATE TABLE core.counted (n int GENERATED ALWAYS AS IDENTITY, word text);
      CREATE TABLE core.echo (word text);
      CREATE FUNCTION core.echoed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO core.echo VALUES (NEW.word); RETURN NULL; END $$;
      CREATE TRIGGER echoes AFTER INSERT ON core.counted FOR EACH ROW EXECUTE FUNCTION core.echoed()`);
  await from.owner.query("INSERT INTO core.counted (word) VALUES ('a'), ('b'), ('c')");
  await backupTo(from.ownerFacts, join(folder, "file"));
  await restoreFrom(to.ownerFacts, join(folder, "file"));
  assert.equal(
    (await to.owner.query("SELECT 1 FROM core.echo")).rowCount,
    3,
    "the echoes of the backup, and no second ones",
  );
  assert.deepEqual((await to.owner.query("INSERT INTO core.counted (word) VALUES ('d') RETURNING n")).rows, [{ n: 4 }]);
  assert.equal((await to.owner.query("SELECT 1 FROM core.echo")).rowCount, 4, "the trigger is awake again");
});

test("a backup of an older version opens in this one; one of a newer version does not", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-backup-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const old = await testHouse(t);
  const file = join(folder, "file");
  await backupTo(old.ownerFacts, file);
  // What the next version brings: a column that the old rows do not have.
  const here = listMigrations();
  const next: Migration[] = [
    ...here,
    {
      name: "209901010000_house__later",
      sql: "ALTER TABLE house.houses ADD COLUMN later text DEFAULT 'x'",
      checksum: "x",
    },
  ];
  const fresh = async (): Promise<pg.ClientConfig> => {
    const name = `traboule_test_${randomUUID().replaceAll("-", "")}`;
    await old.owner.query(`CREATE DATABASE ${name}`);
    t.after(async () => {
      const client = new pg.Client(await testServer());
      await client.connect();
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await client.end();
    });
    return { ...old.ownerFacts, database: name };
  };
  const later = await fresh();
  const put = await restoreFrom(later, file, next);
  const client = new pg.Client(later);
  await client.connect();
  const { rows } = await client.query("SELECT code, later FROM house.houses");
  await client.end();
  assert.deepEqual(rows, [{ code: "demo", later: "x" }]);
  assert.ok(put.rows > 0);
  const newer = join(folder, "newer");
  await backupTo(later, newer);
  await assert.rejects(restoreFrom(await fresh(), newer, here), /version plus récente.*209901010000_house__later/);
  const ahead = await fresh();
  await migrate(ahead, next);
  await assert.rejects(restoreFrom(ahead, file, next), /déjà à une version plus récente que la sauvegarde/);
});

test("never leaves rows out without a word", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-backup-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const house = await testHouse(t);
  // May read every table, but only the rows that row-level security shows: a backup by it would be a part of the truth.
  const reader = `reader_${process.pid}`;
  await house.owner.query(`CREATE ROLE ${reader}; GRANT pg_read_all_data TO ${reader}`);
  try {
    const facts = { ...house.ownerFacts, options: `-c role=${reader}` };
    await assert.rejects(backupTo(facts, join(folder, "part")), /n’a pas le droit de tout lire/);
  } finally {
    await house.owner.query(`DROP ROLE ${reader}`);
  }
  assert.deepEqual(readdirSync(folder), []);
});

test("a server that goes away in the middle is told in a sentence, and leaves no file", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-backup-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { owner, ownerFacts } = await testHouse(t);
  await owner.query("BEGIN; LOCK TABLE people.persons IN ACCESS EXCLUSIVE MODE");
  const ended = assert.rejects(backupTo(ownerFacts, join(folder, "cut")), (error: unknown) => {
    assert.ok(error instanceof BackupRefusal, String(error));
    assert.match(error.message, /La base s’est arrêtée/);
    return true;
  });
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'COPY people.persons %' AND wait_event_type = 'Lock'`;
  while ((await owner.query(cut)).rowCount === 0) await owner.query("SELECT pg_stat_clear_snapshot(), pg_sleep(0.02)");
  await ended;
  await owner.query("ROLLBACK");
  assert.deepEqual(readdirSync(folder), []);
});
