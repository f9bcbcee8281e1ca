// A list as a file: each column says its label and its cell, once.
import type { Answer } from "../http/answer.ts";
import type { Cell } from "./cell.ts";
import { csvStream } from "./csv.ts";

export type ListColumn<Row> = { label: string; cell: (row: Row) => Cell };

/** The rows, in batches or all at once in one batch, as a CSV file to keep. */
export function csvFile<Row>(
  name: string,
  columns: readonly ListColumn<Row>[],
  batches: Iterable<Row[]> | AsyncIterable<Row[]>,
): Answer {
  const keyed = columns.map(({ label }, at) => ({ key: String(at), label }));
  async function* cells(): AsyncGenerator<Record<string, Cell>[]> {
    for await (const batch of batches)
      yield batch.map((row) => Object.fromEntries(columns.map((column, at) => [String(at), column.cell(row)])));
  }
  return { kind: "file", stream: csvStream(keyed, cells()), name: `${name}.csv`, type: "text/csv; charset=utf-8" };
}
