// The worker: looks at what the file truly is (never at its name alone), parses it, hands rows over as fast as they are taken.
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { leaveWhenAsked } from "../workers.ts";
import type { FromWorker, TableHead, TableRow } from "./read.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { ImportRefusal, type ReadingLimits } from "./refusal.ts";

const { path, limits, ahead } = workerData as { path: string; limits: ReadingLimits; ahead: number };
const port = parentPort;
let credit = ahead;
let resume: (() => void) | null = null;
leaveWhenAsked(port);
port?.on("message", () => {
  credit++;
  resume?.();
});
const say = (message: FromWorker): void => port?.postMessage(message);

async function hand(rows: TableRow[]): Promise<void> {
  while (credit <= 0)
    await new Promise<void>((done) => {
      resume = done;
    });
  credit--;
  say({ say: "rows", rows });
}

/** A title longer than this is no title. */
const longestHeader = 500;

/** Gathers rows into batches and checks what every table must obey. */
async function take(rows: AsyncIterable<TableRow>, head: Omit<TableHead, "headers">): Promise<void> {
  let headers: string[] | null = null;
  let batch: TableRow[] = [];
  let signs = 0;
  let count = 0;
  for await (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === "")) continue;
    if (row.cells.length > limits.maxColumns)
      throw new ImportRefusal(
        `La ligne ${row.line} a ${row.cells.length} colonnes ; un fichier peut en avoir ${limits.maxColumns}.`,
        row.line,
      );
    const long = row.cells.findIndex((cell) => cell.length > (headers === null ? longestHeader : limits.maxCell));
    if (long >= 0)
      throw new ImportRefusal(
        `La ligne ${row.line} a une case de plus de ${(headers === null ? longestHeader : limits.maxCell).toLocaleString("fr-FR")} signes.`,
        row.line,
      );
    if (headers === null) {
      headers = row.cells.map((cell) => cell.toWellFormed().trim());
      while (headers.at(-1) === "") headers.pop();
      say({ say: "head", head: { ...head, headers } });
      continue;
    }
    if (++count > limits.maxRows)
      throw new ImportRefusal(
        `Ce fichier a plus de ${limits.maxRows.toLocaleString("fr-FR")} lignes : coupez-le en plusieurs.`,
        row.line,
      );
    batch.push(row);
    for (const cell of row.cells) signs += cell.length;
    if (batch.length >= limits.batch || signs >= limits.batchSigns) {
      await hand(batch);
      batch = [];
      signs = 0;
    }
  }
  if (headers === null) throw new ImportRefusal("Ce fichier est vide.");
  if (batch.length > 0) await hand(batch);
  say({ say: "end" });
}

function firstBytes(count: number): Buffer {
  const file = openSync(path, "r");
  const bytes = Buffer.alloc(count);
  const read = readSync(file, bytes, 0, count, 0);
  closeSync(file);
  return bytes.subarray(0, read);
}

async function run(): Promise<void> {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts?.isFile()) throw new ImportRefusal("Ce fichier n’est plus là.");
  const { size } = facts;
  const start = firstBytes(65_536);
  const mega = (bytes: number): string => `${Math.round(bytes / 1_000_000).toLocaleString("fr-FR")} Mo`;
  if (size === 0) throw new ImportRefusal("Ce fichier est vide.");
  if (start.subarray(0, 8).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])))
    throw new ImportRefusal(
      "Ce classeur est dans l’ancien format .xls, ou protégé par un mot de passe : enregistrez-le en .xlsx sans mot de passe.",
    );
  if (start.subarray(0, 2).toString("latin1") === "PK") {
    if (size > limits.maxXlsxBytes)
      throw new ImportRefusal(
        `Ce classeur pèse ${mega(size)} ; la limite est de ${mega(limits.maxXlsxBytes)}. Enregistrez-le en CSV.`,
      );
    return readXlsx(path, limits, (sheet, rows) =>
      take(rows, { kind: "xlsx", encoding: null, separator: null, sheet }),
    );
  }
  if (size > limits.maxCsvBytes)
    throw new ImportRefusal(`Ce fichier pèse ${mega(size)} ; la limite est de ${mega(limits.maxCsvBytes)}.`);
  const open = () => createReadStream(path, { highWaterMark: 262_144 });
  const { encoding, separator, rows } = await readCsv(open, start, size);
  return take(rows, { kind: "csv", encoding, separator, sheet: null });
}

run()
  .catch((error: unknown) => {
    const refused = error instanceof ImportRefusal ? error : new ImportRefusal(`Ce fichier ne peut pas être lu.`);
    say({ say: "refusal", sentence: refused.message, line: refused.line });
  })
  .finally(() => port?.close());
