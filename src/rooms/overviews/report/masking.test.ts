// What is masked for readers outside the team: small numbers of people, and nothing of money or places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { count, type Figure, type FigureSource } from "../../../core/figures/figure.ts";
import { declareRights } from "../../../core/rights.ts";
import { maskedOf } from "./masking.ts";

const rights = declareRights({ "row.see": { sentence: "voir", roles: ["direction"] } });
const source = (more: Partial<FigureSource>): FigureSource => ({
  name: "lines",
  from: "x r",
  day: "r.day",
  joins: {},
  person: null,
  structure: null,
  dimensions: [{ key: "classe", label: "Classe", expression: "r.class", unknown: "sans" }],
  published: [[], ["classe"]],
  list: { id: "r.id", order: "r.id", columns: [], personColumns: [] },
  seeNames: rights["row.see"],
  ...more,
});
const figure: Figure = {
  code: "x.lignes",
  label: "Lignes",
  unit: "lignes",
  definition: "Les lignes.",
  source: "lines",
  measure: count(),
  by: ["classe"],
  printed: [],
};
const cells = [
  { code: "x.lignes", by: [], values: [], value: 23 },
  { code: "x.lignes", by: ["classe"], values: ["a"], value: 3 },
  { code: "x.lignes", by: ["classe"], values: ["b"], value: 9 },
  { code: "x.lignes", by: ["classe"], values: ["c"], value: 11 },
];
const table = { cells, at: () => 0, valuesOf: () => [] };

test("a small number of people is masked with another that would tell it; euros and places are told as they are", () => {
  const figures = new Map([[figure.code, figure]]);
  assert.equal(maskedOf(table, source({}), figures).size, 2);
  assert.equal(maskedOf(table, source({ ofPeople: false }), figures).size, 0);
});
