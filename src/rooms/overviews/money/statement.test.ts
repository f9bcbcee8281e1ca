// The statement: what the figures say, to the cent; a credit note lowers expenditure, an income given back lowers income.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askFigures } from "../../../core/figures/ask.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import { makeServer } from "../../../core/http/server.ts";
import type { Room } from "../../../core/room.ts";
import { plainChrome } from "../../../core/testing/chrome.ts";
import { testHouse } from "../../../core/testing/house.ts";
import { makeVisitor } from "../../../core/testing/visitor.ts";
import { makeProgrammesRoom } from "../../foundations/programmes/room.tsx";
import { moneyRegistry } from "./figures.ts";
import { moneyRoom } from "./room.ts";

const rooms: readonly Room[] = [makeProgrammesRoom(() => []), moneyRoom];
const codes = ["finances.produits", "finances.charges", "finances.resultat", "finances.financements"];

test("income and expenditure are told by class, less what corrects them, and the page says what the figures say", async (t) => {
  const house = await testHouse(t, { rooms });
  house.clock.set("2021-01-04T08:00:00+01:00");
  const entry = (account: string, side: string, amount: string, funder: string | null = null) =>
    house.owner.query(
      "INSERT INTO money.entries (house_id, id, on_day, account, side, amount, funder, external_id) VALUES ($1, gen_random_uuid(), '2020-03-02', $2, $3, $4, $5, gen_random_uuid()::text)",
      [house.houseId, account, side, amount, funder],
    );
  await entry("606", "debit", "1000.10");
  await entry("606", "credit", "200.05"); // a supplier's credit note
  await entry("741", "credit", "5000.00", "Ville");
  await entry("741", "debit", "500.00", "Ville"); // given back
  await entry("706", "credit", "100.30");
  await entry("512", "debit", "4600.25"); // the bank is neither
  const table = await house.run("finance", (tx) =>
    askFigures(tx, moneyRegistry, { codes, period: yearPeriod(2020), by: [[]] }),
  );
  assert.deepEqual(
    codes.map((code) => table.at(code)),
    [4600.3, 800.05, 3800.25, 4500],
  );
  const server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const reader = makeVisitor(server, house.services.config.publicUrl, (await house.signIn("finance")).cookie);
  const page = (await reader.get("/finances/compte-de-resultat")).text.replace(/[\u00a0\u202f]/g, " ");
  for (const told of ["Produits 4 600,30 €, charges 800,05 €, résultat 3 800,25 €", "97,8 %", "100,0 %"])
    assert.ok(page.includes(told), told);
  const empty = await reader.get("/finances/compte-de-resultat?annee=1999");
  assert.ok(empty.text.includes("Compte de résultat 2020"), "a year without entries is not offered");
});
