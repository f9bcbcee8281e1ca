// The official code of a commune is told by its postal code and its name together, and never guessed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../../core/root.ts";
import { communeCode } from "./communes.ts";

const file = JSON.parse(readFileSync(join(projectRoot, "src/rooms/foundations/people/communes.json"), "utf8")) as {
  source: string;
  asOf: string;
  communes: { postalCode: string; code: string; name: string }[];
};

test("the list is dated, has its source, and each of its rows finds itself", () => {
  assert.match(file.asOf, /^\d{4}-\d{2}-\d{2}$/);
  assert.match(file.source, /INSEE/);
  for (const { postalCode, code, name } of file.communes) assert.equal(communeCode(postalCode, name), code, name);
});

test("the nine districts of Lyon, however Lyon is written", () => {
  for (let district = 1; district <= 9; district++)
    for (const name of [
      "Lyon",
      "LYON",
      " lyon ",
      `Lyon ${district}e`,
      `Lyon 0${district}`,
      `Lyon cedex 0${district}`,
      "",
      null,
      "Gerland",
    ])
      assert.equal(communeCode(`6900${district}`, name), `6938${district}`, `6900${district} ${name}`);
});

test("abbreviations, capitals and lost accents", () => {
  assert.equal(communeCode("69110", "STE FOY LES LYON"), "69202");
  assert.equal(communeCode("69190", "St-Fons"), "69199");
  assert.equal(communeCode("69200", "Venissieux"), "69259");
  assert.equal(communeCode("69600", "Oullins"), "69149", "a commune joined to another since");
});

test("a postal code and a name that contradict each other, or say too little, give no code", () => {
  assert.equal(communeCode("69007", "Villeurbanne"), null);
  assert.equal(communeCode("69100", "Bron"), null);
  assert.equal(communeCode("69380", "Lozanne"), null, "this postal code is shared with communes outside of the list");
  assert.equal(communeCode("69270", ""), null, "six communes have this postal code");
  assert.equal(communeCode("38200", "Vienne"), null);
  assert.equal(communeCode(null, "Lyon"), null);
});
