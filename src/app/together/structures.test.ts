// Structures among the other rooms: nothing that hangs on one may be forgotten by a merge, and an old identifier leads to the one that stays.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { importText } from "../../core/testing/imports.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { makeVisitor } from "../../core/testing/visitor.ts";
import { structureById, structuresByExternalId } from "../../rooms/foundations/partners/door.ts";
import { makeApplication } from "../application.ts";
import { importKinds, rooms, structureLinks } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
before(async () => {
  house = await testHouse(wholeFile, { rooms });
});

test("every table that hangs on a structure is moved by a merge, or says why not", async () => {
  const { rows } = await house.owner.query<{ name: string; columns: string[] }>(`
    SELECT n.nspname || '.' || c.relname AS name, array(SELECT a.attname::text FROM unnest(k.conkey) x(number) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.number) AS columns
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.confrelid = 'partners.structures'::regclass`);
  const stays: Record<string, string> = {
    "partners.structures.merged_into": "says into which it went",
    "partners.closures.structure_id": "a closure is of its own structure: the kept one is not closed by it",
    "partners.twins.first_id": "a pair with a merged structure sleeps",
    "partners.twins.second_id": "the same",
    "partners.merges.kept_id": "the merge's own memory",
    "partners.merges.absorbed_id": "the same",
  };
  const linked = new Set(structureLinks.map((link) => `${link.table}.${link.column}`));
  const hanging = rows.map(({ name, columns }) => `${name}.${columns.filter((one) => one !== "house_id").join("+")}`);
  assert.ok(hanging.length >= 12, "the catalogue was read");
  for (const column of hanging)
    assert.ok(linked.has(column) || stays[column], `${column} hangs on a structure and nobody says so`);
});

test("an import's structures that are used since are kept from its undoing, in words; a merge of two is followed by their numbers", async () => {
  const kind = importKinds.find((one) => one.kind === "structures");
  assert.ok(kind);
  const text = "id;nom;roles;commune\nS1;Foyer du Parc;prescripteur;Bron\nS2;Foyer du Parc;financeur;Bron\n";
  const { id } = await house.run("direction", (tx) => importText(tx, kind, text));
  const found = await house.run("direction", (tx) => structuresByExternalId(tx, ["S1", "S2", "S3"]));
  assert.equal(found.size, 2);
  const [kept = "", absorbed = ""] = [found.get("S1"), found.get("S2")];

  const server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  const visitor = makeVisitor(server, publicUrl, (await house.signIn("direction")).cookie);
  assert.match((await visitor.get("/structures/doublons")).text, /Foyer du Parc/);
  await visitor.post(`/structures/${kept}/contacts`, { key: house.deps.ids.uuid(), nom: "Camille Essai" });
  const undoing = await visitor.get(`/imports/${id}/annulation`);
  assert.match(undoing.text, /contacts d’une structure/);
  const key = house.deps.ids.uuid();
  const merge = await visitor.post(`/structures/doublons/${kept}/${absorbed}`, {
    key,
    version: "1",
    other_version: "1",
  });
  assert.equal(merge.status, 303, merge.text);
  const after = await house.run("direction", async (tx) => ({
    ids: await structuresByExternalId(tx, ["S1", "S2"]),
    gone: (await structureById(tx, absorbed))?.merged_into,
  }));
  assert.deepEqual([...after.ids.values()], [kept, kept]);
  assert.equal(after.gone, kept);
});
