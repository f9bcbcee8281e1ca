// CSV as French spreadsheets open it: semicolon, UTF-8 with its mark, CRLF, decimal comma, French days.
import { Readable } from "node:stream";
import { stringify } from "csv-stringify/sync";
import type { Cell, ExportColumn } from "./cell.ts";

/** A text that a spreadsheet would take for a formula is kept a text: it gets an apostrophe in front (OWASP, CSV injection). */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const shown = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(cell).replace(".", ",");
  if (typeof cell === "boolean") return cell ? "oui" : "non";
  if (typeof cell === "string") return harmless(cell);
  return `${cell.day.slice(8, 10)}/${cell.day.slice(5, 7)}/${cell.day.slice(0, 4)}`;
};

const written = (records: string[][]): string => stringify(records, { delimiter: ";", record_delimiter: "windows" });

/** The mark that tells spreadsheets the encoding: it stands at the start of a file. */
export const mark = "\uFEFF";

/** Rows as text, for a file that is written bit by bit. */
export const csvText = (rows: readonly (readonly Cell[])[]): string => written(rows.map((cells) => cells.map(shown)));

/** Rows in batches -> bytes, as fast as they are read. */
export function csvStream(
  columns: readonly ExportColumn[],
  rows: AsyncIterable<Record<string, Cell>[]>,
): ReadableStream<Uint8Array> {
  async function* text(): AsyncGenerator<string> {
    yield `${mark}${written([columns.map((column) => column.label)])}`;
    for await (const batch of rows) yield written(batch.map((row) => columns.map((column) => shown(row[column.key]))));
  }
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const part of text()) yield Buffer.from(part);
  }
  return Readable.toWeb(Readable.from(bytes(), { objectMode: false })) as ReadableStream<Uint8Array>;
}
