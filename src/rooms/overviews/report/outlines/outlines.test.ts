// Outlines that a house brings: what is none is refused in a sentence, and the map bears its numbers, told apart without colour.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { count, type FigureSource } from "../../../../core/figures/figure.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { classEnds, mapChart } from "../../../../ui/map-chart.tsx";
import { makeReportRoom } from "../room.tsx";
import { readOutlines } from "./reading.ts";

const publicUrl = "http://localhost:4700";
const square = (x: number, y: number) => [
  [
    [x, y],
    [x + 0.1, y],
    [x + 0.1, y + 0.1],
    [x, y + 0.1],
    [x, y],
  ],
];
const feature = (code: string, nom: string, x: number) => ({
  type: "Feature",
  properties: { INSEE_COM: code, NOM: nom },
  geometry: { type: "Polygon", coordinates: square(x, 45.7) },
});
const file = (features: unknown[]) => JSON.stringify({ type: "FeatureCollection", features });
const good = file([
  feature("69266", "Villeurbanne", 4.8),
  feature("69029", "Bron", 4.9),
  feature("69259", "Vénissieux", 5),
]);

const source: FigureSource = {
  name: "entries",
  from: "money.entries r",
  day: "r.on_day",
  joins: {},
  person: null,
  structure: null,
  dimensions: [{ key: "commune", label: "Commune", expression: "r.label", unknown: "commune inconnue" }],
  published: [[]],
  list: { id: "r.id", order: "r.id", columns: [], personColumns: [] },
  seeNames: { name: "x", sentence: "x", roles: ["direction"] },
};
const registry = makeRegistry(
  [source],
  [
    {
      code: "essai.lignes",
      label: "Lignes",
      unit: "lignes",
      definition: "Lignes.",
      source: "entries",
      measure: count(),
      by: ["commune"],
      printed: [],
    },
  ],
);
let house: TestHouse;
let as: (role: Role) => Promise<Visitor>;
before(async () => {
  house = await testHouse(wholeFile);
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms: [makeReportRoom(() => registry)], services, chrome: plainChrome });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
  for (const [at, label] of ["VILLEURBANNE", "Villeurbanne", "Bron", "Ailleurs"].entries())
    await house.owner.query(
      "INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, external_id) VALUES ($1, gen_random_uuid(), '2020-03-01', '74', $2, 'credit', 1, $3)",
      [house.houseId, label, String(at)],
    );
});
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const asked = "/explorateur?chiffre=essai.lignes&lignes=commune&dessin=carte&de=01/01/2020&a=31/12/2020";

test("a map is drawn from the outlines that the house brought, and says what it could not place", async () => {
  const direction = await as("direction");
  assert.match(flat((await direction.get(asked)).text), /n’a pas encore de contours/);
  const path = "/explorateur/contours";
  const send = (text: string) =>
    direction.post(path, {}, { file: { field: "fichier", name: "communes.geojson", text } });
  for (const wrong of ["a;b", "[]", file([]), file([{ type: "Feature", properties: {}, geometry: null }])])
    assert.equal((await send(wrong)).status, 422, wrong.slice(0, 20));
  assert.equal((await send(good)).status, 303);
  assert.equal((await send(good)).status, 303, "given twice, they are replaced");
  assert.match(flat((await direction.get(path)).text), /communes.geojson : 3 communes/);
  const page = flat((await direction.get(asked)).text);
  assert.equal(page.match(/class="place" fill="url\(#carte-\d\)" fill-rule/g)?.length, 3);
  assert.match(page, /Bron<\/tspan><tspan[^>]*>1<\/tspan>/);
  assert.match(page, /1 ligne n’a pas de contour|2 lignes n’ont pas de contour/);
  assert.equal((await (await as("adviser")).get(path)).status, 403);
});

test("what is no outline is told; points too near for a page are left out", () => {
  const dense = Array.from({ length: 500 }, (_, at) => [4.8 + at * 0.0001, 45.7 + (at % 2) * 0.0001]);
  const read = readOutlines(
    Buffer.from(
      file([
        {
          type: "Feature",
          properties: { code: 1, nom: "Un" },
          geometry: { type: "MultiPolygon", coordinates: [[dense]] },
        },
      ]),
    ),
  );
  assert.ok(typeof read !== "string" && (read[0]?.rings[0]?.length ?? 999) < 100);
  assert.match(String(readOutlines(Buffer.from(file([feature("1", "", 4)])))), /code et le nom/);
  assert.match(
    String(
      readOutlines(
        Buffer.from(
          file([
            {
              ...feature("1", "Un", 4),
              geometry: {
                type: "Polygon",
                coordinates: [
                  [
                    [999, 1],
                    [2, 2],
                    [3, 3],
                  ],
                ],
              },
            },
          ]),
        ),
      ),
    ),
    /Aucun contour/,
  );
});

test("classes hold as many places each, and a name is escaped", () => {
  assert.deepEqual(classEnds([1, 2, 3, 4, 5]), [1, 2, 3, 4]);
  assert.deepEqual(classEnds([7, 7, 0]), []);
  assert.deepEqual(classEnds([]), []);
  const svg =
    mapChart("<b>", [
      {
        name: "<script>",
        rings: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
          ],
        ],
        value: 3,
        shown: "3",
      },
    ]) ?? assert.fail();
  assert.doesNotMatch(svg, /<script>|<b>|style=/);
  assert.equal(mapChart("rien", []), null);
});
