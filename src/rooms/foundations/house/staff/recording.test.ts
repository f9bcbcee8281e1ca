// Somebody of the team by hand: added once, corrected with what was typed kept, and counted unless another employer lends them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { printFigures } from "../../../../core/figures/print.ts";
import { makeRegistry } from "../../../../core/figures/registry.ts";
import { declareRoutes } from "../../../../core/http/route.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { testHouse } from "../../../../core/testing/house.ts";
import { makeVisitor } from "../../../../core/testing/visitor.ts";
import { staffFigures, staffSource } from "./figures.ts";
import { staffRoutes } from "./routes.tsx";

const publicUrl = "http://localhost:4700";

test("somebody is added once, corrected, and counted of the house or lent to it", async (t) => {
  const house = await testHouse(t);
  const routes = declareRoutes();
  staffRoutes(routes);
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({
    rooms: [{ name: "house", uses: [], rights: {}, routes }],
    services,
    chrome: plainChrome,
  });
  const as = async (role: Role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
  const direction = await as("direction");
  const counted = async () => {
    const told = await house.run("direction", (tx) =>
      printFigures(tx, makeRegistry([staffSource], staffFigures), 2020),
    );
    return [told["equipe.salaries"], told["equipe.mis_a_disposition"]];
  };
  const key = house.deps.ids.uuid();
  const form = {
    nom: "Pelletier",
    prenom: "Djibril",
    sexe: "M",
    fonction: "accueil",
    pole: "accueil",
    employeur: "",
    lieu: house.sites.gerland,
    entree: "01/09/2014",
    sortie: "",
    part: "0,8",
  };
  const wrong = await direction.post("/equipe/nouvelle", { key, ...form, part: "beaucoup", sortie: "01/09/2013" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="beaucoup"/);
  for (let twice = 0; twice < 2; twice += 1)
    assert.equal((await direction.post("/equipe/nouvelle", { key, ...form })).status, 303);
  const elsewhere = { ...form, lieu: house.deps.ids.uuid() };
  assert.equal((await direction.post("/equipe/nouvelle", { key: house.deps.ids.uuid(), ...elsewhere })).status, 422);
  assert.deepEqual(await counted(), [1, 0]);
  const at = `/equipe/${key}/corriger`;
  assert.match((await direction.get(at)).text, /name="part"[^>]*value="0,8"|value="0,8"[^>]*name="part"/);
  assert.equal((await direction.post(at, { ...form, employeur: "Mission locale", version: "1" })).status, 303);
  const late = await direction.post(at, { ...form, fonction: "direction", version: "1" });
  assert.equal(late.status, 409);
  assert.match(late.text, /value="direction"/, "what was typed stays");
  assert.deepEqual(await counted(), [0, 1]);
  assert.match((await direction.get(`/equipe/${key}`)).text, /Mission locale/);
  assert.equal((await (await as("adviser")).get("/equipe/nouvelle")).status, 403);
});
