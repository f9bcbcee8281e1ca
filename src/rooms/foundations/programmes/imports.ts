// The file of programmes, "dispositifs": code, title, pole, funders separated by ";" inside one cell.
import { sql } from "kysely";
import { rowset } from "../../../core/db/rowset.ts";
import type { Tx } from "../../../core/db/transaction.ts";
import { type ChangedRecord, keyedKind } from "../../../core/importing/keyed.ts";
import type { ImportKind } from "../../../core/importing/kind.ts";
import { oneLine } from "../../../core/importing/values.ts";
import type { Values } from "../../../core/importing/written.ts";

const shape = { id: "uuid", title: "text", pole: "text", funders: "text" } as const;
const funderList = sql.raw("CASE WHEN x.funders IS NULL THEN '{}'::text[] ELSE string_to_array(x.funders, ';') END");

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('title', title, 'pole', pole, 'funders', nullif(array_to_string(funders, ';'), ''))) AS values
      FROM programmes.programmes WHERE house_id = ${tx.scope.house} AND id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE programmes.programmes p SET title = x.title, pole = x.pole, funders = ${funderList}, version = p.version + 1
     FROM ${rowset(rows, shape)}
    WHERE p.house_id = ${tx.scope.house} AND p.id = x.id`.execute(tx.on());
}

export const dispositifs: ImportKind = keyedKind({
  kind: "dispositifs",
  label: "Dispositifs",
  target: "programmes.programmes",
  own: [],
  after: [],
  columns: [
    { key: "code", label: "Code", aliases: ["code dispositif", "dispositif", "identifiant"], required: true },
    { key: "intitule", label: "Intitulé", aliases: ["titre", "nom", "libellé"], required: true },
    { key: "pole", label: "Pôle", aliases: ["service"], required: false },
    { key: "financeurs", label: "Financeurs", aliases: ["financeur", "financement"], required: false },
  ],
  fields: [
    { key: "title", label: "l’intitulé" },
    { key: "pole", label: "le pôle" },
    { key: "funders", label: "les financeurs" },
  ],
  current,
  change,
  async open(tx) {
    return {
      read({ cells }) {
        const key = oneLine(cells.code ?? "");
        const title = oneLine(cells.intitule ?? "");
        if (!key) return { refused: "Le code du dispositif manque." };
        if (!title) return { refused: "L’intitulé du dispositif manque." };
        const values: Record<string, string> = { title };
        const pole = oneLine(cells.pole ?? "");
        if (pole) values.pole = pole;
        const funders = oneLine(cells.financeurs ?? "")
          .split(";")
          .map((funder) => funder.trim())
          .filter((funder) => funder !== "");
        if (funders.length > 0) values.funders = funders.join(";");
        return { key, values, doubts: [] };
      },
      async known(keys) {
        const { rows } = await sql<{ code: string; id: string }>`
          SELECT code, id FROM programmes.programmes WHERE house_id = ${tx.scope.house} AND code = ANY(${keys}::text[])`.execute(
          tx.on(),
        );
        return new Map(rows.map((row) => [row.code, { id: row.id }]));
      },
      current: (ids) => current(tx, ids),
      async create(records) {
        const rows = records.map((record) => ({ ...record.values, id: record.id, code: record.key }));
        await sql`INSERT INTO programmes.programmes (house_id, id, code, title, pole, funders, created_at)
          SELECT ${tx.scope.house}, id, code, title, pole, ${funderList}, ${tx.clock.now()}
            FROM ${rowset(rows, { ...shape, code: "text" })}`.execute(tx.on());
      },
    };
  },
  async remove(tx, importId) {
    await sql`DELETE FROM programmes.programmes WHERE house_id = ${tx.scope.house} AND id IN (
      SELECT record_id FROM core.import_changes
       WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND target = 'programmes.programmes' AND before IS NULL)`.execute(
      tx.on(),
    );
  },
});
