// A file as rows of a kind: opened by the worker, its columns recognised, each row by column keys.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, extname } from "node:path";
import { fitness, recognise } from "../../core/importing/columns.ts";
import type { ImportKind, ImportRow } from "../../core/importing/kind.ts";
import type { Table } from "../../core/importing/read.ts";
import { ImportRefusal } from "../../core/importing/refusal.ts";
import { comparable } from "../../core/importing/values.ts";

/** The kind of a file: by its name, else by its headers when one kind fits them clearly. */
export function kindOf(kinds: readonly ImportKind[], fileName: string, headers: readonly string[]): ImportKind | null {
  const name = comparable(basename(fileName, extname(fileName)));
  const named = kinds.find((kind) => name === comparable(kind.kind));
  if (named) return named;
  const [best] = kinds.map((kind) => ({ kind, fit: fitness(headers, kind.columns) })).sort((a, b) => b.fit - a.fit);
  return best && best.fit >= 0.6 ? best.kind : null;
}

/** Rows by column key. @throws ImportRefusal when a needed column is missing. */
export function rowsOf(
  table: Table,
  kind: ImportKind,
  byHand: Readonly<Record<string, string>> = {},
): AsyncIterable<ImportRow[]> {
  const { mapping, missing } = recognise(table.head.headers, kind.columns, byHand);
  if (missing.length > 0)
    throw new ImportRefusal(
      `Il manque ${missing.length === 1 ? "la colonne" : "les colonnes"} : ${missing.map((column) => column.label).join(", ")}.`,
    );
  async function* rows(): AsyncGenerator<ImportRow[]> {
    for await (const batch of table.rows)
      yield batch.map(({ line, cells }) => {
        const named: Record<string, string> = {};
        for (const [at, key] of mapping.entries()) {
          const text = cells[at];
          if (key !== null && text !== undefined && text !== "") named[key] = text;
        }
        return { line, cells: named, raw: cells };
      });
  }
  return rows();
}

/** SHA-256 of a file, read as a stream. */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
