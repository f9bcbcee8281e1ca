// A file as rows of a kind: opened by the worker, its columns recognised, each row by column keys.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, extname } from "node:path";
import type { Tx } from "../../core/db/transaction.ts";
import { type ByHand, fitness, recognise } from "../../core/importing/columns.ts";
import type { ImportKind, ImportRow } from "../../core/importing/kind.ts";
import { openTable, type Table } from "../../core/importing/read.ts";
import { ImportRefusal } from "../../core/importing/refusal.ts";
import { comparable } from "../../core/importing/values.ts";
import { keptMapping, keptMappings } from "./mapping.ts";

/** The kind whose name the file bears: "personnes.csv". */
export function kindByName(kinds: readonly ImportKind[], fileName: string): ImportKind | null {
  const name = comparable(basename(fileName, extname(fileName)));
  return kinds.find((kind) => name === comparable(kind.kind)) ?? null;
}

/** The kind of a file: by its name, else as somebody said of such headers before, else by its headers when one kind fits them clearly. */
export async function kindOf(
  tx: Tx,
  kinds: readonly ImportKind[],
  fileName: string,
  headers: readonly string[],
): Promise<ImportKind | null> {
  const named = kindByName(kinds, fileName);
  if (named) return named;
  const [said] = await keptMappings(tx, headers);
  const known = kinds.find((kind) => kind.kind === said?.kind);
  if (known) return known;
  const [best] = kinds.map((kind) => ({ kind, fit: fitness(headers, kind.columns) })).sort((a, b) => b.fit - a.fit);
  return best && best.fit >= 0.6 ? best.kind : null;
}

export type TableRows = AsyncIterable<ImportRow[]>;

/**
 * Opens a file as a table of this kind for the length of the work; its columns are those named by hand where they were.
 * @throws ImportRefusal when it cannot be read or a needed column is missing.
 */
export async function overFile<R>(
  tx: Tx,
  file: { path: string },
  kind: ImportKind,
  work: (rows: TableRows, headers: readonly string[]) => Promise<R>,
  share?: (read: number) => void,
): Promise<R> {
  const table = await openTable(file.path);
  try {
    const { headers } = table.head;
    return await work(rowsOf(table, kind, await keptMapping(tx, kind, headers), share), headers);
  } finally {
    await table.close();
  }
}

/** Rows by column key. `share` hears how much of the file is read. @throws ImportRefusal when a needed column is missing. */
function rowsOf(table: Table, kind: ImportKind, byHand: ByHand | null, share?: (read: number) => void): TableRows {
  const { mapping, missing } = recognise(table.head.headers, kind.columns, byHand);
  if (missing.length > 0)
    throw new ImportRefusal(
      `Il manque ${missing.length === 1 ? "la colonne" : "les colonnes"} : ${missing.map((column) => column.label).join(", ")}.`,
    );
  const keys = mapping.flatMap((key, at) => (key === null ? [] : [{ key, at }]));
  async function* rows(): AsyncGenerator<ImportRow[]> {
    for await (const batch of table.rows) {
      yield batch.map(({ line, cells }) => {
        const named: Record<string, string> = {};
        for (const { key, at } of keys) {
          const text = cells[at];
          if (text !== undefined && text !== "") named[key] = text;
        }
        return { line, cells: named, raw: cells };
      });
      share?.(batch.at(-1)?.share ?? 1);
    }
  }
  return rows();
}

/** SHA-256 of a file, read as a stream. */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
