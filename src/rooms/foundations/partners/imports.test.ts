// The file of structures: roles in a cell, wrong numbers kept aside, a second reading that changes nothing, what hands corrected, undoing.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { askFigures } from "../../../core/figures/ask.ts";
import { openFigure } from "../../../core/figures/open.ts";
import { printFigures } from "../../../core/figures/print.ts";
import { makeRegistry } from "../../../core/figures/registry.ts";
import { undoImport } from "../../../core/importing/undo.ts";
import { readAsked } from "../../../core/lists/asked.ts";
import { rowsOf } from "../../../core/lists/rows.ts";
import { type TestHouse, testHouse } from "../../../core/testing/house.ts";
import { importText, told } from "../../../core/testing/imports.ts";
import { wholeFile } from "../../../core/testing/server.ts";
import { rolesSource, structureFigures } from "./figures.ts";
import { importStructures } from "./imports.ts";
import { structureList } from "./list/list.tsx";
import { structureLinks } from "./merge/links.ts";
import { mergeStructures } from "./merge/writes.ts";
import { structureById } from "./reads.ts";
import { rights } from "./rights.ts";
import { makePartnersRoom } from "./room.ts";
import { closeStructure, reopenStructure } from "./writes.ts";

const registry = makeRegistry([rolesSource], structureFigures);
const header = "id;nom;type;roles;siret;commune;code_postal;effectif;secteur;actif";
let house: TestHouse;
before(async () => {
  house = await testHouse(wholeFile, {
    rooms: [makePartnersRoom({ panels: () => [], links: () => structureLinks })],
  });
});

const run: TestHouse["run"] = (role, work) => house.run(role, work);
const bring = (...lines: string[]) =>
  run("direction", (tx) => importText(tx, importStructures, [header, ...lines].join("\n")));
const undo = (id: string) => run("direction", (tx) => undoImport(tx, [importStructures], id));
const all = () =>
  run("direction", async (tx) => {
    const right = rights["structure.see"];
    const asked = await readAsked(tx, structureList, { etat: "toutes" }, right);
    const { rows } = await rowsOf(tx, structureList, asked, right).execute(tx.on());
    return rows;
  });
/** All rows of the room, for what must be as it was. */
async function snapshot(): Promise<unknown> {
  const { rows } = await house.owner.query(
    `SELECT (SELECT json_agg(r ORDER BY r.id) FROM partners.roles r) AS roles, (SELECT json_agg(c ORDER BY c.id) FROM partners.closures c) AS closures, (SELECT json_agg(t ORDER BY t.id) FROM partners.terms t) AS terms,
            (SELECT json_agg(to_jsonb(s) - 'version' - 'changed_at' ORDER BY s.id) FROM partners.structures s) AS structures`,
  );
  return rows[0];
}

const file = [
  "T1;Espace du Fleuve 9;culture ou sport;coopérateur culturel;94009506061041;Oullins;69600;;;oui",
  'T2;Menuiserie Essai;entreprise;"réseau IOD; parcours RH";13000354400034;Lyon;69007;1 200;bâtiment;oui',
  "T3;Partie en 2019;association;coopérateur social;;Écully;69130;beaucoup;;non",
  "T4;;association;coopérateur social;;;;;;oui",
];

test("rows are read with their roles; a SIRET that cannot be one is kept to be looked at and the row is not lost", async () => {
  const bare = await snapshot();
  const tried = await bring(...file);
  assert.deepEqual(told(tried), [1, 0, 0, 2, 1]);
  assert.match(tried.sentences.map((one) => one.sentence).join("\n"), /SIRET « 13000354400034 » est faux/);
  assert.deepEqual(tried.notes.length, 2, "two roles that the house did not have");
  const [espace, menuiserie, partie] = (await all()).sort((one, other) => (one.name < other.name ? -1 : 1));
  assert.deepEqual(
    [espace?.siret, espace?.communeCode, menuiserie?.roles, menuiserie?.siret, menuiserie?.workforce, partie?.closedOn],
    ["94009506061041", "69149", ["parcours RH", "réseau IOD"], null, 1200, "2020-12-01"],
  );
  const { rows } = await house.owner.query("SELECT siret_to_check FROM partners.structures WHERE name LIKE 'Menu%'");
  assert.deepEqual(rows, [{ siret_to_check: "13000354400034" }]);

  assert.deepEqual(told(await bring(...file)), [0, 0, 3, 0, 1], "the same file again changes nothing");
  assert.deepEqual(await undo(tried.id), { undone: true });
  assert.deepEqual(await snapshot(), bare, "nothing is left of it");
});

test("a later file changes what it says and nobody corrected; undone, everything is as it was", async () => {
  const first = await bring(...file);
  const before = await snapshot();
  house.clock.set("2021-02-01T09:00:00+01:00");
  const later = await bring(
    "T1;Espace du Fleuve 9;culture ou sport;donateur;94009506061041;Oullins;69600;;;non",
    'T2;Menuiserie Essai;entreprise;"réseau IOD; parcours RH";13000354400033;Lyon;69007;1 200;bâtiment;oui',
    "T3;Partie en 2019;association;coopérateur social;;Écully;69130;;;oui",
  );
  assert.deepEqual(told(later), [0, 3, 0, 0, 0]);
  const figures = async (year: number) => run("direction", (tx) => printFigures(tx, registry, year));
  // In 2020 it was a cultural partner and no donor yet; what ended counts until its last day.
  assert.equal((await figures(2020))["structures[coopérateur culturel]"], 1);
  assert.equal((await figures(2022))["structures[coopérateur culturel]"], undefined);
  assert.deepEqual(await undo(later.id), { undone: true });
  assert.deepEqual(await snapshot(), before);

  // By hand: another type stays, with a doubt; a role noted by hand keeps the first import from being undone.
  await house.owner.query(
    "UPDATE partners.structures SET sector = 'ébénisterie', version = version + 1 WHERE name LIKE 'Menu%'",
  );
  const kept = await bring(
    'T2;Menuiserie Essai;entreprise;"réseau IOD; parcours RH";13000354400034;Lyon;69007;900;charpente;oui',
  );
  assert.match(kept.sentences[0]?.sentence ?? "", /corrigé à la main depuis, et laissé tel quel : le secteur/);
  assert.deepEqual(await undo(kept.id), { undone: true });
  await house.owner.query(
    "INSERT INTO partners.roles (house_id, id, structure_id, term_id) SELECT s.house_id, $1, s.id, t.id FROM partners.structures s JOIN partners.terms t ON t.label = 'financeur' WHERE s.name LIKE 'Espace%'",
    [house.deps.ids.uuid()],
  );
  const refused = await undo(first.id);
  assert.equal(refused.undone, false);
  assert.match(JSON.stringify(refused), /les rôles d’une structure/);
});

test("figures count structures by role in the days when they stood, and open onto as many", async () => {
  const lines = await all();
  const espace = lines.find((line) => line.name.startsWith("Espace"))?.id ?? "";
  const ask = (from: string, to: string) =>
    run("direction", async (tx) => {
      const table = await askFigures(tx, registry, { codes: ["structures"], period: { from, to }, by: [[], ["role"]] });
      const figure = registry.figure("structures");
      assert.ok(figure);
      const opened = await openFigure(
        tx,
        registry,
        figure,
        { period: { from, to }, filters: {}, names: true },
        { skip: 0, most: 50 },
      );
      assert.equal(opened.rows.length, table.at("structures"));
      return [table.at("structures"), table.at("structures", ["role"], ["coopérateur culturel"])];
    });
  // Two roles count once; the one that a file said inactive on 1 December 2020 counts before it.
  assert.deepEqual(await ask("2020-01-01", "2020-12-31"), [3, 1]);
  assert.deepEqual(await ask("2021-01-01", "2021-12-31"), [2, 1]);
  await run("direction", (tx) =>
    closeStructure(tx, espace, { id: tx.ids.uuid(), closedOn: "2021-01-15", reason: "Essai" }),
  );
  assert.deepEqual(await ask("2021-01-15", "2021-12-31"), [1, 0]);
  assert.deepEqual(await ask("2021-01-01", "2021-01-31"), [2, 1]);
  await run("direction", (tx) => reopenStructure(tx, espace));
  assert.deepEqual(await ask("2021-01-15", "2021-12-31"), [2, 1]);
});

test("a structure that was merged is left alone by a later file, and its identifier leads to the one that took it in", async () => {
  const lines = await all();
  const [kept, absorbed] = ["Menuiserie", "Partie"].map(
    (name) => lines.find((line) => line.name.startsWith(name))?.id ?? "",
  );
  const outcome = await run("direction", async (tx) => {
    const [one, other] = [await structureById(tx, kept ?? ""), await structureById(tx, absorbed ?? "")];
    return mergeStructures(tx, structureLinks, {
      kept: kept ?? "",
      absorbed: absorbed ?? "",
      key: tx.ids.uuid(),
      fromAbsorbed: [],
      versions: { kept: one?.version ?? 0, absorbed: other?.version ?? 0 },
    });
  });
  assert.equal(outcome?.ok, true);
  const later = await bring("T3;Revenue;association;coopérateur social;;Écully;69130;;;oui");
  assert.match(later.sentences[0]?.sentence ?? "", /a été fusionnée avec une autre/);
  const figures = await run("direction", (tx) => printFigures(tx, registry, 2020));
  assert.equal(figures.structures, 2);
});
