// The file of collective projects: tried twice without harm, what is not understood said, undone unless somebody worked on it since.
import assert from "node:assert/strict";
import { test } from "node:test";
import { undoImport } from "../../../../core/importing/undo.ts";
import { testHouse } from "../../../../core/testing/house.ts";
import { importText, told } from "../../../../core/testing/imports.ts";
import { makeStructures } from "../testing.ts";
import { importProjects } from "./imports.ts";

const file = [
  "id;intitule;structure;partenaire_culturel;type;date;statut;motif_annulation;participants",
  "J001;Parcours 1;;;médiation;15/02/2020;réalisé;;15",
  "J002;Parcours 2;;;chantier éducatif;22/02/2020;annulé;crise sanitaire;",
  "J003;Parcours 3;;;cirque;23/02/2020;annulé;;douze",
  "J004;Parcours 4;T999;;visite;23/02/2020;réalisé;;4",
  "J005;Parcours 5;;;visite;23/02/2020;remis;;4",
  "J001;Encore lui;;;visite;23/02/2020;réalisé;;4",
].join("\n");

test("projects are read once, doubts and refusals are said, and the import is undone", async (t) => {
  const house = await testHouse(t);
  const first = await house.run("direction", (tx) => importText(tx, importProjects, file));
  assert.deepEqual(told(first), [2, 0, 0, 1, 3]);
  const again = await house.run("direction", (tx) => importText(tx, importProjects, file));
  assert.deepEqual(told(again).slice(0, 3), [0, 0, 3]);
  const { rows } = await house.owner.query(
    "SELECT external_id, kind, state, cancelled_reason, participants FROM culture.projects ORDER BY external_id",
  );
  assert.deepEqual(rows, [
    { external_id: "J001", kind: "mediation", state: "held", cancelled_reason: null, participants: 15 },
    {
      external_id: "J002",
      kind: "worksite",
      state: "cancelled",
      cancelled_reason: "crise sanitaire",
      participants: null,
    },
    { external_id: "J003", kind: "other", state: "cancelled", cancelled_reason: "sans motif noté", participants: null },
  ]);

  const [structure = ""] = await house.run("direction", (tx) => makeStructures(tx, 1));
  await house.owner.query(
    "INSERT INTO culture.project_partners (house_id, id, project_id, structure_id, proposed_on) SELECT house_id, $2, id, $1, on_day FROM culture.projects WHERE external_id = 'J001'",
    [structure, house.deps.ids.uuid()],
  );
  const undo = () => house.run("direction", (tx) => undoImport(tx, [importProjects], first.id));
  assert.notDeepEqual(await undo(), { undone: true }, "somebody proposed a partner since");
  await house.owner.query("DELETE FROM culture.project_partners");
  await house.owner.query("UPDATE core.imports SET undone_at = now() WHERE id = $1", [again.id]);
  assert.deepEqual(await undo(), { undone: true });
  const { rows: left } = await house.owner.query("SELECT count(*)::int AS n FROM culture.projects");
  assert.equal(left[0].n, 0);
});
