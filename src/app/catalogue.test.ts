// The migrated database, by its own catalogue: the house in every key, its lock on every table, the web role's part and no more, the
// arrows between schemas, and row types that say what the tables are. Each check is seen to catch what it is for.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { projectRoot } from "../core/root.ts";
import { arrowBreaches, keyBreaches, type Rows, roleBreaches, rowBreaches, rowsOf } from "../core/testing/catalogue.ts";
import { type TestHouse, testHouse } from "../core/testing/house.ts";
import { wholeFile } from "../core/testing/server.ts";
import { rooms } from "./rooms.ts";

let house: TestHouse;
before(async () => {
  house = await testHouse(wholeFile);
});

const uses = new Map(rooms.map((room) => [room.name, room.uses]));
const rows: Rows = new Map(
  globSync("src/**/tables.ts", { cwd: projectRoot }).flatMap((path) => [
    ...rowsOf(readFileSync(join(projectRoot, path), "utf8")),
  ]),
);

/** What a check says once a fault is planted; the fault is taken back. */
async function planted(fault: string, check: () => Promise<string[]>): Promise<string[]> {
  await house.owner.query("BEGIN");
  try {
    await house.owner.query(fault);
    return await check();
  } finally {
    await house.owner.query("ROLLBACK");
  }
}

test("the house leads every key, and every table is closed to other houses", async () => {
  const check = () => keyBreaches(house.owner);
  assert.deepEqual(await check(), []);
  assert.deepEqual(await planted("CREATE TABLE house.notes (id uuid PRIMARY KEY)", check), [
    "house.notes: no row-level security",
    "house.notes: its policy is not the house's: none",
    "house.notes (id): primary key that the house does not lead",
  ]);
  assert.deepEqual(
    await planted(
      `CREATE TABLE house.notes (house_id uuid, id uuid UNIQUE, PRIMARY KEY (house_id, id));
       CREATE UNIQUE INDEX ON house.notes (id, house_id);
       SELECT core.protect('house.notes', 'SELECT');
       ALTER POLICY house ON house.notes USING (true);
       ALTER TABLE house.grants ADD FOREIGN KEY (granted_by) REFERENCES house.notes (id)`,
      check,
    ),
    [
      "house.notes: its policy is not the house's: * t true (house_id = ( SELECT core.current_house() AS current_house))",
      "house.grants (granted_by): foreign key that the house does not lead",
      "house.grants (granted_by): refers to another house's row",
      "house.notes (id): unique rule that the house does not lead",
      "house.notes (id): unique index that the house does not lead",
    ],
  );
});

test("foreign keys go along the arrows between rooms", async () => {
  const check = () => arrowBreaches(house.owner, uses);
  assert.deepEqual(await check(), []);
  assert.deepEqual(
    await planted(
      "ALTER TABLE house.grants ADD CONSTRAINT up FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id)",
      check,
    ),
    ["up of grants: house may not refer to programmes"],
  );
});

test("the web role owns nothing, is nobody, and cannot alter the journal", async () => {
  const check = () => roleBreaches(house.owner);
  assert.deepEqual(await check(), []);
  for (const [fault, breach] of [
    ["GRANT UPDATE (act) ON core.journal TO traboule_web", "the web role may change core.journal (act)"],
    ["GRANT DELETE ON core.journal TO traboule_web", "the web role may DELETE core.journal"],
    ["GRANT TRUNCATE ON house.sites TO traboule_web", "the web role may TRUNCATE house.sites"],
    ["GRANT CREATE ON SCHEMA house TO traboule_web", "the web role makes things in house"],
    [
      "CREATE FUNCTION house.all() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM house.accounts'",
      'house."all"() is the owner\'s and names no search path',
    ],
  ] as const)
    assert.deepEqual(await planted(fault, check), [breach]);
  const owning = await planted(
    "GRANT CREATE ON SCHEMA house TO traboule_web; ALTER TABLE house.passkeys OWNER TO traboule_web",
    check,
  );
  assert.ok(owning.includes("the web role owns house.passkeys"), owning.join("\n"));
});

test("what only the owner may ask is asked by functions that are known, each for its reason", async () => {
  const { rows: found } = await house.owner.query<{ name: string }>(
    "SELECT p.oid::regproc::text AS name FROM pg_proc p WHERE p.prosecdef AND p.pronamespace::regnamespace::text NOT IN ('pg_catalog', 'pgboss') ORDER BY 1",
  );
  const known: Record<string, string> = {
    "agenda.open_feed": "a calendar program names no house",
    "agenda.open_registration_link": "a link names no house",
    "core.refresh_statistics": "ANALYZE belongs to the owner; it reads nothing back",
    "culture.open_page": "a public address names its house, and only one whose page is open",
    "house.accounts_to_sign_in": "signing in happens before a house is known",
    "house.directory": "the houses of the server, for the command line",
    "house.open_api_key": "a key names its house",
    "house.open_invitation": "a link names its house",
    "house.open_session": "a session names its house",
    "house.partner_accounts_to_sign_in": "the same as house.accounts_to_sign_in, for structures",
    "messages.open_link": "a link of somebody without an account names its house",
    "partners.find": "the same as people.find, for structures",
    "people.find": "a trigram index cannot serve under row-level security; the house is in its condition",
    "people.twin_candidates": "the same, for likely twins",
    "report.open_edition": "a public address names its house, and only one whose edition is published",
  };
  assert.deepEqual(
    found.map((row) => row.name),
    Object.keys(known),
  );
});

test("row types say what the tables are", async () => {
  const check = (said: Rows) => rowBreaches(house.owner, said);
  assert.deepEqual(await check(rows), []);
  assert.ok((rows.get("house.sites")?.size ?? 0) > 10, "the row types were read");
  const text = readFileSync(join(projectRoot, "src/rooms/foundations/house/tables.ts"), "utf8");
  for (const [from, to, breach] of [
    [
      "closed_at: Date | null;",
      "closed_at: Date;",
      "house.accounts.closed_at: may be null, and the row type says that it may not",
    ],
    [
      "zone: Generated<string>;",
      "zone: Generated<string | null>;",
      "house.houses.zone: is never null, and the row type says that it may be",
    ],
    ["counter: number;", "counter: string;", "house.passkeys.counter: is number, and the row type says text"],
    [
      "  code: string;\n  name: string;\n  kind",
      "  name: string;\n  kind",
      "house.sites.code: missing from the row type",
    ],
    [
      "transports: string[];",
      "transports: string[];\n  colour: string;",
      "house.passkeys.colour: missing from the table",
    ],
    ['  "house.passkeys": PasskeysTable;\n', "", "house.passkeys: a table without its row type"],
    ['"house.passkeys": PasskeysTable', '"house.keys": PasskeysTable', "house.keys: a row type without its table"],
  ] as const) {
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, `the fault was planted: ${from}`);
    assert.ok((await check(rowsOf(changed))).includes(breach), breach);
  }
});
