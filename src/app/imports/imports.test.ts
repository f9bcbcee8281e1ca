// Imports as a house lives them: files of every drawer, tried, imported, sent again, corrected by hand, taken back.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { undoImport } from "../../core/importing/undo.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { importKinds, rooms } from "../rooms.ts";
import { importCommand } from "./command.ts";

const headers = "id;sexe;nom;prenom;date_naissance;telephone;antenne;cree_le";
const maud = "P1;F;LAHLOU;Maud;30/09/1973;06 33 95 80 66;gerland;06/05/2020";
const gael = "P2;M;Paquet;Gaël;1977-08-31;;gerland;2020-08-30";

type Drawer = {
  house: TestHouse;
  send(files: Record<string, Buffer | string>, strict?: boolean): Promise<{ code: number; said: string[] }>;
};

async function drawer(t: TestContext): Promise<Drawer> {
  const house = await testHouse(t, { rooms });
  const root = mkdtempSync(join(tmpdir(), "traboule-drawer-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  let turn = 0;
  return {
    house,
    async send(files, strict = false) {
      const folder = join(root, String(turn++));
      // Each file comes a minute after the one before.
      house.clock.set(new Date(house.clock.now().getTime() + 60_000).toISOString());
      mkdirSync(folder);
      for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
      const said: string[] = [];
      const print = (line: string): void => void said.push(line);
      const code = await importCommand(house.services, house.scope("direction"), importKinds, folder, {
        strict,
        print,
      });
      return { code, said };
    },
  };
}

/** Every row of the tables that imports write, as the owner sees them. */
async function everything(house: TestHouse): Promise<Record<string, unknown[]>> {
  const tables = [
    "house.sites",
    "people.persons",
    "people.situations",
    "people.external_ids",
    "people.twins",
    "agenda.visits",
    "agenda.visit_terms",
  ];
  const found: Record<string, unknown[]> = {};
  // The version of a row counts its changes: taking an import back is one more, everything else stands as before.
  for (const table of tables)
    found[table] = (await house.owner.query(`SELECT to_jsonb(t) - 'version' AS row FROM ${table} t ORDER BY 1`)).rows;
  return found;
}

const lastImport = async (house: TestHouse): Promise<string> =>
  (
    await house.owner.query<{ id: string }>(
      "SELECT id FROM core.imports WHERE undone_at IS NULL ORDER BY at DESC, id DESC LIMIT 1",
    )
  ).rows[0]?.id ?? "";
const undo = async (house: TestHouse) => {
  const id = await lastImport(house);
  return house.run("direction", (tx) => undoImport(tx, importKinds, id));
};
const counts = (said: readonly string[], how: "essai" | "importé"): string | undefined =>
  said.find((line) => line.includes(`(${how})`))?.replace(/^.*\) : /, "");

test("the same people out of every drawer: separators, marks, encodings, dates", async (t) => {
  const { house, send } = await drawer(t);
  const plain = `${headers}\n${maud}\n${gael}\n`;
  const first = await send({ "personnes.csv": plain }, true);
  assert.equal(first.code, 0, first.said.join("\n"));
  assert.match(counts(first.said, "essai") ?? "", /^2 lignes : 2 créées, 0 changée/);
  assert.equal(counts(first.said, "importé"), counts(first.said, "essai"));
  const kept = await everything(house);
  const drawers: Record<string, Buffer | string> = {
    "with a mark": `\uFEFF${plain}`,
    "Windows-1252": Buffer.from(plain, "latin1"),
    commas: plain.replaceAll(";", ","),
    tabs: plain.replaceAll(";", "\t"),
    "CRLF, quotes and blanks": plain.replaceAll("\n", "\r\n").replace(";LAHLOU;", ';" LAHLOU ";'),
    "other names of columns": plain.replace("date_naissance", "Né(e) le").replace("telephone", "Tél"),
    "other order": `nom;id;prenom;antenne;sexe;date_naissance;cree_le;telephone\nLAHLOU;P1;Maud;Antenne Gerland;Mme;30-09-1973;06/05/2020;+33633958066\n`,
  };
  for (const [what, bytes] of Object.entries(drawers)) {
    const { code, said } = await send({ "personnes.csv": bytes }, true);
    assert.equal(code, 0, `${what}: ${said.join("\n")}`);
    assert.match(
      counts(said, "importé") ?? "",
      /: 0 créée, 0 changée, \d inchangées?, 0 douteuse, 0 refusée/,
      `${what}: ${said.join("\n")}`,
    );
    assert.deepEqual(await everything(house), kept, what);
  }
});

test("each refusal has its line and a sentence; with --strict nothing of the file is imported", async (t) => {
  const { house, send } = await drawer(t);
  const bad = `${headers}\n${maud}\nP3;F;;;01/01/1990;;gerland;\nP4;F;Neuve;Ana;31/02/1990;;gerland;\nP5;F;Neuve;Ana;01/01/2090;;gerland;\nP6;F;Neuve;Ana;01/01/1990;;lune;\n${maud}\nP7;F;Neuve;Ana;01/01/1990;12;gerland;01/02/2020\n`;
  const strict = await send({ "personnes.csv": bad }, true);
  assert.equal(strict.code, 1);
  assert.equal((await everything(house))["people.persons"]?.length, 0);
  const lax = await send({ "personnes.csv": bad });
  assert.equal(lax.code, 0);
  assert.match(
    counts(lax.said, "importé") ?? "",
    /^7 lignes : 1 créée, 0 changée, 0 inchangée, 1 douteuse, 5 refusées/,
  );
  const told = lax.said.join("\n");
  for (const line of [3, 4, 5, 6, 7]) assert.match(told, new RegExp(`ligne ${line} \\(refusée\\) : .+\\.`));
  assert.match(told, /ligne 8 \(douteuse\) : .+\./);
  assert.equal((await everything(house))["people.persons"]?.length, 2);
});

test("a folder is read in the order of its needs; a file that nothing reads is named and left", async (t) => {
  const { send } = await drawer(t);
  const files = {
    "visites.csv":
      "id;date;heure;antenne;personne;motif;orientation;mode\nV1;20/10/2020;16:45;vaise;P9;information;;présentiel\n",
    "personnes.csv": `${headers}\nP9;F;Lahlou;Ana;01/01/1990;;vaise;01/02/2020\n`,
    "antennes.csv": "code;nom;code_postal;commune\nvaise;Antenne Vaise;69009;Lyon\n",
    "ventes.csv": "id;date;montant\n1;01/01/2020;3,50\n",
  };
  const { code, said } = await send(files, true);
  assert.equal(code, 0, said.join("\n"));
  assert.match(said.join("\n"), /ventes\.csv : .*laissé de côté/);
  assert.match(said.filter((line) => line.includes("importé")).join("\n"), /antennes[\s\S]*personnes[\s\S]*visites/);
  assert.equal((await send({ "ventes.csv": files["ventes.csv"] })).code, 2, "nothing could be read");
});

test("what somebody corrected by hand is told and not written over; what only the file changed is changed", async (t) => {
  const { house, send } = await drawer(t);
  await send({ "personnes.csv": `${headers}\n${maud}\n${gael}\n` });
  await house.owner.query(
    "UPDATE people.persons SET phone = '+33600000000', version = version + 1 WHERE family_name = 'LAHLOU'",
  );
  const later = await send({
    "personnes.csv": `${headers}\n${maud.replace("06 33 95 80 66", "0644444444")}\n${gael.replace("Gaël", "Gaëlle")}\n`,
  });
  assert.match(
    counts(later.said, "importé") ?? "",
    /0 créée, 1 changée, 0 inchangée, 1 douteuse/,
    later.said.join("\n"),
  );
  const { rows } = await house.owner.query("SELECT given_name, phone FROM people.persons ORDER BY family_name");
  assert.deepEqual(rows, [
    { given_name: "Maud", phone: "+33600000000" },
    { given_name: "Gaëlle", phone: null },
  ]);
});

test("an import taken back leaves everything as it was; used since, it says so and stays", async (t) => {
  const { house, send } = await drawer(t);
  await send({ "personnes.csv": `${headers}\n${maud}\n` });
  const before = await everything(house);
  await send({ "personnes.csv": `${headers}\n${maud.replace("Maud", "Maude")}\n${gael}\n` });
  assert.notDeepEqual(await everything(house), before);
  assert.deepEqual(await undo(house), { undone: true });
  assert.deepEqual(await everything(house), before);

  await send({ "personnes.csv": `${headers}\n${gael}\n` });
  await house.owner.query(
    "INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, person_id, mode, recorded_at) SELECT p.house_id, gen_random_uuid(), p.site_id, '2020-11-01', p.id, 'in_person', now() FROM people.persons p WHERE p.family_name = 'Paquet'",
  );
  const refused = await undo(house);
  assert.equal(refused.undone, false);
  if (!refused.undone) assert.match(refused.sentences.join(" "), /visit/);
});

test("whatever two files say, the trial counts what the import does, the same again changes nothing, and both are taken back", async (t) => {
  const { house, send } = await drawer(t);
  const line = fc.record({
    id: fc.integer({ min: 1, max: 6 }),
    sex: fc.constantFrom("F", "M", "", "?"),
    family: fc.constantFrom("Lahlou", "LAHLOU", "Paquet", "d’Été", ""),
    given: fc.constantFrom("Maud", "Gaël", "Éric"),
    birth: fc.constantFrom("30/09/1973", "1977-08-31", "", "99/99/1999"),
    phone: fc.constantFrom("0633958066", "", "abc"),
    site: fc.constantFrom("gerland", "Antenne Mermoz/Bachut", "nulle part"),
  });
  const file = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => {
    const written = lines.map(
      ({ id, sex, family, given, birth, phone, site }) =>
        `P${id};${sex};${family};${given};${birth};${phone};${site};01/02/2020`,
    );
    return `${headers}\n${written.join("\n")}\n`;
  });
  const empty = await everything(house);
  await fc.assert(
    fc.asyncProperty(file, file, async (one, other) => {
      for (const bytes of [one, other]) {
        const { said } = await send({ "personnes.csv": bytes });
        assert.equal(counts(said, "importé"), counts(said, "essai"));
      }
      const stands = await everything(house);
      const again = await send({ "personnes.csv": other });
      assert.match(counts(again.said, "importé") ?? "", /: 0 créée, 0 changée/);
      assert.deepEqual(await everything(house), stands);
      for (let turn = 0; turn < 3; turn++) assert.deepEqual(await undo(house), { undone: true });
      assert.deepEqual(await everything(house), empty);
    }),
    { numRuns: 6, endOnFailure: true },
  );
});
