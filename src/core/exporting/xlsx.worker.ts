import { Writable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import ExcelJS from "exceljs";
import type { Cell, ExportColumn } from "./cell.ts";
import type { FromWriter, ToWriter } from "./xlsx.ts";

const { sheet: title, columns, readMe } = workerData as { sheet: string; columns: ExportColumn[]; readMe: string[] };
const say = (message: FromWriter): void => parentPort?.postMessage(message);
const out = new Writable({
  write(chunk: Buffer, _, done) {
    say({ bytes: new Uint8Array(chunk) });
    done();
  },
});
const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
const sheet = book.addWorksheet(title.replace(/[\\/*?:[\]]/g, " ").slice(0, 31), {
  views: [{ state: "frozen", ySplit: 1 }],
});
sheet.columns = columns.map((column) => ({
  header: column.label,
  key: column.key,
  width: Math.max(12, Math.min(40, column.label.length + 6)),
}));
sheet.getRow(1).font = { bold: true };
sheet.getRow(1).commit();

const shown = (cell: Cell | undefined): string | number | Date | null => {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === "boolean") return cell ? "oui" : "non";
  return typeof cell === "object" ? new Date(`${cell.day}T00:00:00Z`) : cell;
};

async function finish(): Promise<void> {
  sheet.commit();
  const notes = book.addWorksheet("Lisez-moi");
  notes.columns = [{ key: "line", width: 100 }];
  for (const line of readMe) notes.addRow([line]).commit();
  notes.commit();
  await book.commit();
  say({ done: true });
}

parentPort?.on("message", (message: ToWriter) => {
  if ("end" in message) {
    finish().catch((error: unknown) => say({ failed: String(error) }));
    return;
  }
  for (const row of message.rows) {
    const written = sheet.addRow(columns.map((column) => shown(row[column.key])));
    written.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = "dd/mm/yyyy";
    });
    written.commit();
  }
  say({ more: true });
});
say({ more: true });
