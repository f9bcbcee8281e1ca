// The file of entries, "ecritures": one line an entry, with its funder and its programme.

import { sql } from "kysely";
import { rowset } from "../../../core/db/rowset.ts";
import type { Tx } from "../../../core/db/transaction.ts";
import { byExternalId, removeCreated } from "../../../core/importing/created.ts";
import { type ChangedRecord, keyedKind, type NewRecord, type Reading } from "../../../core/importing/keyed.ts";
import type { ImportKind, ImportRow } from "../../../core/importing/kind.ts";
import { comparable, oneLine, readDay } from "../../../core/importing/values.ts";
import type { Values } from "../../../core/importing/written.ts";
import type { MoneyTables } from "./tables.ts";

const target: keyof MoneyTables = "money.entries";
const shape = {
  id: "uuid",
  day: "date",
  account: "text",
  label: "text",
  side: "text",
  amount: "numeric",
  funder: "text",
  programme: "uuid",
} as const;

/** "1 522,10" -> "1522.10"; null when it is no amount. Exact: never a binary fraction. */
export function readAmount(text: string): string | null {
  const typed = text.replace(/[\s\u00A0\u202F€]/g, "").replace(",", ".");
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(typed);
  return found ? `${Number(found[1])}.${(found[2] ?? "").padEnd(2, "0")}` : null;
}

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('day', on_day, 'account', account, 'label', nullif(label, ''), 'side', side, 'amount', amount::text, 'funder', funder, 'programme', programme_id)) AS values
      FROM money.entries WHERE house_id = ${tx.scope.house} AND id = ANY(${[...ids]}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function create(tx: Tx, records: readonly NewRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.values, id: record.id, key: record.key }));
  await sql`INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, funder, programme_id, external_id)
    SELECT ${tx.scope.house}, id, day, account, coalesce(label, ''), side, amount, funder, programme, key FROM ${rowset(rows, { ...shape, key: "text" })}`.execute(
    tx.on(),
  );
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE money.entries e SET on_day = x.day, account = x.account, label = coalesce(x.label, ''), side = x.side, amount = x.amount, funder = x.funder, programme_id = x.programme, version = e.version + 1
    FROM ${rowset(rows, shape)} WHERE e.house_id = ${tx.scope.house} AND e.id = x.id`.execute(tx.on());
}

function readEntry(row: ImportRow, programmes: ReadonlyMap<string, string>): Reading {
  const cell = (key: string): string => oneLine(row.cells[key] ?? "");
  const key = cell("id");
  if (!key) return { refused: "L’identifiant de l’écriture manque." };
  const day = readDay(cell("date"));
  if (!day.ok) return { refused: `Date : ${day.reason}.` };
  if (!/^[1-8]\d{0,11}$/.test(cell("compte")))
    return { refused: `Compte « ${cell("compte").slice(0, 20)} » inconnu : des chiffres, de la classe 1 à 8.` };
  const word = comparable(cell("sens"));
  const side =
    word.startsWith("deb") || word === "d" ? "debit" : word.startsWith("cred") || word === "c" ? "credit" : null;
  if (!side) return { refused: `Sens « ${cell("sens").slice(0, 20)} » inconnu : débit ou crédit.` };
  const amount = readAmount(cell("montant"));
  if (amount === null) return { refused: `Montant « ${cell("montant").slice(0, 20)} » illisible.` };
  const values: Record<string, string> = { day: day.value, account: cell("compte"), side, amount };
  if (cell("libelle")) values.label = cell("libelle").slice(0, 200);
  if (cell("financeur")) values.funder = cell("financeur").slice(0, 120);
  const doubts: string[] = [];
  if (cell("dispositif")) {
    const programme = programmes.get(comparable(cell("dispositif")));
    if (programme) values.programme = programme;
    else doubts.push(`dispositif « ${cell("dispositif").slice(0, 40)} » inconnu : écriture reprise sans dispositif`);
  }
  return { key, values, doubts };
}

export const importEntries: ImportKind = keyedKind({
  kind: "ecritures",
  label: "Écritures comptables",
  target,
  own: [],
  after: ["dispositifs"],
  columns: [
    { key: "id", label: "Identifiant", aliases: ["identifiant", "numéro", "n°", "pièce"], required: true },
    { key: "date", label: "Date", aliases: ["jour"], required: true },
    { key: "compte", label: "Compte", aliases: ["numéro de compte"], required: true },
    { key: "libelle", label: "Libellé", aliases: ["intitulé"], required: false },
    { key: "sens", label: "Sens", aliases: ["débit ou crédit"], required: true },
    { key: "montant", label: "Montant", aliases: ["montant en euros"], required: true },
    { key: "financeur", label: "Financeur", aliases: [], required: false },
    { key: "dispositif", label: "Dispositif", aliases: ["analytique", "section"], required: false },
  ],
  fields: [
    { key: "day", label: "la date" },
    { key: "account", label: "le compte" },
    { key: "label", label: "le libellé" },
    { key: "side", label: "le sens" },
    { key: "amount", label: "le montant" },
    { key: "funder", label: "le financeur" },
    { key: "programme", label: "le dispositif" },
  ],
  current,
  change,
  async open(tx) {
    const { rows: known } = await sql<{ code: string; id: string }>`
      SELECT code, id FROM programmes.programmes WHERE house_id = ${tx.scope.house}`.execute(tx.on());
    const programmes = new Map(known.map((one) => [comparable(one.code), one.id]));
    return {
      read: (row) => readEntry(row, programmes),
      known: (keys) => byExternalId(tx, target, keys),
      current: (ids) => current(tx, ids),
      create: (records) => create(tx, records),
    };
  },
  remove: (tx, importId) => removeCreated(tx, importId, target),
});
