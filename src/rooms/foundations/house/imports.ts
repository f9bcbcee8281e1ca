// The file of sites, "antennes": one row a site, recognised by its code.
import { sql } from "kysely";
import { rowset } from "../../../core/db/rowset.ts";
import type { Tx } from "../../../core/db/transaction.ts";
import { type ChangedRecord, keyedKind } from "../../../core/importing/keyed.ts";
import type { ImportKind } from "../../../core/importing/kind.ts";
import { oneLine } from "../../../core/importing/values.ts";
import type { Values } from "../../../core/importing/written.ts";

/** The code of a site: as the files write it, or made from its name. */
const codeOf = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const shape = { id: "uuid", name: "text", kind: "text", postal_code: "text", commune_name: "text" } as const;

async function current(tx: Tx, ids: readonly string[]): Promise<Map<string, { version: number; values: Values }>> {
  const { rows } = await sql<{ id: string; version: number; values: Values }>`
    SELECT id, version, jsonb_strip_nulls(jsonb_build_object('name', name, 'kind', kind, 'postal_code', postal_code, 'commune_name', commune_name)) AS values
      FROM house.sites WHERE house_id = ${tx.scope.house} AND id = ANY(${ids}::uuid[])`.execute(tx.on());
  return new Map(rows.map((row) => [row.id, row]));
}

async function change(tx: Tx, records: readonly ChangedRecord[]): Promise<void> {
  const rows = records.map((record) => ({ ...record.after, id: record.id }));
  await sql`UPDATE house.sites s SET name = x.name, kind = x.kind, postal_code = x.postal_code, commune_name = x.commune_name, version = s.version + 1
     FROM ${rowset(rows, shape)}
    WHERE s.house_id = ${tx.scope.house} AND s.id = x.id`.execute(tx.on());
}

export const antennes: ImportKind = keyedKind({
  kind: "antennes",
  label: "Lieux (antennes)",
  target: "house.sites",
  own: ["house.site_aliases"],
  after: [],
  columns: [
    { key: "code", label: "Code", aliases: ["code antenne", "antenne", "identifiant"], required: true },
    { key: "nom", label: "Nom", aliases: ["nom de l'antenne", "libellé", "intitulé", "lieu", "site"], required: true },
    { key: "code_postal", label: "Code postal", aliases: ["cp"], required: false },
    { key: "commune", label: "Commune", aliases: ["ville"], required: false },
  ],
  fields: [
    { key: "name", label: "le nom" },
    { key: "kind", label: "la sorte de lieu" },
    { key: "postal_code", label: "le code postal" },
    { key: "commune_name", label: "la commune" },
  ],
  current,
  change,
  async open(tx) {
    return {
      read({ cells }) {
        const key = codeOf(oneLine(cells.code ?? ""));
        const name = oneLine(cells.nom ?? "");
        if (!key) return { refused: "Le code du lieu manque." };
        if (!name) return { refused: "Le nom du lieu manque." };
        const postal = oneLine(cells.code_postal ?? "");
        const commune = oneLine(cells.commune ?? "");
        const doubts: string[] = [];
        const values: Record<string, string> = { name, kind: /^antenne\b/i.test(name) ? "antenne" : "other" };
        if (/^\d{5}$/.test(postal)) values.postal_code = postal;
        else if (postal) doubts.push(`le code postal « ${postal.slice(0, 20)} », qui n’a pas cinq chiffres`);
        if (commune) values.commune_name = commune;
        return { key, values, doubts };
      },
      async known(keys) {
        const { rows } = await sql<{ code: string; id: string }>`
          SELECT code, id FROM house.sites WHERE house_id = ${tx.scope.house} AND code = ANY(${keys}::text[])`.execute(
          tx.on(),
        );
        return new Map(rows.map((row) => [row.code, { id: row.id }]));
      },
      current: (ids) => current(tx, ids),
      async create(records) {
        const rows = records.map((record, at) => ({ ...record.values, id: record.id, code: record.key, at }));
        await sql`INSERT INTO house.sites (house_id, id, code, name, kind, postal_code, commune_name, position)
          SELECT ${tx.scope.house}, id, code, name, kind, postal_code, commune_name,
                 at + 1 + coalesce((SELECT max(position) FROM house.sites WHERE house_id = ${tx.scope.house}), 0)
            FROM ${rowset(rows, { ...shape, code: "text", at: "int" })}`.execute(tx.on());
      },
    };
  },
  async remove(tx, importId) {
    const created = sql`SELECT record_id FROM core.import_changes
      WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND target = 'house.sites' AND before IS NULL`;
    await sql`DELETE FROM house.site_aliases WHERE house_id = ${tx.scope.house} AND site_id IN (${created})`.execute(
      tx.on(),
    );
    await sql`DELETE FROM house.sites WHERE house_id = ${tx.scope.house} AND id IN (${created})`.execute(tx.on());
  },
});
