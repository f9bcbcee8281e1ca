import { Writable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import ExcelJS from "exceljs";
import { leaveWhenAsked } from "../workers.ts";
import type { Cell, ExportColumn } from "./cell.ts";
import type { FromWriter, ToWriter } from "./xlsx.ts";

/** Rows that a sheet can hold (1 048 576), its titles and something left. */
const mostRows = 1_000_000;

const { sheet: title, columns, readMe } = workerData as { sheet: string; columns: ExportColumn[]; readMe: string[] };
const say = (message: FromWriter): void => parentPort?.postMessage(message);
const out = new Writable({
  write(chunk: Buffer, _, done) {
    say({ bytes: new Uint8Array(chunk) });
    done();
  },
});
const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
let sheets = 0;
let rows = 0;
let sheet = openSheet();

function openSheet(): ExcelJS.Worksheet {
  sheets++;
  rows = 0;
  const name =
    title
      .replace(/[\\/*?:[\]']/g, " ")
      .slice(0, 27)
      .trim() || "Lignes";
  const opened = book.addWorksheet(sheets === 1 ? name : `${name} ${sheets}`, {
    views: [{ state: "frozen", ySplit: 1 }],
  });
  opened.columns = columns.map((column) => ({
    header: column.label,
    key: column.key,
    width: Math.max(12, Math.min(40, column.label.length + 6)),
  }));
  opened.getRow(1).font = { bold: true };
  opened.getRow(1).commit();
  return opened;
}

/** What XML cannot hold goes, and what a cell cannot hold (32 767 signs) is cut. */
const clean = (text: string): string => text.toWellFormed().replace(unheld, "").slice(0, 32_767);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are exactly what is removed.
const unheld = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

// A text is written as a text: whatever it begins with, a spreadsheet does not compute it.
const shown = (cell: Cell | undefined): string | number | Date | null => {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === "boolean") return cell ? "oui" : "non";
  if (typeof cell === "string") return clean(cell);
  return typeof cell === "object" ? new Date(`${cell.day}T00:00:00Z`) : cell;
};

async function finish(): Promise<void> {
  sheet.commit();
  const notes = book.addWorksheet("Lisez-moi");
  notes.columns = [{ key: "line", width: 100 }];
  for (const line of readMe) notes.addRow([clean(line)]).commit();
  notes.commit();
  await book.commit();
  say({ done: true });
}

leaveWhenAsked(parentPort);
parentPort?.on("message", (message: ToWriter | string) => {
  if (typeof message === "string") return;
  if ("end" in message) {
    finish().catch((error: unknown) => say({ failed: String(error) }));
    return;
  }
  for (const row of message.rows) {
    if (++rows > mostRows) {
      sheet.commit();
      sheet = openSheet();
      rows = 1;
    }
    const written = sheet.addRow(columns.map((column) => shown(row[column.key])));
    written.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = "dd/mm/yyyy";
    });
    written.commit();
  }
  say({ more: true });
});
say({ more: true });
