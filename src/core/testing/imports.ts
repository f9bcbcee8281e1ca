// A file's text imported as the pages do: its columns recognised by their headers.
import { parse } from "csv-parse/sync";
import type { Tx } from "../db/transaction.ts";
import { recognise } from "../importing/columns.ts";
import { runImport, type Tally } from "../importing/engine.ts";
import type { ImportKind, ImportRow } from "../importing/kind.ts";

/** Imports a text of columns parted by ";". @throws when a required column is missing. */
export async function importText(tx: Tx, kind: ImportKind, text: string): Promise<Tally & { id: string }> {
  const [headers = [], ...lines] = parse(text, { delimiter: ";", bom: true }) as string[][];
  const { mapping, missing } = recognise(headers, kind.columns);
  if (missing.length > 0) throw new Error(`missing: ${missing.map((column) => column.key).join(", ")}`);
  async function* rows(): AsyncGenerator<ImportRow[]> {
    yield lines.map((cells, nth) => ({
      line: nth + 2,
      cells: Object.fromEntries(mapping.flatMap((key, at) => (key && cells[at] ? [[key, cells[at]]] : []))),
      raw: cells,
    }));
  }
  const id = tx.ids.uuid();
  const facts = { id, fileName: `${kind.kind}.csv`, sha256: "x" };
  return { id, ...(await runImport(tx, kind, rows(), facts)) };
}

/** Created, changed, unchanged, doubtful, refused. */
export const told = ({ counts }: Tally): number[] => [
  counts.created,
  counts.changed,
  counts.unchanged,
  counts.doubtful,
  counts.refused,
];
