// Entries of a general ledger given their funder and their programme: by rules, the nearest first, and by hand, which no rule undoes.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Role } from "../../../../core/rights.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { moneyRoom } from "../room.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
let as: (role: Role) => Promise<Visitor>;
const entries = new Map<string, string>();
before(async () => {
  house = await testHouse(wholeFile);
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms: [moneyRoom], services, chrome: plainChrome });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
  for (const [key, account, label] of [
    ["town", "741000", "Subvention Ville de Lyon"],
    ["region", "741000", "Subvention RÉGION 100%"],
    ["sale", "706000", "Vente"],
    ["rent", "613200", "Loyer"],
  ]) {
    const id = house.deps.ids.uuid();
    entries.set(key ?? "", id);
    await house.owner.query(
      "INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, external_id) VALUES ($1, $2, '2020-03-01', $3, $4, 'credit', 10, $5)",
      [house.houseId, id, account, label, key],
    );
  }
});
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const funders = async () =>
  Object.fromEntries(
    (
      await house.owner.query<{ external_id: string; funder: string | null }>(
        "SELECT external_id, funder FROM money.entries",
      )
    ).rows.map((row) => [row.external_id, row.funder]),
  );
const rule = (compte: string, mots: string, financeur: string) => ({
  key: house.deps.ids.uuid(),
  compte,
  mots,
  financeur,
  dispositif: "",
});

test("rules fill what is empty, the nearest first; what was said by hand stays", async () => {
  const finance = await as("finance");
  const path = "/finances/repartition";
  assert.match(flat((await finance.get(path)).text), /3 écritures de produits<\/a> sans financeur \(30,00 €\)/);
  for (const wrong of [rule("9", "", "Ville"), rule("74", "", "")]) {
    const got = await finance.post(path, wrong);
    assert.equal(got.status, 422);
    assert.match(got.text, new RegExp(`value="${wrong.compte}"`), "what was typed stays");
  }
  assert.equal(
    (await finance.post(path, { ...rule("74", "", "Ville"), dispositif: house.deps.ids.uuid() })).status,
    422,
  );
  const wide = rule("74", "", "Autres");
  for (const one of [wide, wide, rule("741", "région 100%", "Région"), rule("70", "loyer", "Jamais")])
    assert.equal((await finance.post(path, one)).status, 303);
  assert.equal((await finance.post(path, rule("74", "", "Encore"))).status, 422, "one rule an account and words");
  const town = `/finances/ecritures/${entries.get("town")}`;
  const byHand = { financeur: "Ville de Lyon", dispositif: "", version: "1" };
  assert.equal((await finance.post(town, byHand)).status, 303);
  assert.equal((await finance.post(town, { ...byHand, financeur: "Autre" })).status, 409);
  assert.match((await finance.post(`${path}/application`, {})).location, /repartition/);
  assert.deepEqual(await funders(), { town: "Ville de Lyon", region: "Région", sale: null, rent: null });
  const { rows } = await house.owner.query("SELECT id FROM money.split_rules WHERE funder = 'Région'");
  assert.equal((await finance.post(`${path}/${rows[0].id}/retrait`, {})).status, 303);
  assert.equal((await finance.post(`${path}/${rows[0].id}/retrait`, {})).status, 404);
  assert.equal((await funders()).region, "Région", "what a rule said stays when it goes");
  assert.equal((await (await as("board")).get(path)).status, 403);
  assert.equal((await (await as("adviser")).get(town)).status, 403);
});
