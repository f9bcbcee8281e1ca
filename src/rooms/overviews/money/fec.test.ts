// The French general ledger file: read whole or not at all, in both of its shapes, and read again without losing what was split since.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askFigures } from "../../../core/figures/ask.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import { ImportRefusal } from "../../../core/importing/refusal.ts";
import { undoImport } from "../../../core/importing/undo.ts";
import { testHouse } from "../../../core/testing/house.ts";
import { importText, told } from "../../../core/testing/imports.ts";
import { importLedger } from "./fec.ts";
import { moneyRegistry } from "./figures.ts";

const head =
  "JournalCode;JournalLib;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxNum;CompAuxLib;PieceRef;PieceDate;EcritureLib;Debit;Credit;EcritureLet;DateLet;ValidDate;Montantdevise;Idevise";
const line = (journal: string, num: string, day: string, account: string, debit: string, credit: string): string =>
  `${journal};Journal;${num};${day};${account};Compte;;;P1;${day};Libellé ${num};${debit};${credit};;;20201231;;`;
const ledger = [
  head,
  line("AC", "1", "20200115", "606400", "1 000,10", "0,00"),
  line("AC", "1", "20200115", "401000", "0,00", "1000,10"),
  line("AC", "2", "20200220", "606400", "0,00", "100,10"),
  line("AC", "2", "20200220", "401000", "100,10", ""),
  line("VE", "1", "20201231", "741000", "", "5000,00"),
  line("VE", "1", "20201231", "512000", "5000,00", ""),
].join("\n");

test("a ledger is read to the cent: income, expenditure and result are those of its accounts, and it is undone", async (t) => {
  const house = await testHouse(t);
  const run = <R>(work: Parameters<typeof house.run<R>>[1]) => house.run("finance", work);
  const first = await run((tx) => importText(tx, importLedger, ledger));
  assert.deepEqual(told(first), [6, 0, 0, 0, 0], JSON.stringify(first.sentences));
  const sums = async () => {
    const codes = ["finances.charges", "finances.produits", "finances.resultat"];
    const table = await run((tx) => askFigures(tx, moneyRegistry, { codes, period: yearPeriod(2020), by: [[]] }));
    return codes.map((code) => table.at(code));
  };
  // The two sides of a ledger are equal: its result is that of the accounts of income and expenditure alone.
  assert.deepEqual(await sums(), [900, 5000, 4100]);
  await house.owner.query("UPDATE money.entries SET funder = 'Ville', version = version + 1 WHERE account = '741000'");
  const again = await run((tx) => importText(tx, importLedger, ledger.replace("Libellé 1;;5000,00", "Autre;;5000,00")));
  assert.deepEqual(told(again), [0, 1, 5, 0, 0], JSON.stringify(again.sentences));
  const { rows } = await house.owner.query("SELECT label, funder FROM money.entries WHERE account = '741000'");
  assert.deepEqual(rows, [{ label: "Autre", funder: "Ville" }], "the split stays");
  assert.deepEqual(await run((tx) => undoImport(tx, [importLedger], again.id)), { undone: true });
  assert.deepEqual(await sums(), [900, 5000, 4100]);
});

test("an amount with its side says the same; a negative debit is a credit", async (t) => {
  const house = await testHouse(t);
  const other = [
    head.replace("Debit;Credit", "Montant;Sens"),
    line("AC", "1", "20200115", "606400A", "1000,100", "D"),
    line("AC", "1", "20200115", "401000", "1000.10", "C"),
    line("AC", "2", "20200220", "606400", "-100,10", "+1"),
    line("AC", "2", "20200220", "401000", "-100,10", "-1"),
  ].join("\n");
  await house.run("finance", (tx) => importText(tx, importLedger, other));
  const { rows } = await house.owner.query(
    "SELECT account, side, amount::text FROM money.entries ORDER BY external_id",
  );
  assert.deepEqual(rows, [
    { account: "606400", side: "debit", amount: "1000.10" },
    { account: "401000", side: "credit", amount: "1000.10" },
    { account: "606400", side: "credit", amount: "100.10" },
    { account: "401000", side: "debit", amount: "100.10" },
  ]);
});

test("what does not balance, or cannot be read, is refused whole with its sentence", async (t) => {
  const house = await testHouse(t);
  const refusal = async (text: string): Promise<string> => {
    try {
      await house.run("finance", (tx) => importText(tx, importLedger, text));
    } catch (error) {
      assert.ok(error instanceof ImportRefusal, String(error));
      return error.message.replace(/[\u00a0\u202f]/g, " ");
    }
    return assert.fail("taken");
  };
  assert.match(await refusal(ledger.replace(";1000,10;;;2", ";1000,11;;;2")), /2020 AC 1 \(crédit de trop : 0,01 €\)/);
  assert.match(
    await refusal(ledger.replace("20200220;606400", "20200231;606400")),
    /Une ligne de ce fichier n’est pas lisible/,
  );
  assert.match(
    await refusal(
      ledger.replace(
        "606400;Compte;;;P1;20200115;Libellé 1;1 000,10;0,00",
        "606400;Compte;;;P1;20200115;Libellé 1;1 000,10;3,00",
      ),
    ),
    /n’est pas lisible/,
  );
  const { rowCount } = await house.owner.query("SELECT 1 FROM money.entries");
  assert.equal(rowCount, 0);
});
