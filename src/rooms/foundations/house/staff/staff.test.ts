// The team: read from its file, seen by the direction only, counted in the years in which somebody was there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { printFigures } from "../../../../core/figures/print.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { declareRoutes } from "../../../../core/http/route.ts";
import { makeServer } from "../../../../core/http/server.ts";
import { undoImport } from "../../../../core/importing/undo.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { testHouse } from "../../../../core/testing/house.ts";
import { importText, told } from "../../../../core/testing/imports.ts";
import { makeVisitor } from "../../../../core/testing/visitor.ts";
import { staffFigures, staffSource } from "./figures.ts";
import { equipe } from "./imports.ts";
import { staffRoutes } from "./routes.tsx";

const publicUrl = "http://localhost:4700";
const file = [
  "id;sexe;nom;prenom;fonction;pole;antenne;entree;etp",
  "W1;M;Pelletier;Djibril;chargé d’accueil;accueil;gerland;01/09/2014;1",
  "W2;F;Delorme;Aurélie;conseillère;accompagnement;Mermoz/Bachut;01/09/2020;0,8",
  "W3;F;Sans;Date;conseillère;accompagnement;gerland;;1",
  "W4;Z;Vasseur;Lucie;conseillère;accompagnement;nulle part;01/09/2020;2",
].join("\n");

test("staff", async (t) => {
  const house = await testHouse(t);
  const routes = declareRoutes();
  staffRoutes(routes);
  const rooms = [{ name: "house", uses: [], rights: {}, routes }];
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  const visitor = makeVisitor(server, publicUrl, (await house.signIn("direction")).cookie);
  const bring = (text: string) => house.run("direction", (tx) => importText(tx, equipe, text));
  const figure = async (year: number) =>
    (await house.run("direction", (tx) => printFigures(tx, makeRegistry([staffSource], staffFigures), year)))[
      "equipe.salaries"
    ];

  const first = await bring(file);
  assert.deepEqual(told(first), [2, 0, 0, 1, 1]);
  assert.deepEqual(told(await bring(file)), [0, 0, 3, 0, 1]);
  assert.match(
    (await visitor.get("/equipe")).text.replace(/\u00a0/g, " "),
    /3 personnes aujourd’hui, 2,80 équivalents/,
  );
  const listed = async (qui = "") =>
    parse((await visitor.get("/equipe/export.csv", { query: { qui } })).text, {
      delimiter: ";",
      columns: true,
      bom: true,
    }) as Record<string, string>[];
  assert.deepEqual(
    (await listed()).map((row) => row["Part d’un temps plein"]),
    ["0,8", "1", "1"],
  );

  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM house.staff WHERE external_id = 'W1'");
  const path = `/equipe/${rows[0]?.id}`;
  assert.equal((await visitor.post(path, { version: "1", sortie: "31/08/2014" })).status, 422);
  assert.equal((await visitor.post(path, { version: "1", sortie: "30/11/2020" })).status, 303);
  assert.equal((await visitor.post(path, { version: "1", sortie: "" })).status, 409);
  assert.equal((await listed()).length, 2);
  assert.equal((await listed("tous")).length, 3);
  assert.deepEqual([await figure(2019), await figure(2020), await figure(2021)], [1, 3, 2]);
  assert.equal(
    (await house.run("direction", (tx) => undoImport(tx, [equipe], first.id))).undone,
    false,
    "a departure was noted",
  );

  const adviser = makeVisitor(server, publicUrl, (await house.signIn("site-manager")).cookie);
  assert.equal((await adviser.get("/equipe")).status, 403);
});
