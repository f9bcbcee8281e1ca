// The French general ledger file, « FEC » (livre des procédures fiscales, art. A47 A-1): eighteen columns, parted by tabs or bars, days as
// 20201231, debit and credit in two columns or an amount with its side. What it does not say, a funder and a programme, is told afterwards.
import { sql } from "kysely";
import { rowset } from "../../../core/db/rowset.ts";
import type { Tx } from "../../../core/db/transaction.ts";
import { byExternalId, removeCreated } from "../../../core/importing/created.ts";
import { type ChangedRecord, keyedKind, type NewRecord, type Reading } from "../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../core/importing/kind.ts";
import { ImportRefusal } from "../../../core/importing/refusal.ts";
import { cellsOf } from "../../../core/importing/table-file.ts";
import { comparable, readDay } from "../../../core/importing/values.ts";
import type { Values } from "../../../core/importing/written.ts";
import { number } from "../../../ui/words.ts";
import { readAmount } from "./imports.ts";
import type { MoneyTables } from "./tables.ts";

const target: keyof MoneyTables = "money.entries";
const shape = { id: "uuid", day: "date", account: "text", label: "text", side: "text", amount: "numeric" } as const;

type Side = "debit" | "credit";
type Line = { entry: string; day: string; account: string; label: string; side: Side; cents: number };

/** "20201231", or as hands write it. */
function readLedgerDay(text: string): string | null {
  const bare = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  const read = readDay(bare ? `${bare[1]}-${bare[2]}-${bare[3]}` : text);
  return read.ok ? read.value : null;
}

/** "1 522,10", "-12,5", "" -> cents; null when it is no amount. Tools write more zeros than cents: "10,000". */
function readCents(text: string): number | null {
  const typed = text.trim();
  if (typed === "") return 0;
  const negative = /^[-\u2212]/.test(typed);
  const amount = readAmount(typed.replace(/^[-+\u2212]/, "").replace(/([.,]\d\d)0+$/, "$1"));
  if (amount === null) return null;
  const cents = Number(amount.replace(".", ""));
  return negative ? -cents : cents;
}

/** The amount in cents and its side; the end of a sentence where it has none, or both. A negative debit is a credit. */
function readSide(cell: (key: string) => string): { side: Side; cents: number } | string {
  const turned = (side: Side, cents: number): { side: Side; cents: number } =>
    cents < 0 ? { side: side === "debit" ? "credit" : "debit", cents: -cents } : { side, cents };
  if (cell("montant") !== "") {
    const cents = readCents(cell("montant"));
    if (cents === null) return `montant «\u00a0${cell("montant").slice(0, 20)}\u00a0» illisible`;
    const word = comparable(cell("sens")) || cell("sens").trim();
    if (/^(d|debit|1)$/.test(word) && cell("sens").trim() !== "-1") return turned("debit", cents);
    if (/^(c|credit)$/.test(word) || cell("sens").trim() === "-1") return turned("credit", cents);
    return `sens «\u00a0${cell("sens").slice(0, 20)}\u00a0» inconnu\u00a0: D ou C, +1 ou -1`;
  }
  const [debit, credit] = [readCents(cell("debit")), readCents(cell("credit"))];
  if (debit === null || credit === null)
    return `montant «\u00a0${cell(debit === null ? "debit" : "credit").slice(0, 20)}\u00a0» illisible`;
  if (debit !== 0 && credit !== 0) return "débit et crédit sur la même ligne";
  return credit === 0 ? turned("debit", debit) : turned("credit", credit);
}

function readLine(row: ImportRow): Line | string {
  const cell = cellsOf(row);
  const day = readLedgerDay(cell("jour"));
  if (day === null) return `date «\u00a0${cell("jour").slice(0, 20)}\u00a0» illisible (20201231)`;
  const account = /^[1-8]\d*/.exec(cell("compte"))?.[0].slice(0, 12);
  if (!account)
    return `compte «\u00a0${cell("compte").slice(0, 20)}\u00a0» inconnu\u00a0: des chiffres, de la classe 1 à 8`;
  if (!cell("journal") || !cell("numero")) return "le code du journal ou le numéro de l’écriture manque";
  const side = readSide(cell);
  if (typeof side === "string") return side;
  return {
    entry: `${day.slice(0, 4)} ${cell("journal").slice(0, 20)} ${cell("numero").slice(0, 40)}`,
    day,
    account,
    label: (cell("libelle") || cell("compte_libelle")).slice(0, 200),
    ...side,
  };
}

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('day', on_day, 'account', account, 'label', nullif(label, ''), 'side', side, 'amount', amount::text)) AS values
      FROM money.entries WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, external_id)
    SELECT ${tx.scope.house}, id, day, account, coalesce(label, ''), side, amount, key FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(
    tx.on(),
  );
}

/** The funder and the programme are the house's own: a ledger that is read again leaves them. */
async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE money.entries e SET on_day = x.day, account = x.account, label = coalesce(x.label, ''), side = x.side, amount = x.amount, version = e.version + 1
    FROM ${rowset(rows, shape)} WHERE e.house_id = ${tx.scope.house} AND e.id = x.id`.execute(tx.on());
}

const mostNamed = 5;
/** What does not balance, as a sentence; null when all does. */
function unbalanced(balances: ReadonlyMap<string, number>): string | null {
  const wrong = [...balances].filter(([, cents]) => cents !== 0);
  if (wrong.length === 0) return null;
  const named = wrong
    .slice(0, mostNamed)
    .map(
      ([entry, cents]) =>
        `${entry} (${cents > 0 ? "débit" : "crédit"} de trop\u00a0: ${number(Math.abs(cents) / 100, 2)}\u00a0€)`,
    );
  const more = wrong.length > mostNamed ? `, et ${wrong.length - mostNamed} autres` : "";
  return `Ce fichier n’est pas équilibré\u00a0: ${named.join(", ")}${more}. Rien n’est importé\u00a0: demandez-en un autre à votre logiciel de comptabilité.`;
}

const column = (key: string, label: string, required: boolean, ...aliases: string[]) => ({
  key,
  label,
  aliases,
  required,
});

export const importLedger: ImportKind = keyedKind({
  kind: "fec",
  label: "Fichier des écritures comptables (FEC)",
  target,
  own: [],
  after: [],
  columns: [
    column("journal", "JournalCode", true),
    column("journal_libelle", "JournalLib", false),
    column("numero", "EcritureNum", true),
    column("jour", "EcritureDate", true),
    column("compte", "CompteNum", true),
    column("compte_libelle", "CompteLib", false),
    column("auxiliaire", "CompAuxNum", false),
    column("auxiliaire_libelle", "CompAuxLib", false),
    column("piece", "PieceRef", false),
    column("piece_jour", "PieceDate", false),
    column("libelle", "EcritureLib", false),
    column("debit", "Debit", false, "Débit"),
    column("credit", "Credit", false, "Crédit"),
    column("montant", "Montant", false),
    column("sens", "Sens", false),
    column("lettrage", "EcritureLet", false),
    column("lettrage_jour", "DateLet", false),
    column("validation", "ValidDate", false),
    column("montant_devise", "Montantdevise", false),
    column("devise", "Idevise", false),
  ],
  fields: [
    { key: "day", label: "la date" },
    { key: "account", label: "le compte" },
    { key: "label", label: "le libellé" },
    { key: "side", label: "le sens" },
    { key: "amount", label: "le montant" },
  ],
  current,
  change,
  async open(tx) {
    const balances = new Map<string, number>();
    const places = new Map<string, number>();
    let refused = 0;
    return {
      read(row): Reading {
        const line = readLine(row);
        if (typeof line === "string") {
          refused += 1;
          return { refused: `${line.slice(0, 1).toUpperCase()}${line.slice(1)}.` };
        }
        const { entry, cents, ...values } = line;
        balances.set(entry, (balances.get(entry) ?? 0) + (line.side === "debit" ? cents : -cents));
        const place = (places.get(entry) ?? 0) + 1;
        places.set(entry, place);
        const told: Record<string, string> = { ...values, amount: (cents / 100).toFixed(2) };
        if (!told.label) delete told.label;
        return { key: `FEC ${entry} ${place}`, values: told, doubts: [] };
      },
      known: (keys) => byExternalId(tx, target, keys),
      current: (ids) => current(tx, ids),
      create: (records) => create(tx, records),
      async finish() {
        if (refused > 0)
          throw new ImportRefusal(
            `${refused === 1 ? "Une ligne de ce fichier n’est pas lisible" : `${refused} lignes de ce fichier ne sont pas lisibles`}\u00a0: un grand livre est repris en entier, ou pas du tout.`,
          );
        const sentence = unbalanced(balances);
        if (sentence) throw new ImportRefusal(sentence);
      },
    };
  },
  remove: (tx, importId) => removeCreated(tx, importId, target),
});
