// The file "chiffres_declares": figures that no record gives, one a row.

import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Reading } from "../../../../core/importing/keyed.ts";
import type { ImportRow } from "../../../../core/importing/kind.ts";
import { cellsOf, filled, tableKind } from "../../../../core/importing/table-file.ts";
import { comparable, readDay } from "../../../../core/importing/values.ts";
import { readNumber } from "../audit/reading.ts";
import { readStay } from "../period.ts";
import { codeMistake, isDeclaredCode } from "./shapes.ts";
import type { DeclaredTables } from "./tables.ts";

const kinds: Readonly<Record<string, string>> = { declare: "declared", cite: "quoted" };

function readDeclared(row: ImportRow, taken: (code: string) => boolean): Reading {
  const cell = cellsOf(row);
  if (!cell("id")) return { refused: "L’identifiant manque." };
  const code = cell("code");
  if (!isDeclaredCode(code)) return { refused: `Code « ${code.slice(0, 40)} » : ${codeMistake.toLowerCase()}` };
  if (taken(code)) return { refused: `Le code « ${code} » est celui d’un chiffre que les fiches donnent.` };
  const kind = kinds[comparable(cell("nature")) || "declare"];
  if (!kind) return { refused: `Nature « ${cell("nature").slice(0, 40)} » inconnue : déclaré ou cité.` };
  if (!cell("libelle")) return { refused: "Le libellé manque." };
  const value = readNumber(cell("valeur"));
  if (!value) return { refused: `« ${cell("valeur").slice(0, 40)} » n’est pas un nombre.` };
  const stay = readStay(cell("periode"));
  if (!stay.ok) return { refused: `${stay.reason}.` };
  const said = readDay(cell("dit_le"));
  if (!said.ok) return { refused: `Date : ${said.reason}.` };
  if (!cell("dit_par") || !cell("preuve"))
    return { refused: "Qui donne ce chiffre, et sur quelle preuve, doivent être dits." };
  return {
    key: cell("id").slice(0, 100),
    values: filled({
      code,
      kind,
      label: cell("libelle").slice(0, 300),
      value: String(value.value),
      unit: cell("unite").slice(0, 60),
      from_day: stay.value?.from ?? "",
      to_day: stay.value?.to ?? "",
      said_by: cell("dit_par").slice(0, 200),
      evidence: cell("preuve").slice(0, 300),
      said_on: said.value,
    }),
    doubts: [],
  };
}

const table = "report.declared_figures" satisfies keyof DeclaredTables;

/** Those that were withdrawn: a file brings none back. */
async function withdrawn(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string }>`
    SELECT external_id AS key FROM report.declared_figures WHERE house_id = ${tx.scope.house} AND external_id = ANY(${[...keys]}::text[]) AND withdrawn_at IS NOT NULL`.execute(
    tx.on(),
  );
  return new Map(rows.map(({ key }) => [key, "Ce chiffre a été retiré depuis : il est laissé tel quel."]));
}

/** What stands in the house under a code and a period, by who holds it: two figures may not. */
async function heldPeriods(tx: Tx): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ place: string; key: string | null }>`
    SELECT concat_ws(' ', code, from_day, to_day) AS place, external_id AS key FROM report.declared_figures WHERE house_id = ${tx.scope.house} AND withdrawn_at IS NULL`.execute(
    tx.on(),
  );
  return new Map(rows.map(({ place, key }) => [place, key]));
}

/** `taken`: whether a code is that of a figure that records give. */
export const importDeclared = (taken: (code: string) => boolean) =>
  tableKind({
    kind: "chiffres_declares",
    label: "Chiffres déclarés et cités",
    table,
    shape: {
      code: "text",
      kind: "text",
      label: "text",
      value: "numeric",
      unit: "text",
      from_day: "date",
      to_day: "date",
      said_by: "text",
      evidence: "text",
      said_on: "date",
    },
    nullable: ["from_day", "to_day"],
    stamp: (tx) => ({
      created_at: { type: "timestamptz", value: tx.clock.now().toISOString() },
      created_by: { type: "uuid", value: tx.scope.account },
    }),
    labels: {
      code: "le code",
      kind: "la nature",
      label: "le libellé",
      value: "la valeur",
      unit: "l’unité",
      from_day: "le début de la période",
      to_day: "la fin de la période",
      said_by: "qui le dit",
      evidence: "la preuve",
      said_on: "la date",
    },
    columns: [
      { key: "id", label: "Identifiant", aliases: ["numéro", "n°"], required: true },
      { key: "code", label: "Code", aliases: [], required: true },
      { key: "nature", label: "Nature", aliases: ["marque"], required: false },
      { key: "libelle", label: "Libellé", aliases: ["chiffre", "intitulé"], required: true },
      { key: "valeur", label: "Valeur", aliases: ["nombre"], required: true },
      { key: "unite", label: "Unité", aliases: [], required: false },
      { key: "periode", label: "Période", aliases: ["année"], required: true },
      { key: "dit_par", label: "Dit par", aliases: ["qui le dit"], required: true },
      { key: "preuve", label: "Preuve", aliases: ["source"], required: true },
      { key: "dit_le", label: "Dit le", aliases: ["date"], required: true },
    ],
    untouchable: withdrawn,
    async open(tx) {
      const held = await heldPeriods(tx);
      return {
        read(row) {
          const reading = readDeclared(row, taken);
          if ("refused" in reading) return reading;
          const { code, from_day: from, to_day: to } = reading.values;
          const place = [code, from, to].filter(Boolean).join(" ");
          if (held.has(place) && held.get(place) !== reading.key)
            return { refused: `Un autre chiffre porte déjà le code « ${code} » pour la même période.` };
          held.set(place, reading.key);
          return reading;
        },
      };
    },
  });
