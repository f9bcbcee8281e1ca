// A list as a file: each column says its label and its cell, once.
import type { Answer } from "../http/answer.ts";
import type { Cell } from "./cell.ts";
import { csvStream } from "./csv.ts";
import { xlsxStream } from "./xlsx.ts";

export type ListFormat = "csv" | "xlsx";
export type ListColumn<Row> = { label: string; cell: (row: Row) => Cell };

/** The rows, in batches or all at once in one batch, as a CSV file to keep. */
export const csvFile = <Row>(
  name: string,
  columns: readonly ListColumn<Row>[],
  batches: Iterable<Row[]> | AsyncIterable<Row[]>,
): Answer => listFile("csv", { name, sheet: name, readMe: [] }, columns, batches);

/** The rows as a CSV file, or as a workbook whose second sheet says what they are. */
export function listFile<Row>(
  format: ListFormat,
  { name, sheet, readMe }: { name: string; sheet: string; readMe: readonly string[] },
  columns: readonly ListColumn<Row>[],
  batches: Iterable<Row[]> | AsyncIterable<Row[]>,
): Answer {
  const keyed = columns.map(({ label }, at) => ({ key: String(at), label }));
  async function* cells(): AsyncGenerator<Record<string, Cell>[]> {
    for await (const batch of batches)
      yield batch.map((row) => Object.fromEntries(columns.map((column, at) => [String(at), column.cell(row)])));
  }
  return format === "csv"
    ? { kind: "file", stream: csvStream(keyed, cells()), name: `${name}.csv`, type: "text/csv; charset=utf-8" }
    : {
        kind: "file",
        stream: xlsxStream(sheet, keyed, cells(), readMe),
        name: `${name}.xlsx`,
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      };
}
